// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Records a paper of a standard.
struct StandardCertificate: Verb {
    static let example = """
        etalon standard certificate B20-03 --kind calibration --number V06.CN1.0123.18 --organisation "VMI" \
        --issued-on 2018-01-10 --valid-until 2019-01-31 --set expanded_uncertainty=0.006 --set coverage_factor=2
        """
    static let configuration = described(
        "certificate", "Ghi giấy hiệu chuẩn hay chứng nhận của chuẩn", "Records a paper of a standard")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã chuẩn", "Code of the standard")) var standard: String
    @Option(help: "calibration, certification") var kind: String = "calibration"
    @Option(help: .both("Số giấy", "Number of the paper")) var number: String
    @Option(help: .both("Nơi cấp", "Issued by")) var organisation: String
    @Option(help: .both("Ngày cấp", "Issued on")) var issuedOn: String
    @Option(help: .both("Có giá trị đến hết ngày", "Valid through that day")) var validUntil: String
    @Option(name: .customLong("set"), help: .both("Nội dung TÊN=GIÁ-TRỊ", "What it says, NAME=VALUE"))
    var content: [Pair] = []

    func perform(_ session: Session) async throws {
        let body = AddStandardCertificate(
            standard: standard, kind: kind, number: number, organisation: organisation, issuedOn: issuedOn,
            validUntil: validUntil, content: content.dictionary)
        try session.show(
            record: try await session.post("/standard-certificates", body), PartyTables.acknowledgement)
    }
}
