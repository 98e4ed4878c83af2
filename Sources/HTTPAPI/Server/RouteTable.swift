// SPDX-License-Identifier: Apache-2.0

import Hummingbird
import Synchronization

/// Which methods each path has, so that a wrong method can be told from a wrong path.
package final class RouteTable: Sendable {
    /// One route, as the OpenAPI document names it.
    package struct Route: Hashable, Sendable {
        /// The method, in capitals.
        package let method: String
        /// The template, such as `/v1/samples/{id}`.
        package let path: String
    }

    private let stored = Mutex<[Route]>([])

    /// A table still empty; it is filled once all routes are known.
    package init() {}

    /// All routes, in the order of the router; HEAD follows from GET and is not listed.
    package var routes: [Route] { stored.withLock { $0 } }

    /// Takes over the routes of a router.
    func fill(from router: Router<APIContext>) {
        let routes = router.routes.map { Route(method: $0.method.rawValue, path: $0.path.description) }
        stored.withLock { $0 = routes }
    }

    /// The methods that a path has, in alphabetical order; empty for a path that does not exist.
    func methods(at path: String) -> [String] {
        let segments = path.split(separator: "/")
        let matching = routes.filter { Self.matches($0.path.split(separator: "/"), segments) }
        var methods = Set(matching.map(\.method))
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.sorted()
    }

    private static func matches(_ template: [Substring], _ segments: [Substring]) -> Bool {
        guard template.count == segments.count else { return false }
        return zip(template, segments).allSatisfy { part, segment in
            if part == segment { return true }
            guard let open = part.firstIndex(of: "{"), let close = part.lastIndex(of: "}") else { return false }
            // A template may have fixed text on one side, as in `{id}.pdf`.
            return segment.hasPrefix(part[..<open]) && segment.hasSuffix(part[part.index(after: close)...])
        }
    }
}
