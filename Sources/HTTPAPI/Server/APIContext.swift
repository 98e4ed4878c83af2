// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
package import Hummingbird
import Logging
package import NIOCore
import Synchronization

/// What accompanies one request through the daemon.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection the request came by.
    package let channel: any Channel
    /// The id of the request, in the log and in `instance` of a problem.
    package var requestID = ""
    /// Who calls; set for every route below `/v1`.
    package var caller: (any AnyCaller)?
    /// The largest JSON body in bytes.
    package var bodyLimit = 1 << 20
    /// What inner parts note for the access log.
    let notes = RequestNotes()

    /// The context of a request that came by a connection.
    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    package var maxUploadSize: Int { bodyLimit }

    /// The route's template, for the log and the metrics; one fixed word where no route matched.
    var routeTemplate: String {
        guard let path = endpointPath, path != "NotFound" else { return "unmatched" }
        return path.hasPrefix("/") ? path : "/" + path
    }
}

/// Notes that inner parts of the chain leave for the outermost, which writes the access log.
final class RequestNotes: Sendable {
    private let stored = Mutex<String?>(nil)

    /// The caller's name for the log.
    var caller: String? {
        get { stored.withLock { $0 } }
        set { stored.withLock { $0 = newValue } }
    }
}
