// SPDX-License-Identifier: Apache-2.0

import APIContract
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1

/// Turns every error into a problem document, and logs those that are faults of ours.
struct ProblemMiddleware: RouterMiddleware {
    let routeTable: RouteTable
    let problem: @Sendable (any Error) -> Problem?

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPParserError {
            // The connection cannot be read any further: the server answers 400 and closes it.
            throw error
        } catch {
            let answer = answer(to: error, request: request, context: context)
            return Reply.problem(answer.problem, headers: answer.headers, requestID: context.requestID)
        }
    }

    private func answer(to error: any Error, request: Request, context: APIContext) -> ProblemError {
        switch error {
        case let error as ProblemError: return error
        case let error as StrictJSONError: return ProblemError(error.problem)
        case is NIOTooManyBytesError: return ProblemError(Self.tooLarge(limit: context.bodyLimit))
        default: break
        }
        if let problem = problem(error) {
            if problem.status >= 500 { log(error, context, status: problem.status) }
            return ProblemError(problem)
        }
        if let error = error as? any HTTPResponseError {
            return routing(status: error.status.code, request: request, context: context)
        }
        log(error, context, status: 500)
        if error is CancellationError { return ProblemError(Problem(.unavailable)) }
        return ProblemError(Problem(.fault))
    }

    /// The problem for a body longer than allowed.
    static func tooLarge(limit: Int) -> Problem {
        Problem(
            .bodyTooLarge,
            vi: "nội dung gửi lên không được quá \(limit) byte",
            en: "a body may have at most \(limit) bytes"
        )
    }

    /// What the router says: no such path, or no such method there.
    private func routing(status: Int, request: Request, context: APIContext) -> ProblemError {
        guard status == 404, context.routeTemplate == "unmatched" else {
            let kind = ProblemKind.allCases.first { $0.status == status }
            return ProblemError(Problem(kind ?? (status < 500 ? .badRequest : .fault)))
        }
        let methods = routeTable.methods(at: request.uri.path)
        guard !methods.isEmpty else {
            return ProblemError(
                Problem(.notFound, vi: "không có địa chỉ này", en: "there is no such address")
            )
        }
        let listed = methods.joined(separator: ", ")
        return ProblemError(
            Problem(.methodNotAllowed, vi: "dùng: \(listed)", en: "use: \(listed)"),
            headers: ["Allow": listed]
        )
    }

    private func log(_ error: any Error, _ context: APIContext, status: Int) {
        context.logger.error(
            "Request failed",
            metadata: [
                "http.route": "\(context.routeTemplate)",
                "http.status": "\(status)",
                "error.type": "\(type(of: error))",
                "error": "\(String(reflecting: error))",
            ]
        )
    }
}
