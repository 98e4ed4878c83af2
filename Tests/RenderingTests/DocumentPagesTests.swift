// SPDX-License-Identifier: Apache-2.0

import Certificates
import Rendering
import Testing

@Suite("Pages of each kind of document", .serialized)
struct DocumentPagesTests {
    @Test func `there is an example of each kind of document`() throws {
        let kinds = try Installation.exampleNames.map { try Installation.example($0).kind }
        #expect(Set(kinds) == Set(DocumentKind.allCases))
    }

    @Test(arguments: Installation.exampleNames)
    func `an example lacks nothing that the rules ask for`(_ name: String) throws {
        #expect(try Installation.example(name).deficiencies() == [])
    }

    @Test(arguments: Installation.exampleNames)
    func `a document becomes a sound PDF, its letters embedded, its number on each page`(_ name: String)
        async throws
    {
        let document = try Installation.example(name)
        let renderer = try Installation.renderer()
        let rendered = try await renderer.render(document.canonicalBytes())
        #expect(rendered.engine.hasPrefix("typst 0."))

        let folder = try ScratchFolder()
        let file = try folder.write(rendered.pdf, to: "document.pdf")
        let check = try Tool.run("qpdf", "--check", file)
        #expect(check.status == 0, "\(check.text)")
        let fonts = try Tool.run("pdffonts", file).text.split(separator: "\n").dropFirst(2)
        #expect(!fonts.isEmpty)
        for font in fonts { #expect(font.contains("yes yes yes"), "\(font)") }
        #expect(try Tool.run("qpdf", "--show-object=trailer", file).text.contains("/ID"))
        #expect(String(decoding: rendered.pdf, as: UTF8.self).contains("<pdfaid:part>3</pdfaid:part>"))

        let pages = try Tool.run("pdftotext", "-layout", file, "-").text.split(separator: "\u{c}")
            .filter { !$0.allSatisfy(\.isWhitespace) }
        if let number = document.number {
            for page in pages { #expect(page.contains(number)) }
        }
        if document.kind != .sampleLabel {
            for (index, page) in pages.enumerated() {
                #expect(page.contains("Trang \(index + 1) / \(pages.count)"))
            }
            let last = try #require(pages.last)
            #expect(last.contains("— — — Hết"))
        }
    }

    @Test func `the same content gives the same bytes, from another worker too`() async throws {
        let content = try Installation.example("verification_certificate").canonicalBytes()
        let first = try await Installation.renderer().render(content)
        let renderer = try Installation.renderer()
        _ = try await renderer.render(Installation.example("test_report").canonicalBytes())
        let second = try await renderer.render(content)
        #expect(first == second)
    }

    @Test func `a table of sixty rows goes on over pages under the same head`() async throws {
        let document = try Installation.example("test_report_long")
        let rendered = try await Installation.renderer().render(document.canonicalBytes())
        let folder = try ScratchFolder()
        let file = try folder.write(rendered.pdf, to: "document.pdf")
        let pages = try Tool.run("pdftotext", "-layout", file, "-").text.split(separator: "\u{c}")
            .filter { $0.contains("TCVN 6224:1996") }
        #expect(pages.count == 2)
        for page in pages { #expect(page.contains("Chỉ tiêu") && page.contains("Phương pháp")) }
    }

    @Test(arguments: ["verification_certificate", "sample_label"])
    func `the code on the printed page leads to the public check`(_ name: String) async throws {
        let document = try Installation.example(name)
        let rendered = try await Installation.renderer().render(document.canonicalBytes())
        let folder = try ScratchFolder()
        let file = try folder.write(rendered.pdf, to: "document.pdf")
        _ = try Tool.run("pdftoppm", "-r", "120", "-png", "-singlefile", file, folder.path("page"))
        let read = try Tool.run("zbarimg", "--quiet", "--raw", "--nodbus", folder.path("page.png"))
        #expect(read.text.split(separator: "\n").map(String.init) == [try #require(document.checkURL)])
    }

    @Test func `text that looks like a formatting command is printed as it stands`() async throws {
        var document = try Installation.example("request_slip")
        document.item[0].value = BilingualText(#"#panic("x") $x^2$ *a* <b> \u{41} "quoted" @preview/x:1"#)
        let rendered = try await Installation.renderer().render(document.canonicalBytes())
        let folder = try ScratchFolder()
        let file = try folder.write(rendered.pdf, to: "document.pdf")
        #expect(try Tool.run("pdftotext", "-layout", file, "-").text.contains(#"#panic("x") $x^2$ *a* <b>"#))
    }

    @Test func `a letter that no font has is refused, never printed as a box`() async throws {
        var document = try Installation.example("request_slip")
        document.item[0].value = BilingualText("Mẫu 🦐")
        let content = try document.canonicalBytes()
        let renderer = try Installation.renderer()
        await #expect(throws: RenderingError.self) { try await renderer.render(content) }
    }
}
