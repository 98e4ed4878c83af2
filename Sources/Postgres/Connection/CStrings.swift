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
        let start = bytes.count
        offsets.append(start)
        var isClean = true
        for byte in string.utf8 {
            if byte == 0 { isClean = false }
            bytes.append(CChar(bitPattern: byte))
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
