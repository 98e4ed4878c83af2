// SPDX-License-Identifier: Apache-2.0
import Metrology
import Testing

@Suite("Dimensions (SI Brochure, 2.3.3)")
struct DimensionTests {
    private let force = Dimension(length: 1, mass: 1, time: -2)

    @Test func `force times length is energy, energy by time is power`() throws {
        let energy = try force.multiplied(by: Dimension(length: 1))
        #expect(energy.description == "kg·m²·s⁻²")
        #expect(try energy.divided(by: Dimension(time: 1)).description == "kg·m²·s⁻³")
        #expect(try energy.divided(by: energy).isOne)
        #expect(Dimension.one.description == "1")
    }

    @Test func `roots stay exact in twelfths`() throws {
        let root = try Dimension(mass: 1, time: -2).root(2)
        #expect(root.description == "kg^(1/2)·s⁻¹")
        #expect(root[.mass] == (1, 2))
        #expect(root[.time] == (-1, 1))
        #expect(try root.raised(to: 2) == Dimension(mass: 1, time: -2))
        #expect(try force.raised(to: 2, over: 3).raised(to: 3, over: 2) == force)
        #expect(try force.raised(to: -1, over: -4) == force.root(4))
        #expect(try Dimension.one.raised(to: 3, over: 7).isOne)
        #expect(try force.raised(to: 0).isOne)
    }

    @Test func `a root that is no quantity, and an endless power, are refused`() throws {
        #expect(throws: QuantityError.noSuchPower(of: force, numerator: 1, denominator: 5)) { try force.root(5) }
        #expect(throws: QuantityError.noSuchPower(of: force, numerator: 1, denominator: 0)) { try force.root(0) }
        #expect(throws: QuantityError.exponentTooLarge) { try force.raised(to: 101) }
        #expect(throws: QuantityError.exponentTooLarge) { try force.raised(to: Int.max) }
        #expect(throws: QuantityError.exponentTooLarge) { try force.raised(to: Int.min, over: -1) }
        var dimension = Dimension(length: 99)
        dimension = try dimension.multiplied(by: Dimension(length: 1))
        #expect(throws: QuantityError.exponentTooLarge) { try dimension.multiplied(by: Dimension(length: 1)) }
    }

    @Test func `pH and levels mix neither with numbers nor with each other`() throws {
        let (acidity, level) = (Dimension(acidity: 1), Dimension(level: 1))
        #expect(!acidity.isOne && !level.isOne && acidity != level)
        let slope = try Dimension(length: 2, mass: 1, time: -3, current: -1).divided(by: acidity)
        #expect(slope.description == "kg·m²·s⁻³·A⁻¹·pH⁻¹")
        #expect(try slope.multiplied(by: acidity).description == "kg·m²·s⁻³·A⁻¹")
    }

    @Test func `random products and powers obey the laws of exponents`() throws {
        var generator = SplitMix64(seed: 51)
        for _ in 0..<1000 {
            let (left, right) = (random(&generator), random(&generator))
            #expect(try left.multiplied(by: right) == right.multiplied(by: left))
            #expect(try left.multiplied(by: right).divided(by: right) == left)
            let power = Int.random(in: -4...4, using: &generator)
            #expect(
                try left.multiplied(by: right).raised(to: power) == left.raised(to: power).multiplied(by: right.raised(to: power))
            )
            #expect(try left.raised(to: 12).root(12) == left)
        }
    }

    private func random(_ generator: inout SplitMix64) -> Dimension {
        Dimension(
            length: .random(in: -5...5, using: &generator), mass: .random(in: -3...3, using: &generator),
            time: .random(in: -5...5, using: &generator), current: .random(in: -2...2, using: &generator),
            temperature: .random(in: -2...2, using: &generator), amount: .random(in: -2...2, using: &generator))
    }
}
