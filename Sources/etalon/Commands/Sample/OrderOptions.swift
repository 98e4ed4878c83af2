// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Who orders, where and why.
struct OrderOptions: ParsableArguments {
    @Option(help: .both("Mã khách hàng", "Code of the customer")) var customer: String?
    @Option(help: .both("Mã địa điểm", "Code of the site")) var site: String?
    @Option(help: .both("Mã đơn vị hành chính khi không có địa điểm", "Administrative unit when there is no site"))
    var place: String?
    @Option(help: "customer, state_management, conformity, internal") var purpose: String = "customer"
    @Option(help: .both("Số văn bản của cơ quan nhà nước", "Number of the state body's document"))
    var stateDocument: String?
    @Option(help: .both("Bộ quản lý", "Ministry")) var ministry: String?
    @Option(help: .both("Ngày nhận; mặc định hôm nay", "Day of reception; today when absent")) var receivedOn: String?
    @Option(help: .both("Ngày hẹn trả", "Promised day")) var promisedOn: String?

    /// The order with its samples.
    func request(_ samples: [NewSample]) -> ReceiveOrder {
        ReceiveOrder(
            customer: customer ?? "", site: site, place: place, purpose: purpose, stateDocument: stateDocument,
            ministry: ministry, receivedOn: receivedOn, promisedOn: promisedOn, samples: samples)
    }
}

/// One sample, told by options.
struct SampleOptions: ParsableArguments {
    @Option(help: .both("Nền mẫu", "Matrix")) var matrix: String?
    @Option(help: .both("Mô tả mẫu", "Description")) var description: String?
    @Option(help: .both("Tình trạng khi nhận", "Condition on reception")) var condition: String?
    @Option(help: .both("Số lô", "Lot")) var lot: String?
    @Option(help: .both("Lượng mẫu", "Quantity")) var quantity: String?
    @Option(name: .customLong("sample-kind"), help: "customer, retained, control, proficiency, internal")
    var kind: String?
    @Option(help: .both("Quy chuẩn, tiêu chuẩn để đánh giá", "Specification to judge by")) var specification: String?
    @Option(name: .customLong("indicator"), help: .both("Chỉ tiêu; lặp lại được", "Indicator; may be repeated"))
    var indicators: [String] = []
    @Option(name: .customLong("subcontract"), help: .both("Chỉ tiêu gửi ngoài", "Indicator tested elsewhere"))
    var subcontracted: [String] = []
    @Option(help: .both("Lưu mẫu đến ngày", "Retain until")) var retainUntil: String?
    @Option(help: .both("Số mẫu giống nhau", "How many alike")) var count: Int = 1

    func validate() throws {
        guard (1...200).contains(count) else {
            throw ValidationError.both("--count từ 1 đến 200", "--count is 1 to 200")
        }
        guard (matrix == nil) == (description == nil) else {
            throw ValidationError.both("--matrix và --description đi với nhau", "--matrix and --description go together")
        }
    }

    /// The samples told; none without a matrix and a description.
    var requests: [NewSample] {
        guard let matrix, let description else { return [] }
        let sample = NewSample(
            matrix: matrix, description: description, condition: condition, lot: lot, quantity: quantity, kind: kind,
            specification: specification, indicators: indicators.listed, subcontracted: subcontracted.listed,
            retainUntil: retainUntil)
        return Array(repeating: sample, count: count)
    }
}
