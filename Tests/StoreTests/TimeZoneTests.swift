// SPDX-License-Identifier: Apache-2.0
import EtalonTestSupport
import Postgres
import Testing

@Suite("The laboratory's civil time")
struct TimeZoneTests {
    @Test func `an installation in Berlin counts its days and writes its instants in Berlin's time`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.script(
            #"update catalogue.laboratory set value = '"Europe/Berlin"' where key = 'time_zone'"#, as: "etalon_owner")
        let texts = try await database.texts(
            """
            select unnest(array[
                work.instant('2026-07-01 22:30:00Z'), work.instant('2026-12-31 23:30:00Z'),
                work.civil_day('2026-07-01 22:30:00Z')::text, work.civil_day('2026-12-31 22:30:00Z')::text])
            """)
        #expect(texts == ["2026-07-02T00:30:00+02:00", "2027-01-01T00:30:00+01:00", "2026-07-02", "2026-12-31"])
    }

    @Test func `instants west of Greenwich carry their minus sign`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.script(
            #"update catalogue.laboratory set value = '"America/St_Johns"' where key = 'time_zone'"#, as: "etalon_owner")
        #expect(try await database.texts("select work.instant('2026-12-31 23:30:00Z')") == ["2026-12-31T20:00:00-03:30"])
    }

    @Test func `a zone that the database does not know is refused`() async throws {
        let database = try await LaboratoryDatabase.make()
        await #expect(throws: PostgresError.self) {
            try await database.script(
                #"update catalogue.laboratory set value = '"Asia/Cantho"' where key = 'time_zone'"#, as: "etalon_owner")
        }
        #expect(try await database.texts("select work.time_zone()") == ["Asia/Ho_Chi_Minh"])
    }

    @Test func `a laboratory with records keeps its zone`() async throws {
        let database = try await LaboratoryDatabase.make()
        try await database.script(
            """
            insert into record.year_plan (year, version, samples, decision, decided_on) values (2026, 1, 1, 'QĐ 1', '2026-01-05')
            """)
        await #expect(throws: PostgresError.self) {
            try await database.script(
                #"update catalogue.laboratory set value = '"Europe/Berlin"' where key = 'time_zone'"#, as: "etalon_owner")
        }
        #expect(try await database.texts("select work.time_zone()") == ["Asia/Ho_Chi_Minh"])
    }
}
