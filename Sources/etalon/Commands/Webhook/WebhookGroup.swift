// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Programs that are told of events.
struct WebhookGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "webhook", "Nơi nhận sự kiện", "Programs that are told of events",
        [WebhookAdd.self, WebhookList.self, WebhookRemove.self, WebhookDeliveries.self, WebhookRetry.self])
}
