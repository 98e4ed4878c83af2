// SPDX-License-Identifier: Apache-2.0
import Foundation
import LabOperations
import Vocabulary
import Yams

/// Why the configuration cannot be used.
struct ConfigurationError: Error, CustomStringConvertible {
    /// What is wrong and what to do.
    let text: Bilingual

    var description: String { text.en }

    init(_ vi: String, _ en: String) {
        text = Bilingual(vi: vi, en: en)
    }
}

/// What the daemon reads at its start: file, then environment, then options; the later wins.
///
/// - `database.daemon` (text): libpq connection string of role `etalon`. Environment `ETALON_DATABASE`.
/// - `database.owner` (text): of role `etalon_owner`, for `migrate`, `load`, `demo`, `backup`. Environment `ETALON_DATABASE_OWNER`.
/// - `database.connections` (number, default 8, 2–64).
/// - `listen.socket` (path, default `/run/etalon/etalon.sock`). Environment `ETALON_SOCKET`.
/// - `listen.group` (text, default none): group of the socket.
/// - `listen.port` (number, default none): port on 127.0.0.1 besides the socket.
/// - `public_url` (text, default none): address of the public check page; without it no document is issued. Environment `ETALON_PUBLIC_URL`.
/// - `renderer.socket` (path) or `renderer.python`, `renderer.script`, `renderer.templates` (paths), `renderer.user` (text).
/// - `due.catch_up` (`all`, `latest` or `none`, default `all`): which missed nights of the due list are made up for.
/// - `jobs.ceiling_seconds` (number, default 30): the longest time without looking at the queue.
/// - `mail.sender` (address, default none): who mails come from; without it they are recorded and held.
/// - `mail.name` (text, default `Etalon`): the name beside it.
/// - `mail.bounces` (address, default none): gets what mail systems return; `bounce@x` receives as `bounce+CODE@x`.
/// - `mail.unassigned` (address, default none): is told of what has no recipient of its own.
/// - `mail.sendmail` (path, default `/usr/sbin/sendmail`): the program that takes mails over.
/// - `mail.enabled` (`true` or `false`, default `true`): false records mails and holds them.
/// - `webhooks.allow` (address ranges separated by commas, default none): networks that webhooks may lie in although they are not public.
/// - `log_level` (text, default `info`).
struct DaemonConfiguration: Sendable {
    var daemonDatabase: String?
    var ownerDatabase: String?
    var connections = 8
    var socket: String? = "/run/etalon/etalon.sock"
    var socketGroup: String?
    var port: Int?
    var publicURL: String?
    var rendererSocket: String?
    var rendererPython: String?
    var rendererScript: String?
    var rendererTemplates: String?
    var rendererUser: String?
    var dueCatchUp = DueCatchUp.all
    var jobsCeilingSeconds = 30
    var outgoing = OutgoingConfiguration()
    var logLevel = "info"

    /// Every key that a file may have.
    static let keys = [
        "database.daemon", "database.owner", "database.connections", "listen.socket", "listen.group", "listen.port", "public_url",
        "renderer.socket", "renderer.python", "renderer.script", "renderer.templates", "renderer.user", "due.catch_up",
        "jobs.ceiling_seconds", "mail.sender", "mail.name", "mail.bounces", "mail.unassigned", "mail.sendmail", "mail.enabled",
        "webhooks.allow", "log_level",
    ]

    /// Reads the file, when one is named or lies at its usual place, and the environment.
    init(file: String?, environment: [String: String] = ProcessInfo.processInfo.environment) throws {
        let usual = "/etc/etalon/etalon.yaml"
        if let path = file ?? (FileManager.default.fileExists(atPath: usual) ? usual : nil) {
            guard let text = FileManager.default.contents(atPath: path).map({ String(decoding: $0, as: UTF8.self) }) else {
                throw ConfigurationError("không đọc được \(path)", "cannot read \(path)")
            }
            try take(try Self.flattened(text, path: path), path: path)
        }
        daemonDatabase = environment["ETALON_DATABASE"] ?? daemonDatabase
        ownerDatabase = environment["ETALON_DATABASE_OWNER"] ?? ownerDatabase
        socket = environment["ETALON_SOCKET"] ?? socket
        publicURL = environment["ETALON_PUBLIC_URL"] ?? publicURL
        if let url = publicURL {
            guard url.hasPrefix("http://") || url.hasPrefix("https://"), !url.hasSuffix("/") else {
                throw ConfigurationError(
                    "public_url phải bắt đầu bằng https:// (hoặc http://) và không kết thúc bằng dấu gạch chéo: \(url)",
                    "public_url must begin with https:// (or http://) and not end with a slash: \(url)")
            }
        }
    }

    private mutating func take(_ values: [String: String], path: String) throws {
        for key in values.keys where !Self.keys.contains(key) {
            let known = Self.keys.joined(separator: ", ")
            throw ConfigurationError(
                "\(path): khóa không biết `\(key)`; các khóa đã biết: \(known)",
                "\(path): unknown key `\(key)`; known: \(known)")
        }
        func number(_ key: String, _ range: ClosedRange<Int>) throws -> Int? {
            guard let text = values[key] else { return nil }
            guard let number = Int(text), range.contains(number) else {
                throw ConfigurationError(
                    "\(path): `\(key)` phải là số từ \(range.lowerBound) đến \(range.upperBound), không phải \(text)",
                    "\(path): `\(key)` must be a number from \(range.lowerBound) to \(range.upperBound), not \(text)")
            }
            return number
        }
        daemonDatabase = values["database.daemon"]
        ownerDatabase = values["database.owner"]
        connections = try number("database.connections", 2...64) ?? connections
        socket = values["listen.socket"] ?? socket
        socketGroup = values["listen.group"]
        port = try number("listen.port", 0...65535)
        publicURL = values["public_url"]
        rendererSocket = values["renderer.socket"]
        rendererPython = values["renderer.python"]
        rendererScript = values["renderer.script"]
        rendererTemplates = values["renderer.templates"]
        rendererUser = values["renderer.user"]
        if let text = values["due.catch_up"] {
            guard let policy = DueCatchUp(rawValue: text) else {
                throw ConfigurationError(
                    "\(path): `due.catch_up` phải là all, latest hoặc none, không phải \(text)",
                    "\(path): `due.catch_up` must be all, latest or none, not \(text)")
            }
            dueCatchUp = policy
        }
        jobsCeilingSeconds = try number("jobs.ceiling_seconds", 1...86_400) ?? jobsCeilingSeconds
        outgoing = try OutgoingConfiguration(values, path: path)
        logLevel = values["log_level"] ?? logLevel
    }

    /// Scalars of a YAML document by their dotted keys.
    private static func flattened(_ text: String, path: String) throws -> [String: String] {
        let root: Node?
        do {
            root = try Yams.compose(yaml: text)
        } catch {
            throw ConfigurationError("\(path): không phải YAML: “\(error)”", "\(path): \(error)")
        }
        var values: [String: String] = [:]
        func walk(_ node: Node, _ prefix: String) throws {
            switch node {
            case .mapping(let mapping):
                for (key, value) in mapping {
                    try walk(value, prefix.isEmpty ? (key.string ?? "") : "\(prefix).\(key.string ?? "")")
                }
            case .scalar(let scalar):
                if values.updateValue(scalar.string, forKey: prefix) != nil {
                    throw ConfigurationError("\(path): `\(prefix)` có hai lần", "\(path): `\(prefix)` stands twice")
                }
            default:
                throw ConfigurationError(
                    "\(path): `\(prefix)` phải là một giá trị", "\(path): `\(prefix)` must be a single value")
            }
        }
        if let root, root != Node("") { try walk(root, "") }
        return values.filter { !($0.value.isEmpty || $0.value == "null" || $0.value == "~") }
    }

    /// Key and value of everything, with what a connection string might hide masked.
    var lines: [(key: String, value: String)] {
        [
            ("database.daemon", Self.masked(daemonDatabase)), ("database.owner", Self.masked(ownerDatabase)),
            ("database.connections", String(connections)), ("listen.socket", socket ?? "–"),
            ("listen.group", socketGroup ?? "–"), ("listen.port", port.map(String.init) ?? "–"), ("public_url", publicURL ?? "–"),
            ("renderer", rendererSocket ?? rendererPython ?? "–"), ("due.catch_up", dueCatchUp.rawValue),
            ("jobs.ceiling_seconds", String(jobsCeilingSeconds)),
            ("mail.sender", outgoing.sender.map { "\($0.name) <\($0.address)>" } ?? "–"),
            ("mail.bounces", outgoing.sender?.bounces.map(\.description) ?? "–"),
            ("mail.unassigned", outgoing.unassigned.map(\.description) ?? "–"), ("mail.sendmail", outgoing.sendmail),
            ("mail.enabled", String(outgoing.isOn)), ("log_level", logLevel),
        ]
    }

    private static func masked(_ conninfo: String?) -> String {
        guard let conninfo else { return "–" }
        return conninfo.replacing(/password=\S+/, with: "password=***").replacing(/:\/\/([^:@\/]+):[^@]*@/) { "://\($0.1):***@" }
    }
}
