// SPDX-License-Identifier: Apache-2.0
internal import APIContract
internal import LabOperations
internal import LaboratoryModel

extension LaboratoryRoutes {
    func addDueRuns(to deadlines: RouteSection) {
        act(DueEmit.self, deadlines, "/due-runs", "Emits the due list of a day, as a run of record or as one that was asked for.")
        ask(DueRunList.self, deadlines, "/due-runs", "Lists the emitted runs.", query: .page) { _, query in try query.page }
        ask(DueRunShow.self, deadlines, "/due-runs/{run}", "Shows a run with its manifest and its files.") { call, _ in
            try call.pathText("run")
        }
        addDueRunFile(to: deadlines)
        ask(
            DueRunCompare.self, deadlines, "/due-runs/{run}/changes", "Lists what came, went and changed since another run.",
            query: [.required("since")]
        ) { call, query in
            (try query.requiredText("since"), try call.pathText("run"))
        }
        ask(
            DueRunVerify.self, deadlines, "/due-run-verification",
            "Compares runs, oldest first, with their manifests, files and the runs before them.", query: .page
        ) { _, query in try query.page }
        ask(
            DueNightList.self, deadlines, "/due-nights", "Lists the nights up to today, and which of them are to be made now."
        ) { _, _ in }
        ask(
            DueAlarmList.self, deadlines, "/due-alarms", "Lists alarms about missing and suspicious nights.",
            query: [.flag("open")] + .page
        ) { _, query in (try query.flag("open"), try query.page) }
    }

    /// A file of a run may be long: it goes out part by part.
    private func addDueRunFile(to section: RouteSection) {
        let laboratory = laboratory
        let operation = Operation(
            file: "application/octet-stream", Paths.v1 + "/due-runs/{run}/files/{file}", id: "dueRunFile", tag: section.tag,
            summary: "Gives a file of a run: csv, json, xlsx or pdf.")
        route(operation, section) { call, _ in
            let caller = try call.laboratoryCaller
            let run = try await laboratory.ask(DueRunShow.self, try call.pathText("run"), by: caller)
            let name = try call.pathText("file")
            guard let file = run.files.first(where: { $0.name == name }) else {
                throw ActError.notFound(thing: .dueRunFile, name: name)
            }
            return Reply.stream(call, type: Self.types[file.name] ?? "application/octet-stream", name: "due-\(run.asOf).\(name)")
            {
                writer in
                var number = 1
                var left = file.bytes
                while left > 0 {
                    let part = try await laboratory.ask(
                        DueRunPart.self, (run: run.runId, file: name, number: number), by: caller)
                    guard !part.isEmpty else { throw DueRunFileTorn(run: run.runId, file: name) }
                    try await writer.write(part)
                    left -= part.count
                    number += 1
                }
            }
        }
    }

    private static let types = [
        "csv": "text/csv; charset=utf-8", "json": Wire.json, "pdf": "application/pdf",
        "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
}

/// A file of a run has fewer bytes than its row says.
struct DueRunFileTorn: Error {
    let run: String
    let file: String
}
