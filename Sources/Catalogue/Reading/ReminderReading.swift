// SPDX-License-Identifier: Apache-2.0

extension MappingReader {
    func reminderPolicy() -> ReminderPolicy {
        let stages = mappings("stages").map { reader in
            defer { reader.finish() }
            let stage = ReminderPolicy.Stage(days: reader.integer("days", in: -3660...3660), tells: reader.choices("tells"))
            if stage.tells.isEmpty { reader.report(.invalidValue("[]", expected: "somebody who is told"), of: "tells") }
            return stage
        }
        if stages.isEmpty || stages.count > 20 {
            report(.invalidValue("\(stages.count)", expected: "1 to 20 stages"), of: "stages")
        }
        for (former, next) in zip(stages, stages.dropFirst()) where next.days <= former.days {
            report(.invalidValue("\(next.days)", expected: "more days than the stage before"), of: "stages")
        }
        return ReminderPolicy(
            code: text("code"), nameVi: text("vi"), nameEn: text("en"), subject: optionalChoice("subject"),
            kind: optionalText("kind"), typeCode: optionalText("type"), isByChoice: optionalBoolean("by_choice") ?? false,
            at: timeOfDay("at"), stages: stages, validity: validity(), source: text("source"))
    }

    func reminderAudience() -> ReminderAudience {
        let audience = choice("audience", else: ReminderPolicy.Audience.staff)
        if audience == .customer {
            report(.invalidValue("customer", expected: "one of staff, manager, head"), of: "audience")
        }
        return ReminderAudience(
            audience: audience, addresses: texts("addresses"), language: choice("language", else: .vi), validity: validity())
    }

    func deadlineGrace() -> DeadlineGrace {
        DeadlineGrace(
            deadline: choice("deadline", else: .instrumentCalibration), days: integer("days", in: 0...366), validity: validity(),
            source: text("source"))
    }

    /// `HH:MM` in quotes.
    private func timeOfDay(_ key: String) -> String {
        let text = text(key)
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        let isTime =
            parts.count == 2 && parts.allSatisfy { $0.utf8.count == 2 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
            && (Int(parts[0]) ?? 24) < 24 && (Int(parts[1]) ?? 60) < 60
        if !isTime { report(.invalidValue(text, expected: "a time of the day such as \"07:00\""), of: key) }
        return text
    }
}
