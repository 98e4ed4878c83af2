// SPDX-License-Identifier: Apache-2.0

/// A list of C strings in one block of memory, with NULL where an element is nil, closed by a NULL.
struct CStrings {
    private var bytes: [CChar] = []
    private var offsets: [Int?] = []

    init(_ strings: [String?]) {
        offsets.reserveCapacity(strings.count)
        for string in strings {
            append(string)
        }
    }

    /// Number of elements.
    var count: Int { offsets.count }

    /// Appends an element; false when it contains a zero byte, behind which C would not look.
    @discardableResult
    mutating func append(_ string: String?) -> Bool {
        guard let string else {
            offsets.append(nil)
            return true
        }
        offsets.append(bytes.count)
        var text = string
        let isClean = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { bytes.append(contentsOf: $0) }
            return !utf8.contains(0)
        }
        bytes.append(0)
        return isClean
    }

    /// Calls the body with the array of pointers, which is valid during the call.
    func withPointers<R>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> R) -> R {
        bytes.withUnsafeBufferPointer { block in
            var pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                offset.flatMap { offset in block.baseAddress.map { $0 + offset } }
            }
            pointers.append(nil)
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
