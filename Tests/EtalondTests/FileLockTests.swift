// SPDX-License-Identifier: Apache-2.0

import Glibc
import Testing

@testable import etalond

@Suite("One daemon in one place")
struct FileLockTests {
    @Test func `a second daemon is refused while the first lives, and let in afterwards`() throws {
        let path = "/tmp/etalond-lock-\(getpid())-\(UInt32.random(in: 0 ... .max))"
        defer { unlink(path) }
        var first: FileLock? = try FileLock(path: path)
        #expect(first?.path == path)
        let refusal = #expect(throws: FileLockError.self) { _ = try FileLock(path: path) }
        #expect(refusal?.description.contains(path) == true)
        first = nil
        _ = try FileLock(path: path)
    }

    @Test func `a folder that is not there is an error, not a crash`() {
        #expect(throws: FileLockError.self) { _ = try FileLock(path: "/nowhere/at/all.lock") }
    }
}
