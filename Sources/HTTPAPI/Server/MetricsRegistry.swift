// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counters, histograms and gauges of this process, in the text form that Prometheus reads.
///
/// - Source: Prometheus text exposition format 0.0.4.
package final class MetricsRegistry: Sendable {
    /// Labels of one series, in the order given.
    package typealias Labels = [(name: String, value: String)]

    /// One reading of a gauge or of a count that is kept elsewhere.
    package struct Reading: Sendable {
        let labels: Labels
        let value: Double

        /// A reading with its labels.
        package init(_ value: Double, labels: Labels = []) {
            self.labels = labels
            self.value = value
        }
    }

    /// One reading of a histogram that is kept elsewhere.
    package struct Spread: Sendable {
        let labels: Labels
        let bounds: [Double]
        let counts: [Int]
        let sum: Double

        /// A reading with its labels.
        ///
        /// - Parameters:
        ///   - bounds: upper bounds, ascending.
        ///   - counts: how many fell into each interval, one more than there are bounds.
        package init(bounds: [Double], counts: [Int], sum: Double, labels: Labels = []) {
            (self.bounds, self.counts, self.sum, self.labels) = (bounds, counts, sum, labels)
        }

        fileprivate func lines(name: String) -> [String] {
            MetricsRegistry.histogramLines(
                name: name, labels: MetricsRegistry.rendered(labels), bounds: bounds,
                counts: counts.prefix(bounds.count).map(UInt64.init(clamping:)), sum: sum,
                total: counts.reduce(0) { $0 + UInt64(clamping: $1) })
        }
    }

    private enum Series: Sendable {
        case counter(Counter)
        case histogram(Histogram)
    }

    private struct Family: Sendable {
        let help: String
        let type: String
        var series: [String: Series] = [:]
        /// The lines of what is kept elsewhere.
        var read: (@Sendable (_ name: String) async throws -> [String])?
    }

    private let families = Mutex<[String: Family]>([:])

    /// An empty registry.
    package init() {}

    /// The counter of that name and those labels, made at the first call.
    ///
    /// - Parameter name: in snake_case, ending in `_total`.
    package func counter(_ name: String, help: String, labels: Labels = []) -> Counter {
        let key = Self.rendered(labels)
        return families.withLock { families in
            if case .counter(let counter)? = families[name]?.series[key] { return counter }
            let counter = Counter()
            families[name, default: Family(help: help, type: "counter")].series[key] = .counter(counter)
            return counter
        }
    }

    /// The histogram of that name and those labels, made at the first call.
    ///
    /// - Parameter name: in snake_case, ending in the unit, `_seconds` or `_bytes`.
    package func histogram(
        _ name: String,
        help: String,
        labels: Labels = [],
        buckets: [Double] = Histogram.requestSeconds
    ) -> Histogram {
        let key = Self.rendered(labels)
        return families.withLock { families in
            if case .histogram(let histogram)? = families[name]?.series[key] { return histogram }
            let histogram = Histogram(buckets: buckets)
            families[name, default: Family(help: help, type: "histogram")].series[key] = .histogram(histogram)
            return histogram
        }
    }

    /// Adds a gauge that is read when somebody asks; one that cannot be read is left out of that answer.
    package func gauge(_ name: String, help: String, read: @escaping @Sendable () async throws -> [Reading]) {
        families.withLock { $0[name] = Family(help: help, type: "gauge") { Self.lines($0, try await read()) } }
    }

    /// Adds counts that are kept elsewhere and only grow; read as a gauge is.
    ///
    /// - Parameter name: in snake_case, ending in `_total`.
    package func counts(_ name: String, help: String, read: @escaping @Sendable () async throws -> [Reading]) {
        families.withLock { $0[name] = Family(help: help, type: "counter") { Self.lines($0, try await read()) } }
    }

    /// Adds histograms that are kept elsewhere; read as a gauge is.
    package func spreads(_ name: String, help: String, read: @escaping @Sendable () async throws -> [Spread]) {
        families.withLock { families in
            families[name] = Family(help: help, type: "histogram") { name in try await read().flatMap { $0.lines(name: name) } }
        }
    }

    /// Names of all families, whether they can be read now or not.
    package var names: Set<String> { Set(families.withLock { $0.keys }) }

    private static func lines(_ name: String, _ readings: [Reading]) -> [String] {
        readings.map { "\(name)\(rendered($0.labels)) \(number($0.value))" }
    }

    /// Everything as text, families and series in alphabetical order.
    package func exposition() async -> String {
        let families = families.withLock { $0 }
        var output = ""
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            var lines = family.series.sorted { $0.key < $1.key }.flatMap { labels, series in
                switch series {
                case .counter(let counter): ["\(name)\(labels) \(counter.value)"]
                case .histogram(let histogram): histogram.lines(name: name, labels: labels)
                }
            }
            if let read = family.read {
                // A gauge without a value is absent; the state of what it reads shows in /readyz.
                guard let readings = try? await read(name) else { continue }
                lines += readings
            }
            output += "# HELP \(name) \(Self.escaped(family.help))\n# TYPE \(name) \(family.type)\n"
            output += lines.map { $0 + "\n" }.joined()
        }
        return output
    }

    fileprivate static func rendered(_ labels: Labels) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0.name)=\"\(escaped($0.value, quotes: true))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ text: String, quotes: Bool = false) -> String {
        var output = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\"" where quotes: output += "\\\""
            default: output.unicodeScalars.append(scalar)
            }
        }
        return output
    }

    static func number(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value > 0 ? "+Inf" : "-Inf" }
        return Int64(exactly: value).map(String.init) ?? String(value)
    }
}

/// A count that only grows.
package final class Counter: Sendable {
    private let stored = Atomic<UInt64>(0)

    /// The count so far.
    package var value: UInt64 { stored.load(ordering: .relaxed) }

    /// Counts one more, or several.
    package func increment(by amount: UInt64 = 1) { stored.wrappingAdd(amount, ordering: .relaxed) }
}

/// How often values fell below given bounds.
package final class Histogram: Sendable {
    /// Bounds for the durations of requests, in seconds.
    package static let requestSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

    private struct State {
        var counts: [UInt64]
        var sum = 0.0
        var total: UInt64 = 0
    }

    private let buckets: [Double]
    private let state: Mutex<State>

    init(buckets: [Double]) {
        self.buckets = buckets.sorted()
        state = Mutex(State(counts: Array(repeating: 0, count: buckets.count)))
    }

    /// Notes one value.
    package func observe(_ value: Double) {
        let index = buckets.firstIndex { value <= $0 }
        state.withLock { state in
            if let index { state.counts[index] += 1 }
            state.sum += value
            state.total += 1
        }
    }

    /// Notes one duration, in seconds.
    package func observe(_ duration: Duration) { observe(duration / .seconds(1)) }

    fileprivate func lines(name: String, labels: String) -> [String] {
        let state = state.withLock { $0 }
        return MetricsRegistry.histogramLines(
            name: name, labels: labels, bounds: buckets, counts: state.counts, sum: state.sum, total: state.total)
    }
}

extension MetricsRegistry {
    /// The lines of one histogram; counts are those of each interval, without what lies beyond the last bound.
    fileprivate static func histogramLines(
        name: String, labels: String, bounds: [Double], counts: [UInt64], sum: Double, total: UInt64
    ) -> [String] {
        let inner = labels.isEmpty ? "" : labels.dropFirst().dropLast() + ","
        var below: UInt64 = 0
        var lines = zip(bounds, counts).map { bound, count in
            below += count
            return "\(name)_bucket{\(inner)le=\"\(number(bound))\"} \(below)"
        }
        lines.append("\(name)_bucket{\(inner)le=\"+Inf\"} \(total)")
        lines.append("\(name)_sum\(labels) \(number(sum))")
        lines.append("\(name)_count\(labels) \(total)")
        return lines
    }
}
