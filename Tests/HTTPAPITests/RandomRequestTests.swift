// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Foundation
import HTTPTypes
import LabOperations
import LaboratoryModel
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
        for (path, body) in MeantBodies.beginning {
            let answer = try await laboratory.send(.post, path, body)
            try #require(answer.status == 201, "\(path) \(answer.body)")
            let operation = try #require(document.operations.first { $0.method == .post && $0.path == path })
            bodies.learn(from: try StrictJSON.parse(Array(answer.body.utf8)), of: operation.id)
        }
        let meant = try MeantBodies.byOperation
        #expect(Set(meant.keys) == Set(document.operations.filter { $0.request != nil }.map(\.id)))
        var succeeded: Set<String> = []
        for round in 0..<Self.rounds {
            for operation in document.operations where operation.isBelowV1 {
                let request = Self.request(operation, &bodies, round, meant: meant)
                let answer = try await laboratory.send(
                    operation.method, request.address, request.body, by: bodies.person,
                    type: operation.path.hasSuffix("/imports/{kind}") ? "text/csv" : nil)
                #expect(
                    answer.status < 500,
                    "seed \(seed): \(operation.method) \(request.address.prefix(500)) \((request.body ?? "").prefix(2000)): \(laboratory.faults.last)"
                )
                expectVietnamese(answer, of: request, "seed \(seed): \(operation)")
                guard answer.status < 300 else { continue }
                succeeded.insert(operation.id)
                guard let schema = operation.answer(answer.status) else { continue }
                let value = try StrictJSON.parse(Array(answer.body.utf8))
                #expect(
                    document.faults(of: value, by: schema).prefix(3).isEmpty,
                    "seed \(seed): \(operation) \(answer.body.prefix(500))")
                bodies.learn(from: value, of: operation.id)
            }
            try await laboratory.printDocuments()
        }
        // Nonsense alone would be refused at the door, and show nothing of what lies behind it.
        let deep = [
            "resultReview", "reportIssue", "measurementRecord", "certificateIssue", "recordPrint", "documentSign", "dueEmit",
        ]
        #expect(deep.filter { !succeeded.contains($0) } == [])
    }

    /// The Vietnamese half of a problem holds Vietnamese, besides what the request itself said.
    private func expectVietnamese(
        _ answer: RouterClient.Answer, of request: (address: String, body: String?), _ comment: String
    ) {
        guard answer.status >= 400, let problem = answer.problem else { return }
        let said = (request.address.removingPercentEncoding ?? "") + (request.body ?? "")
        for sentence in (problem.reasons ?? []).map(\.vi) + [problem.detailVi, problem.remedyVi].compactMap(\.self) {
            // Each fault begins with its field, as it has to be written.
            let told = sentence.replacing(#/(^|; )[a-z_0-9.\[\]]+: /#, with: "")
            let strangers = VietnameseReader.strangers(in: told, quotesAreTyped: true).filter { !said.contains($0) }
            #expect(strangers.isEmpty, "\(comment): \(strangers) in \(sentence.prefix(500))")
        }
    }

    private static func request(
        _ operation: APIDocument.Operation, _ bodies: inout RandomBodies, _ round: Int,
        meant: [String: JSONValue]
    ) -> (address: String, body: String?) {
        var address = operation.address { name in
            if name == "kind" { return ImportKind.allCases[round % ImportKind.allCases.count].rawValue }
            let text = bodies.text(name)
            // An empty part would make the address another one.
            return text.isEmpty ? "x" : encoded(text)
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
        guard let schema = operation.request else { return (address, nil) }
        guard let meant = meant[operation.id], round % 4 > 0 else { return (address, bodies.body(schema).text) }
        return (address, bodies.body(near: meant, schema, mistakes: round % 4 - 1).text)
    }

    /// A file with the columns of an import and random cells among those of the example.
    private static func sheet(_ kind: ImportKind, _ bodies: inout RandomBodies) -> String {
        let lines = kind.example.split(separator: "\r\n").map(String.init)
        let columns = (lines.first ?? "").split(separator: ",").map(String.init)
        let random = (0..<5).map { _ in
            columns.map {
                "\"\(bodies.text($0).split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\""))\""
            }
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
}
