// SPDX-License-Identifier: Apache-2.0

import Vocabulary

/// The two languages the program speaks.
typealias Language = Vocabulary.Language

/// One sentence or heading in both languages.
typealias Bilingual = Vocabulary.Bilingual
