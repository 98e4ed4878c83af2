// SPDX-License-Identifier: Apache-2.0
package import Dispatch

/// Executor of one actor: a serial dispatch queue of its own, so that a blocking call blocks nobody else.
///
/// Blocking calls of libpq would otherwise hold threads of the cooperative pool, which is only as wide as
/// the machine. `assumeIsolated` works from handlers of dispatch sources made on ``queue``.
package final class SerialQueueExecutor: SerialExecutor {
    /// The queue on which every job of the actor runs.
    package let queue: DispatchQueue

    private static let key = DispatchSpecificKey<ObjectIdentifier>()

    /// Makes the queue; the label is what a debugger shows.
    package init(label: String) {
        queue = DispatchQueue(label: label)
        queue.setSpecific(key: Self.key, value: ObjectIdentifier(self))
    }

    /// Runs a job of the actor on the queue.
    package func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }

    /// The reference the actor hands to the runtime.
    package func asUnownedSerialExecutor() -> UnownedSerialExecutor {
        UnownedSerialExecutor(ordinary: self)
    }

    /// Stops the program when the caller is not on the queue.
    package func checkIsolated() {
        dispatchPrecondition(condition: .onQueue(queue))
    }

    /// Whether the caller runs on the queue.
    package func isIsolatingCurrentContext() -> Bool? {
        DispatchQueue.getSpecific(key: Self.key) == ObjectIdentifier(self)
    }
}
