// SPDX-License-Identifier: Apache-2.0

import Synchronization
import Testing

@testable import etalond

@Suite("What is read at most once in a while")
struct RememberedTests {
    private struct Unreadable: Error {}

    @Test func `however many ask, it is read once within its age`() async throws {
        let reads = Mutex(0)
        let remembered = Remembered(for: .seconds(3600)) { () async throws -> Int in
            await Task.yield()
            return reads.withLock { reads in
                reads += 1
                return reads
            }
        }
        let values = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<50 { group.addTask { try await remembered.value() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == [Int](repeating: 1, count: 50))
        #expect(try await remembered.value() == 1)
    }

    @Test func `what is too old is read again, and a failure is not kept`() async throws {
        let reads = Mutex(0)
        let remembered = Remembered(for: .zero) { () async throws -> Int in
            let count = reads.withLock { reads in
                reads += 1
                return reads
            }
            if count == 2 { throw Unreadable() }
            return count
        }
        #expect(try await remembered.value() == 1)
        await #expect(throws: Unreadable.self) { try await remembered.value() }
        #expect(try await remembered.value() == 3)
    }
}
