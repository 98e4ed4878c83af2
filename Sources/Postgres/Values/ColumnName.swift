// SPDX-License-Identifier: Apache-2.0

/// Names of columns for keys of types.
enum ColumnName {
    /// Column of a key: `validUntil` is `valid_until`, `certificateURL` is `certificate_url`.
    ///
    /// The same rule as `JSONEncoder`'s `convertToSnakeCase`, so that a view has one name on both sides.
    static func of(_ key: String) -> String {
        let letters = Array(key)
        guard letters.contains(where: \.isUppercase) else { return key }
        var name = ""
        for (index, letter) in letters.enumerated() {
            if letter.isUppercase, index > 0, startsWord(index, letters) { name += "_" }
            name += letter.lowercased()
        }
        return name
    }

    private static func startsWord(_ index: Int, _ letters: [Character]) -> Bool {
        let before = letters[index - 1]
        if before == "_" { return false }
        if !before.isUppercase { return true }
        return index + 1 < letters.count && letters[index + 1].isLowercase
    }
}
