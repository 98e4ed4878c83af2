// SPDX-License-Identifier: Apache-2.0
import APIContract

/// Bodies as people of the laboratory send them.
enum MeantBodies {
    /// What the laboratory has before the first random request.
    static let beginning: [(path: String, body: String)] = [
        ("/v1/customers", #"{"code":"KH-A","name":"Công ty A","kind":"enterprise","address":"45 đường 30/4"}"#),
        ("/v1/customers", #"{"code":"KH-B","name":"Công ty B","kind":"enterprise"}"#),
        ("/v1/sites", #"{"code":"TRAM-A","customer":"KH-A","name":"Trạm A","kind":"fuel_station","place":"916"}"#),
        (
            "/v1/verifier-cards",
            #"{"person":"an","number":"KDV-1","families":["volume","mass"],"issued_on":"2015-01-01","expires_on":"2029-12-31"}"#
        ),
        (
            "/v1/verifier-cards",
            #"{"person":"binh","number":"KDV-2","families":["volume","mass"],"issued_on":"2015-01-01","expires_on":"2029-12-31"}"#
        ),
        ("/v1/designations", #"{"number":"QĐ 100","types":["19","8a"],"issued_on":"2015-01-01","expires_on":"2030-12-31"}"#),
        (
            "/v1/signing-authorities",
            #"{"person":"binh","level":"laboratory_head","form":"","title_vi":"TRƯỞNG PHÒNG","title_en":"Head of laboratory","#
                + #""valid_from":"2015-01-01","decision":"QĐ 1"}"#
        ),
        (
            "/v1/standards",
            #"{"code":"VM20","name_vi":"Bình chuẩn 20 L","name_en":"20 L measure","kind":"volume_measure","serial":"S-1"}"#
        ),
        (
            "/v1/standard-certificates",
            #"{"standard":"VM20","kind":"calibration","number":"C-1","organisation":"VMI","issued_on":"2015-06-01","#
                + #""valid_until":"2030-12-31","content":{"expanded_uncertainty":"0.004","coverage_factor":"2","#
                + #""cubic_expansion_per_celsius":"0.0000477"}}"#
        ),
        (
            "/v1/standard-certificates",
            #"{"standard":"VM20","kind":"certification","number":"C-2","organisation":"VMI","issued_on":"2015-06-01","#
                + #""valid_until":"2030-12-31"}"#
        ),
        ("/v1/stamp-receipts", #"{"kind":"stamp","series":"17B","from":"10001","to":"10200"}"#),
        ("/v1/stamp-receipts", #"{"kind":"seal","series":"NP","from":"10001","to":"10200"}"#),
        ("/v1/stamp-events", assigned),
        ("/v1/stamp-events", assigned.replacing("stamp", with: "seal").replacing("17B", with: "NP")),
        ("/v1/instruments", dispenser.replacing("$unique", with: "CB-A")),
        ("/v1/orders", order),
        ("/v1/fuel-lots", lot.replacing("$unique", with: "LO-1")),
        ("/v1/inspection-campaigns", #"{"decision":"QĐ 1","decided_on":"2018-01-05","title":"Đợt 1","subject":"measurement"}"#),
        ("/v1/webhooks", #"{"code":"erp","url":"https://erp.example.vn/etalon","events":["*"]}"#),
        ("/v1/mail-tests", #"{"to":"an@khach.example"}"#),
        ("/v1/pin", #"{"pin":"481516"}"#),
    ]

    /// A body for each act, by the id of its operation; `$NAME` stands for a word known under that name,
    /// `$#NAME` for a number.
    static var byOperation: [String: JSONValue] {
        get throws { try texts.mapValues { try StrictJSON.parse(Array($0.utf8)) } }
    }

    private static let texts: [String: String] = [
        "procedureCheck": #"{"file":"x.yaml","text":"code: HC-X\nkind: calibration\n"}"#,
        "procedureLoad": #"{"file":"x.yaml","text":"code: HC-X\nkind: calibration\n"}"#,
        "customerAdd": #"{"name":"Công ty C","kind":"enterprise","tax_code":"$unique"}"#,
        "customerEdit": #"{"customer":"KH-B","phone":"0292 3820 000"}"#,
        "customerMerge": #"{"customer":"$customer","into":"KH-A"}"#,
        "siteAdd": #"{"customer":"KH-A","name":"Trạm","kind":"fuel_station","place":"916"}"#,
        "personAdd": #"{"username":"$unique","name":"Lê Văn C","roles":["technician"]}"#,
        "roleChange": #"{"person":"binh","role":"manager","granted":true}"#,
        "tokenMake": #"{"person":"an","label":"máy đo"}"#,
        "tokenRevoke": #"{"token":"$#token"}"#,
        "pinSet": #"{"pin":"481516","current":"481516"}"#,
        "pinReset": #"{"person":"binh"}"#,
        "verifierCardAdd":
            #"{"person":"an","number":"$unique","families":["volume"],"issued_on":"2015-01-01","expires_on":"2029-12-31"}"#,
        "signingAuthorityAdd":
            #"{"person":"an","level":"head","form":"","title_vi":"GIÁM ĐỐC","title_en":"Director","valid_from":"2015-01-01","#
            + #""valid_until":"2030-01-01","decision":"QĐ 2"}"#,
        "designationAdd": #"{"number":"$unique","types":["19"],"issued_on":"2015-01-01","expires_on":"2030-12-31"}"#,
        "orderReceive": order,
        "sampleEventRecord": #"{"sample":"$sample","kind":"stored","place":"Tủ 1"}"#,
        "resultEnter": #"{"results":[{"sample":"$sample","indicator":"FOOD-PB","value":"0,08","reason":"đo lại"}]}"#,
        "resultReview": #"{"sample":"$sample","decision":"approved"}"#,
        "reportIssue": #"{"sample":"$sample"}"#,
        "recordPrint": #"{"measurement":"$#measurement"}"#,
        "certificateIssue": #"{"measurement":"$#measurement"}"#,
        "documentSign": #"{"documents":["$document"],"pin":"481516"}"#,
        "documentEventRecord": #"{"document":"$document","kind":"withdrawn","reason":"sai số liệu"}"#,
        "instrumentAdd": dispenser,
        "instrumentEventRecord": #"{"instrument":"CB-A","kind":"repaired","happened_on":"2018-06-29"}"#,
        "standardAdd": #"{"code":"$unique","name_vi":"Quả cân","name_en":"Weight","kind":"weight_set","serial":"S-2"}"#,
        "standardCertificateAdd":
            #"{"standard":"VM20","kind":"calibration","number":"$unique","organisation":"VMI","issued_on":"2017-06-01","#
            + #""valid_until":"2030-12-31","content":{"expanded_uncertainty":"0.004","coverage_factor":"2"}}"#,
        "measurementRecord": measurement,
        "stampReceive": #"{"kind":"seal","series":"$unique","from":"001","to":"010"}"#,
        "stampEventRecord": #"{"kind":"stamp","series":"17B","from":"$stamp","to":"$stamp","event":"void","reason":"rách"}"#,
        "yearPlanSet": #"{"year":2018,"samples":13105,"decision":"QĐ 5","decided_on":"2018-01-02"}"#,
        "fuelLotCertify": lot,
        "fuelLotWithdraw": #"{"lot":"LO-1","withdrawn_on":"2018-06-20","reason":"sai mẫu"}"#,
        "inspectionCampaignAdd":
            #"{"decision":"$unique","decided_on":"2018-01-05","title":"Kiểm tra đo lường","subject":"measurement"}"#,
        "inspectionVisitAdd": #"{"campaign":"QĐ 1","customer":"KH-A","site":"TRAM-A","visited_on":"2018-02-01"}"#,
        "deadlineSuspend": #"{"code":"CB-A","from":"2019-01-01","until":"2019-01-31","reason":"cất kho"}"#,
        "deadlineResume": #"{"code":"CB-A","from":"2019-01-15","reason":"dùng lại"}"#,
        "deadlineOverride": #"{"code":"CB-A","due_on":"2017-01-31","reason":"khách hàng đề nghị"}"#,
        "intervalAgree": #"{"code":"CB-A","months":12,"reference":"HĐ 12/2018"}"#,
        "intervalPropose":
            #"{"code":"CB-A","limit":"1.0","history":[{"on":"2017-01-10","as_found":"0.1","standard_uncertainty":"0.05"}]}"#,
        "intervalDecide": #"{"proposal":1,"decision":"refused","reason":"quá ngắn","pin":"481516"}"#,
        "reminderPreferenceSet":
            #"{"customer":"KH-A","policy":"early","addresses":["an@example.vn"],"language":"en"}"#,
        "planPropose": #"{"capacity":40,"team":"district","weeks":12}"#,
        "planDecide": #"{"plan":1,"decision":"refused","reason":"thiếu người"}"#,
        "deadlineReconcile": #"{"mend":true}"#,
        "accreditationAdd":
            #"{"number":"$unique","body":"BoA","issued_on":"2015-01-01","expires_on":"2030-12-31"}"#,
        "personMailSet": #"{"person":"an","email":"an@etalon.example"}"#,
        "dueAssignmentAdd": #"{"person":"an","district":"916","type":"19"}"#,
        "dueAssignmentRemove": #"{"id":1}"#,
        "dueSubscriptionAdd": #"{"customer":"KH-A","email":"kh@a.example","agreed_by":"Lê Văn C"}"#,
        "dueSubscriptionEnd": #"{"id":1}"#,
        "calendarFeedAdd": #"{"label":"Quận Ninh Kiều","district":"916","alarm_days":14}"#,
        "calendarFeedRevoke": #"{"id":1}"#,
        "dueEmit": #"{"on":"2018-06-30","within":30}"#,
        "jobRetry": #"{"job":"$#job"}"#,
        "jobCancel": #"{"job":"$#job"}"#,
        "jobSnooze": #"{"job":"$#job","seconds":7200,"reason":"chờ máy in"}"#,
        "jobStart": #"{"job":"$#job"}"#,
        "jobRedrive": #"{"kind":"render_document","reason":"đã sửa máy in"}"#,
        "lanePause": #"{"lane":"mail","reason":"bảo trì máy chủ thư"}"#,
        "laneResume": #"{"lane":"mail"}"#,
        "mailResend": #"{"mails":[1],"reason":"đã hỏi khách"}"#,
        "mailSettle": #"{"mail":2,"outcome":"withdrawn","reason":"đã gọi điện"}"#,
        "mailHolding": #"{"mail":3,"reason":"chờ lãnh đạo"}"#,
        "mailTest": #"{"to":"an@khach.example"}"#,
        "mailBounceRecord": #"{"message":"VG86IGJvdW5jZUBhLnZuCgpubyByZXBvcnQK","to":"bounce@kd.example.vn"}"#,
        "addressClear": #"{"address":"an@khach.example","reason":"khách đã sửa"}"#,
        "webhookAdd": #"{"code":"$unique","url":"https://erp.example.vn/etalon","events":["certificate.issued"]}"#,
        "webhookRemove": #"{"webhook":"erp"}"#,
        "webhookRetry": #"{"delivery":1,"reason":"nơi nhận đã sửa"}"#,
        "laneLimit": #"{"lane":"mail","max_running":2}"#,
        "laneRuleSet":
            #"{"lane":"mail","rate_count":30,"rate_seconds":60,"is_fair":true,"without":["limit"],"reason":"mùa cao điểm"}"#,
        "scheduleDisable": #"{"schedule":"due-list-watch","reason":"kiểm tra máy"}"#,
        "scheduleEnable": #"{"schedule":"due-list-watch"}"#,
        "scheduleRunNow": #"{"schedule":"due-list-watch","reason":"chạy lại"}"#,
        "clockRelease": #"{"reason":"đã chỉnh giờ máy chủ"}"#,
    ]

    private static let dispenser = #"""
        {"code":"$unique","type":"19","serial":"$unique","maker":"Tatsuno","country":"Nhật Bản","model":"SUNNY","site":"TRAM-A",
        "put_in_use_on":"2016-01-04","type_approval":"PDM 1","channels":[{"number":1,"name":"Vòi 1",
        "characteristics":{"qmax_l_min":"40","qmin_l_min":"5"}}]}
        """#

    private static let assigned =
        #"{"kind":"stamp","series":"17B","from":"10001","to":"10200","event":"assigned","person":"an"}"#

    private static let order = #"""
        {"customer":"KH-A","site":"TRAM-A","purpose":"customer","samples":[
        {"matrix":"food","description":"Chả lụa","indicators":["FOOD-PB"]}]}
        """#

    private static let lot = #"""
        {"number":"$unique","customer":"KH-A","origin":"blended","product":"Xăng RON 95","volume_m3":"12.5",
        "specification":"XANG-RON95-III","certificate":"$unique","certified_on":"2018-06-01"}
        """#

    private static let measurement = #"""
        {"instrument":"CB-A","kind":"verification","mode":"periodic","procedure":"DLVN-10","worked_on":"2018-06-29","measured_by":"an",
        "standards":["VM20"],"conditions":{"temperature_celsius":"30"},"checks":[{"step":"*","outcome":"pass"}],"readings":[
        {"channel":1,"point":"qmax","repetition":1,"indicated":"20.000","reference":"20.010","extra":{"time_s":"40"}},
        {"channel":1,"point":"qmax","repetition":2,"indicated":"20.000","reference":"20.010","extra":{"time_s":"40"}},
        {"channel":1,"point":"qmin","repetition":1,"indicated":"20.000","reference":"20.010"},
        {"channel":1,"point":"qmin","repetition":2,"indicated":"20.000","reference":"20.010"},
        {"channel":1,"point":"vmin","indicated":"2.000","reference":"2.005"}],
        "evidence":[{"kind":"stamp","series":"17B","number":"$stamp"},{"kind":"seal","series":"NP","number":"$stamp"}]}
        """#
}
