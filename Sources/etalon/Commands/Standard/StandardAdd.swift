// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers a measurement standard.
struct StandardAdd: Verb {
    static let example = """
        etalon standard add B20-03 --name-vi "Bình chuẩn 20 L" --name-en "20 L test measure" --kind volume_measure \
        --serial 0311
        """
    static let configuration = described("add", "Thêm chuẩn", "Registers a standard")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Mã", "Code")) var code: String
    @Option(help: .both("Tên tiếng Việt", "Vietnamese name")) var nameVi: String
    @Option(help: .both("Tên tiếng Anh", "English name")) var nameEn: String
    @Option(help: "volume_measure, weight_set, thermometer, black_body, stopwatch …") var kind: String
    @Option(help: .both("Số hiệu", "Serial")) var serial: String
    @Option(help: .both("Hãng", "Maker")) var maker: String?
    @Option(help: .both("Cấp chính xác", "Accuracy class")) var accuracyClass: String?
    @Option(name: .customLong("set"), help: .both("Đặc tính TÊN=GIÁ-TRỊ", "Characteristic NAME=VALUE"))
    var characteristics: [Pair] = []

    func perform(_ session: Session) async throws {
        let body = AddStandard(
            code: code, nameVi: nameVi, nameEn: nameEn, kind: kind, serial: serial, maker: maker,
            accuracyClass: accuracyClass, characteristics: characteristics.dictionary)
        try session.show(record: try await session.post("/standards", body), PartyTables.acknowledgement)
    }
}
