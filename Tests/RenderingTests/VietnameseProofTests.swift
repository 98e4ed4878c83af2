// SPDX-License-Identifier: Apache-2.0

import Certificates
import Rendering
import Testing

/// One face that the templates use, with a place in a document where it is printed in a known size.
struct ProofFace: Sendable, CustomTestStringConvertible {
    let file: String
    /// Size in points, as the templates set it.
    let size: Int
    let mark: Character
    var testDescription: String { file }

    static let all = [
        ProofFace(file: "LiberationSerif-Regular", size: 10, mark: "R"),
        ProofFace(file: "LiberationSerif-Bold", size: 10, mark: "B"),
        ProofFace(file: "LiberationSerif-Italic", size: 8, mark: "I"),
    ]
}

/// The printed letters are compared as pictures with letters drawn by HarfBuzz and Cairo from the same font.
///
/// Text taken out of a PDF proves nothing about what is seen on the page: a library that loses the second
/// mark of "Ấ" still writes "Ấ" into the file.
@Suite("Vietnamese as printed", .serialized)
struct VietnameseProofTests {
    private static let dotsPerInch = 1200
    /// Pixels that edges may differ by; the least of any lost mark is several times as many.
    private static let tolerance = 30

    private static let upper = "ẤẦẨẪẬẮẰẲẴẶẾỀỂỄỆỐỒỔỖỘỚỜỞỠỢỨỪỬỮỰĐỲỴỶỸÁÀẢÃẠÉÈẺẼẸÍÌỈĨỊÓÒỎÕỌÚÙỦŨỤÝÂĂÊÔƠƯ"
    private static let withoutTone = "ÂÂÂÂÂĂĂĂĂĂÊÊÊÊÊÔÔÔÔÔƠƠƠƠƠƯƯƯƯƯDYYYYAAAAAEEEEEIIIIIOOOOOUUUUUYAAEOOU"
    private static let withoutShape = "ÁÀẢÃẠÁÀẢÃẠÉÈẺẼẸÓÒỎÕỌÓÒỎÕỌÚÙỦŨỤ"

    /// A word as pdftotext found it, in points from the top left corner.
    private struct Word {
        let text: Substring
        let left: Double
        let top: Double
        let right: Double
        let bottom: Double

        init?(_ line: Substring) {
            guard let open = line.firstIndex(of: ">"), let close = line.lastIndex(of: "<"), open < close
            else {
                return nil
            }
            text = line[line.index(after: open)..<close]
            let numbers = line[..<open].split(separator: "\"").compactMap { Double($0) }
            guard numbers.count == 4 else { return nil }
            (left, top, right, bottom) = (numbers[0], numbers[1], numbers[2], numbers[3])
        }
    }

    /// Prints the letters in a table of a test report, sixteen a line, each line led by a marker.
    private func printed(_ letters: [Character], in face: ProofFace) async throws -> [LetterImage] {
        var document = try Installation.example("test_report")
        let lines = stride(from: 0, to: letters.count, by: 16).map { start in
            "\(face.mark)\(start): "
                + letters[start..<min(start + 16, letters.count)].map(String.init).joined(separator: " ")
        }
        document.sections = lines.map { line in
            let blank = BilingualText("–", en: face.mark == "I" ? line : nil)
            let columns = [
                TableColumn(heading: blank, weight: 9), TableColumn(heading: BilingualText("–"), weight: 1),
            ]
            let rows = face.mark == "B" ? [[line]] : face.mark == "R" ? [[line, "–"]] : []
            return DocumentSection(table: DocumentTable(columns: columns, rows: rows))
        }
        document.item = []
        document.statements = []
        let rendered = try await Installation.renderer().render(document.canonicalBytes())
        let folder = try ScratchFolder()
        let file = try folder.write(rendered.pdf, to: "proof.pdf")
        let scale = Double(Self.dotsPerInch) / 72
        let words = try Tool.run("pdftotext", "-f", "1", "-l", "1", "-bbox", file, "-").text
            .split(separator: "\n").filter { $0.contains("<word") }.compactMap { Word($0) }

        var found: [LetterImage] = []
        for start in stride(from: 0, to: letters.count, by: 16) {
            let marker = try #require(words.first { $0.text == "\(face.mark)\(start):" })
            let line = words.filter { abs($0.top - marker.top) < 1 && $0.left > marker.left }
                .sorted { $0.left < $1.left }.prefix(min(16, letters.count - start))
            try #require(line.count == min(16, letters.count - start))
            // Marks may stand above the height that the font claims.
            let top = Int((marker.top - Double(face.size) * 0.3) * scale)
            let height = Int((marker.bottom + 0.5) * scale) - top
            _ = try Tool.run(
                "pdftoppm", "-r", "\(Self.dotsPerInch)", "-y", "\(top)", "-H", "\(height)", "-gray",
                "-singlefile",
                file, folder.path("line"))
            let strip = try GreyImage(portableGreyMap: folder.path("line.pgm"))
            for word in line {
                let columns = Int((word.left - 0.6) * scale)..<Int((word.right + 0.6) * scale)
                found.append(strip.letter(columns: columns, rows: 0..<strip.height))
            }
        }
        return found
    }

    /// Draws the same letters by another way, one a line, and cuts the page between them.
    private func reference(_ letters: [Character], in face: ProofFace) throws -> [LetterImage] {
        let folder = try ScratchFolder()
        let text = letters.map { "\($0)\n" }.joined()
        let source = try folder.write(Array(text.utf8), to: "letters.txt")
        let drawn = try Tool.run(
            "hb-view", "--font-file=/usr/share/fonts/truetype/liberation2/\(face.file).ttf",
            "--font-size=\(face.size)", "--line-space=20", "--text-file=\(source)", "--output-format=pdf",
            "--output-file=\(folder.path("letters.pdf"))")
        try #require(drawn.status == 0)
        _ = try Tool.run(
            "pdftoppm", "-r", "\(Self.dotsPerInch)", "-gray", "-singlefile", folder.path("letters.pdf"),
            folder.path("letters"))
        let page = try GreyImage(portableGreyMap: folder.path("letters.pgm"))
        let gap = Self.dotsPerInch * 10 / 72
        var found: [LetterImage] = []
        var first: Int?
        var last = 0
        for row in 0..<page.height where page.rowHasInk(row) {
            if let start = first, row - last > gap {
                found.append(page.letter(columns: 0..<page.width, rows: start..<last + 1))
                first = row
            }
            first = first ?? row
            last = row
        }
        if let first { found.append(page.letter(columns: 0..<page.width, rows: first..<last + 1)) }
        try #require(found.count == letters.count)
        return found
    }

    private var letters: [Character] { Array(Self.upper) + Array(Self.upper.lowercased()) }

    @Test(arguments: ProofFace.all)
    func `each Vietnamese letter is printed with all its marks`(_ face: ProofFace) async throws {
        let printed = try await printed(letters, in: face)
        let reference = try reference(letters, in: face)
        for (letter, (page, wanted)) in zip(letters, zip(printed, reference)) {
            #expect(page.difference(from: wanted) <= Self.tolerance, "\(letter) in \(face.file)")
        }
    }

    @Test(arguments: ProofFace.all)
    func `a letter that lost a mark does not pass as the letter`(_ face: ProofFace) async throws {
        let maimed = [
            Array(Self.withoutTone), Array(Self.withoutTone.lowercased()), Array(Self.withoutShape),
            Array(Self.withoutShape.lowercased()),
        ]
        let shaped = Self.withoutShape.count
        let wanted = [
            Array(Self.upper), Array(Self.upper.lowercased()), Array(Self.upper.prefix(shaped)),
            Array(Self.upper.lowercased().prefix(shaped)),
        ]
        let printed = try await printed(maimed.flatMap(\.self), in: face)
        let reference = try reference(wanted.flatMap(\.self), in: face)
        try #require(printed.count == reference.count)
        for (index, letter) in wanted.flatMap(\.self).enumerated() {
            let difference = printed[index].difference(from: reference[index])
            #expect(difference > 2 * Self.tolerance, "\(maimed.flatMap(\.self)[index]) for \(letter)")
        }
    }
}
