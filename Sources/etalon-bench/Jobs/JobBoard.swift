// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import Glibc
import Synchronization

/// A file of 64-bit numbers that the measuring program and the workers map: counts of jobs, and moments of probes.
///
/// Words 0 to 63 count the jobs that each worker ran. Three columns of 4,096 words follow, by number of the probe: nanoseconds of the
/// monotonic clock before the enqueueing call, after it, and as the first act of the job.
struct JobBoard: Sendable {
    /// Columns of the probes.
    enum Column: Int {
        case before, after, start
    }

    /// Workers that have a word of their own.
    static let workers = 64
    /// Probes that have a word of their own in each column.
    static let probes = 4096

    /// Where the file is mapped, for as long as the process lives; a number, because a pointer may not be shared.
    private let address: UInt

    /// Maps a file that the measuring program has made.
    ///
    /// - Throws: A sentence for the user where the file cannot be mapped.
    init(_ path: String) throws {
        let file = open(path, O_RDWR)
        guard file >= 0 else { throw Workload.refused(path, String(cString: strerror(errno))) }
        defer { close(file) }
        let length = MemoryLayout<UInt64>.size * (Self.workers + 3 * Self.probes)
        guard lseek(file, 0, SEEK_END) >= length else { throw Workload.refused(path, "the file is shorter than \(length) bytes") }
        guard let memory = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0), memory != MAP_FAILED else {
            throw Workload.refused(path, String(cString: strerror(errno)))
        }
        address = UInt(bitPattern: memory)
    }

    /// Counts a job that a worker has run.
    func count(worker: Int) { add(1, at: worker) }

    /// Notes the moment of a probe.
    func stamp(_ column: Column, probe: Int) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        guard (0..<Self.probes).contains(probe) else { return }
        let nanoseconds = UInt64(now.tv_sec) * 1_000_000_000 + UInt64(now.tv_nsec)
        word(Self.workers + column.rawValue * Self.probes + probe)?.pointee.store(nanoseconds, ordering: .relaxed)
    }

    private func add(_ amount: UInt64, at index: Int) {
        _ = word(index)?.pointee.wrappingAdd(amount, ordering: .relaxed)
    }

    private func word(_ index: Int) -> UnsafeMutablePointer<Atomic<UInt64>>? {
        UnsafeMutablePointer(bitPattern: address + UInt(index * MemoryLayout<UInt64>.size))
    }
}
