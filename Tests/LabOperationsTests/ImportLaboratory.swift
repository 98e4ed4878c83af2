// SPDX-License-Identifier: Apache-2.0
import APIContract
import EtalonTestSupport
import Jobs
import LabOperations
import LabStore
import LaboratoryModel
import Logging
import Postgres

/// A laboratory on a database of its own, as the daemon sees it: migrated, with a small catalogue and two persons.
struct ImportLaboratory: Sendable {
    struct Number: Decodable, Sendable {
        let n: Int
    }

    let laboratory: Laboratory
    let administrator: Caller
    let technician: Caller
    private let pool: ConnectionPool
    private let owner: ConnectionSettings

    init() async throws {
        let cluster = try TestCluster.shared.get()
        let name = cluster.newName("import")
        let superuser = try await Connection.open(cluster.settings("postgres", as: "postgres"))
        try await superuser.createDatabase(name)
        await superuser.close()
        let trusted = try await Connection.open(cluster.settings(name, as: "postgres"))
        try await trusted.script("create extension if not exists btree_gist")
        await trusted.close()
        owner = cluster.settings(name, as: "etalon_owner")
        let connection = try await Connection.open(owner)
        try await Self.prepare(connection)
        await connection.close()
        pool = ConnectionPool(
            settings: cluster.settings(name, as: "etalon"), size: 2, waitLimit: .seconds(30),
            logger: Logger(label: "tests") { _ in SwiftLogNoOpLogHandler() })
        laboratory = Laboratory(store: LabStore(pool: pool), centre: Centre())
        administrator = Caller(personID: 1, username: "an", name: "Nguyễn Văn An", roles: [.administrator])
        technician = Caller(personID: 2, username: "binh", name: "Trần Thị Bình", roles: [.technician])
    }

    private static func prepare(_ database: isolated Connection) throws {
        _ = try EmbeddedSQL.laboratoryMigrator().apply(on: database)
        _ = try EmbeddedJobSQL.migrator().apply(on: database)
        try database.script(catalogue)
    }

    func script(_ sql: String) async throws {
        let connection = try await Connection.open(owner)
        try await connection.script(sql)
        await connection.close()
    }

    /// A count that the owner of the database sees.
    func count(_ query: String) async throws -> Int {
        let connection = try await Connection.open(owner)
        let rows = try await connection.rows(Statement<Number>(name: "count", sql: "select (\(query))::int as n"))
        await connection.close()
        return rows.first?.n ?? -1
    }

    /// Imports a file and reads the answer.
    func importing(
        _ kind: ImportKind, _ text: String, apply: Bool = false, key: String? = nil, by caller: Caller? = nil
    ) async throws -> ImportReport {
        try await importing(kind, Array(text.utf8), apply: apply, key: key, by: caller)
    }

    func importing(
        _ kind: ImportKind, _ bytes: [UInt8], apply: Bool = false, key: String? = nil, by caller: Caller? = nil
    ) async throws -> ImportReport {
        let done = try await laboratory.importFile(
            kind, ImportFile(content: bytes, apply: apply), by: caller ?? (kind == .results ? technician : administrator),
            key: key)
        return try StrictJSON.decode(ImportReport.self, from: done.body)
    }

    /// Faults of a file that cannot be read at all.
    func refusal(_ kind: ImportKind, _ bytes: [UInt8]) async throws -> [InputFault] {
        do {
            _ = try await importing(kind, bytes, apply: true)
            return []
        } catch ActError.invalid(let faults) {
            return faults
        }
    }

    private static let catalogue = """
        insert into catalogue.field values ('fuel', 1, 'Xăng dầu', 'Fuel');
        insert into catalogue.matrix values ('petrol', 'fuel', 'Xăng', 'Petrol');
        insert into catalogue.line (code, matrix_code, indicator_vi, indicator_en, method, unit, result_kind, loq, decimals,
                                    physical_lower, physical_upper, valid) values
            ('E_RON', 'petrol', 'RON', 'RON', 'ASTM D2699', '', 'numeric', null, 1, 0, 130, '[2010-01-01,)'),
            ('E_BENZEN', 'petrol', 'Benzen', 'Benzene', 'ASTM D5580', '% v/v', 'numeric', 0.05, 2, 0, 100, '[2010-01-01,)'),
            ('E_LEAD', 'petrol', 'Chì', 'Lead', 'ASTM D3237', 'g/L', 'numeric', 0.0025, 4, 0, null, '[2010-01-01,)');
        insert into catalogue.specification (code, version, name_vi, name_en, matrix_code, decision_rule, valid) values
            ('QCVN-1', '2015', 'Xăng', 'Petrol', 'petrol', 'simple_acceptance', '[2010-01-01,)');
        insert into catalogue.specification_limit (specification_id, position, line_code, lower, upper) values
            (1, 1, 'E_RON', 95, null), (1, 2, 'E_BENZEN', null, 2.5);
        insert into catalogue.instrument_type values
            ('19', 'Cột đo xăng dầu', 'Fuel dispenser', 'volume'), ('8a', 'Cân đồng hồ lò xo', 'Spring scale', 'mass');
        insert into catalogue.interval_rule (code, version, type_code, cycle_months, type_approval, initial, periodic, after_repair,
                                             valid, source, confidence) values
            ('R19', '2013', '19', 12, true, true, true, true, '[2013-01-01,)', 'Circular', 'high'),
            ('R8a', '2013', '8a', 12, true, true, true, true, '[2013-01-01,)', 'Circular', 'high');
        insert into catalogue.place (code, kind, name_vi, in_city, valid) values
            ('916', 'district', 'Quận Ninh Kiều', true, '[2008-12-23,)');
        insert into catalogue.laboratory values ('issuing_laboratory', '{"name": {"vi": "Trung tâm Kỹ thuật", "en": "Centre"}}');
        insert into work.person (username, name) values ('an', 'Nguyễn Văn An'), ('binh', 'Trần Thị Bình');
        """

    /// Samples of one order, each asking for all three lines.
    static func samples(_ count: Int) -> String {
        """
        insert into work.customer (code, name, kind) values ('KH-S', 'Công ty mẫu', 'enterprise');
        insert into record.work_order (number, customer_id, place_code, outside_city, purpose, received_on)
            select 'O-1', id, '916', false, 'customer', '2017-03-01' from work.customer where code = 'KH-S';
        insert into record.sample (number, order_id, matrix_code, description, specification_id)
            select 'M-2017-' || lpad(n::text, 5, '0'), 1, 'petrol', 'Xăng RON 95', 1 from generate_series(1, \(count)) n;
        insert into record.request (sample_id, line_id) select s.id, l.id from record.sample s cross join catalogue.line l;
        """
    }
}
