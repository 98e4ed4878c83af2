// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Certificates of verification and calibration.
struct CertificateGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "certificate", "Giấy chứng nhận", "Certificates",
        [
            CertificateCheck.self, CertificateIssue.self, CertificateShow.self, CertificatePDF.self,
            CertificateAmend.self, CertificateWithdraw.self, CertificateVoid.self, CertificateVerify.self,
        ])
}
