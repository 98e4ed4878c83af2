// SPDX-License-Identifier: Apache-2.0

/// A part of a document: heading, text, fields and a table, each where there is one.
package struct DocumentSection: Codable, Sendable, Equatable {
    /// The heading; nil for none.
    package var title: BilingualText?
    /// Text above the table.
    package var paragraphs: [BilingualText]
    /// Lines of label and value above the table.
    package var fields: [LabelledValue]
    /// The table.
    package var table: DocumentTable?

    /// A section.
    package init(
        title: BilingualText? = nil, paragraphs: [BilingualText] = [], fields: [LabelledValue] = [],
        table: DocumentTable? = nil
    ) {
        self.title = title
        self.paragraphs = paragraphs
        self.fields = fields
        self.table = table
    }
}

/// A table whose cells are text, with the digits as they are to be printed.
package struct DocumentTable: Codable, Sendable, Equatable {
    /// The columns from left to right.
    package var columns: [TableColumn]
    /// The rows; a row of one cell in a table of several columns is a heading over the rows below it.
    package var rows: [[String]]
    /// Remarks under the table.
    package var remarks: [BilingualText]

    /// A table.
    package init(columns: [TableColumn], rows: [[String]], remarks: [BilingualText] = []) {
        self.columns = columns
        self.rows = rows
        self.remarks = remarks
    }
}

/// One column of a table.
package struct TableColumn: Codable, Sendable, Equatable {
    /// What the column means to the rules; nil where only people read it.
    package var key: ColumnKey?
    /// The heading.
    package var heading: BilingualText
    /// The unit of the whole column, printed under the heading.
    package var unit: String?
    /// Where the cells stand.
    package var alignment: ColumnAlignment
    /// The column's share of the width left over; nil makes it as wide as its content.
    package var weight: Double?

    /// A column.
    package init(
        key: ColumnKey? = nil, heading: BilingualText, unit: String? = nil,
        alignment: ColumnAlignment = .left, weight: Double? = nil
    ) {
        self.key = key
        self.heading = heading
        self.unit = unit
        self.alignment = alignment
        self.weight = weight
    }
}

/// Where the cells of a column stand.
package enum ColumnAlignment: String, Codable, Sendable, CaseIterable {
    /// Text.
    case left
    /// Marks and short words.
    case center
    /// Numbers.
    case right
}

/// Columns that the rules look for.
package enum ColumnKey: String, Codable, Sendable, CaseIterable {
    /// The indicator tested.
    case indicator
    /// The result or measured value.
    case result
    /// The unit of each row.
    case unit
    /// The method of each row.
    case method
    /// The expanded uncertainty.
    case expandedUncertainty = "expanded_uncertainty"
    /// A limit of a specification or an MPE.
    case limit
    /// Pass or fail.
    case conformity
}

/// Lines of an item that the rules look for, each with its usual label.
package enum FieldKey: String, Codable, Sendable, CaseIterable {
    /// What kind of instrument or sample it is.
    case object
    /// The maker's type or model.
    case type
    /// The maker's number, or the number that the verifier gave.
    case serialNumber = "serial_number"
    /// Maker and country.
    case manufacturer
    /// The country of manufacture, where it is a line of its own.
    case country
    /// The year of manufacture.
    case year
    /// Range, class or permissible error, and scale interval.
    case characteristics
    /// Number of the type approval.
    case typeApproval = "type_approval"
    /// The owner's or user's name.
    case user
    /// Where the instrument is used.
    case placeOfUse = "place_of_use"
    /// Initial, periodic or after repair.
    case verificationMode = "verification_mode"
    /// The laboratory's code of the sample.
    case sampleCode = "sample_code"
    /// Description of the sample.
    case description
    /// Condition at reception.
    case condition
    /// Quantity received.
    case quantity
    /// Date of reception.
    case receivedOn = "received_on"
    /// Date or dates of the work.
    case performedOn = "performed_on"
    /// Place of the work.
    case placeOfWork = "place_of_work"
    /// Temperature, humidity and other conditions during the work.
    case environment
    /// When results are promised.
    case promisedOn = "promised_on"
    /// Until when the retained sample is kept.
    case retainedUntil = "retained_until"

    /// The usual label in both languages.
    package var label: BilingualText {
        switch self {
        case .object: BilingualText("Tên đối tượng", en: "Object")
        case .type: BilingualText("Kiểu", en: "Type")
        case .serialNumber: BilingualText("Số", en: "Serial No.")
        case .manufacturer: BilingualText("Nơi sản xuất", en: "Manufacturer, country")
        case .country: BilingualText("Nước sản xuất", en: "Country of manufacture")
        case .year: BilingualText("Năm sản xuất", en: "Year of manufacture")
        case .characteristics: BilingualText("Đặc trưng kỹ thuật", en: "Characteristics")
        case .typeApproval: BilingualText("Phê duyệt mẫu", en: "Type approval")
        case .user: BilingualText("Cơ sở sử dụng", en: "User")
        case .placeOfUse: BilingualText("Nơi sử dụng", en: "Place of use")
        case .verificationMode: BilingualText("Chế độ kiểm định", en: "Mode of verification")
        case .sampleCode: BilingualText("Mã số mẫu", en: "Sample code")
        case .description: BilingualText("Mô tả mẫu", en: "Description")
        case .condition: BilingualText("Tình trạng khi nhận", en: "Condition on receipt")
        case .quantity: BilingualText("Số lượng", en: "Quantity")
        case .receivedOn: BilingualText("Ngày nhận", en: "Date of receipt")
        case .performedOn: BilingualText("Ngày thực hiện", en: "Date of work")
        case .placeOfWork: BilingualText("Nơi thực hiện", en: "Place of work")
        case .environment: BilingualText("Điều kiện môi trường", en: "Ambient conditions")
        case .promisedOn: BilingualText("Ngày hẹn trả kết quả", en: "Results promised on")
        case .retainedUntil: BilingualText("Lưu mẫu đến", en: "Sample retained until")
        }
    }
}
