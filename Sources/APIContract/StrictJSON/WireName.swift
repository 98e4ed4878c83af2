// SPDX-License-Identifier: Apache-2.0

/// The rule by which a property's name becomes a JSON member and a database column.
package enum WireName {
    /// The snake_case form of a camelCase name: `detailVi` is `detail_vi`, `customerID` is `customer_id`.
    ///
    /// A run of capitals is one word, whose last letter belongs to the next word if a small letter follows it
    /// (`myURLPath` is `my_url_path`). Digits stay with the word before them. Names without capitals are kept.
    package static func snakeCase(_ name: String) -> String {
        let letters = Array(name.utf8)
        guard letters.contains(where: isCapital) else { return name }
        var output: [UInt8] = []
        output.reserveCapacity(letters.count + 4)
        for (index, letter) in letters.enumerated() {
            guard isCapital(letter) else {
                output.append(letter)
                continue
            }
            let afterSmall = index > 0 && !isCapital(letters[index - 1]) && letters[index - 1] != UInt8(ascii: "_")
            let beforeSmall = index + 1 < letters.count && isSmall(letters[index + 1])
            let endsRun = index > 0 && isCapital(letters[index - 1]) && beforeSmall
            if afterSmall || endsRun { output.append(UInt8(ascii: "_")) }
            output.append(letter + 0x20)
        }
        return String(decoding: output, as: UTF8.self)
    }

    private static func isCapital(_ letter: UInt8) -> Bool {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(letter)
    }

    private static func isSmall(_ letter: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter)
    }
}
