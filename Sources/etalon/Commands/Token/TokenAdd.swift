// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Makes a token, shown once or written to a file that only its owner can read.
struct TokenAdd: Verb {
    static let example = #"etalon token add ktv.hoa --label "máy phòng thử" --out hoa.token"#
    static let configuration = described("add", "Tạo thẻ; chỉ hiện một lần", "Makes a token; it is shown once")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Option(help: .both("Thẻ dùng ở đâu", "What the token is for")) var label: String
    @Option(name: .shortAndLong, help: .both("Ghi thẻ ra tệp, không hiện", "Write it to a file instead of showing it"))
    var out: String?

    func perform(_ session: Session) async throws {
        let answer = try await session.post("/tokens", MakeToken(person: person, label: label))
        guard let out else { return try session.show(record: answer, PartyTables.token) }
        let made = try session.read(TokenView.self, answer)
        try session.write(Array((made.token + "\n").utf8), to: out, mode: 0o600)
        let acknowledged = Acknowledgement(id: made.id, code: "\(made.person) · \(made.label)")
        try session.show(record: try StrictJSON.encode(acknowledged), PartyTables.acknowledgement)
    }
}
