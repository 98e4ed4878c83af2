// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Mails that the daemon sends.
struct MailGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "mail", "Thư gửi đi", "Outgoing mail",
        [
            MailList.self, MailShow.self, MailContent.self, MailResend.self, MailHold.self, MailSettle.self, MailTest.self,
            MailBounce.self, MailAddressGroup.self,
        ])
}

/// Addresses to which mails could not be delivered.
struct MailAddressGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "address", "Địa chỉ bị cách ly", "Addresses in quarantine", [MailAddressList.self, MailAddressClear.self],
        usually: MailAddressList.self)
}
