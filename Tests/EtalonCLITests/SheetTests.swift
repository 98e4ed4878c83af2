// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import Testing

@testable import etalon

private func sheet(_ text: String) throws -> CSVSheet { try CSVSheet(Array(text.utf8), file: "t.csv") }

/// A file of the examples beside the sources.
private func example(_ name: String) throws -> CSVSheet {
    let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
    return try CSVSheet(file: "/\(root)/Examples/cli/\(name)")
}

private func sentence(_ body: () throws -> Void) -> String {
    do {
        try body()
        return ""
    } catch {
        return Failure(error)?.problem.detail ?? "\(error)"
    }
}

@Suite("Tables from a spreadsheet")
struct SheetTests {
    @Test(arguments: ["a,b\n1,2\n", "\u{FEFF}a;b\r\n1;2\r\n", "A\tB\n 1 \t2", "\"a\",\"b\"\r\n\"1\",\"2\"\r\n\r\n"])
    func `commas, semicolons and tabs are told from the headings`(_ text: String) throws {
        let sheet = try sheet(text)
        #expect(sheet.headings == ["a", "b"])
        #expect(sheet.rows.map { $0["a"] } == ["1"] && sheet.rows.map { $0["b"] } == ["2"])
    }

    @Test func `a quoted cell may hold separators, quotes and line breaks`() throws {
        let sheet = try sheet("a;b\n\"x;\"\"y\"\"\nz\";2,5\n3;4\n")
        #expect(sheet.rows.map { $0["a"] } == ["x;\"y\"\nz", "3"])
        #expect(sheet.rows.map(\.line) == [2, 4])
        #expect(sheet.rows[0]["b"] == "2,5")
    }

    @Test func `faults name the line`() {
        #expect(sentence { _ = try sheet("a,b\n1\n") } == "line 2: 1 cells, 2 are needed")
        #expect(sentence { _ = try sheet("a,b\n1,\"2\n") } == "line 2: a quotation mark is not closed properly")
        #expect(sentence { _ = try sheet("a,a\n1,2\n") } == "the file t.csv has the column “a” twice")
        #expect(sentence { _ = try sheet("a,b\n") } == "the file t.csv has no row")
        #expect(
            sentence { _ = try CSVSheet([0x61, 0x0A, 0xFF], file: "t.csv") } == "the file t.csv is not UTF-8; save it as UTF-8")
    }

    @Test func `a dispenser is read nozzle by nozzle, with every digit as typed`() throws {
        let readings = try ReadingSheet.readings(example("dispenser.csv"))
        #expect(readings.count == 15)
        let first = try #require(readings.first)
        #expect(first.channel == 1 && first.phase == "as_found" && first.point == "qmax" && first.repetition == 1)
        #expect(first.indicated == "20,00" && first.reference == "19,98")
        #expect(first.extra == ["time_s": "31,5", "temperature_celsius": "28,5"])
        #expect(readings.filter { $0.channel == 2 && $0.phase == "as_left" }.count == 5)
    }

    @Test func `a spring scale is read up, down, at the corners and repeated`() throws {
        let readings = try ReadingSheet.readings(example("spring-scale.csv"))
        #expect(readings.count == 23)
        #expect(readings.filter { $0.point == "repeat:max" }.map(\.repetition) == [1, 2, 3])
        #expect(readings.allSatisfy { $0.reference != nil && $0.extra == nil })
    }

    @Test func `a reading without an indication is named by line and column`() {
        let text = "point,indicated,channel\nqmax,,1\n"
        #expect(sentence { _ = try ReadingSheet.readings(sheet(text)) }.hasPrefix("line 2, column “indicated”"))
        let channel = "point,indicated,channel\nqmax,1,A\n"
        #expect(sentence { _ = try ReadingSheet.readings(sheet(channel)) }.contains("“A” cannot be used"))
        #expect(sentence { _ = try ReadingSheet.readings(sheet("point\nqmax\n")) }.contains("lacks the column “indicated”"))
    }

    @Test func `a market of sixty scales comes to sixty records`() throws {
        let work = try WorkOptions.parse([
            "--procedure", "DLVN-30", "--mode", "periodic", "--worked-on", "2018-07-05", "--standard", "QC-M1-01",
            "--passed", "external,levelling,zero,sealing_place",
        ])
        let market = try MarketSheet(example("market.csv"), template: work.request([]))
        #expect(market.scales.count == 60)
        let first = try #require(market.scales.first)
        #expect(first.line == 2 && first.request.instrument == "CAN-001" && first.request.readings.count == 23)
        #expect(first.request.evidence?.map(\.kind) == ["stamp", "mark"])
        #expect(first.request.evidence?.last?.number == "2018" && first.request.evidence?.last?.place == "mặt số")
        #expect(first.request.checks?.count == 4 && first.request.procedure == "DLVN-30")
        let absent = try #require(market.scales.first { $0.request.instrument == "CAN-023" }).request
        #expect(absent.outcome == "not_done" && absent.reasons == ["chủ sạp nghỉ bán"] && absent.readings.isEmpty)
        let failed = try #require(market.scales.first { $0.request.instrument == "CAN-037" }).request
        #expect(failed.readings.contains { $0.point == "up:max" && $0.indicated == "30,35" && $0.reference == "30" })
    }

    @Test func `a column tells point, repetition and phase, and loads may have columns of their own`() throws {
        let text = """
            instrument;load:up:max;up:max;up:max as_left;repeat:max/2;check:zero
            C-1;30;30,20;30,05;30,00@30;fail
            """
        let template = try WorkOptions.parse(["--passed", "zero,external"]).request([])
        let request = try #require(try MarketSheet(sheet(text), template: template).scales.first).request
        #expect(request.readings.map(\.point) == ["up:max", "up:max", "repeat:max"])
        #expect(request.readings.map(\.phase) == [nil, "as_left", nil])
        #expect(request.readings.map(\.repetition) == [nil, nil, 2])
        #expect(request.readings.map(\.reference) == ["30", "30", "30"])
        #expect(request.checks?.first { $0.step == "zero" }?.outcome == "fail" && request.checks?.count == 2)
    }

    @Test func `the samples of an order are read with their indicators`() throws {
        let samples = try SampleSheet.samples(example("order-samples.csv"))
        #expect(samples.map(\.matrix) == ["gasoline", "gasoline", "diesel"])
        #expect(samples[1].indicators == ["PET-RON", "PET-S", "PET-BENZENE"] && samples[0].indicators == nil)
    }

    @Test func `a whole record is read from JSON as it goes over the wire`() throws {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        let bytes = try WrittenFile.contents("/\(root)/Examples/cli/record.json")
        let record = try StrictJSON.decode(RecordMeasurement.self, from: bytes)
        #expect(record.readings.first?.extra == ["time_s": "31,5"] && record.evidence?.first?.place == "mặt trước")
    }

    @Test func `a series is balanced when every number between first and last is in one state`() {
        func stock(_ state: String, _ first: String, _ last: String, _ count: Int) -> StampStock? {
            let text =
                #"{"kind":"stamp","series":"KD18","state":"\#(state)","holder":null,"#
                + #""first":"\#(first)","last":"\#(last)","count":\#(count)}"#
            return try? StrictJSON.decode(StampStock.self, from: Array(text.utf8))  // nil makes the count wrong below
        }
        let parts = [stock("received", "051", "100", 50), stock("affixed", "001", "049", 48), stock("lost", "050", "050", 1)]
        let whole = SealReconcile.balances(parts.compactMap(\.self))
        #expect(whole.count == 1 && whole.first?.span == 100 && whole.first?.isBalanced == false)
        let mended = SealReconcile.balances((parts + [stock("void", "020", "020", 1)]).compactMap(\.self))
        #expect(mended.first?.isBalanced == true)
    }
}
