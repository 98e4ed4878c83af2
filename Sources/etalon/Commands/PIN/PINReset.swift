// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Forgets the PIN of a person who locked it; they set a new one.
struct PINReset: Verb {
    static let example = "etalon pin reset lan"
    static let configuration = described(
        "reset", "Xóa mã PIN đã bị khóa của một người", "Forgets a person's locked PIN, so that they set a new one")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tên đăng nhập", "User name")) var person: String

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/pin-resets", ResetPIN(person: person))
        try session.show(record: answer, PartyTables.acknowledgement)
    }
}
