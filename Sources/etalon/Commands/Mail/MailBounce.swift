// SPDX-License-Identifier: Apache-2.0

import APIContract
import ArgumentParser
import FoundationEssentials
import Glibc

/// Records a message about a failed delivery, as the mail system hands it over.
///
/// Whatever comes, it is read to its end and taken: a mail system would return to the sender what this refuses. Only when the daemon cannot
/// be asked the message is to be kept for later, which status 75 says.
struct MailBounce: Verb {
    static let example = "etalon mail bounce --to bounce+k3v9w2m8x4p7q6r5t1z0@kiemdinh.example.vn -"
    static let configuration = described(
        "bounce", "Ghi thư báo không phát được, do hệ thống thư đưa vào", "Records a message about a failed delivery")

    /// Bytes that are looked at: the report stands at the beginning.
    private static let longest = 256 << 10

    @OptionGroup var global: GlobalOptions
    @Option(help: .both("Người nhận trên phong bì", "Recipient of the envelope")) var to: String?
    @Argument(help: .both("Tệp; - là đầu vào chuẩn", "File; - is standard input")) var file = "-"

    func perform(_ session: Session) async throws {
        let reader = try ContentReader(file)
        var message: [UInt8] = []
        while let piece = try reader.next() { message += piece.prefix(Self.longest - message.count) }
        let request = RecordBounce(message: Data(message).base64EncodedString(), to: to)
        do {
            try session.show(record: try await session.post("/mail-bounces", request), DeliveryTables.bounce)
        } catch {
            guard let failure = Failure(error), failure.exitCode == .unavailable else { throw error }
            Presentation.write(session.presentation.problem(failure.problem), to: STDERR_FILENO)
            throw end(.tryAgain)
        }
    }
}
