// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import Postgres

extension Statements {
    // sql/queries/delivery.sql
    package static let mailOrigin = Statement<MailOriginRow>.named("mail_origin")
    package static let mailOriginTell = Command.named("mail_origin_tell")
    package static let mailOriginOff = Command.named("mail_origin_off")
    package static let mailAdd = Statement<KeyRow>.named("mail_add")
    package static let mailMessageAdd = Command.named("mail_message_add")
    package static let mailLock = Statement<LockRow>.named("mail_lock")
    package static let mailStanding = Statement<MailStandingRow>.named("mail_standing")
    package static let mailEventAdd = Statement<KeyRow>.named("mail_event_add")
    package static let mailMessage = Statement<MailMessageRow>.named("mail_message")
    package static let webhookEventAdd = Statement<KeyRow>.named("webhook_event_add")
    package static let webhookLock = Statement<LockRow>.named("webhook_lock")
    package static let webhookStanding = Statement<WebhookStandingRow>.named("webhook_standing")
    package static let webhookAttemptAdd = Statement<KeyRow>.named("webhook_attempt_add")
    package static let webhookEnd = Statement<KeyRow>.named("webhook_end")
    package static let mailByToken = Statement<MailFoundRow>.named("mail_by_token")
    package static let mailAddressEventAdd = Command.named("mail_address_event_add")
    package static let mailAddressState = Statement<FoundRow>.named("mail_address_state")
    package static let mailAddresses = Statement<QuarantinedAddress>.named("mail_addresses")
    package static let mailList = Statement<MailSummary>.named("mail_list")
    package static let mailView = Statement<MailView>.named("mail_view")
    package static let mailWaiting = Statement<MailWaitingRow>.named("mail_waiting")
    package static let mailCounts = Statement<StageCount>.named("mail_counts")
    package static let webhookAdd = Statement<KeyRow>.named("webhook_add")
    package static let webhookByCode = Statement<KeyRow>.named("webhook_by_code")
    package static let webhookList = Statement<WebhookView>.named("webhook_list")
    package static let webhookDeliveryList = Statement<WebhookDeliveryView>.named("webhook_delivery_list")
    package static let webhookCounts = Statement<StageCount>.named("webhook_counts")

    package static let renderingKept = Statement<KeptRenderingRow>.named("rendering_kept")

    static let checkedDeliveries: [CheckedStatement] = [
        CheckedStatement(mailOrigin),
        CheckedStatement(command: mailOriginTell),
        CheckedStatement(command: mailOriginOff),
        CheckedStatement(mailAdd),
        CheckedStatement(command: mailMessageAdd),
        CheckedStatement(mailLock),
        CheckedStatement(mailStanding),
        CheckedStatement(mailEventAdd),
        CheckedStatement(mailMessage),
        CheckedStatement(webhookEventAdd),
        CheckedStatement(webhookLock),
        CheckedStatement(webhookStanding),
        CheckedStatement(webhookAttemptAdd),
        CheckedStatement(webhookEnd),
        CheckedStatement(mailByToken),
        CheckedStatement(command: mailAddressEventAdd),
        CheckedStatement(mailAddressState),
        CheckedStatement(mailAddresses),
        CheckedStatement(mailList),
        CheckedStatement(mailView),
        CheckedStatement(mailCounts), CheckedStatement(mailWaiting),
        CheckedStatement(webhookAdd),
        CheckedStatement(webhookByCode),
        CheckedStatement(webhookList),
        CheckedStatement(webhookDeliveryList),
        CheckedStatement(webhookCounts),
        CheckedStatement(renderingKept),
    ]
}
