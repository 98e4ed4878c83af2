// SPDX-License-Identifier: Apache-2.0

package import Certificates
import FoundationEssentials
import Glibc
package import Logging

/// Renders documents through one worker, one document at a time.
///
/// The worker is started (or connected to) when the first document comes, and again when it has died or done
/// its share. A document that passes the time limit ends the worker. While no worker can be had, every call
/// fails at once with ``RenderingError/unavailable(_:)``; the next attempt to start one waits longer each time.
package actor TypstRenderer: DocumentRenderer {
    private let executor = SerialQueueExecutor(label: "etalon.renderer")
    /// Blocking reads and writes happen on the renderer's own queue.
    package nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let endpoint: RendererEndpoint
    /// Longest time for one document.
    package nonisolated let timeLimit: Duration
    /// Longest time until the worker is ready.
    package nonisolated let startLimit: Duration
    private let logger: Logger
    private var worker: RendererWorker?
    private var delay = RestartDelay()

    /// A renderer that starts nothing yet.
    ///
    /// - Parameters:
    ///   - endpoint: the program to start or the socket to connect to.
    ///   - timeLimit: for one document, from sending to the whole answer.
    ///   - startLimit: for the worker to say that it is ready.
    ///   - logger: told of starts and failures.
    package init(
        endpoint: RendererEndpoint, timeLimit: Duration = .seconds(20), startLimit: Duration = .seconds(30),
        logger: Logger
    ) {
        self.endpoint = endpoint
        self.timeLimit = timeLimit
        self.startLimit = startLimit
        self.logger = logger
    }

    /// Renders one document; a second call waits for the first.
    package func render(_ content: [UInt8]) async throws(RenderingError) -> RenderedDocument {
        let request = try RenderRequest(content: content).frame
        let worker = try readyWorker()
        let answer: RenderAnswer
        do {
            answer = try worker.exchange(request, within: timeLimit)
        } catch {
            self.worker = nil
            delay.failed(at: .now)
            logger.error("renderer failed", metadata: ["renderer.fault": "\(error)"])
            if error == .timeLimit { throw .timeLimit(timeLimit) }
            throw .unavailable("the worker ended while it rendered")
        }
        delay.succeeded()
        if answer.last == true { self.worker = nil }
        return try answer.document()
    }

    /// What renders now: versions of the program and its templates; starts the worker where there is none.
    package func engine() async throws(RenderingError) -> String { try readyWorker().engine }

    /// Ends the worker; the next document starts another.
    package func stop() async { worker = nil }

    /// The process identifier of the worker where it is a child of ours.
    package var workerIdentifier: Int32? { worker?.identifier }

    private func readyWorker() throws(RenderingError) -> RendererWorker {
        if let worker, worker.isIdle { return worker }
        if worker != nil { logger.warning("renderer ended while it was idle") }
        worker = nil
        if let remaining = delay.remaining(at: .now) {
            throw .unavailable("the worker failed \(delay.failures) times; the next start is in \(remaining)")
        }
        do {
            let started = try RendererWorker(endpoint: endpoint, startLimit: startLimit)
            logger.info("renderer ready", metadata: ["renderer.engine": "\(started.engine)"])
            worker = started
            return started
        } catch {
            delay.failed(at: .now)
            logger.error("renderer did not start", metadata: ["renderer.fault": "\(error.reason)"])
            throw .unavailable(error.reason)
        }
    }
}

/// A worker that has said it is ready.
final class RendererWorker {
    private let stream: FrameStream
    private let process: RendererProcess?
    /// The worker's own words about its version and templates.
    let engine: String
    /// The child's process identifier; nil over a socket.
    let identifier: Int32?

    init(endpoint: RendererEndpoint, startLimit: Duration) throws(WorkerStartError) {
        let descriptor: Int32
        switch endpoint {
        case .child(let program):
            let started: (process: RendererProcess, descriptor: Int32)
            do {
                started = try RendererProcess.start(program.arguments(isRoot: geteuid() == 0))
            } catch {
                throw WorkerStartError(reason: "\(error)")
            }
            descriptor = started.descriptor
            identifier = started.process.identifier
            process = started.process
        case .socket(let path):
            do {
                descriptor = try connectedDescriptor(path: path)
            } catch {
                throw WorkerStartError(reason: "\(error)")
            }
            identifier = nil
            process = nil
        }
        stream = FrameStream(owning: descriptor)
        do {
            let hello = try stream.receive(until: .now + startLimit)
            engine = try RenderAnswer(hello).ready ?? ""
        } catch {
            throw WorkerStartError(reason: "the worker did not say that it is ready: \(error)")
        }
    }

    var isIdle: Bool { stream.isIdle }

    /// Sends one request and waits for its answer.
    func exchange(_ request: [UInt8], within limit: Duration) throws(FrameStreamError) -> RenderAnswer {
        let deadline = ContinuousClock.now + limit
        try stream.send(request, until: deadline)
        return try RenderAnswer(stream.receive(until: deadline))
    }
}

/// Why there is no worker.
struct WorkerStartError: Error {
    let reason: String
}
