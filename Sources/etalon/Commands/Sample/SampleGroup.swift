// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Samples from the counter to their disposal.
struct SampleGroup: ParsableCommand {
    static let configuration = CommandConfiguration.group(
        "sample", "Mẫu thử", "Samples",
        [
            SampleReceive.self, SampleList.self, SampleShow.self, SampleLabel.self, SampleCustody.self,
            SampleAccept.self, SampleReject.self, SampleDispose.self,
        ])
}
