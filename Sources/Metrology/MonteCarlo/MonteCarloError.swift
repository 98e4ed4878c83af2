// SPDX-License-Identifier: Apache-2.0

/// Reason why a simulation has no result.
package enum MonteCarloError: Error, Sendable, Hashable {
    /// An input cannot be used: its name and what is wrong.
    case input(String, String)
    /// The model cannot be used or has no value at some trials.
    case model(ModelError)
    /// The model has no value in some trials: their number, the number of all, and what happened in the first of them.
    case failedTrials(failed: Int, of: Int, example: String)
    /// A number of trials, digits or sequences outside its range.
    case setting(String)
    /// A coverage probability outside 0 to 1, or too close to 1 for the number of trials.
    case probability(String)
    /// The mean of the trials or the square of their spread is too large or too small to be kept.
    case range
}

extension MonteCarloError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .input(let name, let message): "input '\(name)': \(message)"
        case .setting(let message), .probability(let message): message
        case .model(let error): error.description
        case .failedTrials(let failed, let trials, let example):
            "the model has no value in \(failed) of \(trials) trials, for example: \(example); "
                + "restrict the distributions of the inputs or change the model, since trials must not be left out"
        case .range: "the trials are too large or too small for a mean and a standard deviation; use another unit"
        }
    }
}
