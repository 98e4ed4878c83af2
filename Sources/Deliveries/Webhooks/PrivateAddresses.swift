// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A range of addresses, `10.0.0.0/8` or `fd00::/8`; an address alone is a range of one.
package struct AddressRange: Sendable, Hashable {
    /// 4 or 16 bytes.
    private let bytes: [UInt8]
    private let length: Int

    /// Reads a range; nil for any other text.
    package init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let bytes = Self.bytes(of: String(parts[0])) else { return nil }
        let longest = bytes.count * 8
        guard parts.count == 2 else {
            (self.bytes, length) = (bytes, longest)
            return
        }
        guard let length = Int(parts[1]), (0...longest).contains(length) else { return nil }
        (self.bytes, self.length) = (bytes, length)
    }

    /// Bytes of a numeric address.
    static func bytes(of text: String) -> [UInt8]? {
        var four = [UInt8](repeating: 0, count: 4)
        if inet_pton(AF_INET, text, &four) == 1 { return four }
        var sixteen = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, text, &sixteen) == 1 ? sixteen : nil
    }

    /// Whether an address lies in it.
    func contains(_ address: [UInt8]) -> Bool {
        guard address.count == bytes.count else { return false }
        for index in address.indices {
            let bits = min(max(length - index * 8, 0), 8)
            let mask = UInt8(truncatingIfNeeded: 0xFF00 >> bits)
            if (address[index] ^ bytes[index]) & mask != 0 { return false }
        }
        return true
    }
}

/// Where the daemon may connect to on behalf of who gave an address: not into the network that it stands in, unless that was allowed.
package struct ConnectionRule: Sendable {
    /// Ranges that are allowed although they are not public.
    private let allowed: [AddressRange]

    /// Allows public addresses, and these ranges.
    package init(allowed: [AddressRange]) { self.allowed = allowed }

    /// Whether a connection may be made; without encryption only into an allowed range.
    func permits(_ address: [UInt8], encrypted: Bool) -> Bool {
        let plain = Self.unwrapped(address)
        if allowed.contains(where: { $0.contains(plain) || $0.contains(address) }) { return true }
        return encrypted && !Self.reserved.contains { $0.contains(plain) }
    }

    /// The bytes of a socket's address; nil where it is of no network.
    static func bytes(_ address: UnsafePointer<sockaddr>) -> [UInt8]? {
        switch Int32(address.pointee.sa_family) {
        case AF_INET:
            address.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            address.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) {
                withUnsafeBytes(of: $0.pointee.sin6_addr) { Array($0) }
            }
        default: nil
        }
    }

    /// An IPv4 address may come in the clothes of IPv6: mapped, or of the translation prefix.
    private static func unwrapped(_ address: [UInt8]) -> [UInt8] {
        guard address.count == 16 else { return address }
        let mapped = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF]
        let translated: [UInt8] = [0, 0x64, 0xFF, 0x9B] + [UInt8](repeating: 0, count: 8)
        return address.starts(with: mapped) || address.starts(with: translated) ? Array(address[12...]) : address
    }

    /// Ranges that are not of the public internet.
    /// - Source: IANA special-purpose address registries (RFC 6890), with the multicast ranges.
    private static let reserved: [AddressRange] = [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "::/96", "64:ff9b:1::/48", "100::/64", "2001::/23",
        "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    ].compactMap { AddressRange($0) }
}
