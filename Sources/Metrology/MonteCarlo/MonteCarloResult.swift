// SPDX-License-Identifier: Apache-2.0

/// Result of a simulation with everything that is needed to repeat it.
package struct MonteCarloResult: Sendable, Hashable {
    /// Name of the generator of random numbers.
    package let generator: String
    /// Seed of the generator.
    package let seed: UInt64
    /// Number of trials M that the result rests on.
    package let trials: Int
    /// Coverage probability of both intervals.
    package let probability: Double
    /// Average of the trials: the estimate of the measurand.
    package let mean: Double
    /// Experimental standard deviation of the trials: the standard uncertainty.
    package let standardDeviation: Double
    /// Probabilistically symmetric coverage interval.
    package let equalTailed: CoverageInterval
    /// Shortest coverage interval. Its ends scatter 4 to 6 times more than those of the symmetric one; its length does not.
    package let shortest: CoverageInterval
    /// How correlated inputs were drawn.
    package let correlatedSampling: CorrelatedSampling
    /// Inputs with a t-distribution of at most two degrees of freedom, in the order of the inputs. Their variance does not exist,
    /// so that mean and standard deviation of the trials do not settle; quantiles do (JCGM 101:2008, 6.4.9.4).
    package let inputsWithoutVariance: [String]
    /// How the number of trials was found; nil where it was given.
    package let adaptation: MonteCarloAdaptation?

    /// One of the two intervals.
    package func interval(_ kind: CoverageIntervalKind) -> CoverageInterval {
        kind == .shortest ? shortest : equalTailed
    }
}

/// Course of the adaptive procedure.
package struct MonteCarloAdaptation: Sendable, Hashable {
    /// Significant digits of the standard uncertainty that are to be reliable.
    package let significantDigits: Int
    /// Interval whose ends were watched.
    package let interval: CoverageIntervalKind
    /// Trials of one sequence.
    package let sequenceLength: Int
    /// Number of sequences h.
    package let sequences: Int
    /// Numerical tolerance δ of the standard uncertainty, in the unit of the measurand.
    package let tolerance: Double
    /// Twice the standard deviations of the averages over the sequences of estimate, standard uncertainty, left-hand and
    /// right-hand end.
    package let spreads: [Double]
    /// Whether all of these are below δ; else the largest number of trials was reached first.
    package let isStabilised: Bool
}
