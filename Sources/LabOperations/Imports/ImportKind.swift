// SPDX-License-Identifier: Apache-2.0
package import LaboratoryModel

/// What a file to be imported holds.
package enum ImportKind: String, Sendable, CaseIterable {
    case customers, sites, instruments, standards, cards, stamps, results

    /// Who may import it.
    package var roles: Set<Role> { self == .results ? [.technician] : [.administrator] }

    /// The most rows of one file.
    var mostRows: Int { self == .results ? 1_000_000 : 100_000 }

    /// The columns that a file may have, in the order of the example; those marked * must be there.
    private var header: String {
        switch self {
        case .customers: "code,name*,kind*,tax_code,address,phone"
        case .sites: "code,customer*,name*,kind*,place*,address"
        case .instruments:
            """
            code,type*,serial,maker,country,model,year,site*,put_in_use_on*,characteristics,channels,last_verified_on,last_mode,\
            last_outcome,last_valid_until,last_organisation,last_certificate,type_approval,calibration_months
            """
        case .standards:
            """
            code*,name_vi*,name_en,kind*,serial*,maker,accuracy_class,characteristics,calibration_number,calibration_organisation,\
            calibration_issued_on,calibration_valid_until,calibration_content,certification_number,certification_organisation,\
            certification_issued_on,certification_valid_until
            """
        case .cards: "person*,number*,families*,issued_on*,expires_on*"
        case .stamps: "kind*,series*,first*,last*,received_on*,holder"
        case .results: "sample*,indicator*,value*,not_measured,tested_on,reason"
        }
    }

    /// The columns that a file may have, in the order of the example.
    var columns: [String] { header.split(separator: ",").map { String($0.filter { $0 != "*" }) } }

    /// The columns that a file must have.
    var requiredColumns: [String] {
        header.split(separator: ",").filter { $0.hasSuffix("*") }.map { String($0.dropLast()) }
    }

    /// A file of this kind with a header and two rows, as a template.
    package var example: String {
        ([columns.joined(separator: ",")] + exampleRows).map { $0 + "\r\n" }.joined()
    }

    private var exampleRows: [String] {
        switch self {
        case .customers:
            [
                #"KH-001,Công ty TNHH Xăng dầu Hậu Giang,enterprise,1800000001,"45 đường 30/4, Q. Ninh Kiều",0292 3820 000"#,
                "KH-002,Ban quản lý chợ Tân An,state_body,,Bến Ninh Kiều,",
            ]
        case .sites:
            [
                "CH-01,KH-001,Cửa hàng xăng dầu số 1,fuel_station,916,Quốc lộ 91B",
                "CHO-01,KH-002,Chợ Tân An,retail_market,916,Bến Ninh Kiều",
            ]
        case .instruments:
            [
                """
                CX-0001,19,TK-2201,Tatsuno,Nhật Bản,Sunny-XE,2012,CH-01,2013-01-10,qmax=50;qmin=5,\
                1:Vòi 1:fuel=RON 95|2:Vòi 2:fuel=DO,2016-08-15,periodic,pass,2017-08-31,,KĐ-2016/0412,,
                """,
                """
                CDH-0001,8a,0815,Nhơn Hòa,Việt Nam,NHS-60,2015,CHO-01,01/06/2015,max=60;e=0.2,,05/06/2016,periodic,pass,30/06/2017,\
                Chi cục Tiêu chuẩn Đo lường Chất lượng,CC-118/2016,,
                """,
            ]
        case .standards:
            [
                """
                BC20-01,Bình chuẩn kim loại 20 L,20 L metal test measure,volume_measure,4101,Viện Đo lường Việt Nam,0.1,nominal_l=20,\
                V09.CN5.0001.16,Viện Đo lường Việt Nam,2016-06-20,2017-06-19,volume_l=20.000;U_l=0.006;k=2,CN.0002.16,\
                Tổng cục Tiêu chuẩn Đo lường Chất lượng,2016-06-20,2017-06-19
                """,
                "QC-M1-01,Bộ quả cân M1,Weight set M1,weight_set,4102,,M1,,V03.CN1.0003.16,Viện Đo lường Việt Nam,2016-06-25,2017-06-24,,,,,",
            ]
        case .cards: ["an,KĐV-092-01,volume;mass,2015-03-02,2020-03-01", "binh,KĐV-092-02,mass,2016-05-10,2021-05-09"]
        case .stamps: ["stamp,16A,000001,000500,2016-12-20,", "seal,NC16,00101,00150,2016-12-20,an"]
        case .results: [#"M-2017-00001,E_RON,"95,2",,2017-03-15,"#, "M-2017-00001,E_BENZEN,<0.05,,2017-03-15,"]
        }
    }
}
