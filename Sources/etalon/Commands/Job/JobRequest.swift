// SPDX-License-Identifier: Apache-2.0

/// Names one job, to be retried or cancelled.
struct JobRequest: Encodable {
    let job: Int64
}
