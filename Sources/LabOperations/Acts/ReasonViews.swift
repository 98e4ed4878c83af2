// SPDX-License-Identifier: Apache-2.0
package import APIContract
package import LaboratoryModel

extension ReasonView {
    /// A reason as it goes over the wire.
    package init(_ reason: Reason) {
        self.init(code: reason.code, clause: reason.clause, vi: reason.text.vi, en: reason.text.en)
    }
}
