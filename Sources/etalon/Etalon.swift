// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The laboratory's program for people: one verb for each thing that is done.
@main
struct Etalon: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "etalon",
        abstract: Bilingual(
            vi: "Hệ thống thông tin của trung tâm kỹ thuật đo lường",
            en: "The laboratory information system of a metrology centre"
        ).inHelp,
        discussion: Bilingual(
            vi: """
                Mã thoát: 0 xong; 1 bị quy định của phòng thí nghiệm từ chối; 64 sai cách gọi; 65 dữ liệu sai;
                69 không có dịch vụ; 74 đầu ra chuẩn không ghi đủ; 75 hãy thử lại; 77 không có quyền.
                """,
            en: """
                Exit codes: 0 done; 1 refused by a rule of the laboratory; 64 usage; 65 bad input data;
                69 daemon unavailable; 74 standard output incomplete; 75 try again; 77 not permitted.
                """
        ).inHelp,
        version: "0.1.0",
        subcommands: [
            CustomerGroup.self, SiteGroup.self, PlaceGroup.self, SampleGroup.self, OrderGroup.self, ResultGroup.self,
            ReportGroup.self, InstrumentGroup.self, StandardGroup.self, MeasurementGroup.self, RecordGroup.self,
            CertificateGroup.self, Sign.self, PINGroup.self, SealGroup.self, DueGroup.self, DueTellGroup.self,
            CalendarGroup.self,
            DeadlineGroup.self,
            IntervalGroup.self, AuditGroup.self,
            StaffGroup.self, TokenGroup.self, AuthorisationGroup.self, PlanGroup.self, LotGroup.self,
            InspectionGroup.self, Import.self, JobGroup.self, MailGroup.self, WebhookGroup.self, ProcedureGroup.self, Replay.self,
            MetrologyGroup.self,
            WhoAmI.self,
        ]
    )

    /// Runs the verb of the command line.
    static func main() async {
        StandardOutput.holdClosedStreams()
        let typed = GlobalOptions.withNegativesJoined(Array(CommandLine.arguments.dropFirst()))
        let arguments = GlobalOptions.placedLast(typed)
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var verb = command as? any AsyncParsableCommand {
                try await verb.run()
            } else {
                try command.run()
            }
        } catch {
            let language = Language.chosen(option: .named(in: arguments), lang: GlobalOptions.variable("LANG"))
            let verbAlone = GlobalOptions.withoutLeading(typed)
            let format = OutputFormat.named(in: arguments) ?? .table
            CommandLineEnd(of: CommandLineEnd.cause(of: error, verbAlone), in: language, as: format).exit()
        }
    }
}
