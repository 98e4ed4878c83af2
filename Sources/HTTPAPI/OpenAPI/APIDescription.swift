// SPDX-License-Identifier: Apache-2.0
import APIContract
import Synchronization

/// What the API offers: filled by the routes as they are added, read by whoever asks for the OpenAPI document.
package final class APIDescription: Sendable {
    private struct State {
        var operations: [Operation] = []
        /// The document, until another operation is added.
        var document: [UInt8]?
    }

    private let state = Mutex(State())

    /// A description without operations.
    package init() {}

    /// All operations, in the order of the routes.
    var operations: [Operation] { state.withLock { $0.operations } }

    /// Adds an operation.
    func add(_ operation: Operation) {
        state.withLock { state in
            state.operations.append(operation)
            state.document = nil
        }
    }

    /// The OpenAPI 3.1 document, in UTF-8.
    package var document: [UInt8] {
        state.withLock { state in
            if let document = state.document { return document }
            let document = OpenAPIDocument(state.operations).value.bytes
            state.document = document
            return document
        }
    }
}
