// SPDX-License-Identifier: Apache-2.0

/// Spreads work over weeks of limited capacity, only to earlier ones.
///
/// From the last week to the first, a week keeps of its own what it can, those due last before others; what is left over goes to the nearest
/// earlier week with room. As few as possible move, and nothing moves later. The first week takes what no other could, above its capacity.
package enum WeekLevelling {
    /// The week of each piece of work.
    /// - Parameters:
    ///   - latest: the week in which each has to be done at the latest, 0..<weeks, in rising order.
    ///   - capacities: what can be done in each week, from 0.
    package static func weeks(latest: [Int], capacities: [Int]) -> [Int] {
        var chosen = latest
        var end = latest.count
        // What later weeks could not take, the latest first.
        var carried: [Int] = []
        var taken = 0
        for week in stride(from: capacities.count - 1, through: 0, by: -1) {
            var begin = end
            while begin > 0, latest[begin - 1] >= week { begin -= 1 }
            let own = begin..<end
            let kept = week == 0 ? own.count : min(own.count, capacities[week])
            // The last of a week stay, the first ones lose least by an earlier week.
            var room = capacities[week] - kept
            while taken < carried.count, room > 0 || week == 0 {
                chosen[carried[taken]] = week
                taken += 1
                room -= 1
            }
            carried.append(contentsOf: own.dropLast(kept).reversed())
            end = begin
        }
        return chosen
    }
}
