// SPDX-License-Identifier: Apache-2.0
internal import Metrology

/// Kind `expressions`: one model expression at given values of its variables.
package struct ExpressionCase: Calculation {
    private let expression: String
    private let variables: [String: GivenNumber]

    private enum CodingKeys: String, CodingKey {
        case expression, variables
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        expression = try container.decode(String.self, forKey: .expression)
        variables = try container.decodeIfPresent([String: GivenNumber].self, forKey: .variables) ?? [:]
    }

    package func solve() throws(CalculationError) -> Double {
        let names = variables.keys.sorted()
        do throws(ModelError) {
            let program = try ModelProgram(parsing: expression, inputs: names)
            return try program.evaluate(names.map { variables[$0]?.value ?? .nan })[0]
        } catch {
            throw CalculationError(error)
        }
    }
}
