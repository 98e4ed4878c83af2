// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Logging

/// Finds out who calls, before anything of the request is read.
struct CallerMiddleware: RouterMiddleware {
    let authenticate: @Sendable (Credentials) async throws -> any AnyCaller

    func handle(
        _ request: Request,
        context: APIContext,
        next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        let caller = try await authenticate(try await Credentials.of(request.headers, on: context.channel))
        context.caller = caller
        context.notes.caller = caller.logName
        context.logger[metadataKey: "caller"] = "\(caller.logName)"
        return try await next(request, context)
    }
}
