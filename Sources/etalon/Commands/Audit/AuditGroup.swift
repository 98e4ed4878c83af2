// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// The audit trail.
struct AuditGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "audit", "Dấu vết kiểm toán", "The audit trail", [AuditLog.self, AuditVerify.self, AuditHead.self])
}
