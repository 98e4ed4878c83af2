// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser

/// Examines the queue and the server around it.
struct JobDoctor: Verb {
    static let example = "etalon job doctor"
    static let configuration = described(
        "doctor", "Khám hàng đợi và máy chủ; thoát 1 nếu có hỏng hóc", "Examines queue and server; exit 1 when there is a fault")

    @OptionGroup var global: GlobalOptions

    func perform(_ session: Session) async throws {
        let answer = try await session.get("/job-doctor")
        let isHealthy = try session.read(JobDoctorView.self, answer).healthy
        try session.show(record: answer, JobTables.doctor, [JobTables.checks])
        if !isHealthy { throw end(.refused) }
    }
}
