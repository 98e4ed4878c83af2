// SPDX-License-Identifier: Apache-2.0
import APIContract
import HTTPTypes
import LaboratoryModel

/// The OpenAPI document of a list of operations.
///
/// - Source: OpenAPI Specification 3.1.1.
struct OpenAPIDocument {
    private let operations: [Operation]
    private static let tokenScheme = "token"

    init(_ operations: [Operation]) {
        self.operations = operations
    }

    /// The document as JSON.
    var value: JSONValue {
        .fields([
            "openapi": .string("3.1.1"),
            "info": .fields([
                "title": .string("Etalon"),
                "summary": .string("Laboratory information system of a metrology centre."),
                "description": .string(Self.introduction),
                "version": .string("1"),
                "license": .fields(["name": .string("Apache-2.0"), "identifier": .string("Apache-2.0")]),
            ]),
            "jsonSchemaDialect": .string("https://spec.openapis.org/oas/3.1/dialect/base"),
            "security": .array([.fields([Self.tokenScheme: .array([])]), .fields([:])]),
            "tags": .array(tags.map { .fields(["name": .string($0)]) }),
            "paths": paths,
            "components": components,
        ])
    }

    private static let introduction = """
        Names are in snake_case. A decimal number is a text that keeps its digits as they were typed; a date is \
        YYYY-MM-DD, a civil date of Asia/Ho_Chi_Minh; an instant is RFC 3339 with its offset. An unknown member of a body \
        and an unknown parameter are errors. An absent member and null mean the same. Errors are problem documents \
        (RFC 9457) in Vietnamese and in English; clients decide by their type. A valid traceparent (W3C Trace Context) is \
        kept with the jobs that a request adds.
        """

    // MARK: Paths

    private var tags: [String] {
        operations.reduce(into: []) { tags, operation in
            if !tags.contains(operation.tag) { tags.append(operation.tag) }
        }
    }

    private var paths: JSONValue {
        var order: [String] = []
        var items: [String: [JSONMember]] = [:]
        for operation in operations {
            if items[operation.path] == nil { order.append(operation.path) }
            items[operation.path, default: []].append(
                JSONMember(operation.method.rawValue.lowercased(), described(operation)))
        }
        return .object(order.map { JSONMember($0, .object(items[$0] ?? [])) })
    }

    private func described(_ operation: Operation) -> JSONValue {
        let parameters = pathParameters(operation) + operation.query.map(Self.queryParameter) + Self.headers(operation)
        return .fields([
            "operationId": .string(operation.id),
            "tags": .texts([operation.tag]),
            "summary": .string(operation.summary),
            "description": Self.access(operation).map { .string($0) },
            "parameters": parameters.isEmpty ? nil : .array(parameters),
            "requestBody": operation.request.map { content in
                .fields(["required": .bool(true), "content": Self.content([content])])
            },
            "responses": Self.responses(operation),
            "security": operation.access == .open ? .array([]) : nil,
            "x-etalon-act": operation.act.map { .string($0) },
            "x-etalon-roles": Self.roles(operation).map { .texts($0) },
        ])
    }

    private static func roles(_ operation: Operation) -> [String]? {
        guard case .roles(let roles) = operation.access else { return nil }
        return roles.map(\.rawValue)
    }

    private static func access(_ operation: Operation) -> String? {
        roles(operation).map { "Needs one of the roles: \($0.joined(separator: ", "))." }
    }

    // MARK: Parameters

    private func pathParameters(_ operation: Operation) -> [JSONValue] {
        operation.pathNames.map { name in
            .fields([
                "name": .string(name), "in": .string("path"), "required": .bool(true),
                "schema": (operation.pathSchemas[name] ?? .text).value,
            ])
        }
    }

    private static func queryParameter(_ parameter: QueryParameter) -> JSONValue {
        .fields([
            "name": .string(parameter.name), "in": .string("query"), "required": parameter.isRequired ? .bool(true) : nil,
            "schema": parameter.schema.value,
        ])
    }

    private static func headers(_ operation: Operation) -> [JSONValue] {
        guard operation.act != nil else { return [] }
        let names = ["IdempotencyKey"] + (operation.needsRevision ? ["IfMatch"] : [])
        return names.map { .fields(["$ref": .string("#/components/parameters/\($0)")]) }
    }

    // MARK: Answers

    private static func content(_ contents: [Operation.Content]) -> JSONValue {
        .object(contents.map { JSONMember($0.type, .fields(["schema": $0.schema.value])) })
    }

    private static func responses(_ operation: Operation) -> JSONValue {
        let replayed = JSONValue.fields([
            Wire.idempotencyReplayed: .fields(["$ref": .string("#/components/headers/IdempotencyReplayed")])
        ])
        var members = operation.answers.map { answer in
            JSONMember(
                "\(answer.status)",
                .fields([
                    "description": .string(answer.meaning), "headers": operation.act == nil ? nil : replayed,
                    "content": content(answer.contents),
                ]))
        }
        let told = Set(operation.answers.map(\.status))
        for status in operation.problems where !told.contains(status) {
            members.append(JSONMember("\(status)", .fields(["$ref": .string("#/components/responses/Problem\(status)")])))
        }
        members.append(JSONMember("default", .fields(["$ref": .string("#/components/responses/Problem")])))
        return .object(members)
    }

    // MARK: Components

    private var components: JSONValue {
        let problem = JSONSchema(of: Problem.self)
        let bodies = operations.flatMap { [$0.request].compactMap(\.self) + $0.answers.flatMap(\.contents) }.map(\.schema)
        var schemas: [String: JSONValue] = [:]
        // A type's schema is the same wherever it occurs.
        for schema in bodies + [problem] { schemas.merge(schema.components) { first, _ in first } }
        return .fields([
            "schemas": .object(schemas.sorted { $0.key < $1.key }.map { JSONMember($0.key, $0.value) }),
            "responses": Self.problems(problem),
            "parameters": Self.parameters,
            "headers": Self.answerHeaders,
            "securitySchemes": .fields([
                Self.tokenScheme: .fields([
                    "type": .string("http"), "scheme": .string("bearer"),
                    "description": .string(
                        "A token made by `etalon token add`. On the Unix socket the account at the other end is known without one."
                    ),
                ])
            ]),
        ])
    }

    private static func problems(_ problem: JSONSchema) -> JSONValue {
        let content = JSONValue.fields([Wire.problemJSON: .fields(["schema": problem.value])])
        let statuses = Set(ProblemKind.allCases.map(\.status)).sorted().map { status in
            let titles = ProblemKind.allCases.filter { $0.status == status }.map { "\($0.title) (`\($0.type)`)." }
            return JSONMember(
                "Problem\(status)", .fields(["description": .string(titles.joined(separator: " ")), "content": content]))
        }
        let any = JSONMember("Problem", .fields(["description": .string("Any other problem."), "content": content]))
        return .object(statuses + [any])
    }

    private static let answerHeaders = JSONValue.fields([
        "IdempotencyReplayed": .fields([
            "description": .string(
                "`true` when the request had been answered before under its key: status and body are those of the first answer, "
                    + "less a secret that is told only once. Absent when it was done now."),
            "schema": .fields(["type": .string("boolean")]),
        ])
    ])

    private static let parameters = JSONValue.fields([
        "IdempotencyKey": .fields([
            "name": .string(Wire.idempotencyKey), "in": .string("header"),
            "description": .string(
                "1 to 255 visible ASCII characters; a repeat under the same key gets the first answer, marked by "
                    + "`\(Wire.idempotencyReplayed)`."),
            "schema": .fields(["type": .string("string"), "minLength": .number("1"), "maxLength": .number("255")]),
        ]),
        "IfMatch": .fields([
            "name": .string("If-Match"), "in": .string("header"), "required": .bool(true),
            "description": .string("The revision that the change refers to, in quotes."),
            "schema": .fields(["type": .string("string"), "pattern": .string("^\"[0-9]+\"$")]),
        ]),
    ])
}
