// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Cards of verifiers, authorities to sign, designations of the centre.
struct AuthorisationGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "authorisation", "Thẻ kiểm định viên, thẩm quyền ký, chỉ định, công nhận",
        "Cards, authorities to sign, designations, accreditations",
        [AuthorisationCard.self, AuthorisationSigning.self, AuthorisationDesignation.self, AuthorisationAccreditation.self])
}
