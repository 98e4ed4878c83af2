// SPDX-License-Identifier: Apache-2.0

/// Something that is read at most once within a while, however many ask for it at the same time.
actor Remembered<Value: Sendable> {
    private let age: Duration
    private let read: @Sendable () async throws -> Value
    private var latest: (at: ContinuousClock.Instant, value: Value)?
    private var reading: Task<Value, any Error>?

    /// Nothing is read yet.
    ///
    /// - Parameter age: how old a value may be that is given out.
    init(for age: Duration, _ read: @escaping @Sendable () async throws -> Value) {
        (self.age, self.read) = (age, read)
    }

    /// The value, read anew where the last one is too old.
    func value() async throws -> Value {
        if let latest, ContinuousClock.now - latest.at < age { return latest.value }
        if let reading { return try await reading.value }
        let read = read
        let task = Task { try await read() }
        reading = task
        defer { reading = nil }
        let value = try await task.value
        latest = (.now, value)
        return value
    }
}
