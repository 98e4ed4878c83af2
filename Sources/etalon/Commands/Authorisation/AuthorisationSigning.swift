// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records who may sign at which level.
struct AuthorisationSigning: Verb {
    static let example = """
        etalon authorisation signing gd.minh --level head --form KT. --title-vi "Phó Giám đốc" \
        --title-en "Deputy Director" --valid-from 2017-01-01 --decision 12/QĐ-TTKT
        """
    static let configuration = described("signing", "Ghi thẩm quyền ký", "Records who may sign at which level")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Tài khoản", "User name")) var person: String
    @Option(help: "laboratory_head, head") var level: String
    @Option(help: .both("KT., TL., TUQ.; để trống là chính danh", "KT., TL., TUQ.; empty for the holder")) var form: String = ""
    @Option(help: .both("Chức danh tiếng Việt", "Vietnamese title")) var titleVi: String
    @Option(help: .both("Chức danh tiếng Anh", "English title")) var titleEn: String
    @Option(help: .both("Từ ngày", "From")) var validFrom: String
    @Option(help: .both("Đến hết ngày", "Through")) var validUntil: String?
    @Option(help: .both("Số quyết định", "Number of the decision")) var decision: String

    func perform(_ session: Session) async throws {
        let body = AddSigningAuthority(
            person: person, level: level, form: form, titleVi: titleVi, titleEn: titleEn, validFrom: validFrom,
            validUntil: validUntil, decision: decision)
        try session.show(record: try await session.post("/signing-authorities", body), PartyTables.acknowledgement)
    }
}
