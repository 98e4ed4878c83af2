// SPDX-License-Identifier: Apache-2.0
import APIContract

/// Random numbers that are the same for the same seed.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    /// - Source: SplitMix64, Steele, Lea and Flood, OOPSLA 2014.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Makes bodies after a schema: words that the laboratory knows among much that it cannot have meant.
struct RandomBodies {
    private let document: APIDocument
    private var random: SeededRandom
    /// What members of a name have held so far.
    private var words: [String: [String]]
    private var count = 0
    private var stamp = 0

    init(document: APIDocument, seed: UInt64) {
        self.document = document
        random = SeededRandom(seed: seed)
        words = Self.known
    }

    /// A body for a schema.
    mutating func body(_ schema: JSONValue, member: String = "") -> JSONValue {
        let isOptional = schema["anyOf"] != nil || document.types(schema).contains("null")
        if isOptional, chance(4) { return .null }
        let schema = document.present(schema)
        if chance(60) { return pick([.null, .bool(true), .number("1e400"), .string("x"), .array([]), .object([JSONMember]())]) }
        switch document.types(schema).first {
        case "object"?: return object(schema)
        case "array"?:
            let count = chance(40) ? 1001 : Int.random(in: 0...3, using: &random)
            let items = schema["items"] ?? .null
            return .array((0..<count).map { _ in body(items, member: member) })
        case "integer"?: return .number(pick(chance(2) ? Self.numbers : words[member] ?? ["1", "2", "3"]))
        case "boolean"?: return .bool(chance(2))
        default: return .string(text(member))
        }
    }

    /// A body that was meant, but for a few members; `$NAME` in its texts stands for a word known under that name, and `$#NAME` for a number.
    mutating func body(near meant: JSONValue, _ schema: JSONValue, mistakes: Int) -> JSONValue {
        var body = filled(meant)
        for _ in 0..<mistakes { body = spoilt(body, schema, member: "") }
        return body
    }

    private mutating func filled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): return .object(members.map { JSONMember($0.name, filled($0.value)) })
        case .array(let elements): return .array(elements.map { filled($0) })
        case .string("$unique"):
            count += 1
            return .string("n\(count)")
        case .string("$stamp"):
            stamp += 1
            return .string("\(10_000 + stamp)")
        case .string(let text) where text.hasPrefix("$#"): return .number(pick(words[String(text.dropFirst(2))] ?? ["1"]))
        case .string(let text) where text.hasPrefix("$"): return .string(pick(words[String(text.dropFirst())] ?? ["x"]))
        default: return value
        }
    }

    /// The value with one member, however deep, made anew from its schema.
    private mutating func spoilt(_ value: JSONValue, _ schema: JSONValue, member: String) -> JSONValue {
        let whole = schema
        let schema = document.present(schema)
        switch value {
        case .object(var members) where !chance(5):
            let names = (schema["properties"]?.members ?? members).map(\.name)
            guard !names.isEmpty else { break }
            let name = pick(names)
            let inner = schema["properties"]?[name] ?? schema["additionalProperties"] ?? .null
            if let index = members.firstIndex(where: { $0.name == name }) {
                members[index].value = spoilt(members[index].value, inner, member: name)
            } else {
                members.append(JSONMember(name, body(inner, member: name)))
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && !chance(5):
            let index = Int.random(in: elements.indices, using: &random)
            elements[index] = spoilt(elements[index], schema["items"] ?? .null, member: member)
            return .array(elements)
        case .string where !chance(3): return .string(pick(chance(2) ? Self.texts : Self.days + Self.numbers))
        default: break
        }
        return body(whole, member: member)
    }

    private mutating func object(_ schema: JSONValue) -> JSONValue {
        if let values = schema["additionalProperties"], values != .bool(false) {
            let count = Int.random(in: 0...3, using: &random)
            var members: [JSONMember] = []
            for _ in 0..<count {
                let name = text("characteristic")
                if !members.contains(where: { $0.name == name }) {
                    members.append(JSONMember(name, body(values, member: "value")))
                }
            }
            return .object(members)
        }
        let required = (schema["required"]?.array ?? []).compactMap(\.string)
        var members: [JSONMember] = []
        for member in schema["properties"]?.members ?? [] where required.contains(member.name) || chance(2) {
            members.append(JSONMember(member.name, body(member.value, member: member.name)))
        }
        return .object(members)
    }

    /// A text for a member or a parameter of that name.
    mutating func text(_ member: String) -> String {
        if !chance(6) {
            if let known = words[member], !known.isEmpty { return pick(known) }
            if member.hasSuffix("_on") || member.hasSuffix("until") || ["valid_from", "as_of", "on"].contains(member) {
                return pick(Self.days)
            }
        }
        return chance(3) ? pick(Self.days + Self.numbers) : pick(Self.texts)
    }

    /// Who asks.
    var person: String { mutating get { pick(Self.people) } }

    /// Remembers what the answer of an operation named, so that later bodies can speak of it.
    mutating func learn(from answer: JSONValue, of operation: String, member: String = "") {
        for inner in answer.members ?? [] { learn(from: inner.value, of: operation, member: inner.name) }
        for element in answer.array ?? [] { learn(from: element, of: operation, member: member) }
        let word: String
        switch answer {
        case .string(let text): word = text
        case .number(let digits): word = digits
        default: return
        }
        // An order's answer has the order's number and those of its samples.
        let isOfSample = word.hasPrefix("M")
        for name in Self.sameAs["\(operation).\(member)"] ?? [] where name != "sample" || isOfSample {
            if words[name]?.contains(word) != true { words[name, default: []].append(word) }
        }
    }

    private mutating func chance(_ oneIn: Int) -> Bool { Int.random(in: 0..<oneIn, using: &random) == 0 }
    private mutating func pick<Choice>(_ choices: [Choice]) -> Choice {
        choices[Int.random(in: choices.indices, using: &random)]
    }

    /// Members that take what an answer's member holds.
    private static let sameAs = [
        "customerAdd.code": ["customer", "into"], "siteAdd.code": ["site"], "instrumentAdd.code": ["instrument", "code"],
        "standardAdd.code": ["standard", "standards"], "orderReceive.number": ["sample", "number"],
        "measurementRecord.id": ["measurement", "id"], "tokenMake.id": ["token"], "jobList.id": ["job"],
        "reportIssue.label": ["document", "documents", "label", "amends"], "reportIssue.access_code": ["code"],
        "certificateIssue.label": ["document", "documents", "label", "amends"],
        "recordPrint.label": ["document", "documents", "label"],
        "fuelLotCertify.code": ["lot"], "inspectionCampaignAdd.code": ["campaign"], "dueEmit.run_id": ["run"],
    ]

    private static let days = [
        "2018-06-30", "2018-06-29", "2017-03-15", "2016-01-04", "2025-12-31", "2018-07-01", "2017-02-29", "2016-02-29",
        "0001-01-01",
        "9999-12-31", "10000-01-01", "2017-13-01", "15/03/2017", "2017-3-5", "infinity", "-infinity", "epoch", "now",
        "0000-00-00",
        "2017-03-15T00:00:00+07:00", "-4713-01-01", "5874898-01-01",
    ]

    private static let numbers = [
        "0", "-0", "1", "-1", "2", "32767", "32768", "65536", "2147483647", "2147483648", "-2147483649", "4294967296",
        "9223372036854775807", "-9223372036854775808", "9223372036854775808", "99999999999999999999999999999999999999",
        "1.5", "1e3", "1e400", "-1e-400", "0.1", "1\(String(repeating: "0", count: 400))",
        "0.\(String(repeating: "0", count: 400))1",
    ]

    private static let texts = [
        "", " ", "x", "0,05", "<0.05", "<", ">", "< 0,05 ", "KPH", "ND", "Âm tính", "NaN", "Infinity", "1E+9999", "0x10", "١٢٣",
        "１２", "½",
        "--", "+5", "1.234.567,8", "5 mg/L", "'", "'; drop table record.sample; --", "\\", "\\x00", "%", "%s%n", "_", "*", "{}",
        "{1,2}",
        "null", "NULL", "\"", "a\"b", "a,b", "{\"a\":\"b", "\t", "\n", "\r\n", "\u{1}", "\u{0}", "\u{7F}", "\u{85}", "\u{200B}",
        "\u{FEFF}",
        "\u{FFFE}", "\u{FFFF}", "\u{E000}", "\u{10FFFF}", "e\u{301}", "ế", "Nguyễn", "𝔘", "👩‍🔬", "ﷺ", "../../etc/passwd",
        "<script>alert(1)</script>",
        String(repeating: "a", count: 300), String(repeating: "ộ", count: 600), String(repeating: "x", count: 20_000),
        String(repeating: "e\u{301}", count: 3000), String(repeating: "(", count: 2000), "true", "false",
    ]

    private static let known: [String: [String]] = [
        "customer": ["KH-A", "KH-B"], "into": ["KH-B"], "site": ["TRAM-A"], "place": ["916"],
        "purpose": ["customer", "internal"],
        "kind": [
            "enterprise", "state_body", "fuel_station", "verification", "calibration", "certification", "stamp", "seal",
            "totaliser_seal", "customer", "accepted", "rejected", "disposed", "handed_over", "withdrawn", "voided", "repaired",
            "moved",
            "seal_broken", "taken_out", "put_back", "volume_measure",
        ],
        "person": people, "measured_by": people, "to_person": people, "holder": people, "verifier": people, "username": people,
        "role": ["reception", "technician"], "roles": ["reception", "technician"], "instrument": ["CB-A"],
        "procedure": ["DLVN-10"],
        "mode": ["initial", "periodic", "after_repair"], "standards": ["VM20"], "standard": ["VM20"], "step": ["*"],
        "outcome": ["pass", "fail", "refused", "not_done"], "phase": ["as_found", "as_left"], "point": ["qmax", "qmin", "vmin"],
        "indicated": ["20.000", "2.000", "20.2"], "reference": ["20.010", "2.005"], "type": ["19", "8a"], "types": ["19", "8a"],
        "families": ["volume", "mass"], "series": ["17B"], "from": ["00001", "00010"], "to": ["00001", "00020"],
        "event": ["assigned", "void", "lost", "returned", "removed"], "matrix": ["food"], "indicator": ["FOOD-PB"],
        "indicators": ["FOOD-PB"], "subcontracted": ["FOOD-PB"], "value": ["0,05", "<0.05", "KPH", "40", "15", "0.5"],
        "decision": ["approved", "sent_back"], "level": ["laboratory_head", "head"], "form": ["", "KT."], "pin": ["481516"],
        "current": ["481516"], "origin": ["blended", "imported"], "volume_m3": ["12.5"], "subject": ["measurement", "mixed"],
        "campaign": ["QĐ 1"], "state": ["waiting", "issued", "failed"],
        "characteristic": ["qmax_l_min", "qmin_l_min", "e_g", "time_s"],
        "table": ["record.sample"], "id": ["1", "2"], "year": ["2017", "2018"],
        "specification": ["XANG-RON95-III", "XANG-RON92-II"],
    ]

    private static let people = LaboratoryServer.people
}
