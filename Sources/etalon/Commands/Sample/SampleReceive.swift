// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Receives an order with its samples at the counter.
struct SampleReceive: Verb {
    static let example = """
        etalon sample receive --customer KH-0001 --site DD-0001 --matrix gasoline --description "Xăng RON 95-III" \
        --specification XANG-RON95-III --slip phieu.pdf --labels nhan
        """
    static let configuration = described(
        "receive", "Nhận đơn hàng với một hay nhiều mẫu", "Receives an order with one or more samples")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var order: OrderOptions
    @OptionGroup var sample: SampleOptions
    @Option(help: .both("Nhiều mẫu từ tệp CSV", "Several samples from a CSV file")) var samples: String?
    @Flag(help: .both("Yêu cầu như đơn hàng trước của khách", "Ask for the same as the customer's last order"))
    var sameAsLast = false
    @Option(help: .both("Cả đơn hàng từ tệp JSON", "The whole order from a JSON file")) var file: String?
    @Option(help: .both("Ghi phiếu yêu cầu ra tệp PDF", "Write the request slip to a PDF file")) var slip: String?
    @Option(help: .both("Ghi nhãn mẫu vào thư mục", "Write the sample labels into a folder")) var labels: String?

    func validate() throws {
        guard file != nil || order.customer != nil else {
            throw ValidationError.both("thiếu --customer", "--customer is missing")
        }
    }

    func perform(_ session: Session) async throws {
        // Before the order is recorded: it cannot be taken back for want of a folder.
        if let labels { try WrittenFile.makeFolder(labels) }
        let answer = try await session.post("/orders", try await request(session))
        try session.show(record: answer, SampleTables.order, [SampleTables.orderSamples])
        let received = try session.read(OrderView.self, answer)
        if let slip {
            try await session.fetchPDF("/orders/\(step(received.number))/slip", into: slip, wait: 30)
        }
        if let labels {
            for sample in received.samples {
                let path = "\(labels)/\(WrittenFile.name(sample.number)).pdf"
                try await session.fetchPDF("/samples/\(step(sample.number))/label", into: path, wait: 30)
            }
        }
    }

    private func request(_ session: Session) async throws -> ReceiveOrder {
        if let file { return try StrictJSON.decode(ReceiveOrder.self, from: try WrittenFile.contents(file)) }
        var asked: [NewSample] = []
        if let samples { asked += try SampleSheet.samples(CSVSheet(file: samples)) }
        if sameAsLast, let customer = order.customer { asked += try await lastOrder(of: customer, session) }
        asked += sample.requests
        guard !asked.isEmpty else { throw Failure(Phrase.noSample) }
        return order.request(asked)
    }

    private struct LastSample: Decodable {
        let matrix: String
        let description: String
        let specification: String?
        let indicators: [String]
    }

    private func lastOrder(of customer: String, _ session: Session) async throws -> [NewSample] {
        let answer = try await session.get("/customers/\(step(customer))/last-order")
        let last = try session.read(List<LastSample>.self, answer).items
        guard !last.isEmpty else { throw Failure(Phrase.noLastOrder.filled(["code": customer])) }
        return last.map {
            NewSample(
                matrix: $0.matrix, description: $0.description, specification: $0.specification,
                indicators: $0.indicators)
        }
    }
}
