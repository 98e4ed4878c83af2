// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Which page of a list.
struct PageOptions: ParsableArguments {
    @Option(help: .both("Số dòng nhiều nhất, 1–1000", "At most that many rows, 1–1000"))
    var limit: Int?

    @Option(help: .both("Trang tiếp theo, như danh sách trước đã cho", "Next page, as the list before gave it"))
    var cursor: String?

    /// The number of rows as a parameter.
    var limitText: String? { limit.map(String.init) }
}

/// Where a PDF goes.
struct PDFOptions: ParsableArguments {
    @Option(name: .shortAndLong, help: .both("Tệp PDF; - là đầu ra chuẩn", "PDF file; - is standard output"))
    var out: String?

    @Option(help: .both("Chờ in nhiều nhất bao nhiêu giây", "Seconds to wait for the rendering at most"))
    var wait: Int = 30

    func validate() throws { try Waiting.check(wait) }
}

/// How long a person may have the program wait.
enum Waiting {
    /// Seconds, a day at most.
    static let range = 0...86_400

    /// Checks `--wait`.
    ///
    /// - Throws: `ValidationError` that names the range.
    static func check(_ seconds: Int) throws {
        guard range.contains(seconds) else {
            throw ValidationError.both(
                "--wait \(seconds) phải từ 0 đến \(range.upperBound) giây",
                "--wait \(seconds) must be 0–\(range.upperBound) seconds")
        }
    }
}

/// Days ahead, written `30d` or `30`.
struct DaySpan: ExpressibleByArgument, Hashable, Sendable {
    let days: Int

    init?(argument: String) {
        let digits = argument.hasSuffix("d") ? argument.dropLast() : argument[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let days = Int(digits) else {
            return nil
        }
        self.days = days
    }
}

/// A time, written `90s`, `30m`, `2h` or `3d`.
struct TimeSpan: ExpressibleByArgument, Hashable, Sendable {
    let seconds: Int

    init?(argument: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = argument.last.flatMap({ units[$0] }) else { return nil }
        let digits = argument.dropLast()
        guard !digits.isEmpty, digits.utf8.count <= 9, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let number = Int(digits)
        else { return nil }
        seconds = number * unit
    }
}

/// A name and a value, written `NAME=VALUE`.
struct Pair: ExpressibleByArgument, Hashable, Sendable {
    let name: String
    let value: String

    init?(argument: String) {
        guard let sign = argument.firstIndex(of: "=") else { return nil }
        name = String(argument[..<sign])
        value = String(argument[argument.index(after: sign)...])
        guard !name.isEmpty, !value.isEmpty else { return nil }
    }
}

extension [Pair] {
    /// The pairs by name, the last one of a name; `nil` when there is none.
    var dictionary: [String: String]? {
        isEmpty ? nil : reduce(into: [:]) { $0[$1.name] = $1.value }
    }
}

extension [String] {
    /// Values given one by one or separated by commas; `nil` when there is none.
    var listed: [String]? {
        let values = flatMap { $0.split(separator: ",").map(String.init) }
        return values.isEmpty ? nil : values
    }
}

extension Bool {
    /// `true`, or nothing for a parameter that is left out.
    var parameter: String? { self ? "true" : nil }
}
