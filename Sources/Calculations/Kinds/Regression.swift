// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Least squares: a polynomial or a design matrix, with or without known uncertainties, or a line uncertain in both coordinates.
package struct Regression: Calculation {
    /// What is fitted.
    private enum Model: Sendable {
        case polynomial(powers: [Int], x: [DecimalNumber])
        case terms([[DecimalNumber]])
        case uncertainLine([UncertainPoint])
    }

    private let model: Model
    private let readings: [DecimalNumber]
    private let uncertainties: [DecimalNumber]?
    private let questions: RegressionQuestions

    enum CodingKeys: String, CodingKey {
        case x, y, powers, u
        case designMatrix = "design_matrix"
        case xUncertainties = "u_x"
        case yUncertainties = "u_y"
        case correlations = "r_xy"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func numbers(_ key: CodingKeys) throws -> [DecimalNumber] {
            try container.decode([GivenDecimal].self, forKey: key).map(\.number)
        }
        readings = try numbers(.y)
        uncertainties = container.contains(.u) ? try numbers(.u) : nil
        questions = try RegressionQuestions(from: decoder)
        if container.contains(.xUncertainties) || container.contains(.yUncertainties) {
            let correlations = container.contains(.correlations) ? try numbers(.correlations) : nil
            model = .uncertainLine(
                try Self.points(
                    x: numbers(.x), y: readings, xUncertainties: numbers(.xUncertainties),
                    yUncertainties: numbers(.yUncertainties), correlations: correlations))
        } else if container.contains(.designMatrix) {
            let rows = try container.decode([[GivenDecimal]].self, forKey: .designMatrix)
            model = .terms(rows.map { row in row.map(\.number) })
        } else {
            model = .polynomial(
                powers: try container.decode([GivenInteger].self, forKey: .powers).map(\.value), x: try numbers(.x))
        }
    }

    private static func points(
        x: [DecimalNumber], y: [DecimalNumber], xUncertainties: [DecimalNumber], yUncertainties: [DecimalNumber],
        correlations: [DecimalNumber]?
    ) throws(CalculationError) -> [UncertainPoint] {
        for (name, count) in [("y", y.count), ("u_x", xUncertainties.count), ("u_y", yUncertainties.count)]
        where count != x.count {
            throw .invalid(name, "\(count) numbers for \(x.count) points; give one for each point")
        }
        if let correlations, correlations.count != x.count {
            throw .invalid("r_xy", "\(correlations.count) numbers for \(x.count) points; give one for each point")
        }
        return x.indices.map { index in
            UncertainPoint(
                x: x[index], xUncertainty: xUncertainties[index], y: y[index], yUncertainty: yUncertainties[index],
                correlation: correlations?[index] ?? .zero)
        }
    }

    package func solve() throws(CalculationError) -> RegressionAnswer {
        do throws(RegressionError) {
            switch model {
            case .polynomial(let powers, let x):
                let fit = try LeastSquaresFit(powers: powers, x: x, readings: readings, uncertainties: uncertainties)
                let curve = try CalibrationCurve(fit: fit, powers: powers, x: x)
                return try RegressionAnswer(fit, reading: curve, for: questions)
            case .terms(let rows):
                guard questions.isEmpty else { throw .unusableModel }
                let fit = try LeastSquaresFit(design: rows, readings: readings, uncertainties: uncertainties)
                return try RegressionAnswer(fit, reading: nil, for: questions)
            case .uncertainLine(let points):
                return try RegressionAnswer(UncertainLine(points: points), points: points, for: questions)
            }
        } catch {
            throw .invalid(Self.field(of: error), error.description)
        }
    }

    /// Field of a case that an error is about.
    private static func field(of error: RegressionError) -> String {
        switch error {
        case .unequalLengths, .tooFewPoints, .tooLarge, .notFinite, .notConverged: "y"
        case .unusableModel, .dependentTerms: "powers"
        case .unusableUncertainty(let index): "u[\(index)]"
        case .unusableCorrelation(let index): "r_xy[\(index)]"
        case .unusableCovariance: "covariance"
        case .noInverse, .ambiguousInverse: "inverse"
        }
    }
}

/// Places and readings that are asked of a fitted curve.
struct RegressionQuestions: Decodable, Sendable {
    struct Place: Decodable {
        let x: GivenDecimal
    }

    struct Reading: Decodable {
        let y: GivenDecimal
        let uncertainty: GivenDecimal

        enum CodingKeys: String, CodingKey {
            case y
            case uncertainty = "u_y"
        }
    }

    let places: [Place]
    let readings: [Reading]

    enum CodingKeys: String, CodingKey {
        case predictions, inverse, expected
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        // Worked cases list what is asked beside the answers; only the questions are read there.
        let beside =
            container.contains(.expected) ? try container.nestedContainer(keyedBy: CodingKeys.self, forKey: .expected) : nil
        places =
            try container.decodeIfPresent([Place].self, forKey: .predictions)
            ?? beside?.decodeIfPresent([Place].self, forKey: .predictions) ?? []
        readings =
            try container.decodeIfPresent([Reading].self, forKey: .inverse)
            ?? beside?.decodeIfPresent([Reading].self, forKey: .inverse) ?? []
    }

    var isEmpty: Bool { places.isEmpty && readings.isEmpty }
}
