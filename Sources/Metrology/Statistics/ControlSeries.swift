// SPDX-License-Identifier: Apache-2.0

/// Points of a control chart as exact distances from the centre line, oldest first.
///
/// A point exactly on a line is not beyond it, which is decided in decimals.
package struct ControlSeries: Sendable, Hashable {
    /// Distances from the centre line, oldest first.
    let distances: [DecimalNumber]
    /// One, two and three standard deviations, in the unit of the distances.
    private let multiples: [DecimalNumber]

    /// Points that are multiples of the standard deviation already (z values).
    package init(standardised points: [DecimalNumber]) {
        distances = points
        multiples = [DecimalNumber(1), DecimalNumber(2), DecimalNumber(3)]
    }

    /// Points in the unit of measurement.
    ///
    /// - Parameters:
    ///   - values: Points, oldest first.
    ///   - centre: Centre line.
    ///   - deviation: Standard deviation of the points, positive.
    /// - Throws: ``StatisticsError/notPositive(what:)``, ``StatisticsError/notFinite(what:)`` for too many digits.
    package init(values: [DecimalNumber], centre: DecimalNumber, deviation: DecimalNumber) throws(StatisticsError) {
        guard deviation > .zero else { throw .notPositive(what: "the standard deviation of the chart") }
        do throws(DecimalError) {
            distances = try values.map { (value) throws(DecimalError) in try value.subtracting(centre) }
            multiples = try (1...3).map { (factor) throws(DecimalError) in
                try deviation.multiplied(by: DecimalNumber(factor))
            }
        } catch {
            throw .notFinite(what: "the distance of a point from the centre line")
        }
    }

    /// Side of the centre line: −1, 0 (on it) or 1.
    private func side(_ point: DecimalNumber) -> Int { point.isZero ? 0 : (point.isNegative ? -1 : 1) }

    /// Side on which a point lies beyond 1, 2 or 3 standard deviations; 0 within or on the line.
    private func sideBeyond(_ multiple: Int, _ point: DecimalNumber) -> Int {
        point.magnitude > multiples[multiple - 1] ? side(point) : 0
    }

    /// Whether the newest point lies beyond a multiple of the standard deviation, on either side.
    func newestIsBeyond(_ multiple: Int) -> Bool {
        distances.last.map { sideBeyond(multiple, $0) != 0 } ?? false
    }

    /// Whether the newest points all lie beyond a multiple on one side (multiple 0: beyond the centre line).
    func newest(_ count: Int, areBeyondOnOneSide multiple: Int) -> Bool {
        newest(count, of: count, areBeyondOnOneSide: multiple)
    }

    /// Whether the newest point and enough of those just before it lie beyond a multiple on the same side.
    ///
    /// The run may be shorter than the window where it already holds enough such points.
    func newest(_ needed: Int, of window: Int, areBeyondOnOneSide multiple: Int) -> Bool {
        let sides = distances.suffix(window).map { multiple == 0 ? side($0) : sideBeyond(multiple, $0) }
        guard let last = sides.last, last != 0 else { return false }
        return sides.count(where: { $0 == last }) >= needed
    }

    /// Whether the newest points are that many and all satisfy a condition on their distance.
    private func newest(_ count: Int, satisfy condition: (DecimalNumber) -> Bool) -> Bool {
        distances.count >= count && distances.suffix(count).allSatisfy(condition)
    }

    /// Whether the newest points all lie beyond one standard deviation, on whichever side.
    func newestAvoidTheMiddle(_ count: Int) -> Bool {
        newest(count) { sideBeyond(1, $0) != 0 }
    }

    /// Whether the newest points all lie within one standard deviation and not on its line.
    func newestHugTheCentre(_ count: Int) -> Bool {
        newest(count) { $0.magnitude < multiples[0] }
    }

    /// Whether the two newest points lie beyond two standard deviations on opposite sides.
    var newestTwoAreOpposite: Bool {
        let sides = distances.suffix(2).map { sideBeyond(2, $0) }
        return sides.count == 2 && sides[0] * sides[1] == -1
    }

    /// Directions of the steps between the newest points: −1, 0 or 1 each.
    private func steps(of count: Int) -> [Int]? {
        guard distances.count >= count else { return nil }
        let newest = Array(distances.suffix(count))
        return zip(newest, newest.dropFirst()).map { $1 > $0 ? 1 : ($1 < $0 ? -1 : 0) }
    }

    /// Whether the newest points rise, or fall, from each to the next.
    func newestAreATrend(_ count: Int) -> Bool {
        guard let steps = steps(of: count), let first = steps.first, first != 0 else { return false }
        return steps.allSatisfy { $0 == first }
    }

    /// Whether the newest points go up and down in turn.
    func newestAlternate(_ count: Int) -> Bool {
        guard let steps = steps(of: count), let first = steps.first, first != 0 else { return false }
        return zip(steps, steps.dropFirst()).allSatisfy { $0 * $1 == -1 }
    }
}
