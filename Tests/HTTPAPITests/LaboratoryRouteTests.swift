// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import LabOperations
import Testing

@testable import HTTPAPI

@Suite("Every route of the laboratory")
struct LaboratoryRouteTests {
    @Test func `a member that nobody knows is refused by name, however deep it lies`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let document = try await laboratory.document()
        var count = 0
        for operation in document.operations {
            guard let schema = operation.request else { continue }
            let bodies = document.bodiesWithUnknownMember(schema, named: "no_such_member")
            #expect(!bodies.isEmpty, "\(operation)")
            for (pointer, body) in bodies {
                let answer = try await laboratory.send(operation.method, operation.path, body.text)
                #expect(answer.status == 400, "\(operation) \(pointer)")
                #expect(answer.problem?.kind == .unknownField && answer.problem?.field == pointer, "\(operation) \(answer.body)")
                count += 1
            }
        }
        #expect(count > 40)
    }

    @Test(arguments: [
        "", " ", "no JSON", "{", "{}}", "[1,]", "{\"a\":1,\"a\":2}", "\u{FEFF}{}", "nul", "\"", "{\"\\ud800\":1}",
        "{\"a\":1e}", "{\"a\":01}", "{\"a\":\"\u{0}\"}",
    ])
    func `a body that is no JSON document is refused`(body: String) async throws {
        let laboratory = try await LaboratoryServer.open()
        for operation in try await laboratory.document().operations where operation.request != nil {
            let answer = try await laboratory.send(operation.method, operation.path, body)
            #expect(answer.status == 400 && answer.problem?.kind == .malformedJSON, "\(operation) \(answer.body)")
        }
    }

    @Test(arguments: ["[", "{\"a\":", "[[],"])
    func `a body as deep as it is long is refused`(piece: String) async throws {
        let laboratory = try await LaboratoryServer.open()
        let body = String(repeating: piece, count: (1 << 20) / piece.utf8.count)
        let answer = try await laboratory.send(.post, "/v1/customers", body)
        #expect(answer.status == 400 && answer.problem?.kind == .malformedJSON, "\(answer.body)")
    }

    @Test func `a member that must be there is missed by name`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let document = try await laboratory.document()
        for operation in document.operations {
            guard let schema = operation.request else { continue }
            guard let required = document.resolved(schema)["required"]?.array?.first?.string else { continue }
            let answer = try await laboratory.send(operation.method, operation.path, "{}")
            #expect(answer.status == 400 && answer.problem?.kind == .missingField, "\(operation) \(answer.body)")
            #expect(answer.problem?.field == "/\(required)", "\(operation)")
        }
    }

    @Test func `a body of another type, or larger than allowed, is not read`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let long = String(repeating: " ", count: 2 << 20)
        for operation in try await laboratory.document().operations where operation.method != .get {
            let address = operation.address { _ in "customers" }
            for type in ["text/plain", "application/xml", "application/json; charset=latin1", ""] {
                let answer = try await laboratory.send(operation.method, address, "{}", type: type)
                #expect(answer.status == 415 && answer.problem?.kind == .unsupportedContentType, "\(operation) \(type)")
            }
            guard operation.request != nil else { continue }
            let answer = try await laboratory.send(operation.method, address, long)
            #expect(answer.status == 413 && answer.problem?.kind == .bodyTooLarge, "\(operation)")
        }
    }

    @Test func `a parameter that nobody knows is refused by name`() async throws {
        let laboratory = try await LaboratoryServer.open()
        for operation in try await laboratory.document().operations where operation.isBelowV1 {
            let address = operation.address { _ in "1" } + "?no_such_parameter=1"
            let answer = try await laboratory.send(operation.method, address, operation.method == .get ? nil : "{}")
            #expect(answer.status == 400 && answer.problem?.kind == .unknownParameter, "\(operation) \(answer.body)")
            #expect(answer.problem?.field == "no_such_parameter", "\(operation)")
        }
    }

    @Test func `a parameter takes what the document says, and nothing else`() async throws {
        let laboratory = try await LaboratoryServer.open()
        for operation in try await laboratory.document().operations where operation.isBelowV1 && operation.method == .get {
            for parameter in operation.parameters(in: "query") {
                let name = try #require(parameter["name"]?.string)
                let address = operation.address { _ in "1" } + "?\(name)="
                func kind(_ value: String) async throws -> ProblemKind? {
                    try await laboratory.send(.get, address + value).problem?.kind
                }
                #expect(try await kind("") == .invalidParameter, "\(operation) \(name)")
                #expect(try await kind("2018-06-30") != .unknownParameter, "\(operation) \(name)")
                switch parameter["schema"]?["type"]?.string {
                case "boolean"?: #expect(try await kind("maybe") == .invalidParameter, "\(operation) \(name)")
                case "integer"?:
                    let most = try #require(parameter["schema"]?["maximum"]?.text)
                    // What the address names may not be there; the parameter is taken all the same.
                    #expect([nil, .notFound].contains(try await kind(most)), "\(operation) \(name)")
                    #expect(try await kind(most + "0") == .invalidParameter, "\(operation) \(name)")
                default: break
                }
            }
            let required = operation.parameters(in: "query").contains { $0["required"] == .bool(true) }
            guard required else { continue }
            let answer = try await laboratory.send(.get, operation.address { _ in "1" })
            #expect(answer.problem?.kind == .invalidParameter, "\(operation)")
        }
    }

    @Test func `a part of the address is a number exactly where the document says so`() async throws {
        let laboratory = try await LaboratoryServer.open()
        for operation in try await laboratory.document().operations where operation.isBelowV1 && operation.method == .get {
            guard let parameter = operation.parameters(in: "path").first else { continue }
            let query = operation.parameters(in: "query").filter { $0["required"] == .bool(true) }
                .compactMap { $0["name"]?.string }.map { "\($0)=x" }.joined(separator: "&")
            let address = operation.address { _ in "abc" }
            let answer = try await laboratory.send(.get, query.isEmpty ? address : "\(address)?\(query)")
            let isNumber = parameter["schema"]?["type"]?.string == "integer"
            #expect(answer.status == 400 ? isNumber : !isNumber, "\(operation) \(answer.body)")
            #expect(answer.status < 500, "\(operation) \(answer.body)")
        }
    }

    @Test func `a role is asked for exactly where the document says so`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let document = try await laboratory.document()
        for operation in document.operations where operation.isBelowV1 {
            let required = operation.parameters(in: "query").filter { $0["required"] == .bool(true) }
            let query = required.compactMap { $0["name"]?.string }.map { "\($0)=x" }.joined(separator: "&")
            let isNumber = operation.parameters(in: "path").first?["schema"]?["type"]?.string == "integer"
            let address = operation.address { _ in isNumber ? "1" : "customers" } + (query.isEmpty ? "" : "?\(query)")
            let body = operation.method == .get ? nil : operation.request.map { document.example($0, complete: false).text } ?? ""
            let answer = try await laboratory.send(operation.method, address, body, by: LaboratoryServer.visitor)
            let needsRole = operation.value["x-etalon-roles"]?.array?.isEmpty == false
            #expect((answer.status == 403) == needsRole, "\(operation) \(answer.body)")
        }
    }

    @Test func `nobody is let in without being known`() async throws {
        let laboratory = try await LaboratoryServer.open()
        for operation in try await laboratory.document().operations where operation.isBelowV1 {
            let answer = try await laboratory.send(operation.method, operation.address { _ in "1" }, by: "nobody")
            #expect(answer.status == 401, "\(operation)")
        }
    }

    @Test func `the version of a change must be named, and be a version`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let body = #"{"customer":"KH-A"}"#
        #expect(try await laboratory.send(.patch, "/v1/customers", body, match: nil).status == 428)
        for match in ["1", "\"x\"", "*", "W/\"1\"", "\"99999999999999999999\""] {
            #expect(try await laboratory.send(.patch, "/v1/customers", body, match: match).status == 400, "\(match)")
        }
        let beyond = try await laboratory.send(.patch, "/v1/customers", body, match: "\"9223372036854775807\"")
        #expect((400..<500).contains(beyond.status), "\(beyond.body)")
    }
}
