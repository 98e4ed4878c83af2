// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Testing
import Vocabulary

@Suite("Codes of the records")
struct CodeWordTests {
    /// Codes that are read as they stand.
    static let readAsTheyStand: Set<String> = ["vi", "en", "KT.", "TL.", "TUQ.", "csv", "json", "xlsx", "pdf", ""]

    @Test func `every code that a rule of the schema names has a word in both languages`() async throws {
        let database = try await LaboratoryDatabase.make()
        let codes = try await database.texts(
            """
            select distinct code[1] from pg_constraint c
            cross join lateral regexp_matches(pg_get_constraintdef(c.oid), '''([^'']*)''::text', 'g') as code
            where c.contype = 'c' and pg_get_constraintdef(c.oid) ~ 'ARRAY\\['
              and c.connamespace in ('record'::regnamespace, 'work'::regnamespace, 'catalogue'::regnamespace)
            """)
        #expect(codes.count > 80)
        let bare = Set(codes).subtracting(Terms.codes).subtracting(Self.readAsTheyStand)
        #expect(bare.isEmpty, "\(bare.sorted())")
    }

    @Test func `every family of instruments, which cards name, has a word in both languages`() async throws {
        let database = try await LaboratoryDatabase.make()
        let families = try await database.texts("select distinct family from catalogue.instrument_type")
        #expect(!families.isEmpty)
        #expect(Set(families).subtracting(Terms.codes).isEmpty)
    }
}
