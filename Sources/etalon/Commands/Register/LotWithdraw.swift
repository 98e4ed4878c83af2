// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Withdraws the certificate of a fuel lot.
struct LotWithdraw: Verb {
    static let example = #"etalon lot withdraw LX-18-004 --on 2018-05-02 --reason "mẫu lưu không đạt""#
    static let configuration = described("withdraw", "Thu hồi giấy của lô", "Withdraws a lot's certificate")

    @OptionGroup var global: GlobalOptions
    @Argument(help: .both("Số lô", "Number of the lot")) var lot: String
    @Option(help: .both("Ngày thu hồi", "Day of the withdrawal")) var on: String
    @Option(help: .both("Lý do", "Why")) var reason: String

    func perform(_ session: Session) async throws {
        let body = WithdrawFuelLot(lot: lot, withdrawnOn: on, reason: reason)
        try session.show(record: try await session.post("/fuel-lot-withdrawals", body), PartyTables.acknowledgement)
    }
}
