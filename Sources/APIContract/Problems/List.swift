// SPDX-License-Identifier: Apache-2.0

/// One page of a list: its items, and the cursor of the next page or `null` on the last.
package struct List<Item: Sendable>: Sendable {
    /// The items of this page, in the order of the list.
    package var items: [Item]
    /// The opaque cursor of the next page; `nil` on the last page.
    package var next: String?

    /// A page of items.
    package init(items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }

    private enum CodingKeys: String, CodingKey {
        case items
        case next
    }
}

extension List: Encodable where Item: Encodable {
    /// Writes both members; `next` is written as `null` on the last page, never left out.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}

extension List: Decodable where Item: Decodable {
    /// Reads a page; an absent `next` reads as the last page.
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        items = try container.decode([Item].self, forKey: .items)
        next = try container.decodeIfPresent(String.self, forKey: .next)
    }
}

extension List: Equatable where Item: Equatable {}
extension List: Hashable where Item: Hashable {}
