// SPDX-License-Identifier: Apache-2.0

/// What a request may name and the records do not hold.
package enum Thing: String, Sendable, CaseIterable {
    case accreditation, calendar, campaign, code, customer, deadline, designation, document, instrument, job, lane, matrix,
        measurement
    case order, person, procedure, sample, schedule, site
    case delivery, mail, webhook
    case specification, standard, token
    case dueRun = "due run"
    case dueRunFile = "due run file"
    case dueAssignment = "due assignment"
    case dueSubscription = "due subscription"
    case fuelLot = "fuel lot"
    case importKind = "import"
    case instrumentType = "instrument type"
    case intervalProposal = "interval proposal"
    case jobKind = "job kind"
    case place, plan
    case verifierCard = "verifier card"
    case pin = "PIN"
    case quarantinedAddress = "quarantined address"

    /// The noun in both languages, as it stands in “there is no …”.
    package var noun: BilingualSentence {
        let (vi, en) = nouns
        return BilingualSentence(vi: vi, en: en)
    }

    private var nouns: (vi: String, en: String) {
        switch self {
        case .accreditation: ("công nhận", "accreditation")
        case .calendar: ("lịch", "calendar")
        case .campaign: ("đợt thanh tra", "campaign")
        case .code: ("mã tra cứu", "code")
        case .customer: ("khách hàng", "customer")
        case .deadline: ("hạn", "deadline")
        case .designation: ("quyết định chỉ định", "designation")
        case .document: ("văn bản", "document")
        case .instrument: ("phương tiện đo", "instrument")
        case .job: ("công việc", "job")
        case .jobKind: ("loại việc", "kind of job")
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
        case .delivery: ("lần giao", "delivery")
        case .mail: ("thư", "mail")
        case .webhook: ("nơi nhận sự kiện", "webhook")
        case .quarantinedAddress: ("địa chỉ bị cách ly", "address in quarantine")
        case .token: ("thẻ truy cập", "token")
        case .dueRun: ("lần chạy danh sách đến hạn", "due run")
        case .dueAssignment: ("phân công theo dõi hạn", "due assignment")
        case .dueSubscription: ("đăng ký nhận danh sách", "due subscription")
        case .dueRunFile: ("tệp của lần chạy", "due run file")
        case .fuelLot: ("lô xăng dầu", "fuel lot")
        case .importKind: ("loại tệp nhập", "import")
        case .instrumentType: ("loại phương tiện đo", "instrument type")
        case .intervalProposal: ("đề xuất chu kỳ", "interval proposal")
        case .place: ("đơn vị hành chính", "administrative unit")
        case .plan: ("kế hoạch", "plan")
        case .verifierCard: ("thẻ kiểm định viên", "verifier card")
        case .pin: ("mã PIN của", "PIN of")
        }
    }
}
