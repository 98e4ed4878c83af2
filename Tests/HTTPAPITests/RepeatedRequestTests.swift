// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("A request sent again under its key")
struct RepeatedRequestTests {
    private static func isReplayed(_ answer: RouterClient.Answer) -> Bool {
        answer.headers.texts(Wire.idempotencyReplayed) == ["true"]
    }

    @Test func `what was made is answered with the same status and body, and marked as told before`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let body = #"{"name":"Công ty Cổ phần Lương thực","kind":"enterprise"}"#
        let first = try await laboratory.send(.post, "/v1/customers", body, key: "phieu-1")
        #expect(first.status == 201)
        #expect(first.headers.texts(Wire.idempotencyReplayed).isEmpty)
        for _ in 1...2 {
            let again = try await laboratory.send(.post, "/v1/customers", body, key: "phieu-1")
            #expect(again.status == first.status && again.body == first.body)
            #expect(Self.isReplayed(again))
        }
    }

    @Test func `a change of a version is answered alike, though the version has gone on`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let made = try await laboratory.send(.post, "/v1/customers", #"{"name":"Một","kind":"enterprise"}"#)
        let code = try #require(try StrictJSON.parse(Array(made.body.utf8))["code"]?.string)
        let body = #"{"customer":"\#(code)","phone":"0292 3 111 222"}"#
        let first = try await laboratory.send(.patch, "/v1/customers", body, key: "sua-1")
        let again = try await laboratory.send(.patch, "/v1/customers", body, key: "sua-1")
        #expect(first.status == 200 && again.status == 200 && again.body == first.body)
        #expect(Self.isReplayed(again) && !Self.isReplayed(first))
    }

    @Test func `a file that was imported is answered with its first verdicts`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let rows = try await laboratory.send(.get, "/v1/imports/customers/example").body
        let address = "/v1/imports/customers?apply=true"
        let first = try await laboratory.send(.post, address, rows, type: "text/csv", key: "tep-1")
        let again = try await laboratory.send(.post, address, rows, type: "text/csv", key: "tep-1")
        #expect(first.status == 200 && again.status == 200 && first.body == again.body, "\(first.body)")
        #expect(Self.isReplayed(again) && !Self.isReplayed(first))
    }
}
