// SPDX-License-Identifier: Apache-2.0

/// Random expressions over the names x, y and z, which lie between 0.5 and 1.5, so that roots and logarithms exist nearly always.
struct RandomExpression {
    var random: SplitMix64

    init(seed: UInt64) { random = SplitMix64(seed: seed) }

    mutating func text(depth: Int = 5) -> String {
        if depth == 0 || Int.random(in: 0..<7, using: &random) == 0 {
            return ["x", "y", "z", "0.7", "2", "1.3e0", "pi"].randomElement(using: &random) ?? "x"
        }
        let a = text(depth: depth - 1)
        switch Int.random(in: 0..<16, using: &random) {
        case 0...3: return "(\(a)) \(["+", "-", "*", "/"].randomElement(using: &random) ?? "+") (\(text(depth: depth - 1)))"
        case 4: return "-(\(a))"
        case 5: return "(\(a))^\(["2", "3", "-1", "4", "5", "-2"].randomElement(using: &random) ?? "2")"
        case 6: return "abs(\(a))^(\(["0.5", "1.5", "y/3", "x"].randomElement(using: &random) ?? "x"))"
        case 7: return "atan2(\(a), \(text(depth: depth - 1)))"
        case 8: return "\(["min", "max"].randomElement(using: &random) ?? "min")(\(a), \(text(depth: depth - 1)))"
        case 9: return "sqrt(abs(\(a)) + 0.2)"
        case 10: return "ln(abs(\(a)) + 0.3)"
        case 11: return "log10((\(a))^2 + 0.3)"
        case 12: return "\(["asin", "acos"].randomElement(using: &random) ?? "asin")(0.8*tanh(\(a)))"
        case 13: return "\(["sinh", "cosh", "exp", "tan"].randomElement(using: &random) ?? "exp")(0.7*sin(\(a)))"
        default: return "\(["sin", "cos", "atan", "tanh"].randomElement(using: &random) ?? "sin")(\(a))"
        }
    }

    mutating func values() -> [Double] {
        (0..<3).map { _ in Double.random(in: 0.5...1.5, using: &random) }
    }
}
