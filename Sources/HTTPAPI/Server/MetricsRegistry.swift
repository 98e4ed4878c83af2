// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// Counters, histograms and gauges of this process, in the text form that Prometheus reads.
///
/// - Source: Prometheus text exposition format 0.0.4.
package final class MetricsRegistry: Sendable {
    /// Labels of one series, in the order given.
    package typealias Labels = [(name: String, value: String)]

    /// One reading of a gauge.
    package struct Reading: Sendable {
        let labels: Labels
        let value: Double

        /// A reading with its labels.
        package init(_ value: Double, labels: Labels = []) {
            self.labels = labels
            self.value = value
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
        var read: (@Sendable () async throws -> [Reading])?
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
        families.withLock { $0[name] = Family(help: help, type: "gauge", read: read) }
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
                guard let readings = try? await read() else { continue }
                lines += readings.map { "\(name)\(Self.rendered($0.labels)) \(Self.number($0.value))" }
            }
            output += "# HELP \(name) \(Self.escaped(family.help))\n# TYPE \(name) \(family.type)\n"
            output += lines.map { $0 + "\n" }.joined()
        }
        return output
    }

    private static func rendered(_ labels: Labels) -> String {
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
        let inner = labels.isEmpty ? "" : labels.dropFirst().dropLast() + ","
        var below: UInt64 = 0
        var lines = zip(buckets, state.counts).map { bound, count in
            below += count
            return "\(name)_bucket{\(inner)le=\"\(MetricsRegistry.number(bound))\"} \(below)"
        }
        lines.append("\(name)_bucket{\(inner)le=\"+Inf\"} \(state.total)")
        lines.append("\(name)_sum\(labels) \(MetricsRegistry.number(state.sum))")
        lines.append("\(name)_count\(labels) \(state.total)")
        return lines
    }
}
