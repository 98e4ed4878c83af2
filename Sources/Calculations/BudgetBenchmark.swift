// SPDX-License-Identifier: Apache-2.0
internal import FoundationEssentials
internal import Metrology

/// Speed of budgets: one compiled model, evaluated again and again.
package enum BudgetBenchmark {
    private struct Report: Encodable {
        let perSecond: Double
        let perSecondWithoutKeptFactors: Double
        let result: [Double]

        enum CodingKeys: String, CodingKey {
            case perSecond = "budgets_per_second"
            case perSecondWithoutKeptFactors = "budgets_per_second_without_kept_factors"
            case result
        }
    }

    /// Evaluations between two looks at the clock.
    private static let block = 2_000

    /// Evaluates the first output of a budget on one thread for about the given time, once keeping the coverage factor while ν_used stays
    /// the same, once computing every one.
    ///
    /// The model is compiled once. Every evaluation has its own estimate of the first input and its own uncertainty of the last, moved by
    /// parts in 10⁹ and 10⁶, so that nothing can be taken out of the loop.
    /// - Parameters:
    ///   - json: A case of the kind `gum_budgets`.
    ///   - seconds: Time for both measurements together, 0.01 to 600.
    /// - Returns: JSON with `budgets_per_second`, the same without kept factors, and `result` = [y, u_c, ν_eff, k, U] at the estimates.
    /// - Throws: ``CalculationError``.
    package static func run(_ json: [UInt8], seconds: Double) throws(CalculationError) -> [UInt8] {
        guard seconds >= 0.01, seconds <= 600 else { throw .invalid("seconds", "\(seconds) lies outside 0.01 to 600") }
        let budget: MeasurementBudget
        do {
            budget = try JSONDecoder().decode(GumBudgetCase.self, from: Data(json)).budget()
        } catch let error as BudgetError {
            throw CalculationError(error)
        } catch let error as DecodingError {
            throw CalculationError(reading: error)
        } catch {
            throw .invalid("document", "\(error)")
        }
        do throws(ModelError) {
            let report = Report(
                perSecond: try rate(budget, seconds: seconds / 2, keepsFactors: true),
                perSecondWithoutKeptFactors: try rate(budget, seconds: seconds / 2, keepsFactors: false),
                result: try result(of: budget))
            return try encoded(report)
        } catch {
            throw CalculationError(error)
        }
    }

    private static func encoded(_ report: Report) throws(ModelError) -> [UInt8] {
        // A report of finite numbers can always be written; else there is none.
        guard let data = try? JSONEncoder().encode(report) else {
            throw .values("the result is no number; give a budget with finite degrees of freedom and a coverage factor")
        }
        return Array(data)
    }

    private static func result(of budget: MeasurementBudget) throws(ModelError) -> [Double] {
        var evaluator = BudgetEvaluator(budget)
        let result = try evaluator.evaluate(budget.inputs.map(\.estimate), budget.inputs.map(\.standardUncertainty))
        return [
            result.value, result.combinedStandardUncertainty, result.effectiveDegreesOfFreedom ?? .nan,
            result.coverageFactor ?? .nan,
            result.expandedUncertainty ?? .nan,
        ]
    }

    private static func rate(_ budget: MeasurementBudget, seconds: Double, keepsFactors: Bool) throws(ModelError) -> Double {
        var evaluator = BudgetEvaluator(budget, keepsFactors: keepsFactors)
        var estimates = budget.inputs.map(\.estimate)
        var uncertainties = budget.inputs.map(\.standardUncertainty)
        let (first, last) = (estimates[0], uncertainties[uncertainties.count - 1])
        let clock = ContinuousClock()
        let start = clock.now
        let limit = Duration.seconds(seconds)
        var count = 0
        var sum = 0.0
        repeat {
            for index in 0..<block {
                estimates[0] = first * (1 + Double(index) * 1e-9)
                uncertainties[uncertainties.count - 1] = last * (1 + Double(index) * 1e-6)
                sum += try evaluator.evaluate(estimates, uncertainties).expandedUncertainty ?? 0
            }
            count += block
        } while clock.now - start < limit
        let elapsed = clock.now - start
        guard sum.isFinite else { throw .domain("the expanded uncertainty is too large to be kept", in: "") }
        return Double(count) / (Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18)
    }
}
