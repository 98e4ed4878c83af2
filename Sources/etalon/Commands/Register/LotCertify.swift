// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Registers a certified fuel lot.
struct LotCertify: Verb {
    static let example = """
        etalon lot certify LX-18-004 --customer KH-0001 --origin blended --product "Xăng E5 RON 92-II" \
        --volume-m3 1250,5 --specification E5-RON92-II --sample M18-00012 --certificate HQ-18-004 \
        --certified-on 2018-04-12
        """
    static let configuration = described("certify", "Ghi lô được chứng nhận hợp quy", "Registers a certified fuel lot")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số lô", "Number of the lot")) var number: String
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String
    @Option(help: "blended, domestic, imported") var origin: String
    @Option(help: .both("Sản phẩm", "Product")) var product: String
    @Option(name: .customLong("volume-m3"), help: .both("Thể tích, m³", "Volume in m³")) var volume: String
    @Option(help: .both("Quy chuẩn", "Specification")) var specification: String
    @Option(help: .both("Số mẫu", "Number of the sample")) var sample: String?
    @Option(help: .both("Số giấy chứng nhận", "Number of the certificate")) var certificate: String
    @Option(help: .both("Ngày chứng nhận", "Day of the certificate")) var certifiedOn: String

    func perform(_ session: Session) async throws {
        let body = CertifyFuelLot(
            number: number, customer: customer, origin: origin, product: product, volumeM3: volume,
            specification: specification, sample: sample, certificate: certificate, certifiedOn: certifiedOn)
        try session.show(record: try await session.post("/fuel-lots", body), PartyTables.acknowledgement)
    }
}
