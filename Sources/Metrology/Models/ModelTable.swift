// SPDX-License-Identifier: Apache-2.0

/// Table of a model: values of a quantity at rising arguments, both in coherent SI units.
///
/// `interpolate(table, x)` joins the rows by straight lines; `step(table, x)` takes the first row whose argument, an upper bound,
/// is not below x. Outside the table both are errors of domain: nothing is extrapolated.
package struct ModelTable: Sendable {
    /// Name in expressions.
    package let name: String
    /// Arguments, strictly rising.
    package let arguments: [Double]
    /// Values, one for each argument.
    package let values: [Double]
    /// Arguments as decimals.
    package let exactArguments: [WorkingDecimal]
    /// Values as decimals.
    package let exactValues: [WorkingDecimal]

    /// Creates a table from numbers in coherent units.
    ///
    /// - Throws: ``ModelError/declaration(_:)`` for lists of unequal length, fewer than one or too many rows, or arguments that do
    ///   not rise.
    package init(
        name: String, coherentArguments arguments: [WorkingDecimal], coherentValues values: [WorkingDecimal]
    ) throws(ModelError) {
        guard arguments.count == values.count else {
            throw .declaration(
                "table '\(name)' has \(arguments.count) arguments but \(values.count) values; give as many of each")
        }
        guard (1...ModelLimits.tableRows).contains(arguments.count) else {
            throw .declaration("table '\(name)' has \(arguments.count) rows; 1 to \(ModelLimits.tableRows) are possible")
        }
        self.name = name
        exactArguments = arguments
        exactValues = values
        self.arguments = arguments.map(\.approximateValue)
        self.values = values.map(\.approximateValue)
        for (lower, upper) in zip(self.arguments, self.arguments.dropFirst()) where lower >= upper {
            throw .declaration("table '\(name)': argument \(upper) follows \(lower); sort the rows so that arguments rise")
        }
    }

    /// Creates a table from decimals as written.
    ///
    /// - Throws: ``ModelError/declaration(_:)``.
    package init(name: String, arguments: [DecimalNumber], values: [DecimalNumber]) throws(ModelError) {
        try self.init(
            name: name, coherentArguments: arguments.map { WorkingDecimal($0) }, coherentValues: values.map { WorkingDecimal($0) }
        )
    }

    /// Index of the first row whose argument is not below x; the number of rows where none is.
    package func row(notBelow x: Double) -> Int {
        var (low, high) = (0, arguments.count)
        while low < high {
            let middle = (low + high) / 2
            if arguments[middle] < x { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Value on the straight line between the neighbouring rows; NaN outside the table.
    package func interpolated(at x: Double) -> Double {
        let upper = row(notBelow: x)
        guard upper < arguments.count else { return .nan }
        if arguments[upper] == x { return values[upper] }
        guard upper > 0 else { return .nan }
        return values[upper - 1] + slope(before: upper) * (x - arguments[upper - 1])
    }

    /// Derivative of the interpolation; at a row between two lines, that of the line before it (of the first line at the first row).
    package func slope(at x: Double) -> Double {
        let upper = row(notBelow: x)
        guard upper < arguments.count, upper > 0 || arguments[0] == x else { return .nan }
        if arguments.count == 1 { return 0 }
        return slope(before: max(1, upper))
    }

    /// Value of the first row whose argument is not below x; NaN beyond the last.
    package func stepped(at x: Double) -> Double {
        let upper = row(notBelow: x)
        return upper < arguments.count ? values[upper] : .nan
    }

    private func slope(before upper: Int) -> Double {
        (values[upper] - values[upper - 1]) / (arguments[upper] - arguments[upper - 1])
    }
}
