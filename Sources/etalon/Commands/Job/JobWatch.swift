// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Glibc

/// Shows the queue as it works.
struct JobWatch: Verb {
    static let example = "etalon job watch --interval 2"
    static let configuration = described(
        "watch", "Theo dõi hàng đợi trên màn hình; q để thoát", "Watches the queue on the terminal; q ends")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Số giây giữa hai lần vẽ, 1–60", "Seconds between two drawings, 1–60")) var interval = 1

    func validate() throws {
        guard (1...60).contains(interval) else {
            throw ValidationError.both("--interval từ 1 đến 60", "--interval is from 1 to 60")
        }
    }

    func perform(_ session: Session) async throws {
        // A file or a pipe gets one picture, as it is now.
        guard session.presentation.format == .table, isatty(STDOUT_FILENO) == 1, isatty(STDIN_FILENO) == 1 else {
            let answer = try await session.get("/job-overview")
            if session.presentation.format == .table {
                session.output(try OverviewPicture(session.parsed(answer), session.presentation).text)
            } else {
                try session.show(record: answer, JobTables.overview, [JobTables.overviewLanes])
            }
            return
        }
        let screen = try LiveScreen(every: interval)
        defer { screen.restore() }
        for await _ in screen.drawings {
            let answer = try await session.get("/job-overview")
            screen.draw(try OverviewPicture(session.parsed(answer), session.presentation).text)
        }
    }
}

/// The overview in words, as tables.
struct OverviewPicture {
    let text: String

    init(_ overview: JSONValue, _ presentation: Presentation) throws {
        let (language, style) = (presentation.language, presentation.style)
        let worded = Wording.translated(overview, language)
        var text = TableLayout(JobTables.overview).renderLine(worded, language: language, style: style) + "\n\n"
        let rates = (overview["rates"]?.array ?? []).reduce(into: [String: JSONValue]()) { $0[$1["lane"]?.string ?? ""] = $1 }
        let lanes = (overview["lanes"]?.array ?? []).map { lane -> JSONValue in
            let rate = rates[lane["lane"]?.string ?? ""]
            return .object((lane.members ?? []) + (rate?.members ?? []).filter { $0.name != "lane" })
        }
        text += TableLayout(JobTables.overviewLanes.columns).render(
            lanes.map { Wording.translated($0, language) }, language: language, style: style)
        for section in [JobTables.overviewRunning, JobTables.overviewFailures, JobTables.overviewWorkers] {
            let items = section.items(in: worded)
            guard !items.isEmpty else { continue }
            text += "\n" + style.heading(section.title[language], when: true) + "\n"
            text += TableLayout(section.columns).render(items, language: language, style: style)
        }
        self.text = text
    }
}
