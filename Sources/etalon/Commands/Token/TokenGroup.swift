// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Tokens for programs and for calls over TCP.
struct TokenGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "token", "Thẻ truy cập", "Tokens", [TokenAdd.self, TokenRevoke.self])
}
