// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Administrative units.
struct PlaceGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "place", "Đơn vị hành chính", "Administrative units", [PlaceList.self])
}
