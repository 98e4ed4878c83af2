// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Testing

/// A grey picture: 0 is black.
struct GreyImage {
    let width: Int
    let height: Int
    private let pixels: [UInt8]

    /// Reads a binary PGM file of depth 255.
    init(portableGreyMap path: String) throws {
        let bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
        var fields: [Int] = []
        var start = 2
        try #require(bytes.starts(with: Array("P5".utf8)))
        while fields.count < 3 {
            while bytes[start] <= 0x20 { start += 1 }
            var value = 0
            while bytes[start] > 0x20 {
                value = value * 10 + Int(bytes[start]) - 0x30
                start += 1
            }
            fields.append(value)
        }
        (width, height) = (fields[0], fields[1])
        try #require(fields[2] == 255 && bytes.count == start + 1 + width * height)
        pixels = Array(bytes[(start + 1)...])
    }

    func rowHasInk(_ row: Int) -> Bool {
        pixels[row * width..<(row + 1) * width].contains { $0 < 128 }
    }

    /// What is dark inside the frame, cut to its outline.
    func letter(columns: Range<Int>, rows: Range<Int>) -> LetterImage {
        let columns = columns.clamped(to: 0..<width)
        let rows = rows.clamped(to: 0..<height)
        var darkest: UInt8 = 255
        var lightest: UInt8 = 0
        for row in rows {
            for column in columns {
                darkest = min(darkest, pixels[row * width + column])
                lightest = max(lightest, pixels[row * width + column])
            }
        }
        // English is printed grey, heads of tables on a tint: the middle of both is the border of ink.
        let border = UInt8((Int(darkest) + Int(lightest)) / 2)
        var dark: [(row: Int, column: Int)] = []
        for row in rows {
            for column in columns where pixels[row * width + column] < border { dark.append((row, column)) }
        }
        return LetterImage(dark: dark)
    }
}

/// The pixels of one letter, from the upper left corner of its outline.
struct LetterImage {
    /// Room round the letter, so that a neighbour or a move never leaves the picture.
    private static let margin = 3

    private let points: [(row: Int, column: Int)]
    private let width: Int
    private let height: Int
    /// The letter grown by one pixel on all sides.
    private var grown: [Bool]

    init(dark: [(row: Int, column: Int)]) {
        let top = dark.map(\.row).min() ?? 0
        let left = dark.map(\.column).min() ?? 0
        points = dark.map { ($0.row - top + Self.margin, $0.column - left + Self.margin) }
        height = (points.map(\.row).max() ?? 0) + Self.margin + 1
        width = (points.map(\.column).max() ?? 0) + Self.margin + 1
        grown = [Bool](repeating: false, count: width * height)
        for point in points {
            for row in point.row - 1...point.row + 1 {
                for column in point.column - 1...point.column + 1 { grown[row * width + column] = true }
            }
        }
    }

    /// How many of the other's pixels, moved by (down, right), have no ink of this letter at or beside them.
    private func strangers(of other: LetterImage, down: Int, right: Int) -> Int {
        var count = 0
        for point in other.points {
            let (row, column) = (point.row + down, point.column + right)
            if row >= height || column >= width || !grown[row * width + column] { count += 1 }
        }
        return count
    }

    /// How different two letters are: pixels of one that the other has nothing near of, in the best position.
    func difference(from other: LetterImage) -> Int {
        var best = Int.max
        for down in -1...1 {
            for right in -1...1 {
                let count = strangers(of: other, down: down, right: right)
                best = min(best, count + other.strangers(of: self, down: -down, right: -right))
            }
        }
        return best
    }
}
