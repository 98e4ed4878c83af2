// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Metrology
import Testing

@Suite("Parser of models against random texts") struct ModelFuzzTests {
    /// Number of texts: 200,000, or what ETALON_FUZZ_COUNT says (ten million in the long run).
    static let count = ProcessInfo.processInfo.environment["ETALON_FUZZ_COUNT"].flatMap(Int.init) ?? 200_000
    static let seed: UInt64 = 40_961

    private static let words = [
        "x", "y", "r", "tab", "q", "pi", "e", "_", "1", "2", "0.5", "1e3", "1e-400", "9e999", ".5", "7.", "1.2.3", "+", "-", "*",
        "/", "^", "(",
        ")", ",", "**", "=", " ", "\t", "sqrt(", "ln(", "atan2(", "min(", "max(", "mean(r)", "sum(", "stdev(r)", "count(r)",
        "interpolate(tab,",
        "step(tab,", "foo(", "x^-2", "x^0.5", "--", "()", "[", "]", "ộ", "−", "×", "\u{0}", "e5", "2x", "sin", "x(", "10^10^10",
    ]

    private static func text(_ random: inout SplitMix64, _ expressions: inout RandomExpression) -> String {
        switch Int.random(in: 0..<16, using: &random) {
        case 0:
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
            return String(decoding: bytes, as: UTF8.self)
        case 1...4:
            // A sound expression with one byte changed, doubled or lost.
            var bytes = Array(expressions.text(depth: 3).utf8)
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<3, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 32...126, using: &random)
            case 1: bytes.insert(bytes[place], at: place)
            default: bytes.remove(at: place)
            }
            return String(decoding: bytes, as: UTF8.self)
        case 5 where Int.random(in: 0..<400, using: &random) == 0:
            let word = words.randomElement(using: &random) ?? "("
            return String(repeating: word, count: Int.random(in: 100...60_000, using: &random))
        default:
            return (0..<Int.random(in: 0...24, using: &random)).map { _ in words.randomElement(using: &random) ?? "x" }.joined()
        }
    }

    @Test func `every text is a model or has a fault with a place, and every model has a value or a fault`() throws {
        var random = SplitMix64(seed: Self.seed)
        var expressions = RandomExpression(seed: Self.seed)
        let table = try ModelTable(name: "tab", arguments: [.zero, .one], values: [.one, .zero])
        var (sound, faulty) = (0, 0)
        for round in 0..<Self.count {
            let text = Self.text(&random, &expressions)
            do throws(ModelError) {
                let program = try ModelProgram(
                    quantities: [ModelQuantity("q", "x + 1"), ModelQuantity("out", text)], outputs: ["out"],
                    inputs: ["x", "y", "z"],
                    series: [ModelSeries("r", count: 3)], tables: [table])
                sound += 1
                let values = [0.5, -1.25, 2, 0.1, 0.2, 0.4]
                if let value = try? program.evaluate(values)[0] {
                    #expect(value.isFinite, "seed \(Self.seed) round \(round): \(text)")
                    if let gradient = try? program.gradient(at: values).gradient {
                        #expect(gradient.allSatisfy { $0.isFinite }, "seed \(Self.seed) round \(round): \(text)")
                    }
                }
            } catch {
                faulty += 1
                switch error {
                case .syntax(_, let position), .unknownName(_, let position), .unknownFunction(_, let position):
                    let inside = (1...(text.unicodeScalars.count + 1)).contains(position.column)
                    #expect(position.quantity == "out" && inside, "seed \(Self.seed) round \(round): \(text): \(error)")
                case .tooLarge: break
                default: Issue.record("seed \(Self.seed) round \(round): \(text): \(error)")
                }
            }
        }
        #expect(sound > Self.count / 20 && faulty > Self.count / 20, "\(sound) sound, \(faulty) faulty")
    }

    @Test(arguments: ["(", "-", "sqrt(", "x^", "x+(", "1,", "min(x,", "x ", "((x)", "2^-"])
    func `a million repetitions are refused quickly and without harm`(_ word: String) {
        let long = String(repeating: word, count: 1_000_000)
        let error = #expect(throws: ModelError.self) { try ModelProgram(parsing: long, inputs: ["x"]) }
        #expect(error?.code == "too_large")
        // Within the limit of bytes, the depth is the limit.
        let short = String(repeating: word, count: ModelLimits.expressionBytes / word.utf8.count)
        #expect(throws: ModelError.self) { try ModelProgram(parsing: short, inputs: ["x"]) }
    }

    @Test func `deep and long models within the limits work`() throws {
        for depth in [1, 200, ModelLimits.depth - 1] {
            let nested = String(repeating: "(", count: depth) + "x" + String(repeating: ")", count: depth)
            #expect(try ModelProgram(parsing: nested, inputs: ["x"]).evaluate([7]) == [7])
        }
        let sum = (0..<500).map { "x*\($0)" }.joined(separator: " + ")
        #expect(try ModelProgram(parsing: sum, inputs: ["x"]).evaluate([2]) == [2 * 500 * 499 / 2])
        #expect(try ModelProgram(parsing: sum, inputs: ["x"]).gradient(at: [2]).gradient == [500 * 499 / 2])
        let signs = String(repeating: "-", count: 5_001) + "x"
        #expect(try ModelProgram(parsing: signs, inputs: ["x"]).evaluate([2]) == [-2])
        let doubling = (1...300).map { ModelQuantity("y\($0)", $0 == 1 ? "x + x" : "y\($0 - 1) + y\($0 - 1)") }
        let program = try ModelProgram(quantities: doubling, outputs: ["y300"], inputs: ["x"])
        #expect(program.nodes.count == 301)
        let refused = try ModelProgram(parsing: "\(sum) + 1/(x - x)", inputs: ["x"])
        let error = #expect(throws: ModelError.self) { try refused.evaluate([1]) }
        #expect(error == .domain("division by zero", in: "1/(x - x)"))
    }
}
