// SPDX-License-Identifier: Apache-2.0

/// What the program tells the shell.
///
/// - Source: sysexits.h, and 1 for what a rule of the laboratory refused.
enum ExitCode: Int32, CaseIterable, Sendable {
    case done = 0
    case refused = 1
    case usage = 64
    case badInput = 65
    case unavailable = 69
    /// Standard output could not take the whole answer.
    case outputLost = 74
    case tryAgain = 75
    case notPermitted = 77

    /// The code for an HTTP status.
    init(status: Int) {
        switch status {
        case 200..<400: self = .done
        case 401, 403: self = .notPermitted
        case 408, 409, 412, 429: self = .tryAgain
        case 422: self = .refused
        case 400..<500: self = .badInput
        default: self = .unavailable
        }
    }
}
