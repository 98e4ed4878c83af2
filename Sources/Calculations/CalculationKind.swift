// SPDX-License-Identifier: Apache-2.0

/// The kinds of calculation that can be asked for, by the name that a document goes under.
package enum CalculationKind: String, Sendable, CaseIterable {
    case anova
    case decisionRules = "decision_rules"
    case expressions
    case gumBudgets = "gum_budgets"
    case intervals
    case monteCarloTolerance = "mc_tolerance"
    case monteCarlo = "monte_carlo"
    case weighing = "nawi_mpe"
    case proficiency
    case qualityControl = "qc_charts"
    case regression
    case rounding
    case specialFunctions = "special_functions"
    case univariate

    /// Answers a document of cases of this kind.
    ///
    /// - Throws: ``CalculationError`` when the document is no JSON or has no list `cases`.
    package func solve(_ document: [UInt8]) throws(CalculationError) -> [UInt8] {
        switch self {
        case .anova: try CalculationDocument<Anova>.solve(document, kind: rawValue)
        case .decisionRules: try CalculationDocument<DecisionRuleCase>.solve(document, kind: rawValue)
        case .expressions: try CalculationDocument<ExpressionCase>.solve(document, kind: rawValue)
        case .gumBudgets: try CalculationDocument<GumBudgetCase>.solve(document, kind: rawValue)
        case .intervals: try CalculationDocument<Intervals>.solve(document, kind: rawValue)
        case .monteCarloTolerance: try CalculationDocument<MonteCarloToleranceCase>.solve(document, kind: rawValue)
        case .monteCarlo: try CalculationDocument<MonteCarloCase>.solve(document, kind: rawValue)
        case .weighing: try CalculationDocument<WeighingCase>.solve(document, kind: rawValue)
        case .proficiency: try CalculationDocument<Proficiency>.solve(document, kind: rawValue)
        case .qualityControl: try CalculationDocument<QualityControl>.solve(document, kind: rawValue)
        case .regression: try CalculationDocument<Regression>.solve(document, kind: rawValue)
        case .rounding: try CalculationDocument<RoundingCase>.solve(document, kind: rawValue)
        case .specialFunctions: try CalculationDocument<SpecialFunctionCase>.solve(document, kind: rawValue)
        case .univariate: try CalculationDocument<Univariate>.solve(document, kind: rawValue)
        }
    }
}
