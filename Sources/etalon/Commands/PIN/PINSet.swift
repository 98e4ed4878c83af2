// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Sets one's own PIN.
struct PINSet: Verb {
    static let example = "etalon pin set"
    static let configuration = described("set", "Đặt hay đổi mã PIN của mình", "Sets or changes your own PIN")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Tệp chứa mã PIN mới", "File that holds the new PIN")) var pinFile: String?
    @Option(help: .both("Tệp chứa mã PIN hiện tại", "File that holds the current PIN")) var currentFile: String?

    func perform(_ session: Session) async throws {
        var current: String?
        if pinFile == nil || currentFile != nil {
            current = try PersonalSecret.read(file: currentFile, prompt: Phrase.currentPIN, session)
        }
        let pin = try PersonalSecret.read(file: pinFile, prompt: Phrase.newPIN, session)
        if pinFile == nil {
            let again = try PersonalSecret.read(file: nil, prompt: Phrase.newPINAgain, session)
            guard again == pin else { throw Failure(Phrase.pinsDiffer) }
        }
        let body = SetPIN(pin: pin, current: current?.isEmpty == true ? nil : current)
        try session.show(record: try await session.post("/pin", body), PartyTables.acknowledgement)
    }
}
