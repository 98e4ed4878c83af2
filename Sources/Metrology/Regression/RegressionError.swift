// SPDX-License-Identifier: Apache-2.0

/// Reason why a curve was not fitted or not read.
package enum RegressionError: Error, Sendable, Hashable {
    /// Lists that belong together differ in length.
    case unequalLengths(String)
    /// Fewer points than the parameters need; without known uncertainties one more than parameters.
    case tooFewPoints(count: Int, needed: Int)
    /// More points times parameters than are fitted in one go.
    case tooLarge
    /// The model has no terms, a power twice, or a power outside 0...20.
    case unusableModel
    /// Two terms of the model cannot be told apart by these points.
    case dependentTerms(index: Int)
    /// An uncertainty is negative, or zero where it is a weight.
    case unusableUncertainty(index: Int)
    /// A correlation coefficient lies outside −1...1, or with it a point has no weight.
    case unusableCorrelation(index: Int)
    /// A number of the fit does not fit a double.
    case notFinite
    /// The iteration for uncertainties in both coordinates does not settle.
    case notConverged
    /// The covariance matrix of a stated curve is not square, not symmetric or has a negative variance.
    case unusableCovariance
    /// No place of the curve within its range has this reading.
    case noInverse
    /// Several places of the curve within its range have this reading, or the curve is flat there.
    case ambiguousInverse
}

extension RegressionError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unequalLengths(let lists): "\(lists) differ in length; give one entry for each point"
        case .tooFewPoints(let count, let needed): "\(count) points are too few for this model; give at least \(needed)"
        case .tooLarge: "the fit is too large; give at most 20 million points times parameters squared"
        case .unusableModel: "the model is not usable; give distinct powers from 0 to 20"
        case .dependentTerms(let index):
            "term \(index + 1) of the model cannot be told from those before it by these points; leave it out or add points"
        case .unusableUncertainty(let index): "the uncertainty of point \(index + 1) must be a number above 0"
        case .unusableCorrelation(let index):
            "the correlation of point \(index + 1) leaves it without weight; give a number between -1 and 1"
        case .notFinite: "a number of the fit is too large for a double; express the points in another unit"
        case .notConverged: "the line through points uncertain in both coordinates does not settle; check the uncertainties"
        case .unusableCovariance:
            "the covariance matrix must be square and symmetric, with no negative variance and no correlation beyond 1"
        case .noInverse: "the curve does not have this reading within its range; read within the calibrated range"
        case .ambiguousInverse:
            "the curve has this reading at several places, or is flat there; read on a part that only rises or falls"
        }
    }
}
