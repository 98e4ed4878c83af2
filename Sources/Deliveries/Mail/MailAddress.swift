// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel

/// An address that a mail can be sent to: `local@domain` in ASCII, without quotes and comments.
///
/// - Source: RFC 5321 sections 4.1.2 and 4.5.3.1, the dot-string form alone.
package struct MailAddress: Sendable, Hashable, CustomStringConvertible {
    /// What stands before the sign, as it was given.
    package let local: String
    /// What stands behind it, in lower case.
    package let domain: String

    /// Why a text is no address.
    package struct Fault: Error, Sendable, Equatable {
        /// What was given and what is wanted.
        package let sentence: BilingualSentence
    }

    /// Reads an address; blanks around it are let be.
    /// - Throws: ``Fault`` for anything that a mail program might take for something else.
    package init(parsing text: String) throws(Fault) {
        let bytes = Array(text.utf8.drop { $0 == 32 })
        let given = bytes[..<(bytes.lastIndex { $0 != 32 }.map { $0 + 1 } ?? 0)]
        guard given.count <= 254, let sign = given.lastIndex(of: UInt8(ascii: "@")) else { throw Self.fault(text) }
        let (local, domain) = (given[..<sign], given[(sign + 1)...])
        guard (1...64).contains(local.count), Self.isDotted(local, by: Self.isAtom),
            (1...253).contains(domain.count), Self.isDomain(domain)
        else { throw Self.fault(text) }
        self.local = String(decoding: local, as: UTF8.self)
        self.domain = String(decoding: domain, as: UTF8.self).lowercased()
    }

    /// The address.
    package var description: String { "\(local)@\(domain)" }

    /// The form under which addresses are compared: mail systems do not tell letters apart by their case.
    package var folded: String { description.lowercased() }

    /// The same mailbox with a detail: `bounce@example.vn` and `t` give `bounce+t@example.vn`.
    func tagged(_ detail: String) -> String { "\(local)+\(detail)@\(domain)" }

    private static func fault(_ text: String) -> Fault {
        let shown = String(text.unicodeScalars.prefix(80).map { $0.value < 32 || $0.value == 127 ? "?" : Character($0) })
        return Fault(
            sentence: BilingualSentence(
                vi: "“\(shown)” không phải địa chỉ thư; viết như ten@donvi.vn, không dấu và không có khoảng trắng",
                en: "“\(shown)” is not a mail address; write it as name@example.vn, in ASCII and without blanks"))
    }

    private static func isDotted(_ bytes: ArraySlice<UInt8>, by isPart: (UInt8) -> Bool) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy {
            !$0.isEmpty && $0.allSatisfy(isPart)
        }
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }

    private static func isAtom(_ byte: UInt8) -> Bool {
        isAlphanumeric(byte) || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    /// Two labels at least, or the machine itself.
    private static func isDomain(_ bytes: ArraySlice<UInt8>) -> Bool {
        let labels = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard labels.count > 1 || String(decoding: bytes, as: UTF8.self).lowercased() == "localhost" else { return false }
        return labels.allSatisfy { label in
            guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
            let hyphen = UInt8(ascii: "-")
            return first != hyphen && last != hyphen && label.allSatisfy { isAlphanumeric($0) || $0 == hyphen }
        }
    }
}
