// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("The OpenAPI document")
struct OpenAPITests {
    @Test func `the document and the routes name the same operations`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let told = try await laboratory.document().operations.map(\.description)
        let there = laboratory.server.routeTable.routes.map { "\($0.method) \($0.path)" }
        #expect(Set(told).subtracting(there).isEmpty, "told, but no route")
        #expect(Set(there).subtracting(told).isEmpty, "routes that are not told")
        #expect(told.count == Set(told).count && there.count == Set(there).count, "something is there twice")
        #expect(told.count > 70)
    }

    @Test func `it has the form of OpenAPI 3 point 1`() async throws {
        let document = try await LaboratoryServer.open().document()
        #expect(document.value["openapi"]?.string?.hasPrefix("3.1.") == true)
        #expect(document.value["info"]?["title"]?.string?.isEmpty == false)
        #expect(document.value["info"]?["version"]?.string?.isEmpty == false)
        let known = Set(["openapi", "info", "jsonSchemaDialect", "servers", "paths", "components", "security", "tags"])
        #expect(Set((document.value.members ?? []).map(\.name)).subtracting(known).isEmpty)
        let ids = document.operations.map(\.id)
        #expect(ids.count == Set(ids).count && !ids.contains(""))
        for operation in document.operations { try check(operation, of: document) }
        for name in (document.value["components"]?["schemas"]?.members ?? []).map(\.name) {
            #expect(name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }, "\(name)")
        }
    }

    private func check(_ operation: APIDocument.Operation, of document: APIDocument) throws {
        #expect(["GET", "POST", "PATCH"].contains(operation.method.rawValue), "\(operation)")
        let summary = try #require(operation.value["summary"]?.string)
        #expect(summary.hasSuffix(".") && summary.count <= 120, "\(operation)")
        let tags = (document.value["tags"]?.array ?? []).compactMap { $0["name"] }
        #expect(operation.value["tags"]?.array?.allSatisfy(tags.contains) == true, "\(operation)")
        let variable = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map { String($0.dropFirst().dropLast()) }
        #expect(operation.parameters(in: "path").compactMap { $0["name"]?.string } == variable, "\(operation)")
        #expect(operation.parameters(in: "path").allSatisfy { $0["required"] == .bool(true) }, "\(operation)")
        for parameter in operation.value["parameters"]?.array ?? [] {
            #expect(document.resolved(parameter)["schema"] != nil, "\(operation)")
        }
        let responses = try #require(operation.value["responses"]?.members)
        #expect(responses.contains { $0.name.hasPrefix("2") } && responses.contains { $0.name == "default" }, "\(operation)")
        for response in responses {
            #expect(response.name == "default" || Int(response.name).map((200...599).contains) == true, "\(operation)")
            #expect(document.resolved(response.value)["description"]?.string?.isEmpty == false, "\(operation) \(response.name)")
        }
        if operation.method != .get { #expect(operation.value["requestBody"]?["content"] != nil, "\(operation)") }
    }

    @Test func `every reference leads somewhere, and every type could be described`() async throws {
        let document = try await LaboratoryServer.open().document()
        var references: [String] = []
        var undescribed: [String] = []
        func visit(_ value: JSONValue, _ place: String) {
            if let reference = value["$ref"]?.string { references.append(reference) }
            if value["$comment"] != nil || value["schema"] == .object([]), !place.contains("application/pdf"),
                !place.contains("application/octet-stream"), !place.contains("text/"), !place.contains("message/")
            {
                undescribed.append(place)
            }
            for member in value.members ?? [] { visit(member.value, "\(place)/\(member.name)") }
            for element in value.array ?? [] { visit(element, place) }
        }
        visit(document.value, "")
        #expect(references.count > 200)
        #expect(Set(references).filter { document.target($0) == nil }.isEmpty)
        #expect(undescribed.isEmpty)
        let schemas = Set((document.value["components"]?["schemas"]?.members ?? []).map { "#/components/schemas/\($0.name)" })
        #expect(schemas.subtracting(references).isEmpty, "schemas that nothing refers to")
    }

    @Test func `the body of an order is told to the last member`() async throws {
        let document = try await LaboratoryServer.open().document()
        let receive = try #require(document.operations.first { $0.id == "orderReceive" })
        let order = document.resolved(try #require(receive.request))
        #expect(order["required"]?.array?.compactMap(\.string) == ["customer", "purpose", "samples"])
        #expect(order["additionalProperties"] == .bool(false))
        #expect(order["properties"]?["state_document"]?.text == #"{"type":["string","null"]}"#)
        #expect(order["properties"]?["samples"]?.text == ##"{"type":"array","items":{"$ref":"#/components/schemas/NewSample"}}"##)
        #expect(receive.value["x-etalon-roles"]?.text == #"["reception"]"#)
        #expect(receive.value["x-etalon-act"]?.string == "sample.receive")
        let report = try #require(document.operations.first { $0.id == "annualReport" }?.answer(200))
        #expect(document.resolved(report)["properties"]?["samples_tested"]?["type"]?.string == "integer")
    }

    @Test func `every act takes an Idempotency-Key and tells a repetition, and what changes a version asks for it`() async throws
    {
        let document = try await LaboratoryServer.open().document()
        for operation in document.operations {
            let headers = (operation.value["parameters"]?.array ?? []).map(document.resolved).filter {
                $0["in"]?.string == "header"
            }.compactMap { $0["name"]?.string }
            #expect(headers.contains("Idempotency-Key") == (operation.method != .get), "\(operation)")
            #expect(headers.contains("If-Match") == (operation.method == .patch), "\(operation)")
            for response in operation.value["responses"]?.members ?? [] where response.name.hasPrefix("2") {
                let told = response.value["headers"]?["Idempotency-Replayed"] != nil
                #expect(told == (operation.method != .get), "\(operation)")
            }
        }
    }
}
