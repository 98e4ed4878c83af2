// SPDX-License-Identifier: Apache-2.0

internal import Glibc

/// Operations of a model on columns of trials.
///
/// A trial in which a node has no finite value has failed. Such a value passes on to the output by itself except through
/// operations that can make a number of it again, 1/∞ = 0 for one; these note it in the column `faults`, to which they add
/// operand × 0: zero, or NaN.
struct TrialOperations {
    private typealias Vector = TrialVector

    let model: ModelProgram
    let faults: TrialColumn

    /// Computes one node.
    func compute(_ node: ModelProgram.Node, into target: TrialColumn, _ first: TrialColumn, _ second: TrialColumn) {
        switch node.operation {
        case .input: break
        case .constant: target.fill(model.constantValues[Int(node.first)])
        case .add: target.fill(from: first, second) { $0 + $1 }
        case .subtract: target.fill(from: first, second) { $0 - $1 }
        case .multiply: target.fill(from: first, second) { $0 * $1 }
        case .divide:
            note(second)
            target.fill(from: first, second) { $0 / $1 }
        case .negate: target.fill(from: first) { -$0 }
        case .sqrt: target.fill(from: first) { $0.squareRoot() }
        case .abs: target.fill(from: first) { $0.magnitudes }
        case .min, .max, .power, .atan2: computePair(node.operation, into: target, first, second)
        case .wholePower: computeWholePower(node.second, into: target, first)
        case .exp, .ln, .sin, .cos: computeVector(node.operation, into: target, first)
        case .interpolate, .step:
            note(first)
            let table = model.tables[Int(node.second)]
            if node.operation == .step {
                map(first, into: target) { table.stepped(at: $0) }
            } else {
                map(first, into: target) { table.interpolated(at: $0) }
            }
        default:
            note(first)
            map(first, into: target) { ModelProgram.elementary(node.operation, $0) }
        }
    }

    private func computePair(
        _ operation: ModelProgram.Operation, into target: TrialColumn, _ first: TrialColumn, _ second: TrialColumn
    ) {
        note(first)
        note(second)
        switch operation {
        case .min: target.fill(from: first, second) { pointwiseMin($0, $1) }
        case .max: target.fill(from: first, second) { pointwiseMax($0, $1) }
        case .power:
            target.fill(from: first, second) { base, exponent in
                Vector(pow(base[0], exponent[0]), pow(base[1], exponent[1]), pow(base[2], exponent[2]), pow(base[3], exponent[3]))
            }
        default:
            target.fill(from: first, second) { y, x in
                Vector(atan2(y[0], x[0]), atan2(y[1], x[1]), atan2(y[2], x[2]), atan2(y[3], x[3]))
            }
        }
    }

    /// Powers as the evaluation of single values has them: products up to the fourth, beyond by the library.
    private func computeWholePower(_ exponent: Int32, into target: TrialColumn, _ base: TrialColumn) {
        if exponent < 1 { note(base) }
        switch exponent {
        case 0: target.fill(1)
        case 1: target.fill(from: base) { $0 }
        case 2: target.fill(from: base) { $0 * $0 }
        case 3: target.fill(from: base) { $0 * $0 * $0 }
        case 4:
            target.fill(from: base) {
                let square = $0 * $0
                return square * square
            }
        case -1: target.fill(from: base) { 1 / $0 }
        default: map(base, into: target) { ModelProgram.power($0, exponent) }
        }
    }

    /// Functions that ``VectorFunctions`` has; numbers outside their ranges go to the library one by one.
    private func computeVector(_ operation: ModelProgram.Operation, into target: TrialColumn, _ argument: TrialColumn) {
        switch operation {
        case .exp:
            note(argument)
            map(argument, into: target, magnitudesUpTo: 708, vector: VectorFunctions.exp) { exp($0) }
        case .sin: map(argument, into: target, magnitudesUpTo: 100_000, vector: VectorFunctions.sin) { sin($0) }
        case .cos: map(argument, into: target, magnitudesUpTo: 100_000, vector: VectorFunctions.cos) { cos($0) }
        default:
            // Normal positive numbers lie between these bits; the difference of any others from one of the ends is negative.
            let (least, greatest) = (Double.leastNormalMagnitude.bitPattern, Double.greatestFiniteMagnitude.bitPattern)
            map(argument, into: target, vector: VectorFunctions.log, scalar: { log($0) }) {
                ($0.bits &- least) | (TrialBits(repeating: greatest) &- $0.bits)
            }
        }
    }

    /// Applies a function to each value.
    @inline(__always)
    private func map(_ argument: TrialColumn, into target: TrialColumn, _ function: (Double) -> Double) {
        target.fill(from: argument) { Vector(function($0[0]), function($0[1]), function($0[2]), function($0[3])) }
    }

    @inline(__always)
    private func map(
        _ argument: TrialColumn, into target: TrialColumn, magnitudesUpTo limit: Double, vector: (TrialVector) -> TrialVector,
        scalar: (Double) -> Double
    ) {
        // Bits of positive numbers, of infinity and of what is no number, are ordered as whole numbers.
        map(argument, into: target, vector: vector, scalar: scalar) {
            TrialBits(repeating: limit.bitPattern) &- $0.magnitudes.bits
        }
    }

    /// Applies a function to vectors, and another to the values of a vector where the highest bit of the test is set.
    @inline(__always)
    private func map(
        _ argument: TrialColumn, into target: TrialColumn, vector: (TrialVector) -> TrialVector, scalar: (Double) -> Double,
        test: (TrialVector) -> TrialBits
    ) {
        for index in 0..<TrialLayout.vectors {
            let x = argument[index]
            var y = vector(x)
            let outside = test(x)
            let any = outside[0] | outside[1] | outside[2] | outside[3]
            if any >> 63 != 0 {
                for lane in 0..<TrialVector.scalarCount where outside[lane] >> 63 != 0 { y[lane] = scalar(x[lane]) }
            }
            target[index] = y
        }
    }

    @inline(__always)
    private func note(_ operand: TrialColumn) { faults.fill(from: faults, operand) { $0 + $1 * 0 } }
}
