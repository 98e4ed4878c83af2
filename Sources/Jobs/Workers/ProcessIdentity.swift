// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Host and process number, for a person who looks for the process; no identity.
func processIdentity() -> (host: String, pid: Int32) {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return ("unknown", getpid()) }
    return (String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self), getpid())
}

/// Processors this process may use, at least one.
func activeProcessors() -> Int {
    max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
}
