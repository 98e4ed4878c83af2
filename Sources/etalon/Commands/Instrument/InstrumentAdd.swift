// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers an instrument; without a serial the centre gives it a number.
struct InstrumentAdd: Verb {
    static let example = """
        etalon instrument add --type 19 --site DD-0001 --serial TK-4471 --put-in-use-on 2016-05-04 \
        --nozzle 1:A95:qmax_l_min=40,qmin_l_min=5
        """
    static let configuration = described(
        "add", "Thêm phương tiện đo; không có số hiệu thì trung tâm cấp số",
        "Registers an instrument; without a serial a number is given")

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Loại theo danh mục, ví dụ 19", "Type of the group-2 table, for example 19")) var type: String
    @Option(help: .both("Mã địa điểm", "Code of the site")) var site: String
    @Option(help: .both("Ngày đưa vào sử dụng", "Day it was put in use")) var putInUseOn: String
    @Option(help: .both("Mã; tự cấp nếu không nêu", "Code; given when absent")) var code: String?
    @Option(help: .both("Số hiệu của hãng", "The maker's serial")) var serial: String?
    @Option(help: .both("Hãng", "Maker")) var maker: String?
    @Option(help: .both("Nước", "Country")) var country: String?
    @Option(help: .both("Kiểu", "Model")) var model: String?
    @Option(help: .both("Năm sản xuất", "Year it was made")) var madeInYear: Int?
    @Option(help: .both("Quyết định phê duyệt mẫu", "Type approval")) var typeApproval: String?
    @Option(help: .both("Chu kỳ hiệu chuẩn, tháng", "Calibration interval in months")) var calibrationMonths: Int?
    @Flag(help: .both("Không dùng trong mua bán", "Not in trade use")) var notInTrade = false
    @Option(
        name: .customLong("set"),
        help: .both("Đặc tính TÊN=GIÁ-TRỊ: max_kg, e_g, d_g", "Characteristic NAME=VALUE: max_kg, e_g, d_g"))
    var characteristics: [Pair] = []
    @Option(
        name: .customLong("nozzle"),
        help: .both("Vòi SỐ:TÊN[:ĐẶC-TÍNH=GIÁ-TRỊ,…]", "Nozzle NUMBER:NAME[:NAME=VALUE,…]"))
    var nozzles: [Nozzle] = []

    func perform(_ session: Session) async throws {
        let body = AddInstrument(
            code: code, type: type, serial: serial, maker: maker, country: country, model: model,
            madeInYear: madeInYear, typeApproval: typeApproval, site: site, inTradeUse: notInTrade ? false : nil,
            putInUseOn: putInUseOn, calibrationMonths: calibrationMonths,
            characteristics: characteristics.dictionary,
            channels: nozzles.isEmpty ? nil : nozzles.map(\.channel))
        try session.show(record: try await session.post("/instruments", body), PartyTables.acknowledgement)
    }
}

/// A channel of an instrument on the command line: `1:A95:qmax_l_min=40,qmin_l_min=5`.
struct Nozzle: ExpressibleByArgument {
    let channel: NewChannel

    init?(argument: String) {
        let parts = argument.split(separator: ":", maxSplits: 2).map(String.init)
        guard parts.count >= 2, let number = Int(parts[0]) else { return nil }
        let texts = parts.count > 2 ? parts[2].split(separator: ",").map(String.init) : []
        let pairs = texts.compactMap { Pair(argument: $0) }
        guard pairs.count == texts.count else { return nil }
        channel = NewChannel(number: number, name: parts[1], characteristics: pairs.dictionary)
    }
}
