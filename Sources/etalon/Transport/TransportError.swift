// SPDX-License-Identifier: Apache-2.0

import APIContract

/// Why a request got no answer.
enum TransportError: Error, Hashable, Sendable {
    /// The text is no address of a server.
    case badAddress(String)
    /// Nobody listens, with the system's reason.
    case unreachable(ServerAddress, why: Bilingual)
    /// The socket is there, but this account may not open it.
    case notAllowed(ServerAddress)
    /// Nothing came for that long.
    case timedOut(ServerAddress, seconds: Int)
    /// The connection broke before the answer was complete.
    case connectionLost(ServerAddress)
    /// What answers does not speak HTTP.
    case notHTTP(ServerAddress)
    /// The answer is longer than what is kept in memory.
    case answerTooLarge(megabytes: Int)
    /// A file that was to be sent, or the token's file, cannot be read.
    case fileUnreadable(String, why: Bilingual)

    /// The error as a problem, so that it is printed like any other.
    var problem: Problem {
        switch self {
        case .badAddress(let text):
            Self.problem(.badRequest, .badAddress, ["address": text], remedy: .badAddressRemedy)
        case .unreachable(let server, let why):
            Self.problem(.unavailable, .unreachable, ["server": "\(server)"], why: why, remedy: server.remedy)
        case .notAllowed(let server):
            Self.problem(.notPermitted, .notInGroup, ["server": "\(server)"], remedy: .notInGroupRemedy)
        case .timedOut(let server, let seconds):
            Self.problem(.unavailable, .timedOut, ["server": "\(server)", "seconds": "\(seconds)"])
        case .connectionLost(let server):
            Self.problem(.unavailable, .connectionLost, ["server": "\(server)"], remedy: server.remedy)
        case .notHTTP(let server):
            Self.problem(.unavailable, .notHTTP, ["server": "\(server)"], remedy: server.remedy)
        case .answerTooLarge(let megabytes):
            Self.problem(.unavailable, .answerTooLarge, ["limit": "\(megabytes)"])
        case .fileUnreadable(let file, let why):
            Self.problem(.badRequest, .fileUnreadable, ["file": file], why: why)
        }
    }

    /// What the program tells the shell.
    var exitCode: ExitCode {
        switch self {
        case .badAddress: .usage
        case .fileUnreadable: .badInput
        case .notAllowed: .notPermitted
        case .unreachable, .timedOut, .connectionLost, .notHTTP, .answerTooLarge: .unavailable
        }
    }

    private static func problem(
        _ kind: ProblemKind,
        _ message: Message,
        _ values: [String: String],
        why: Bilingual? = nil,
        remedy: Message? = nil
    ) -> Problem {
        let text = why.map { message.text.filled(values, why: $0) } ?? message.text.filled(values)
        return Problem(kind, vi: text.vi, en: text.en, remedyVi: remedy?.text.vi, remedy: remedy?.text.en)
    }
}

extension ServerAddress {
    fileprivate var remedy: Message {
        switch self {
        case .unix: .unreachableRemedy
        case .loopback: .unreachableTCPRemedy
        }
    }
}
