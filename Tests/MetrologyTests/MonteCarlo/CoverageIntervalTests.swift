// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Metrology

@Suite("Coverage intervals from trials (JCGM 101, 7.7)")
struct CoverageIntervalTests {
    @Test func `a million trials and 95 percent leave 25 000 on each side`() throws {
        let ranks = try CoverageRanks(probability: 0.95, trials: 1_000_000)
        #expect(ranks.span == 950_000)
        let values = OrderedTails(low: (1...1_000_000).map(Double.init), high: [], count: 1_000_000)
        #expect(ranks.equalTailed(values) == CoverageInterval(low: 25_000, high: 975_000))
        #expect(ranks.shortest(values) == CoverageInterval(low: 1, high: 950_001))
    }

    @Test(arguments: [(0.95, 100, 95, 3, 98), (0.95, 110, 105, 3, 108), (0.9, 101, 91, 5, 96), (0.5, 3, 2, 1, 3)])
    func `broken numbers of trials are rounded as the guide has it`(p: Double, trials: Int, q: Int, low: Int, high: Int) throws {
        let ranks = try CoverageRanks(probability: p, trials: trials)
        #expect(ranks.span == q)
        let values = OrderedTails(low: (1...trials).map(Double.init), high: [], count: trials)
        #expect(ranks.equalTailed(values) == CoverageInterval(low: Double(low), high: Double(high)))
    }

    @Test(arguments: [0, 1, -0.1, 1.5, .nan, 1e-9, 1 - 1e-9])
    func `a probability that no interval can have is refused`(p: Double) {
        #expect(throws: MonteCarloError.self) { try CoverageRanks(probability: p, trials: 1000) }
    }

    @Test(arguments: 0..<100)
    func `tails alone give the intervals that all sorted values give`(seed: Int) throws {
        var random = SplitMix64(seed: UInt64(seed))
        let count = Int.random(in: 100...20_000, using: &random)
        let p = [0.5, 0.9, 0.95, 0.99].randomElement(using: &random) ?? 0.95
        // Ties, point masses and negative numbers are legal.
        let values = (0..<count).map { _ in
            let value = Double.random(in: -3...3, using: &random)
            return seed % 3 == 0 ? value.rounded() : seed % 3 == 1 ? max(value, -2.9) : value * value * value
        }
        let ranks = try CoverageRanks(probability: p, trials: count)
        let sorted = values.sorted()
        let all = OrderedTails(low: sorted, high: [], count: count)
        let bounds = TailBounds(
            RadixSort.sorted(Array(values.prefix(2_000))), share: Double(ranks.tailCount) / Double(count), groupSize: count)
        var tails = TailValues(all: values)
        tails.narrow(to: bounds)
        let kept = tails.ordered(needed: ranks.tailCount) ?? all
        #expect(ranks.equalTailed(kept) == ranks.equalTailed(all), "seed \(seed)")
        #expect(ranks.shortest(kept) == ranks.shortest(all), "seed \(seed)")
    }

    @Test(arguments: 0..<50)
    func `sorting by digits is sorting`(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let values = (0..<Int.random(in: 0...3_000, using: &random)).map { _ in
            switch Int.random(in: 0..<4, using: &random) {
            case 0: 0.0
            case 1: Double.random(in: -1e300...1e300, using: &random)
            case 2: Double(bitPattern: random.next() & 0x800f_ffff_ffff_ffff)
            default: Double.random(in: 0.99...1.01, using: &random)
            }
        }
        #expect(RadixSort.sorted(values) == values.sorted(), "seed \(seed)")
    }
}
