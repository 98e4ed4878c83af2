# SPDX-License-Identifier: Apache-2.0
"""The board on which workers count and stamp, and what a phase costs: processor time, transactions, commit price."""

import mmap
import os
import statistics
import struct
import time

WORKERS, PROBES = 64, 4096
BYTES = 8 * (WORKERS + 3 * PROBES)
TICKS = os.sysconf("SC_CLK_TCK")


class Board:
    """Words of 64 bits in a mapped file: a count for each worker, then three columns of moments by probe."""

    def __init__(self, path, make=False):
        if make:
            with open(path, "wb") as file:
                file.truncate(BYTES)
        with open(path, "r+b") as file:
            self.memory = mmap.mmap(file.fileno(), BYTES)

    def _read(self, first, count):
        return struct.unpack_from(f"<{count}Q", self.memory, 8 * first)

    def total(self):
        return sum(self._read(0, WORKERS))

    def count(self, worker):
        self.memory[8 * worker:8 * worker + 8] = struct.pack("<Q", self._read(worker, 1)[0] + 1)

    def stamp(self, column, probe):
        place = 8 * (WORKERS + column * PROBES + probe)
        self.memory[place:place + 8] = struct.pack("<Q", time.clock_gettime_ns(time.CLOCK_MONOTONIC))

    def moments(self, probes):
        """Before, after and start of each probe, in nanoseconds; 0 where a job has not started."""
        return [self._read(WORKERS + column * PROBES, probes) for column in range(3)]

    def run(self, worker, probe):
        """What a job does: its stamp, if it is a probe, and its count."""
        if probe >= 0:
            self.stamp(2, probe)
        self.count(worker)


def commit_price(folder, times=25):
    """Median milliseconds of writing 8 KiB and waiting until the disk has it: the price of one commit here."""
    path = os.path.join(folder, "price")
    took = []
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.pwrite(descriptor, bytes(8192 * times), 0)
        os.fsync(descriptor)
        for turn in range(times):
            begun = time.perf_counter()
            os.pwrite(descriptor, b"\1" * 8192, 8192 * turn)
            os.fdatasync(descriptor)
            took.append((time.perf_counter() - begun) * 1e3)
    finally:
        os.close(descriptor)
        os.unlink(path)
    return statistics.median(took)


def _fields(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as file:
        return file.read().rpartition(")")[2].split()


def processor_seconds(pid):
    """Seconds that a process has used."""
    fields = _fields(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS


def server_seconds(postmaster):
    """Seconds that a server has used: the postmaster, its living and its ended children."""
    fields = _fields(postmaster)
    total = sum(int(fields[index]) for index in range(11, 15))
    for entry in os.listdir("/proc"):
        try:
            if entry.isdigit():
                child = _fields(entry)
                if int(child[1]) == postmaster:
                    total += int(child[11]) + int(child[12])
        except OSError:
            # It has ended meanwhile; the postmaster counts it.
            continue
    return total / TICKS


def private_mebibytes(pid):
    """Memory that a process has written. Pages of programs and libraries are the file system's, and whether another process happens
    to use the same library is no matter of the queue."""
    kibibytes = 0
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            if line.startswith("Private_Dirty:"):
                kibibytes += int(line.split()[1])
    return kibibytes / 1024


def percentile(values, share):
    """Nearest rank."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share / 100 * (len(ordered) - 1)))]
