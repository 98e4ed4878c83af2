// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Parameters of a fit with their covariance, and what the curve says where it was asked.
package struct RegressionAnswer: Encodable, Sendable {
    struct Prediction: Encodable {
        let x: String
        let y: Double
        let curveUncertainty: Double
        let observationUncertainty: Double?

        enum CodingKeys: String, CodingKey {
            case x, y
            case curveUncertainty = "u_curve"
            case observationUncertainty = "u_new_observation"
        }
    }

    struct Inverse: Encodable {
        let y: String
        let readingUncertainty: String
        let x: Double
        let uncertainty: Double

        enum CodingKeys: String, CodingKey {
            case y, x
            case readingUncertainty = "u_y"
            case uncertainty = "u_x"
        }
    }

    private let parameters: [Double]
    private let standardUncertainties: [Double]
    private let covariance: [[Double]]?
    private let parameterCovariance: Double?
    private let parameterCorrelation: Double?
    private let degreesOfFreedom: Int
    private let residualStandardDeviation: Double?
    private let chiSquare: Double?
    private let predictions: [Prediction]?
    private let inverse: [Inverse]?

    enum CodingKeys: String, CodingKey {
        case parameters, covariance, predictions, inverse
        case standardUncertainties = "standard_uncertainties"
        case parameterCovariance = "parameter_covariance"
        case parameterCorrelation = "parameter_correlation"
        case degreesOfFreedom = "degrees_of_freedom"
        case residualStandardDeviation = "residual_standard_deviation"
        case chiSquare = "chi_square"
    }

    init(
        _ fit: LeastSquaresFit, reading curve: CalibrationCurve?, for questions: RegressionQuestions
    ) throws(RegressionError) {
        parameters = fit.parameters
        standardUncertainties = fit.standardUncertainties
        covariance = fit.covariance
        parameterCovariance = nil
        parameterCorrelation = parameters.count == 2 ? fit.correlation(0, 1) : nil
        degreesOfFreedom = fit.degreesOfFreedom
        switch fit.scatter {
        case .residual(let deviation): (residualStandardDeviation, chiSquare) = (deviation, nil)
        case .known(let chiSquare, _): (residualStandardDeviation, self.chiSquare) = (nil, chiSquare)
        }
        predictions = try Self.predictions(curve, questions)
        inverse = try Self.inverse(curve, questions)
    }

    init(_ line: UncertainLine, points: [UncertainPoint], for questions: RegressionQuestions) throws(RegressionError) {
        parameters = [line.intercept, line.slope]
        standardUncertainties = [line.interceptUncertainty, line.slopeUncertainty]
        covariance = nil
        parameterCovariance = line.parameterCovariance
        parameterCorrelation = nil
        degreesOfFreedom = line.degreesOfFreedom
        (residualStandardDeviation, chiSquare) = (nil, line.chiSquare)
        let curve = questions.isEmpty ? nil : try line.curve(through: points)
        predictions = try Self.predictions(curve, questions)
        inverse = try Self.inverse(curve, questions)
    }

    private static func predictions(
        _ curve: CalibrationCurve?, _ questions: RegressionQuestions
    ) throws(RegressionError) -> [Prediction]? {
        guard let curve, !questions.places.isEmpty else { return nil }
        return try questions.places.map { (asked) throws(RegressionError) in
            let value = try curve.value(at: asked.x.number)
            return Prediction(
                x: asked.x.number.description, y: value.y, curveUncertainty: value.curveUncertainty,
                observationUncertainty: value.observationUncertainty)
        }
    }

    private static func inverse(
        _ curve: CalibrationCurve?, _ questions: RegressionQuestions
    ) throws(RegressionError) -> [Inverse]? {
        guard let curve, !questions.readings.isEmpty else { return nil }
        return try questions.readings.map { (asked) throws(RegressionError) in
            let place = try curve.place(ofReading: asked.y.number, uncertainty: asked.uncertainty.number)
            return Inverse(
                y: asked.y.number.description, readingUncertainty: asked.uncertainty.number.description, x: place.x,
                uncertainty: place.uncertainty)
        }
    }
}
