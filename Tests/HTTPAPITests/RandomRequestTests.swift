// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import LabOperations
import Testing

@testable import HTTPAPI

/// Requests that nobody meant: each is answered as the caller's mistake, or done, and never as a fault of ours.
@Suite("Random requests")
struct RandomRequestTests {
    private static let rounds = 50

    @Test(arguments: [UInt64(20_180_630)])
    func `no request is answered with a fault, and every answer is as told`(seed: UInt64) async throws {
        let laboratory = try await LaboratoryServer.open()
        let document = try await laboratory.document()
        var bodies = RandomBodies(document: document, seed: seed)
        for (path, body) in Self.beginning {
            let answer = try await laboratory.send(.post, path, body)
            try #require(answer.status == 201, "\(path) \(answer.body)")
            bodies.learn(from: try StrictJSON.parse(Array(answer.body.utf8)))
        }
        var succeeded: Set<String> = []
        for round in 0..<Self.rounds {
            for operation in document.operations where operation.isBelowV1 {
                let request = Self.request(operation, &bodies, round)
                let answer = try await laboratory.send(
                    operation.method, request.address, request.body, by: LaboratoryServer.people[round % 2],
                    type: operation.path.hasSuffix("/imports/{kind}") ? "text/csv" : nil)
                #expect(
                    answer.status < 500,
                    "seed \(seed): \(operation.method) \(request.address.prefix(500)) \((request.body ?? "").prefix(2000)): \(laboratory.faults.last)")
                guard answer.status < 300 else { continue }
                succeeded.insert(operation.id)
                guard let schema = operation.answer(answer.status) else { continue }
                let value = try StrictJSON.parse(Array(answer.body.utf8))
                #expect(document.faults(of: value, by: schema).prefix(3).isEmpty, "seed \(seed): \(operation) \(answer.body.prefix(500))")
                bodies.learn(from: value)
            }
        }
        // Nonsense alone would be refused at the door, and show nothing of what lies behind it.
        #expect(succeeded.count > document.operations.count / 2, "\(succeeded.sorted())")
    }

    private static func request(_ operation: APIDocument.Operation, _ bodies: inout RandomBodies, _ round: Int)
        -> (address: String, body: String?)
    {
        var address = operation.address { name in
            if name == "kind" { return ImportKind.allCases[round % ImportKind.allCases.count].rawValue }
            return encoded(bodies.text(name == "id" ? "measurement" : name))
        }
        let query = operation.parameters(in: "query").compactMap { $0["name"]?.string }.filter { name in
            ["instrument", "procedure"].contains(name) || bodies.text("flip").utf8.count % 2 == 0
        }
        if !query.isEmpty {
            let pairs = query.map { name in
                let value = ["overdue", "late", "apply"].contains(name) ? "true" : bodies.text(name)
                return "\(name)=\(encoded(value))"
            }
            address += "?" + pairs.joined(separator: "&")
        }
        if operation.path.hasSuffix("/imports/{kind}") {
            return (address, sheet(ImportKind.allCases[round % ImportKind.allCases.count], &bodies))
        }
        return (address, operation.request.map { bodies.body($0).text })
    }

    /// A file with the columns of an import and random cells among those of the example.
    private static func sheet(_ kind: ImportKind, _ bodies: inout RandomBodies) -> String {
        let lines = kind.example.split(separator: "\r\n").map(String.init)
        let columns = (lines.first ?? "").split(separator: ",").map(String.init)
        let random = (0..<5).map { _ in
            columns.map { "\"\(bodies.text($0).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\"" }
                .joined(separator: ",")
        }
        return (lines.prefix(2) + random).joined(separator: "\r\n")
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let digits = String(byte, radix: 16)
            return isPlain ? String(Unicode.Scalar(byte)) : "%" + (digits.count < 2 ? "0" : "") + digits
        }.joined()
    }

    /// What the laboratory has before the first random request.
    private static let beginning = [
        ("/v1/customers", #"{"code":"KH-A","name":"Công ty A","kind":"enterprise"}"#),
        ("/v1/customers", #"{"code":"KH-B","name":"Công ty B","kind":"enterprise"}"#),
        ("/v1/sites", #"{"code":"TRAM-A","customer":"KH-A","name":"Trạm A","kind":"fuel_station","place":"916"}"#),
        (
            "/v1/verifier-cards",
            #"{"person":"an","number":"KDV-1","families":["volume","mass"],"issued_on":"2015-01-01","expires_on":"2029-12-31"}"#
        ),
        ("/v1/designations", #"{"number":"QĐ 100","types":["19","8a"],"issued_on":"2015-01-01","expires_on":"2030-12-31"}"#),
        ("/v1/standards", #"{"code":"VM20","name_vi":"Bình chuẩn 20 L","name_en":"20 L measure","kind":"volume_measure","serial":"S-1"}"#),
        (
            "/v1/standard-certificates",
            #"{"standard":"VM20","kind":"calibration","number":"C-1","organisation":"VMI","issued_on":"2015-06-01","#
                + #""valid_until":"2030-12-31","content":{"expanded_uncertainty":"0.004","coverage_factor":"2"}}"#
        ),
        (
            "/v1/standard-certificates",
            #"{"standard":"VM20","kind":"certification","number":"C-2","organisation":"VMI","issued_on":"2015-06-01","#
                + #""valid_until":"2030-12-31"}"#
        ),
        ("/v1/stamp-receipts", #"{"kind":"stamp","series":"17B","from":"00001","to":"00050"}"#),
        (
            "/v1/instruments",
            #"{"code":"CB-A","type":"19","serial":"T-1","site":"TRAM-A","put_in_use_on":"2016-01-04","type_approval":"PDM 1","#
                + #""channels":[{"number":1,"name":"Vòi 1","characteristics":{"qmax_l_min":"40","qmin_l_min":"5"}}]}"#
        ),
        (
            "/v1/orders",
            #"{"customer":"KH-A","site":"TRAM-A","purpose":"customer","samples":[{"matrix":"food","description":"Chả lụa","#
                + #""indicators":["FOOD-PB"]}]}"#
        ),
        ("/v1/pin", #"{"pin":"481516"}"#),
    ]
}
