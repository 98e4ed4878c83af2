// SPDX-License-Identifier: Apache-2.0

/// Named expression of a model.
package struct ModelQuantity: Sendable, Hashable {
    /// Name of the quantity.
    package let name: String
    /// Expression in the grammar of models.
    package let expression: String

    package init(_ name: String, _ expression: String) {
        (self.name, self.expression) = (name, expression)
    }
}

/// Repeated readings under one name, for `sum mean count stdev min max`.
package struct ModelSeries: Sendable, Hashable {
    /// Name of the series.
    package let name: String
    /// Number of readings.
    package let count: Int

    package init(_ name: String, count: Int) {
        (self.name, self.count) = (name, count)
    }
}

extension ModelProgram {
    /// Compiles expressions that see the inputs only; each is an output.
    ///
    /// - Throws: ``ModelError`` naming the expression and the column.
    package init(outputs: [ModelQuantity], inputs: [String]) throws(ModelError) {
        let compiler = try ModelCompiler(inputs: inputs, series: [], tables: [])
        for output in outputs { try compiler.compile(output, visible: false) }
        self = try compiler.program(outputs: outputs.map(\.name))
    }

    /// Compiles one expression without a name.
    ///
    /// - Throws: ``ModelError``.
    package init(parsing expression: String, inputs: [String]) throws(ModelError) {
        try self.init(outputs: [ModelQuantity("", expression)], inputs: inputs)
    }

    /// Compiles named quantities, each of which sees the inputs and the quantities before it.
    ///
    /// Slots are those of `inputs`, then the readings of each series in turn.
    /// - Parameters:
    ///   - quantities: Named expressions in the order of evaluation.
    ///   - outputs: Names of the quantities (or inputs) that the program delivers.
    ///   - inputs: Names of single inputs.
    ///   - series: Repeated readings; a series stands only where a series function takes it.
    ///   - tables: Tables for `interpolate` and `step`.
    /// - Throws: ``ModelError`` naming the quantity and the column.
    package init(
        quantities: [ModelQuantity], outputs: [String], inputs: [String], series: [ModelSeries] = [], tables: [ModelTable] = []
    ) throws(ModelError) {
        let compiler = try ModelCompiler(inputs: inputs, series: series, tables: tables)
        for quantity in quantities { try compiler.compile(quantity, visible: true) }
        self = try compiler.program(named: outputs)
    }

    /// Slots of the readings of a series; nil for another name.
    package func slots(ofSeries name: String) -> Range<Int>? {
        guard let first = inputs.firstIndex(of: "\(name)[1]") else { return nil }
        var end = first
        while end < inputs.count, inputs[end] == "\(name)[\(end - first + 1)]" { end += 1 }
        return first..<end
    }
}

/// Builds a program from expressions; every distinct node is kept once.
///
/// A class, because the parser of each expression adds to the same tables; it lives only while a model is compiled.
final class ModelCompiler {
    /// What a name stands for.
    enum Meaning {
        case node(Int32)
        case input(Int32)
        case series(first: Int32, count: Int32)
        case table(Int32)
    }

    private(set) var nodes: [ModelProgram.Node] = []
    private(set) var constants: [DecimalNumber?] = []
    private(set) var constantValues: [Double] = []
    private var places: [ModelProgram.Place] = []
    private var sources: [[UInt8]] = []
    private var known: [ModelProgram.Node: Int32] = [:]
    private var knownConstants: [Double: Int32] = [:]
    private var meanings: [String: Meaning] = [:]
    private var compiled: [Int32] = []
    private let inputs: [String]
    private let tables: [ModelTable]

    init(inputs: [String], series: [ModelSeries], tables: [ModelTable]) throws(ModelError) {
        var names: [String] = []
        self.tables = tables
        for input in inputs {
            try Self.declare(input, as: .input(Int32(names.count)), in: &meanings)
            names.append(input)
        }
        for series in series {
            guard series.count > 0, names.count + series.count <= ModelLimits.inputs else {
                throw .declaration(
                    "series '\(series.name)' has \(series.count) readings; 1 to \(ModelLimits.inputs) are possible")
            }
            try Self.declare(series.name, as: .series(first: Int32(names.count), count: Int32(series.count)), in: &meanings)
            names += (1...series.count).map { "\(series.name)[\($0)]" }
        }
        for (index, table) in tables.enumerated() { try Self.declare(table.name, as: .table(Int32(index)), in: &meanings) }
        guard names.count <= ModelLimits.inputs else {
            throw .tooLarge("the model has \(names.count) inputs; at most \(ModelLimits.inputs) are possible")
        }
        self.inputs = names
    }

    private static func declare(
        _ name: String, as meaning: Meaning, in meanings: inout [String: Meaning]
    ) throws(ModelError) {
        guard ModelScanner.isName(name) else {
            throw .declaration("'\(name)' is no name; use letters A to Z, digits and _, and no digit at the beginning")
        }
        guard name != "pi" else { throw .declaration("'pi' is the number π; give the quantity another name") }
        guard meanings.updateValue(meaning, forKey: name) == nil else {
            throw .declaration("'\(name)' is declared twice; give each quantity a name of its own")
        }
    }

    /// Compiles one expression.
    func compile(_ quantity: ModelQuantity, visible: Bool) throws(ModelError) {
        guard compiled.count < ModelLimits.quantities else {
            throw .tooLarge("the model has more than \(ModelLimits.quantities) quantities; divide it")
        }
        let bytes = Array(quantity.expression.utf8)
        guard bytes.count <= ModelLimits.expressionBytes else {
            throw .tooLarge(
                "the expression of '\(quantity.name)' has \(bytes.count) bytes; at most \(ModelLimits.expressionBytes) are possible"
            )
        }
        sources.append(bytes)
        var parser = ModelParser(bytes, quantity: quantity.name, into: self)
        compiled.append(try parser.parse())
        if visible, let node = compiled.last { try Self.declare(quantity.name, as: .node(node), in: &meanings) }
    }

    func meaning(of name: String) -> Meaning? { meanings[name] }

    /// Program that delivers the compiled expressions in order.
    func program(outputs names: [String]) throws(ModelError) -> ModelProgram {
        guard !compiled.isEmpty else { throw .declaration("the model has no output") }
        return program(delivering: compiled, names: names)
    }

    /// Program that delivers quantities by name.
    func program(named names: [String]) throws(ModelError) -> ModelProgram {
        guard !names.isEmpty, names.count <= ModelLimits.quantities else {
            throw .declaration("the model has \(names.count) outputs; 1 to \(ModelLimits.quantities) are possible")
        }
        var delivered: [Int32] = []
        for name in names {
            switch meanings[name] {
            case .node(let node): delivered.append(node)
            case .input(let slot):
                sources.append(Array(name.utf8))
                delivered.append(
                    try node(.input, slot, 0, at: ModelProgram.Place(source: lastSource, start: 0, end: Int32(name.utf8.count))))
            case .series, .table, nil: throw .declaration("output '\(name)' is no quantity of the model")
            }
        }
        return program(delivering: delivered, names: names)
    }

    /// Keeps only nodes that an output needs, in their order.
    private func program(delivering delivered: [Int32], names: [String]) -> ModelProgram {
        var needed = [Bool](repeating: false, count: nodes.count)
        for node in delivered { needed[Int(node)] = true }
        for index in nodes.indices.reversed() where needed[index] {
            let operands = ModelProgram.operandCount(nodes[index].operation)
            if operands > 0 { needed[Int(nodes[index].first)] = true }
            if operands > 1 { needed[Int(nodes[index].second)] = true }
        }
        var moved = [Int32](repeating: 0, count: nodes.count)
        var kept: [ModelProgram.Node] = []
        var keptPlaces: [ModelProgram.Place] = []
        for index in nodes.indices where needed[index] {
            let node = nodes[index]
            let operands = ModelProgram.operandCount(node.operation)
            moved[index] = Int32(kept.count)
            kept.append(
                ModelProgram.Node(
                    operation: node.operation, first: operands > 0 ? moved[Int(node.first)] : node.first,
                    second: operands > 1 ? moved[Int(node.second)] : node.second))
            keptPlaces.append(places[index])
        }
        return ModelProgram(
            nodes: kept, constants: constants, constantValues: constantValues, inputs: inputs,
            outputs: delivered.map { moved[Int($0)] }, outputNames: names, tables: tables,
            dependent: ModelProgram.dependence(of: kept), sources: sources, places: keptPlaces)
    }
}

// MARK: - Nodes

extension ModelCompiler {
    /// Index of the source that is being compiled.
    var lastSource: Int32 { Int32(sources.count - 1) }

    /// Node that computes this: the one there is, or a new one.
    func node(
        _ operation: ModelProgram.Operation, _ first: Int32, _ second: Int32, at place: ModelProgram.Place
    ) throws(ModelError) -> Int32 {
        let node = ModelProgram.Node(operation: operation, first: first, second: second)
        if let index = known[node] { return index }
        guard nodes.count < ModelLimits.nodes else {
            throw .tooLarge("the model has more than \(ModelLimits.nodes) operations; divide it")
        }
        let index = Int32(nodes.count)
        nodes.append(node)
        places.append(place)
        known[node] = index
        return index
    }

    /// Node of a constant.
    func constant(
        _ value: Double, exactly decimal: DecimalNumber?, at place: ModelProgram.Place
    ) throws(ModelError) -> Int32 {
        // Decimals that differ beyond the sixteenth digit share a binary value but are different constants.
        var index = knownConstants[value]
        if let found = index, constants[Int(found)] != decimal { index = nil }
        if index == nil {
            index = Int32(constants.count)
            constants.append(decimal)
            constantValues.append(value)
            knownConstants[value] = index
        }
        return try node(.constant, index ?? 0, 0, at: place)
    }

    /// Power, with a whole exponent where the exponent is a whole number as written.
    func power(_ base: Int32, _ exponent: Int32, at place: ModelProgram.Place) throws(ModelError) -> Int32 {
        if let whole = wholeNumber(exponent) { return try node(.wholePower, base, whole, at: place) }
        return try node(.power, base, exponent, at: place)
    }

    private func wholeNumber(_ index: Int32) -> Int32? {
        let node = nodes[Int(index)]
        switch node.operation {
        case .constant:
            let value = constantValues[Int(node.first)]
            return value == value.rounded() && abs(value) <= Double(ModelLimits.wholeExponent) ? Int32(value) : nil
        case .negate:
            guard nodes[Int(node.first)].operation == .constant else { return nil }
            return wholeNumber(node.first).map { -$0 }
        default: return nil
        }
    }
}
