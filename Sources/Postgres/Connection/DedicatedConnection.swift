// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// One connection of a caller's own, opened when it is first needed and again after it was lost.
///
/// For a loop that would always borrow the same connection: it pays two changes of queue a unit and no bookkeeping.
/// Used by one caller at a time.
package final class DedicatedConnection: Sendable {
    private let settings: ConnectionSettings
    private let hints: HintValve?
    private let current = Mutex<Connection?>(nil)
    private let opened = Mutex(0)

    /// Names where to connect; its hints pass those of a pool.
    package init(settings: ConnectionSettings, hintsOf pool: ConnectionPool? = nil) {
        self.settings = settings
        hints = pool?.hints
    }

    /// Connections opened so far: when it changes, the next statement may reach another server than the last one did.
    package var openings: Int { opened.withLock { $0 } }

    /// Runs the body, each statement for itself unless it begins a transaction.
    ///
    /// A connection that the server closed while nobody used it is replaced; when the calling task is cancelled, the
    /// running statement is cancelled at the server.
    /// - Throws: ``PostgresError/unreachable(_:)`` when no connection can be made; what the body throws.
    package func use<R: Sendable>(_ body: @Sendable (isolated Connection) throws -> R) async throws -> R {
        var mayReplace = true
        while true {
            let connection = try await connection()
            let number = connection.canceller.reserve()
            let report = await withTaskCancellationHandler {
                await connection.unit(number, kind: .plain, wantsPing: false, body)
            } onCancel: {
                connection.canceller.cancel(number)
            }
            if !report.isReusable { await drop(connection) }
            switch report.outcome {
            case .value(let value): return value
            case .failed(let error, _): throw error
            case .notStarted(let error):
                guard mayReplace else { throw error }
                mayReplace = false
            }
        }
    }

    /// Closes the connection; the next use opens another.
    package func close() async {
        guard let connection = current.withLock({ $0 }) else { return }
        await drop(connection)
    }

    private func connection() async throws(PostgresError) -> Connection {
        if let connection = current.withLock({ $0 }) { return connection }
        let connection = try await Connection.open(settings, valve: hints)
        current.withLock { $0 = connection }
        opened.withLock { $0 += 1 }
        return connection
    }

    private func drop(_ connection: Connection) async {
        current.withLock { if $0 === connection { $0 = nil } }
        await connection.close()
    }
}
