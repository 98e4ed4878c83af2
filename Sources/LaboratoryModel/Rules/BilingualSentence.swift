// SPDX-License-Identifier: Apache-2.0

/// A sentence in both languages: one cannot be written without the other.
package struct BilingualSentence: Sendable, Equatable {
    /// Vietnamese, in NFC.
    package let vi: String
    /// English.
    package let en: String

    package init(vi: String, en: String) {
        (self.vi, self.en) = (vi, en)
    }
}
