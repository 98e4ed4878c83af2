// SPDX-License-Identifier: Apache-2.0

/// A characteristic of the instrument, as registered with it.
package struct Characteristic: Sendable, Equatable, Codable {
    /// Symbol in formulas; nil for a text, such as an accuracy class, that only a table of limits names.
    package var symbol: String?
    /// Key under which the instrument keeps it, such as `max_kg`.
    package var key: String
    package var vi: String
    package var en: String
    /// Unit of the number; nil for a text.
    package var unit: String?
    /// Whether each channel has its own.
    package var perChannel: Bool
    /// Value where the instrument states none; nil: it must.
    package var otherwise: String?

    package init(symbol: String?, key: String, vi: String, en: String, unit: String?, perChannel: Bool, otherwise: String?) {
        (self.symbol, self.key, self.vi, self.en, self.unit) = (symbol, key, vi, en, unit)
        (self.perChannel, self.otherwise) = (perChannel, otherwise)
    }
}

/// A number that the procedure fixes.
package struct Parameter: Sendable, Equatable, Codable {
    package var symbol: String
    package var vi: String?
    package var en: String?
    /// Decimal.
    package var value: String
    package var unit: String
    /// Where the number was taken from, if not from the procedure's own source.
    package var source: String?

    package init(symbol: String, vi: String?, en: String?, value: String, unit: String, source: String?) {
        (self.symbol, self.vi, self.en, self.value, self.unit) = (symbol, vi, en, value, unit)
        self.source = source
    }
}

/// A table that formulas look up: `interpolate(name, x)` goes straight between rows, `step(name, x)` takes the first row whose `x` is not
/// below the value.
package struct FormulaTable: Sendable, Equatable, Codable {
    /// A row.
    package struct Row: Sendable, Equatable, Codable {
        package var x: String
        package var y: String

        package init(x: String, y: String) {
            (self.x, self.y) = (x, y)
        }
    }

    package var name: String
    /// Unit of the column looked up.
    package var xUnit: String
    /// Unit of the column found.
    package var yUnit: String
    /// Rows by rising `x`.
    package var rows: [Row]
    package var source: String?

    package init(name: String, xUnit: String, yUnit: String, rows: [Row], source: String?) {
        (self.name, self.xUnit, self.yUnit, self.rows, self.source) = (name, xUnit, yUnit, rows, source)
    }
}

/// A quantity that is read at a point, once each repetition.
package struct ReadingQuantity: Sendable, Equatable, Codable {
    /// Name in the record: `indicated`, `reference`, or the name of a further value.
    package var name: String
    /// Symbol in formulas.
    package var symbol: String
    package var vi: String
    package var en: String
    package var unit: String
    /// Codes of the points where it is read; empty: at all.
    package var points: [String]
    /// Whether a repetition without it is incomplete. `indicated` always is.
    package var required: Bool
    /// Step of the display: a formula over characteristics and parameters in ``unit``; nil: not stated.
    package var resolution: String?

    package init(
        name: String, symbol: String, vi: String, en: String, unit: String, points: [String], required: Bool,
        resolution: String?
    ) {
        (self.name, self.symbol, self.vi, self.en, self.unit) = (name, symbol, vi, en, unit)
        (self.points, self.required, self.resolution) = (points, required, resolution)
    }
}

/// A point at which the instrument is read.
package struct MeasurementPoint: Sendable, Equatable, Codable {
    /// What the reading is taken for; it orders the record and decides nothing.
    package enum Purpose: String, Sendable, CaseIterable, Codable {
        case error, repeatability, eccentricity, discrimination
        case minimumQuantity = "minimum_quantity"
        case linearity, stability
    }

    /// Code, unique within the procedure. Readings carry it, alone or with a colon and a further word: `up` takes `up:5`.
    package var code: String
    package var vi: String
    package var en: String
    package var purpose: Purpose
    /// Nominal value: a formula over characteristics and parameters; nil where the order or the instrument names it.
    package var nominal: String?
    /// Unit of the nominal value.
    package var unit: String?
    /// How often it is read, at least once: a whole number, or a formula over characteristics and parameters.
    package var repetitions: String
    /// Whether work without it can be concluded.
    package var required: Bool
    /// Whether the value is chosen at the site: readings are then counted by the part of the code before a colon.
    package var free: Bool
    /// Modes of verification in which it is read; empty: in all.
    package var modes: [VerificationMode]

    package init(
        code: String, vi: String, en: String, purpose: Purpose, nominal: String?, unit: String?, repetitions: String,
        required: Bool, free: Bool, modes: [VerificationMode]
    ) {
        (self.code, self.vi, self.en, self.purpose, self.nominal) = (code, vi, en, purpose, nominal)
        (self.unit, self.repetitions, self.required, self.free, self.modes) = (unit, repetitions, required, free, modes)
    }
}
