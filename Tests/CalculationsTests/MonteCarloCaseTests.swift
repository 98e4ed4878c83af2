// SPDX-License-Identifier: Apache-2.0
import Calculations
import Testing

@Suite("Monte Carlo (JCGM 101)")
struct MonteCarloCaseTests {
    @Test(arguments: CaseFile.ids("monte_carlo"))
    func `a published case holds within the scatter of a million trials`(id: String) throws {
        let given = try CaseFile.named(id, of: "monte_carlo")
        let answer = try CaseFile.answer(given, by: MonteCarloCase.self, kind: "monte_carlo")
        let result = try #require(answer["result"], "\(answer)")
        #expect(result["trials"]?.number == 1_000_000)
        guard case .object(let expected) = given["expected"] else { throw CaseError(id) }
        var compared = 0
        for (key, published) in expected {
            // Without a tolerance a value is not compared: for a U-shaped output either end of its range may begin the shortest
            // interval.
            guard let value = published["value"]?.number, let tolerance = published["tol_for_1e6_trials"]?.number else {
                continue
            }
            let got = try #require(result[key]?.number, "\(id) \(key)")
            #expect(abs(got - value) <= tolerance, "\(id) \(key): \(got), not \(value)")
            compared += 1
        }
        #expect(compared >= 5)
    }

    @Test(arguments: CaseFile.ids("monte_carlo"))
    func `figures that the guide prints come out within their printed digits`(id: String) throws {
        let given = try CaseFile.named(id, of: "monte_carlo")
        guard case .object(let published) = given["published"] else { return }
        let result = try #require(CaseFile.answer(given, by: MonteCarloCase.self, kind: "monte_carlo")["result"])
        for (key, printed) in published where printed["reproduced"] == .bool(true) {
            let value = try #require(printed["text"]?.value)
            // What the document rounded away, and the scatter of our own million trials.
            let scatter = given["expected"]?[key]?["tol_for_1e6_trials"]?.number ?? 0
            let tolerance = try #require(printed["tol"]?.number) + scatter
            let got = try #require(result[key]?.number)
            #expect(abs(got - value) <= tolerance, "\(id) \(key): \(got), printed \(value)")
        }
    }

    @Test func `the same case gives the same bytes again`() throws {
        let given = try CaseFile.named("mc-gauge-block", of: "monte_carlo")
        let first = try CaseFile.answer(given, by: MonteCarloCase.self, kind: "monte_carlo")
        #expect(try CaseFile.answer(given, by: MonteCarloCase.self, kind: "monte_carlo") == first)
    }

    @Test func `another seed gives other trials, and the answer names both`() throws {
        let first = try result(of: Self.sum())
        let second = try result(of: Self.sum(["seed": .string("18446744073709551615")]))
        #expect(first["seed"]?.text == "1")
        #expect(second["seed"]?.text == "18446744073709551615")
        #expect(first["generator"]?.text == "Philox4x32-10")
        #expect(first["mean"] != second["mean"])
    }

    @Test func `the adaptive procedure answers with its course`() throws {
        let result = try result(of: Self.sum(["adaptive": .object(["significant_digits": .number(1)])]))
        let course = try #require(result["adaptive"])
        #expect(course["stabilised"] == .bool(true))
        #expect(course["sequence_length"]?.number == 12_288)
        #expect(try #require(course["sequences"]?.number) >= 10)
        #expect(result["trials"]?.number == course["sequences"]?.number.map { $0 * 12_288 })
        #expect(course["spreads"]?.list.count == 4)
    }

    @Test func `what does not settle is called not stabilised`() throws {
        let ratio = Self.case(
            model: "a/b", inputs: [Self.normal("a", "0", "1"), Self.normal("b", "0", "1")],
            ["adaptive": .object(["most_trials": .string("200000")])])
        let result = try result(of: ratio)
        #expect(result["adaptive"]?["stabilised"] == .bool(false))
        #expect(result["warnings"]?.list.count == 1)
    }

    @Test func `moments that do not exist are not given, the quantiles are`() throws {
        // The quotient of two standard normal quantities has Cauchy's distribution: quantile tan(π·0.475) = 12.706.
        let ratio = Self.case(
            model: "a/b", inputs: [Self.normal("a", "0", "1"), Self.normal("b", "0", "1")], ["moments": .string("do not exist")])
        let result = try result(of: ratio)
        #expect(result["mean"] == .null)
        #expect(result["standard_deviation"] == .null)
        #expect(result["moments"]?.text == "do not exist")
        // Six standard deviations of the quantile: 6·√(0.025·0.975/10^6)/density, density = 1/(π(1 + 12.706²)).
        #expect(abs(try #require(result["equal_tailed_high"]?.number) - 12.706) < 0.48)
    }

    @Test func `a linear model of normal inputs validates the law of propagation, a square does not`() throws {
        let linear = try #require(result(of: Self.sum(["validation_digits": .number(1)]))["validation"])
        #expect(linear["validated"] == .bool(true))
        #expect(linear["delta"]?.number == 0.5)
        #expect(agrees(linear["U"]?.number, 3.919_927_969, 1e-8))
        let square = Self.case(
            model: "x^2", inputs: [Self.normal("x", "1", "1")], ["validation_digits": .number(1)])
        #expect(try #require(result(of: square)["validation"])["validated"] == .bool(false))
    }

    @Test func `correlated inputs that are not normal carry a label`() throws {
        let rectangle: (String) -> JSONNode = {
            .object([
                "name": .string($0), "value": .string("0"), "distribution": .string("rectangular"), "half_width": .string("1"),
            ])
        }
        let r: JSONNode = .array([.object(["a": .string("x"), "b": .string("y"), "r": .string("1")])])
        let result = try result(of: Self.case(model: "x - y", inputs: [rectangle("x"), rectangle("y")], ["correlations": r]))
        #expect(result["correlated_inputs"]?.text == "gaussian_copula")
        #expect(result["standard_deviation"]?.number == 0)
    }

    // MARK: - Bad cases

    @Test(arguments: BadMonteCarloCase.all)
    func `a bad case is refused with the field and a remedy`(bad: BadMonteCarloCase) throws {
        let answer = try CaseFile.answer(bad.given, by: MonteCarloCase.self, kind: "monte_carlo")
        let error = try #require(answer["error"], "\(bad.what): \(answer)")
        #expect(error["code"]?.text == bad.code, "\(bad.what): \(error)")
        #expect(error["message"]?.text?.contains(bad.part) == true, "\(bad.what): \(error)")
    }

    // MARK: - Cases of these tests

    private struct CaseError: Error {
        let id: String
        init(_ id: String) { self.id = id }
    }

    private func result(of given: JSONNode) throws -> JSONNode {
        let answer = try CaseFile.answer(given, by: MonteCarloCase.self, kind: "monte_carlo")
        return try #require(answer["result"], "\(answer)")
    }

    private func agrees(_ got: Double?, _ expected: Double, _ relative: Double) -> Bool {
        got.map { abs($0 - expected) <= relative * abs(expected) } ?? false
    }

    /// Sum of four standard normal quantities.
    static func sum(_ more: [String: JSONNode] = [:]) -> JSONNode {
        self.case(model: "a + b + c + d", inputs: ["a", "b", "c", "d"].map { normal($0, "0", "1") }, more)
    }

    static func `case`(model: String, inputs: [JSONNode], _ more: [String: JSONNode] = [:]) -> JSONNode {
        let fields: [String: JSONNode] = [
            "id": .string("own"), "inputs": .array(inputs), "output": .object(["name": .string("y"), "model": .string(model)]),
            "coverage_probability": .string("0.95"),
        ]
        return .object(fields.merging(more) { $1 })
    }

    static func normal(_ name: String, _ value: String, _ u: String) -> JSONNode {
        .object(["name": .string(name), "value": .string(value), "distribution": .string("normal"), "u": .string(u)])
    }
}

/// A case that must be refused.
struct BadMonteCarloCase: Sendable, CustomTestStringConvertible {
    let what: String
    let given: JSONNode
    let code: String
    let part: String

    var testDescription: String { what }

    init(_ what: String, _ given: JSONNode, _ code: String = "invalid", saying part: String) {
        (self.what, self.given, self.code, self.part) = (what, given, code, part)
    }

    private static func with(_ key: String, _ value: JSONNode?) -> JSONNode {
        guard case .object(var fields) = MonteCarloCaseTests.sum() else { return .null }
        fields[key] = value
        return .object(fields)
    }

    private static func model(_ text: String) -> JSONNode { with("output", .object(["model": .string(text)])) }

    private static func input(_ fields: [String: JSONNode]) -> JSONNode {
        MonteCarloCaseTests.case(model: "x", inputs: [.object(fields.merging(["name": .string("x")]) { $1 })])
    }

    private static func correlation(_ a: String, _ b: String, _ r: String) -> JSONNode {
        .object(["a": .string(a), "b": .string(b), "r": .string(r)])
    }

    static let all = fields + inputs + models + correlations

    private static let fields = [
        BadMonteCarloCase("probability 0", with("coverage_probability", .string("0")), saying: "coverage_probability"),
        BadMonteCarloCase("probability 1", with("coverage_probability", .string("1")), saying: "coverage_probability"),
        BadMonteCarloCase("probability in percent", with("coverage_probability", .string("95")), saying: "coverage_probability"),
        BadMonteCarloCase("probability too near 1", with("coverage_probability", .string("0.9999999")), saying: "too few"),
        BadMonteCarloCase("no probability", with("coverage_probability", nil), saying: "coverage_probability"),
        BadMonteCarloCase("probability no number", with("coverage_probability", .string("NaN")), saying: "decimal number"),
        BadMonteCarloCase("no output", with("output", nil), saying: "output"),
        BadMonteCarloCase("no inputs", with("inputs", nil), saying: "inputs"),
        BadMonteCarloCase("broken trials", with("trials", .string("1000.5")), saying: "trials"),
        BadMonteCarloCase("negative trials", with("trials", .string("-5")), saying: "trials"),
        BadMonteCarloCase("too many trials", with("trials", .string("1e30")), saying: "trials"),
        BadMonteCarloCase("seed too large", with("seed", .string("18446744073709551616")), saying: "seed"),
        BadMonteCarloCase("unknown moments", with("moments", .string("perhaps")), saying: "moments"),
        BadMonteCarloCase(
            "digits", with("adaptive", .object(["significant_digits": .number(9)])), saying: "adaptive.significant_digits"),
        BadMonteCarloCase("interval", with("adaptive", .object(["interval": .string("widest")])), saying: "interval"),
    ]

    private static let inputs = [
        BadMonteCarloCase(
            "negative u",
            input(["value": .string("1"), "distribution": .string("normal"), "u": .string("-1")]), saying: "'x', u"),
        BadMonteCarloCase(
            "k zero",
            input(["value": .string("1"), "distribution": .string("normal"), "U": .string("1"), "k": .string("0")]),
            saying: "'x', k"),
        BadMonteCarloCase(
            "unknown distribution", input(["value": .string("1"), "distribution": .string("poisson")]), saying: "poisson"),
        BadMonteCarloCase(
            "no half-width", input(["value": .string("1"), "distribution": .string("arcsine")]), saying: "half_width"),
        BadMonteCarloCase(
            "hardly any degrees of freedom",
            input(["value": .string("1"), "distribution": .string("t"), "u": .string("1"), "dof": .string("0.01")]),
            saying: "degrees of freedom"),
        BadMonteCarloCase(
            "one reading", input(["distribution": .string("readings"), "readings": .array([.string("1")])]), saying: "readings"),
        BadMonteCarloCase(
            "top longer than base",
            input([
                "value": .string("1"), "distribution": .string("trapezoidal"), "half_width": .string("1"), "beta": .string("2"),
            ]),
            saying: "beta"),
        BadMonteCarloCase("no estimate", input(["distribution": .string("normal"), "u": .string("1")]), saying: "value"),
    ]

    private static let models = [
        BadMonteCarloCase("syntax", model("a +"), "syntax", saying: "column"),
        BadMonteCarloCase("unknown name", model("a + z"), "unknown_name", saying: "z"),
        BadMonteCarloCase("unknown function", model("gamma(a)"), "unknown_function", saying: "gamma"),
        BadMonteCarloCase(
            "root of a negative number in half of the trials", model("sqrt(a)"), "domain", saying: "of 1000000 trials"),
        BadMonteCarloCase("division by zero in every trial", model("b/(a - a)"), "domain", saying: "division by zero"),
        BadMonteCarloCase("division by a constant zero", model("a/0"), "domain", saying: "division by zero"),
        BadMonteCarloCase("overflow", model("exp(1000 + a)"), "domain", saying: "too large"),
    ]

    private static let correlations = [
        BadMonteCarloCase("r beyond 1", with("correlations", .array([correlation("a", "b", "1.1")])), saying: "1.1"),
        BadMonteCarloCase("no such input", with("correlations", .array([correlation("a", "zz", "0.1")])), saying: "zz"),
        BadMonteCarloCase("with itself", with("correlations", .array([correlation("a", "a", "0.1")])), saying: "itself"),
        BadMonteCarloCase(
            "given twice", with("correlations", .array([correlation("a", "b", "0.1"), correlation("b", "a", "0.2")])),
            saying: "twice"),
        BadMonteCarloCase(
            "impossible together",
            with(
                "correlations",
                .array([correlation("a", "b", "0.9"), correlation("a", "c", "0.9"), correlation("b", "c", "-0.9")])),
            saying: "cannot belong together"),
    ]
}
