// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What `docs/jobs.md` says is proved, is proved by something that exists.
struct DocumentedProofTests {
    private let project = SourceTree.project

    @Test func `whoever opens the documentation of a module finds every page of it`() throws {
        let pages = project.files(below: "Sources", endings: ["md"]).filter { $0.path.contains(".docc/") }
        #expect(pages.count >= 4)
        let titles = Set(pages.map { $0.path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? "" })
        for page in pages {
            let links = page.text.matches(of: /<doc:([^>]+)>/).map { String($0.output.1) }
            for link in links { #expect(titles.contains(link), "\(page.path) links to \(link), which is nowhere") }
            // The first page of a module has the name of its folder.
            let parts = page.path.split(separator: "/").map(String.init)
            guard parts[parts.count - 2] == parts[parts.count - 1].dropLast(3) + ".docc" else { continue }
            let folder = parts.dropLast().joined(separator: "/") + "/"
            for other in pages where other.path.contains(folder) && other.path != page.path {
                let name = other.path.split(separator: "/").last.map { String($0.dropLast(3)) } ?? ""
                #expect(links.contains(name), "\(page.path) does not lead to \(name)")
            }
        }
    }

    @Test func `every feature of the queue names a proof that exists`() throws {
        let page = try #require(project.file("docs/jobs.md"))
        let section = page.lines.drop { !$0.hasPrefix("## Features") }.dropFirst().prefix { !$0.hasPrefix("## ") }
        let rows = section.filter { $0.hasPrefix("| ") }
            .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
        let features = rows.filter { $0.count == 3 && $0[0] != "feature" }
        #expect(features.count >= 49)

        let tests = project.files(below: "Tests", endings: ["swift"]).map(\.text).joined()
        let cases = project.files(below: "scripts/faults", endings: ["py"]).map(\.text).joined()
        for feature in features {
            let proof = feature[2]
            let sentences = proof.split(separator: "`", omittingEmptySubsequences: false).enumerated()
                .filter { !$0.offset.isMultiple(of: 2) }.map { String($0.element) }
            let faults = proof.matches(of: /\b[FA][0-9]{1,2}b?\b/).map { String($0.output) }
                .filter { name in !sentences.contains { $0.contains(name) } }
            #expect(!sentences.isEmpty || !faults.isEmpty, "\(feature[0]): no proof")
            for sentence in sentences {
                #expect(tests.contains("func `\(sentence)`"), "\(feature[0]): no test says '\(sentence)'")
            }
            for name in faults {
                #expect(cases.contains("\"\(name)\":"), "\(feature[0]): no case \(name) in scripts/faults")
            }
        }
    }

    @Test func `every case of the fault tests stands in the table of what breaks the queue`() throws {
        let page = try #require(project.file("docs/jobs.md"))
        let section = page.lines.drop { !$0.hasPrefix("## What breaks it") }.dropFirst().prefix { !$0.hasPrefix("## ") }
        let rows = section.filter { $0.hasPrefix("| ") }
        let listed = Set(
            rows.flatMap { row in
                (row.split(separator: "|").first ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            })
        let cases = project.files(below: "scripts/faults", endings: ["py"]).map(\.text).joined()
        let names = cases.matches(of: /"([FA][0-9]{1,2}b?)": \(/).map { String($0.output.1) }
        #expect(names.count >= 20)
        for name in names { #expect(listed.contains(name), "\(name) has no row") }

        // Which of them every run of the tests plays is said too, each by its name.
        let script = try #require(project.file("scripts/fault-test-jobs")).text
        let tuple = try #require(script.firstMatch(of: /\nSHORT = \(([^)]+)\)/)).output.1
        let short = tuple.matches(of: /"([FA][0-9]{1,2}b?)"/).map { String($0.output.1) }
        let told = try #require(page.text.firstMatch(of: /`\.\/scripts\/test` runs ([^:]+):/)).output.1
        #expect(short.count >= 9 && told.matches(of: /\b[FA][0-9]{1,2}b?\b/).map { String($0.output) } == short)
    }
}
