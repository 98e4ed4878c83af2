// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Testing

@testable import HTTPAPI

/// Calendars as calendar programs read them: over a socket, without a token, with the mark of what they have.
@Suite("Calendars of due dates, on sockets")
struct CalendarRouteTests {
    private struct Answer {
        let status: String
        let headers: [String: String]
        let body: String

        init(_ raw: String) throws {
            let parts = try #require(raw.firstRange(of: "\r\n\r\n"))
            let lines = raw[..<parts.lowerBound].split(separator: "\r\n").map(String.init)
            status = lines.first ?? ""
            let pairs = lines.dropFirst().compactMap { line in
                line.firstIndex(of: ":").map { (line[..<$0].lowercased(), line[line.index(after: $0)...].drop { $0 == " " }) }
            }
            headers = Dictionary(pairs.map { (String($0.0), String($0.1)) }) { first, _ in first }
            body = String(raw[parts.upperBound...])
        }
    }

    private func get(_ path: String, _ address: String, _ known: String? = nil) async throws -> Answer {
        let raw =
            if let known {
                try await RawClient.get(path, from: address, "If-None-Match: \(known)")
            } else {
                try await RawClient.get(path, from: address)
            }
        return try Answer(raw)
    }

    @Test func `who has the calendar already is told so without it, until a date changes`() async throws {
        let laboratory = try await LaboratoryServer.open()
        for (path, body) in MeantBodies.beginning where ["/v1/customers", "/v1/sites", "/v1/instruments"].contains(path) {
            #expect(try await laboratory.send(.post, path, body).status == 201)
        }
        let made = try await laboratory.send(.post, "/v1/calendar-feeds", #"{"label":"Quận Ninh Kiều","district":"916"}"#)
        let address = try #require(try StrictJSON.parse(Array(made.body.utf8))["address"]?.string)
        let path = "/calendars/" + (address.split(separator: "/").last.map(String.init) ?? "")
        let raised = #"{"instrument":"CB-A","kind":"taken_out","happened_on":"2018-06-29"}"#
        try await listening(to: { laboratory.listening(.init(loopbackPort: 0), $0, $1) }) { addresses in
            let address = addresses[0]
            let first = try await get(path, address)
            let mark = try #require(first.headers["etag"])
            #expect(first.status == "HTTP/1.1 200 OK" && first.headers["content-type"] == "text/calendar; charset=utf-8")
            #expect(first.body.hasPrefix("BEGIN:VCALENDAR\r\n") && first.body.contains("CB-A"))
            #expect(mark.hasPrefix("\"") && mark.hasSuffix("\"") && mark.count > 2)
            for known in [mark, "W/\(mark)", "\"other\", \(mark)", "*"] {
                let again = try await get(path, address, known)
                #expect(again.status == "HTTP/1.1 304 Not Modified" && again.body.isEmpty, "\(known)")
                #expect(again.headers["etag"] == mark && again.headers["cache-control"] == "private, max-age=900")
            }
            let other = try await get(path, address, "\"other\"")
            #expect(other.status == "HTTP/1.1 200 OK" && other.body == first.body && other.headers["etag"] == mark)
            #expect(try await laboratory.send(.post, "/v1/instrument-events", raised).status == 201)
            let changed = try await get(path, address, mark)
            #expect(changed.status == "HTTP/1.1 200 OK" && changed.headers["etag"] != mark && !changed.body.contains("CB-A"))
            #expect(try await get("/calendars/secret.ics", address, "*").status == "HTTP/1.1 404 Not Found")
        }
    }
}
