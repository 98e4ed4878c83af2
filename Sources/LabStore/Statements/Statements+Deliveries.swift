// SPDX-License-Identifier: Apache-2.0
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
    ]
}
