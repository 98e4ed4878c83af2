// SPDX-License-Identifier: Apache-2.0

import ArgumentParser

/// Tells every reason why work could not be certified, before it is done.
struct CertificateCheck: Verb {
    static let example = """
        etalon certificate check --instrument PTD-00001 --procedure DLVN-10 --mode periodic --worked-on 2018-07-03 \
        --standard B20-03
        """
    static let configuration = described(
        "check", "Mọi lý do chưa được làm, trước khi làm; thoát 1 nếu có",
        "Every reason why the work may not be done yet; exit 1 when there is one")

    @OptionGroup var global: GlobalOptions
    @OptionGroup var work: WorkOptions

    func validate() throws {
        guard work.instrument != nil, work.procedure != nil else {
            throw ValidationError.both("thiếu --instrument hoặc --procedure", "--instrument or --procedure is missing")
        }
    }

    func perform(_ session: Session) async throws {
        try await GateQuestion(work.request([])).show(session)
    }
}
