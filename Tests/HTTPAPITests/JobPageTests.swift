// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Testing

@testable import HTTPAPI

@Suite("The queue in a browser")
struct JobPageTests {
    @Test func `the page is one file that may load nothing else and holds nothing of the laboratory`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let answer = try await laboratory.client.send(.get, "/jobs")
        #expect(answer.status == 200 && answer.headers[.contentType] == "text/html; charset=utf-8")
        let policy = answer.headers[.contentSecurityPolicy] ?? ""
        let rules = Set(policy.split(separator: ";").map { $0.split(separator: " ").map(String.init) })
        let nonce = rules.first { $0.first == "script-src" }?.last ?? ""
        #expect(nonce.count > 20)
        #expect(
            rules == [
                ["default-src", "'none'"], ["script-src", nonce], ["style-src", nonce], ["connect-src", "'self'"],
                ["base-uri", "'none'"], ["form-action", "'none'"], ["frame-ancestors", "'none'"],
            ])
        let attribute = "nonce=\"" + nonce.dropFirst("'nonce-".count).dropLast() + "\""
        #expect(answer.body.components(of: attribute) == 2 && answer.body.components(of: "<script") == 1)
        for word in ["http:", "https:", "innerHTML", "eval(", "localStorage", " src=", " href=", "onclick=\""] {
            #expect(!answer.body.contains(word), "\(word)")
        }
        let again = try await laboratory.client.send(.get, "/jobs")
        #expect(again.headers[.contentSecurityPolicy] != policy)
    }

    @Test func `what the page asks for is there, and not for strangers`() async throws {
        let laboratory = try await LaboratoryServer.open()
        let page = JobPage.page(nonce: "x")
        for path in ["/job-overview", "/job-schedules", "/jobs?state=dead&limit=100"] {
            #expect(page.contains("'\(path)'"))
            #expect(try await laboratory.send(.get, "/v1" + path).status == 200)
            #expect(try await laboratory.client.send(.get, "/v1" + path).status == 401)
        }
        let paths = Set(try await laboratory.document().operations.filter { $0.method == .post }.map(\.path))
        for path in ["/job-retries", "/job-cancellations"] {
            #expect(page.contains("'\(path)'") && paths.contains("/v1" + path))
        }
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func components(of text: String) -> Int { ranges(of: text).count }
}
