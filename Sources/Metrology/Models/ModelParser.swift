// SPDX-License-Identifier: Apache-2.0

/// Reads one expression and adds its nodes to a compiler.
///
/// Operator precedence after Pratt: every operator has a binding strength, and an operand takes what binds more strongly than its
/// left neighbour. From weak to strong: `+ -`, `* /`, unary `-`, `^` (from the right). Unknown names are reported after the syntax.
struct ModelParser {
    private let compiler: ModelCompiler
    private var scanner: ModelScanner
    private let quantity: String
    private var depth = 0
    /// Repetition of every series that a name stands for, from 0; nil outside series functions.
    private var repetition: Int?
    /// Length of the series named so far in the argument of a series function.
    private var repetitions: Int32?
    private var repeatedOperands = 0
    /// First name that nothing is known about.
    private var unknown: ModelError?

    private enum Strength {
        static let none = 0
        static let sum = 1
        static let product = 2
        static let sign = 3
        static let power = 4
    }

    init(_ bytes: [UInt8], quantity: String, into compiler: ModelCompiler) {
        self.compiler = compiler
        self.quantity = quantity
        scanner = ModelScanner(bytes)
    }

    /// Node of the whole expression.
    mutating func parse() throws(ModelError) -> Int32 {
        if scanner.word == .end { throw syntax("the expression is empty") }
        let node = try expression(above: Strength.none)
        guard scanner.word == .end else { throw syntax(unexpected) }
        if let unknown { throw unknown }
        return node
    }

    /// Operand, then every operator that binds more strongly than the given strength.
    private mutating func expression(above strength: Int) throws(ModelError) -> Int32 {
        depth += 1
        defer { depth -= 1 }
        guard depth <= ModelLimits.depth else {
            throw .tooLarge("'\(quantity)' nests more than \(ModelLimits.depth) levels; name the inner parts as quantities")
        }
        let start = scanner.start
        var node = try operand()
        while case .symbol(let symbol) = scanner.word, let (binding, operation) = Self.binary(symbol), binding > strength {
            scanner.advance()
            if operation == .multiply, scanner.word == .symbol(UInt8(ascii: "*")) {
                throw syntax("'**' is no operator; a power is written with ^")
            }
            let isPower = operation == .power
            let right = try expression(above: isPower ? binding - 1 : binding)
            let place = place(from: start)
            node =
                isPower
                ? try compiler.power(node, right, at: place)
                : try compiler.node(operation, node, right, at: place)
        }
        return node
    }

    private static func binary(_ symbol: UInt8) -> (binding: Int, operation: ModelProgram.Operation)? {
        switch symbol {
        case UInt8(ascii: "+"): (Strength.sum, .add)
        case UInt8(ascii: "-"): (Strength.sum, .subtract)
        case UInt8(ascii: "*"): (Strength.product, .multiply)
        case UInt8(ascii: "/"): (Strength.product, .divide)
        case UInt8(ascii: "^"): (Strength.power, .power)
        default: nil
        }
    }

    private mutating func operand() throws(ModelError) -> Int32 {
        let start = scanner.start
        if repetition ?? 0 > 0 { repeatedOperands += 1 }
        guard repeatedOperands <= ModelLimits.repeatedOperands else {
            throw .tooLarge("'\(quantity)' takes series functions of too many readings inside one another; divide it")
        }
        switch scanner.word {
        case .number: return try number()
        case .name: return try nameOrCall()
        case .symbol(UInt8(ascii: "-")):
            // Many signs are one level, so that they cannot exhaust the stack.
            var isNegative = false
            while scanner.word == .symbol(UInt8(ascii: "-")) {
                isNegative.toggle()
                scanner.advance()
            }
            let node = try expression(above: Strength.sign)
            return isNegative ? try compiler.node(.negate, node, 0, at: place(from: start)) : node
        case .symbol(UInt8(ascii: "(")):
            scanner.advance()
            let node = try expression(above: Strength.none)
            try close()
            return node
        case .symbol, .end: throw syntax(unexpected)
        }
    }

    private mutating func number() throws(ModelError) -> Int32 {
        let start = scanner.start
        let text = scanner.text
        // A number with more digits than decimals keep is kept in binary only.
        let exact = try? DecimalNumber(parsing: text.hasPrefix(".") ? "0\(text)" : text)
        let plain = text.hasSuffix(".") ? "\(text)0" : text
        guard let value = exact?.approximateValue ?? Double(plain) else { throw syntax("'\(text)' is no number") }
        scanner.advance()
        return try compiler.constant(value, exactly: exact, at: place(from: start))
    }

    private mutating func nameOrCall() throws(ModelError) -> Int32 {
        let start = scanner.start
        let name = scanner.text
        scanner.advance()
        if scanner.word == .symbol(UInt8(ascii: "(")) {
            scanner.advance()
            return try call(name, from: start)
        }
        if name == "pi" { return try compiler.constant(.pi, exactly: Self.pi, at: place(from: start)) }
        switch compiler.meaning(of: name) {
        case .node(let node): return node
        case .input(let slot): return try compiler.node(.input, slot, 0, at: place(from: start))
        case .series(let first, let count):
            return try reading(of: name, first, count, from: start)
        case .table:
            throw syntax("'\(name)' is a table; take interpolate(\(name), x) or step(\(name), x)", at: start)
        case nil:
            note(.unknownName(name, at: position(of: start)))
            return try compiler.constant(0, exactly: .zero, at: place(from: start))
        }
    }

    /// π with 38 digits. Source: Abramowitz and Stegun, table 1.1.
    // The digits are a literal of 38, which decimals keep.
    private static let pi = try? DecimalNumber(parsing: "3.1415926535897932384626433832795028842")
}

// MARK: - Calls

extension ModelParser {
    private static let functions: [String: ModelProgram.Operation] = [
        "sqrt": .sqrt, "exp": .exp, "ln": .ln, "log10": .log10, "sin": .sin, "cos": .cos, "tan": .tan, "asin": .asin,
        "acos": .acos,
        "atan": .atan, "atan2": .atan2, "sinh": .sinh, "cosh": .cosh, "tanh": .tanh, "abs": .abs, "min": .min, "max": .max,
    ]
    private static let tableFunctions: [String: ModelProgram.Operation] = ["interpolate": .interpolate, "step": .step]
    private static let seriesFunctions: Set<String> = ["sum", "mean", "count", "stdev", "min", "max"]

    /// Call whose name and opening parenthesis are read.
    private mutating func call(_ name: String, from start: Int) throws(ModelError) -> Int32 {
        if Self.seriesFunctions.contains(name), takesSeries() { return try overSeries(name, from: start) }
        if let operation = Self.tableFunctions[name] { return try overTable(name, operation, from: start) }
        var arguments: [Int32] = []
        if scanner.word != .symbol(UInt8(ascii: ")")) {
            arguments.append(try expression(above: Strength.none))
            while scanner.word == .symbol(UInt8(ascii: ",")) {
                scanner.advance()
                arguments.append(try expression(above: Strength.none))
            }
        }
        try close()
        guard let operation = Self.functions[name] else {
            if Self.seriesFunctions.contains(name) {
                throw syntax("\(name) takes repeated readings, or an expression of them", at: start)
            }
            note(.unknownFunction(name, at: position(of: start)))
            return try compiler.constant(0, exactly: .zero, at: place(from: start))
        }
        let place = place(from: start)
        let wanted = ModelProgram.operandCount(operation)
        if operation == .min || operation == .max, arguments.count >= wanted {
            var node = arguments[0]
            for argument in arguments.dropFirst() { node = try compiler.node(operation, node, argument, at: place) }
            return node
        }
        guard arguments.count == wanted else {
            throw syntax("\(name) takes \(wanted) argument\(wanted == 1 ? "" : "s"), not \(arguments.count)", at: start)
        }
        return try compiler.node(operation, arguments[0], wanted == 2 ? arguments[1] : 0, at: place)
    }

    /// Whether the one argument that follows names a series.
    private func takesSeries() -> Bool {
        var ahead = scanner
        var open = 0
        var namesSeries = false
        while ahead.word != .end {
            switch ahead.word {
            case .symbol(UInt8(ascii: "(")): open += 1
            case .symbol(UInt8(ascii: ")")) where open == 0: return namesSeries
            case .symbol(UInt8(ascii: ")")): open -= 1
            case .symbol(UInt8(ascii: ",")) where open == 0: return false
            case .name:
                if case .series = compiler.meaning(of: ahead.text) { namesSeries = true }
            default: break
            }
            ahead.advance()
        }
        return namesSeries
    }

    /// A series within the argument of a series function: its reading of the repetition at hand.
    private mutating func reading(of name: String, _ first: Int32, _ count: Int32, from start: Int) throws(ModelError) -> Int32 {
        guard let repetition else {
            throw syntax("'\(name)' is a series of readings; take mean(\(name)), sum(\(name)) or the like", at: start)
        }
        guard repetitions ?? count == count else {
            throw syntax("'\(name)' has \(count) readings, the series beside it \(repetitions ?? 0)", at: start)
        }
        repetitions = count
        return try compiler.node(.input, first + Int32(repetition), 0, at: place(from: start))
    }

    private mutating func overTable(
        _ name: String, _ operation: ModelProgram.Operation, from start: Int
    ) throws(ModelError) -> Int32 {
        guard scanner.word == .name else { throw syntax("\(name) takes the name of a table first: \(name)(table, x)") }
        guard case .table(let table) = compiler.meaning(of: scanner.text) else {
            note(.unknownName(scanner.text, at: position(of: scanner.start)))
            return try skippingCall(from: start)
        }
        scanner.advance()
        guard scanner.word == .symbol(UInt8(ascii: ",")) else { throw syntax("\(name) takes two arguments: \(name)(table, x)") }
        scanner.advance()
        let argument = try expression(above: Strength.none)
        try close()
        return try compiler.node(operation, argument, table, at: place(from: start))
    }

    /// Goes over a call with an unknown table, so that a fault of syntax after it is found first.
    private mutating func skippingCall(from start: Int) throws(ModelError) -> Int32 {
        scanner.advance()
        if scanner.word == .symbol(UInt8(ascii: ",")) {
            scanner.advance()
            _ = try expression(above: Strength.none)
        }
        try close()
        return try compiler.constant(0, exactly: .zero, at: place(from: start))
    }

    /// A series function: its argument once for every repetition of the series in it.
    private mutating func overSeries(_ name: String, from start: Int) throws(ModelError) -> Int32 {
        let outer = (repetition, repetitions)
        let argument = scanner
        (repetition, repetitions) = (0, nil)
        var readings = [try expression(above: Strength.none)]
        guard let count = repetitions else {
            throw syntax("\(name) takes repeated readings, or an expression of them", at: start)
        }
        for index in 1..<max(1, Int(count)) {
            scanner = argument
            repetition = index
            readings.append(try expression(above: Strength.none))
        }
        (repetition, repetitions) = outer
        try close()
        let place = place(from: start)
        switch name {
        case "count": return try whole(readings.count, at: place)
        case "mean": return try mean(readings, at: place)
        case "stdev": return try standardDeviation(readings, at: place)
        case "sum": return try folded(.add, readings, at: place)
        case "min": return try folded(.min, readings, at: place)
        default: return try folded(.max, readings, at: place)
        }
    }

    private mutating func folded(
        _ operation: ModelProgram.Operation, _ operands: [Int32], at place: ModelProgram.Place
    ) throws(ModelError) -> Int32 {
        var node = operands[0]
        for operand in operands.dropFirst() { node = try compiler.node(operation, node, operand, at: place) }
        return node
    }

    private mutating func whole(_ number: Int, at place: ModelProgram.Place) throws(ModelError) -> Int32 {
        try compiler.constant(Double(number), exactly: DecimalNumber(number), at: place)
    }

    /// First reading and the mean distance of all from it: keeps the digits of a large common part, and is a sum of a point and a
    /// difference where readings are points of a scale.
    private mutating func mean(_ readings: [Int32], at place: ModelProgram.Place) throws(ModelError) -> Int32 {
        guard readings.count > 1 else { return readings[0] }
        var differences: [Int32] = []
        for reading in readings.dropFirst() {
            differences.append(try compiler.node(.subtract, reading, readings[0], at: place))
        }
        let sum = try folded(.add, differences, at: place)
        let shift = try compiler.node(.divide, sum, whole(readings.count, at: place), at: place)
        return try compiler.node(.add, readings[0], shift, at: place)
    }

    /// Experimental standard deviation of one reading.
    ///
    /// Source: JCGM 100:2008, 4.2.2, equation (4).
    private mutating func standardDeviation(_ readings: [Int32], at place: ModelProgram.Place) throws(ModelError) -> Int32 {
        guard readings.count > 1 else { throw syntax("stdev needs two readings or more", at: Int(place.start)) }
        let mean = try mean(readings, at: place)
        var squares: [Int32] = []
        for reading in readings {
            let difference = try compiler.node(.subtract, reading, mean, at: place)
            squares.append(try compiler.node(.multiply, difference, difference, at: place))
        }
        let sum = try folded(.add, squares, at: place)
        let variance = try compiler.node(.divide, sum, whole(readings.count - 1, at: place), at: place)
        return try compiler.node(.sqrt, variance, 0, at: place)
    }
}

// MARK: - Places and faults

extension ModelParser {
    private mutating func close() throws(ModelError) {
        guard scanner.word == .symbol(UInt8(ascii: ")")) else {
            throw syntax(scanner.word == .end ? "a closing parenthesis is missing" : unexpected)
        }
        scanner.advance()
    }

    private func place(from start: Int) -> ModelProgram.Place {
        ModelProgram.Place(source: compiler.lastSource, start: Int32(start), end: Int32(max(start, scanner.previousEnd)))
    }

    private func position(of byte: Int) -> ModelPosition {
        ModelPosition(quantity: quantity, column: scanner.column(of: byte))
    }

    private func syntax(_ message: String, at byte: Int? = nil) -> ModelError {
        .syntax(message, at: position(of: byte ?? scanner.start))
    }

    private mutating func note(_ error: ModelError) {
        if unknown == nil { unknown = error }
    }

    /// Why the word at hand cannot stand where it stands.
    private var unexpected: String {
        switch scanner.word {
        case .end: "the expression ends where a number, a name or a parenthesis should follow"
        case .number, .name: "'\(scanner.text)' follows without an operator; a product is written with *"
        case .symbol(UInt8(ascii: "=")): "'=' has no place in an expression; give the quantity its name beside the expression"
        case .symbol(UInt8(ascii: ",")): "',' stands only between arguments; numbers have a decimal point"
        case .symbol: "'\(scanner.text)' cannot stand here"
        }
    }
}
