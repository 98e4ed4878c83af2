// SPDX-License-Identifier: Apache-2.0

import APIContract
import Testing

private enum Matrix: String, Codable, CaseIterable {
    case petrol
    case water
}

private struct Line: Codable, Equatable {
    var qty: String
    var note: String?
}

private struct Order: Codable, Equatable {
    var customerID: Int64
    var matrix: Matrix?
    var urgent: Bool?
    var items: [Line]?
    var labels: [String: String]?
    var anything: JSONValue?
}

private struct Nothing: Codable {}

private func order(_ text: String) throws(StrictJSONError) -> Order {
    try StrictJSON.decode(Order.self, from: Array(text.utf8))
}

private func detail(_ text: String) -> String? {
    do throws(StrictJSONError) {
        _ = try order(text)
        return nil
    } catch {
        return error.problem.detail
    }
}

@Suite("Strict JSON, reading")
struct StrictJSONReadingTests {
    @Test func `names are snake_case on the wire`() throws {
        #expect(try order(#"{"customer_id": 7}"#).customerID == 7)
        #expect(detail(#"{"customerID": 7}"#) == "missing field `customer_id`")
    }

    @Test func `a value of 0,50 keeps its digits`() throws {
        #expect(try order(#"{"customer_id": 7, "items": [{"qty": "0.50"}]}"#).items == [Line(qty: "0.50")])
    }

    @Test func `a number where a text is wanted is refused with an example`() {
        #expect(
            detail(#"{"customer_id": 7, "items": [{"qty": 0.50}]}"#)
                == #"`items[0].qty`: text expected, e.g. "0.50", got number"#
        )
    }

    @Test func `an unknown field is named with its place and the known ones`() throws {
        let text = #"{"customer_id": 1, "items": [{"qty": "1"}, {"qty": "2"}, {"qty": "3", "colour": "red"}]}"#
        #expect(detail(text) == "unknown field `colour` in `items[2]`; known: `qty`, `note`")
        let error = try #require(throws: StrictJSONError.self) { try order(text) }
        #expect(error.problem.field == "/items/2/colour")
        #expect(error.problem.status == 400)
        #expect(error.problem.kind == .unknownField)
        #expect(error.problem.detailVi?.contains("trường không biết `colour` trong `items[2]`") == true)
    }

    @Test func `an unknown field of the document itself is refused`() {
        #expect(detail(#"{"customer_id": 1, "x": null}"#)?.hasPrefix("unknown field `x`; known: `customer_id`") == true)
    }

    @Test func `a body that takes no fields refuses every field`() {
        #expect(throws: StrictJSONError.self) { try StrictJSON.decode(Nothing.self, from: Array(#"{"a":1}"#.utf8)) }
        #expect(throws: Never.self) { try StrictJSON.decode(Nothing.self, from: Array("{}".utf8)) }
    }

    @Test func `a missing field suggests the misspelt one`() throws {
        let error = try #require(throws: StrictJSONError.self) { try order(#"{"custmer_id": 1}"#) }
        #expect(error.fault == .missingField(similar: "custmer_id"))
        #expect(error.problem.remedy == "is `custmer_id` meant to be it?")
    }

    @Test func `an empty text stays an empty text and never means absent`() throws {
        #expect(try order(#"{"customer_id": 1, "items": [{"qty": "", "note": ""}]}"#).items == [Line(qty: "", note: "")])
        #expect(detail(#"{"customer_id": ""}"#) == "`customer_id`: whole number expected, got text")
        #expect(detail(#"{"customer_id": 1, "items": ""}"#) == "`items`: list expected, got text")
    }

    @Test func `null means absent only where absence is allowed`() throws {
        #expect(try order(#"{"customer_id": 1, "urgent": null}"#).urgent == nil)
        #expect(detail(#"{"customer_id": null}"#) == "`customer_id`: whole number expected, got null")
    }

    @Test(arguments: ["1.0", "1e3", "-", "01", "9223372036854775808", "true", "\"1\""])
    func `what is no whole number is not taken for one`(_ text: String) {
        #expect(detail("{\"customer_id\": \(text)}") != nil)
    }

    @Test func `the largest whole number is kept exactly`() throws {
        #expect(try order(#"{"customer_id": 9223372036854775807}"#).customerID == .max)
    }

    @Test func `a word outside the list names the list`() {
        #expect(
            detail(#"{"customer_id": 1, "matrix": "milk"}"#) == #"`matrix`: "milk" is none of: `petrol`, `water`"#
        )
    }

    @Test func `keys of a dictionary keep their spelling`() throws {
        let labels = ["PH-Value": "1", "số mẫu": "2", "camelCase": "3"]
        let original = Order(customerID: 1, labels: labels)
        #expect(try StrictJSON.decode(Order.self, from: StrictJSON.encode(original)) == original)
    }

    @Test func `a free value is taken as it is`() throws {
        let value = try order(#"{"customer_id": 1, "anything": {"b": [1.50, {"c": null}]}}"#).anything
        #expect(value?.text == #"{"b":[1.50,{"c":null}]}"#)
    }
}

@Suite("Strict JSON, grammar")
struct StrictJSONGrammarTests {
    @Test(arguments: [
        "", " ", "{", "[", "[1,]", "{\"a\":1,}", "{\"a\" 1}", "{a:1}", "nul", "tru", "01", "1.", ".5", "-", "1e", "+1",
        "\"", "\"\\x\"", "\"\\u12\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\udc00\"", "\"\\u0000\"", "\"\u{1}\"",
        "1 2", "{} {}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}", "NaN", "Infinity", "'a'", "// x\n1", "[1 2]",
    ])
    func `what is not JSON is refused`(_ text: String) {
        #expect(throws: StrictJSONError.self) { try StrictJSON.parse(Array(text.utf8)) }
    }

    @Test(arguments: [
        "null", "true", "[]", "{}", "0", "-0", "-0.50", "1E+10", "\"\"", "[[],{}]", " [ 1 , 2 ] ",
        #"{"a":{"b":[null,false,"x"]}}"#, #""Cần Thơ""#,
    ])
    func `what is JSON is read and written back the same`(_ text: String) throws {
        let value = try StrictJSON.parse(Array(text.utf8))
        #expect(value.text == text.filter { $0 != " " || text.contains("\"") })
    }

    @Test func `the same name twice in another spelling of Unicode is refused`() {
        #expect(throws: StrictJSONError.self) { try StrictJSON.parse(Array("{\"\u{E9}\":1,\"e\u{301}\":2}".utf8)) }
    }

    @Test func `escapes are read`() throws {
        let value = try StrictJSON.parse(Array(#""\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00""#.utf8))
        #expect(value == .string("\"\\/\u{8}\u{C}\n\r\té😀"))
    }

    @Test func `32 levels are read and 33 are refused`() throws {
        let nested = { (levels: Int) in
            Array((String(repeating: "[", count: levels) + String(repeating: "]", count: levels)).utf8)
        }
        #expect(throws: Never.self) { try StrictJSON.parse(nested(32)) }
        let error = try #require(throws: StrictJSONError.self) { try StrictJSON.parse(nested(33)) }
        #expect(error.problem.detail?.contains("32 levels") == true)
        #expect(throws: StrictJSONError.self) { try StrictJSON.parse(nested(200_000)) }
    }

    @Test func `the place is given by line and column`() throws {
        let error = try #require(throws: StrictJSONError.self) {
            try StrictJSON.parse(Array("{\n  \"tên\": ,\n}".utf8))
        }
        #expect(error.problem.detail == "line 2, column 10: a value expected")
    }

    @Test func `bytes that are not UTF-8 and a byte order mark are refused`() {
        #expect(throws: StrictJSONError(.notUTF8)) { try StrictJSON.parse([0x22, 0xFF, 0x22]) }
        #expect(throws: StrictJSONError(.byteOrderMark)) { try StrictJSON.parse([0xEF, 0xBB, 0xBF, 0x31]) }
    }

    @Test func `control characters are written escaped`() {
        #expect(JSONValue.string("a\u{1}\u{7F}\n\"\\").text == #""a\u0001\u007f\n\"\\""#)
    }

    @Test(arguments: 0..<40)
    func `arbitrary bytes are read or refused and never end the program`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let alphabet = Array(#"{}[]:,"\u0019eE+-.truefalsn \#n"#.utf8) + [0x00, 0x80, 0xC3, 0xA9, 0xED, 0xA0, 0xFF]
        for _ in 0..<500 {
            let bytes = (0..<Int.random(in: 0...60, using: &random)).map { _ in
                alphabet.randomElement(using: &random) ?? 0
            }
            do throws(StrictJSONError) {
                let value = try StrictJSON.parse(bytes)
                #expect(try StrictJSON.parse(value.bytes) == value, "seed \(seed), \(bytes)")
                _ = try StrictJSON.decode(Order.self, from: value)
            } catch {
                #expect(error.problem.status == 400, "seed \(seed), \(bytes)")
                #expect(error.problem.detail?.isEmpty == false)
            }
        }
    }

    @Test(arguments: 0..<40)
    func `a valid body with one byte changed is read or refused with a problem`(_ seed: Int) throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let body = Array(#"{"customer_id":12,"matrix":"water","items":[{"qty":"0.50","note":"ô"}],"urgent":true}"#.utf8)
        for _ in 0..<300 {
            var changed = body
            let index = Int.random(in: changed.indices, using: &random)
            changed[index] = UInt8.random(in: 0...255, using: &random)
            if Bool.random(using: &random) { changed.remove(at: Int.random(in: changed.indices, using: &random)) }
            do throws(StrictJSONError) {
                _ = try StrictJSON.decode(Order.self, from: changed)
            } catch {
                #expect(error.problem.detail?.isEmpty == false, "seed \(seed), \(changed)")
            }
        }
    }
}

@Suite("Strict JSON, writing")
struct StrictJSONWritingTests {
    @Test func `members keep the order of the declaration`() throws {
        let text = String(
            decoding: try StrictJSON.encode(Order(customerID: 1, matrix: .water, items: [Line(qty: "0.50")])),
            as: UTF8.self
        )
        #expect(text == #"{"customer_id":1,"matrix":"water","items":[{"qty":"0.50"}]}"#)
    }

    @Test func `the last page says null for next`() throws {
        let page = List(items: [Line(qty: "1")])
        #expect(try StrictJSON.value(of: page).text == #"{"items":[{"qty":"1"}],"next":null}"#)
        #expect(try StrictJSON.decode(List<Line>.self, from: StrictJSON.encode(page)) == page)
    }

    @Test func `a number that is not finite is not written`() {
        #expect(throws: EncodingError.self) { try StrictJSON.encode([Double.nan]) }
    }

    @Test func `a value without members is an empty object and an empty list a list`() throws {
        #expect(try StrictJSON.value(of: Nothing()).text == "{}")
        #expect(try StrictJSON.value(of: [Line]()).text == "[]")
        #expect(try StrictJSON.value(of: [String: String]()).text == "{}")
    }

    @Test(arguments: [
        ("detailVi", "detail_vi"), ("customerID", "customer_id"), ("myURLPath", "my_url_path"), ("sha256", "sha256"),
        ("qty", "qty"), ("due_on", "due_on"), ("iso17025Clause", "iso17025_clause"), ("URL", "url"),
    ])
    func `a property's name becomes a column's name`(_ property: String, _ column: String) {
        #expect(WireName.snakeCase(property) == column)
    }

    @Test(arguments: ProblemKind.allCases)
    func `every kind of problem has a stable type and a title in both languages`(_ kind: ProblemKind) {
        #expect(ProblemKind(type: kind.type) == kind)
        #expect(!kind.title.isEmpty && !kind.titleVi.isEmpty && kind.title != kind.titleVi)
        #expect((400..<600).contains(kind.status))
    }
}

/// A small generator whose seed stands in the failure text (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
