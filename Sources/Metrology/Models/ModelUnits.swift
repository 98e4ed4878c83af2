// SPDX-License-Identifier: Apache-2.0

/// What a value of a model measures: a dimension, and whether it is a point on a scale.
package struct QuantityShape: Sendable, Hashable {
    /// Dimension.
    package let dimension: Dimension
    /// Whether the value is a point on a scale, such as a temperature in °C, of which only differences can be multiplied.
    package let isPoint: Bool

    /// Shape of a pure number.
    package static let number = QuantityShape(dimension: .one, isPoint: false)

    package init(dimension: Dimension, isPoint: Bool) {
        (self.dimension, self.isPoint) = (dimension, isPoint)
    }

    /// Shape of a number in front of a unit.
    package init(_ unit: MeasurementUnit) {
        (dimension, isPoint) = (unit.dimension, unit.isPoint)
    }

    /// Whether a value of this shape can be given in a unit; kelvins give temperatures and differences alike.
    package func fits(_ unit: MeasurementUnit) -> Bool {
        guard dimension == unit.dimension else { return false }
        return isPoint == unit.isPoint || isPoint && unit.kind == .ordinary
    }
}

/// Units of the columns of a table of a model.
package struct ModelTableUnits: Sendable {
    /// Unit of the arguments.
    package let argument: MeasurementUnit
    /// Unit of the values.
    package let value: MeasurementUnit

    package init(argument: MeasurementUnit, value: MeasurementUnit) {
        (self.argument, self.value) = (argument, value)
    }
}

/// Check of the dimensions of a model before any number is seen.
///
/// Numbers in expressions are pure numbers; a constant with a unit is an input. What is counted (CFU, NTU) and what a fraction is one of
/// is not followed through a model: both are pure numbers here. Points on a scale (°C) follow affine rules: the
/// difference of two points is a difference, a point plus or minus a difference is a point, means and extremes of points are points,
/// and nothing else can be done with them.
package struct ModelUnits {
    private let program: ModelProgram
    private let units: [MeasurementUnit]
    private let tables: [ModelTableUnits]
    private var shapes: [QuantityShape] = []
    /// Values of the nodes that depend on no input; 0 for the others.
    private let constants: [Double]

    /// Checks a program and tells what its outputs measure.
    ///
    /// - Parameters:
    ///   - program: Program whose values will be in coherent units.
    ///   - units: Units by name of input or series.
    ///   - tables: Units of tables by name.
    /// - Returns: A shape for each output.
    /// - Throws: ``ModelError/units(_:in:)`` naming both units and the sub-expression; ``ModelError/declaration(_:)`` for an input or
    ///   table without units.
    package static func check(
        _ program: ModelProgram, inputs units: [String: MeasurementUnit], tables: [String: ModelTableUnits] = [:]
    ) throws(ModelError) -> [QuantityShape] {
        var check = try ModelUnits(program, units, tables)
        for index in program.nodes.indices { check.shapes.append(try check.shape(of: index)) }
        return program.outputs.map { check.shapes[Int($0)] }
    }

    private init(
        _ program: ModelProgram, _ units: [String: MeasurementUnit], _ tables: [String: ModelTableUnits]
    ) throws(ModelError) {
        self.program = program
        var bySlot: [MeasurementUnit] = []
        for input in program.inputs {
            // x[3] is a reading of the series x.
            let name = input.split(separator: "[").first.map(String.init) ?? input
            guard let unit = units[name] else {
                throw .declaration("input '\(name)' has no unit; give one, or 1 for a pure number")
            }
            bySlot.append(unit)
        }
        self.units = bySlot
        var byTable: [ModelTableUnits] = []
        for table in program.tables {
            guard let units = tables[table.name] else {
                throw .declaration("table '\(table.name)' has no units; give one for its arguments and one for its values")
            }
            byTable.append(units)
        }
        self.tables = byTable
        var constants = [Double](repeating: 0, count: program.nodes.count)
        for node in program.nodes.indices where !program.dependent[node] {
            constants[node] = program.constantValue(of: node, constants)
        }
        self.constants = constants
    }

    private func shape(of index: Int) throws(ModelError) -> QuantityShape {
        let node = program.nodes[index]
        switch node.operation {
        case .input: return QuantityShape(units[Int(node.first)])
        case .constant: return .number
        case .add, .subtract: return try sum(index, node)
        case .multiply, .divide: return try product(index, node)
        case .power: return try power(index, node)
        case .wholePower: return try power(index, node, numerator: Int(node.second), denominator: 1)
        case .sqrt: return try power(index, node, numerator: 1, denominator: 2)
        case .negate, .abs:
            try refusePoint(Int(node.first), in: index)
            return shapes[Int(node.first)]
        case .min, .max:
            try demandSame(node, in: index)
            return shapes[Int(node.first)]
        case .atan2:
            try demandSame(node, in: index)
            try refusePoint(Int(node.first), in: index)
            return .number
        case .interpolate, .step: return try lookup(index, node)
        default:
            try refusePoint(Int(node.first), in: index)
            guard shapes[Int(node.first)].dimension.isOne else {
                throw fault(
                    "\(node.operation) takes a pure number, not \(name(Int(node.first))); divide by a reference value", index)
            }
            return .number
        }
    }

    private func sum(_ index: Int, _ node: ModelProgram.Node) throws(ModelError) -> QuantityShape {
        let (left, right) = (shapes[Int(node.first)], shapes[Int(node.second)])
        guard left.dimension == right.dimension else { throw mismatch(node, in: index) }
        switch (node.operation, left.isPoint, right.isPoint) {
        case (_, false, false), (_, true, false): return left
        case (.subtract, true, true): return QuantityShape(dimension: left.dimension, isPoint: false)
        case (.add, false, true): return right
        case (.add, _, _):
            throw fault(
                "\(name(Int(node.first))) and \(name(Int(node.second))) are both points on a scale and have no sum; "
                    + "add a difference, or take mean(…)", index)
        default:
            throw fault(
                "a point on a scale (\(name(Int(node.second)))) cannot be taken from the difference \(name(Int(node.first)))",
                index)
        }
    }

    private func product(_ index: Int, _ node: ModelProgram.Node) throws(ModelError) -> QuantityShape {
        try refusePoint(Int(node.first), in: index)
        try refusePoint(Int(node.second), in: index)
        let (left, right) = (shapes[Int(node.first)].dimension, shapes[Int(node.second)].dimension)
        do throws(QuantityError) {
            let dimension = node.operation == .multiply ? try left.multiplied(by: right) : try left.divided(by: right)
            return QuantityShape(dimension: dimension, isPoint: false)
        } catch {
            throw fault(error.description, index)
        }
    }

    private func power(
        _ index: Int, _ node: ModelProgram.Node, numerator: Int, denominator: Int
    ) throws(ModelError) -> QuantityShape {
        try refusePoint(Int(node.first), in: index)
        do throws(QuantityError) {
            let dimension = try shapes[Int(node.first)].dimension.raised(to: numerator, over: denominator)
            return QuantityShape(dimension: dimension, isPoint: false)
        } catch {
            throw fault(error.description, index)
        }
    }

    /// Power whose exponent is an expression.
    private func power(_ index: Int, _ node: ModelProgram.Node) throws(ModelError) -> QuantityShape {
        let exponent = Int(node.second)
        try refusePoint(Int(node.first), in: index)
        try refusePoint(exponent, in: index)
        guard shapes[exponent].dimension.isOne else {
            throw fault("an exponent is a pure number, not \(name(exponent)); divide it by a reference value", index)
        }
        if shapes[Int(node.first)].dimension.isOne { return .number }
        let value = constants[exponent]
        guard !program.dependent[exponent], value.isFinite else {
            throw fault(
                "\(name(Int(node.first))) to an exponent that varies has no unit; divide the base by a reference value", index)
        }
        // Dimensions have exponents in twelfths: halves, thirds, quarters and sixths.
        let twelfths = (value * 12).rounded()
        guard abs(value * 12 - twelfths) < 1e-9, abs(twelfths) <= Double(12 * Dimension.largestExponent) else {
            throw fault("\(name(Int(node.first))) to the power \(value) has no unit; divide the base by a reference value", index)
        }
        return try power(index, node, numerator: Int(twelfths), denominator: 12)
    }

    private func lookup(_ index: Int, _ node: ModelProgram.Node) throws(ModelError) -> QuantityShape {
        let units = tables[Int(node.second)]
        let argument = shapes[Int(node.first)]
        guard argument == QuantityShape(units.argument) || argument.fits(units.argument) else {
            throw fault(
                "table '\(program.tables[Int(node.second)].name)' has arguments in \(units.argument.symbol), not "
                    + name(Int(node.first)), index)
        }
        return QuantityShape(units.value)
    }
}

// MARK: - Faults

extension ModelUnits {
    private func demandSame(_ node: ModelProgram.Node, in index: Int) throws(ModelError) {
        let (left, right) = (shapes[Int(node.first)], shapes[Int(node.second)])
        guard left.dimension == right.dimension else { throw mismatch(node, in: index) }
        guard left.isPoint == right.isPoint else {
            throw fault(
                "\(name(Int(node.first))) and \(name(Int(node.second))) are a point on a scale and a difference; make them alike",
                index)
        }
    }

    private func refusePoint(_ operand: Int, in index: Int) throws(ModelError) {
        guard shapes[operand].isPoint else { return }
        throw fault(
            "\(name(operand)) is a point on a scale, which only sums, differences, means and tables can take; subtract a reference "
                + "temperature, or declare the input in K", index)
    }

    private func mismatch(_ node: ModelProgram.Node, in index: Int) -> ModelError {
        let verb =
            switch node.operation {
            case .add: "be added"
            case .subtract: "be subtracted"
            default: "be compared"
            }
        return fault(
            "\(name(Int(node.first))) and \(name(Int(node.second))) cannot \(verb); a constant with a unit is declared as an input",
            index)
    }

    private func fault(_ message: String, _ index: Int) -> ModelError {
        .units(message, in: program.text(of: index))
    }

    /// Sub-expression with its unit: that of the input as declared, else the coherent one.
    private func name(_ index: Int) -> String {
        let node = program.nodes[index]
        let unit =
            switch node.operation {
            case .input: units[Int(node.first)].symbol
            case .constant: "a pure number"
            default: shapes[index].isPoint ? "\(shapes[index].dimension), a point" : "\(shapes[index].dimension)"
            }
        return "\(program.text(of: index)) [\(unit)]"
    }
}
