// SPDX-License-Identifier: Apache-2.0

/// What a request may name and the records do not hold.
package enum Thing: String, Sendable, CaseIterable {
    case campaign, code, customer, document, instrument, job, lane, matrix, measurement, order, person, procedure, sample,
        schedule, site
    case specification, standard, token
    case deadJob = "dead job"
    case dueRun = "due run"
    case fuelLot = "fuel lot"
    case importKind = "import"
    case instrumentType = "instrument type"
    case pin = "PIN"
    case waitingJob = "waiting job"

    /// The noun in both languages, as it stands in “there is no …”.
    package var noun: BilingualSentence {
        let (vi, en) = nouns
        return BilingualSentence(vi: vi, en: en)
    }

    private var nouns: (vi: String, en: String) {
        switch self {
        case .campaign: ("đợt thanh tra", "campaign")
        case .code: ("mã tra cứu", "code")
        case .customer: ("khách hàng", "customer")
        case .document: ("văn bản", "document")
        case .instrument: ("phương tiện đo", "instrument")
        case .job: ("công việc", "job")
        case .lane: ("làn việc", "lane")
        case .matrix: ("nền mẫu", "matrix")
        case .measurement: ("lần đo", "measurement")
        case .order: ("đơn hàng", "order")
        case .person: ("người", "person")
        case .procedure: ("quy trình", "procedure")
        case .sample: ("mẫu", "sample")
        case .schedule: ("lịch chạy", "schedule")
        case .site: ("địa điểm", "site")
        case .specification: ("quy chuẩn", "specification")
        case .standard: ("chuẩn đo lường", "standard")
        case .token: ("thẻ truy cập", "token")
        case .deadJob: ("công việc chờ người xử lý", "dead job")
        case .dueRun: ("lần chạy danh sách đến hạn", "due run")
        case .fuelLot: ("lô xăng dầu", "fuel lot")
        case .importKind: ("loại tệp nhập", "import")
        case .instrumentType: ("loại phương tiện đo", "instrument type")
        case .pin: ("mã PIN của", "PIN of")
        case .waitingJob: ("công việc đang chờ", "waiting job")
        }
    }
}
