// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// A run of numbers of one kind and series.
struct SealRun: ParsableArguments {
    @Argument(help: "stamp, seal, mark, totaliser_seal, inspection_seal") var kind: String
    @Argument(help: .both("Ký hiệu", "Series")) var series: String
    @Argument(help: .both("Từ số", "First number")) var from: String
    @Argument(help: .both("Đến số; mặc định chỉ một số", "Last number; the first alone when absent")) var to: String?

    /// The last number.
    var last: String { to ?? from }
}
