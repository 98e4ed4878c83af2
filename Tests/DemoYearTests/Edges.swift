// SPDX-License-Identifier: Apache-2.0

/// Edges among samples, results and reports.
let sampleEdges: [Edge] = [
    Edge(
        "received in December 2016, reported in January 2017",
        """
        record.work_order o join record.sample s on s.order_id = o.id join record.document d on d.sample_id = s.id
        where o.received_on < '2017-01-01' and d.frozen_on >= '2017-01-01'
        """),
    Edge(
        "received in December 2017, reported in January 2018",
        """
        record.work_order o join record.sample s on s.order_id = o.id join record.document d on d.sample_id = s.id
        where o.received_on < '2018-01-01' and d.frozen_on >= '2018-01-01' and d.replaces_id is null
        """),
    Edge("retest with a reason", atLeast: 40, "record.result where version = 2 and reason <> ''"),
    Edge("result sent back", atLeast: 40, "record.result_review where decision = 'sent_back'"),
    Edge(
        "amended report and its replacement", atLeast: 30,
        """
        record.document d join record.document_event e on e.document_id = d.replaces_id and e.kind = 'amended'
        """),
    Edge(
        "report of 2016 replaced in 2017", atLeast: 5,
        """
        record.document d join record.document r on r.replaces_id = d.id where d.year = 2016 and r.year = 2017
        """),
    Edge(
        "report of 2017 replaced in 2018",
        """
        record.document d join record.document r on r.replaces_id = d.id where d.year = 2017 and r.year = 2018
        """),
    Edge("withdrawn report", atLeast: 9, "record.document_event where kind = 'withdrawn'"),
    Edge("voided number", atLeast: 3, "record.document_event where kind = 'voided'"),
    Edge(
        "partition whose result is on the root's report", atLeast: 10,
        """
        record.sample p join record.request q on q.sample_id = p.id join record.result r on r.request_id = q.id
        join record.document_result dr on dr.result_id = r.id join record.document d on d.id = dr.document_id
        where p.parent_id = d.sample_id and p.kind = 'customer'
        """),
    Edge(
        "retained samples", atLeast: 100, "record.sample where kind = 'retained' and retain_until is not null"
    ),
    Edge("retained sample disposed of", atLeast: 50, "record.sample_event where kind = 'disposed'"),
    Edge("control samples", atLeast: 24, "record.sample where kind = 'control'"),
    Edge(
        "proficiency samples with a report", atLeast: 6,
        """
        record.sample s join record.document d on d.sample_id = s.id where s.kind = 'proficiency'
        """),
    Edge("rejected samples", atLeast: 12, "record.sample_event where kind = 'rejected'"),
    Edge("subcontracted lines", atLeast: 45, "record.request where subcontracted"),
    Edge("lines not measured", atLeast: 28, "record.result where kind = 'not_measured'"),
    Edge("results below the limit of detection", atLeast: 1_000, "record.result where kind = 'below_lod'"),
    Edge(
        "results typed with a decimal comma", atLeast: 1_000,
        "record.result where text like '%,%' and value is not null"),
    Edge("results out of limit", atLeast: 100, "record.result where 'out_of_limit' = any (flags)"),
    Edge("withdrawn fuel lots", atLeast: 2, "record.fuel_lot_withdrawal"),
    Edge("two versions of the plan of 2017", atLeast: 2, "record.year_plan where year = 2017"),
]

/// Edges among instruments and standards.
let instrumentEdges: [Edge] = [
    Edge(
        "dispenser failed, repaired, passed", atLeast: 30,
        """
        record.measurement f join record.conclusion c on c.measurement_id = f.id and c.outcome = 'fail'
        join record.measurement p on p.instrument_id = f.instrument_id and p.worked_on > f.worked_on
             and p.mode = 'after_repair'
        join record.instrument_event e on e.instrument_id = f.instrument_id and e.kind = 'repaired'
             and e.happened_on between f.worked_on and p.worked_on
        """),
    Edge("refused dispenser", atLeast: 4, "record.conclusion where outcome = 'refused'"),
    Edge(
        "dispenser verified twice in the year", atLeast: 30,
        """
        (select instrument_id from record.measurement join record.conclusion on measurement_id = id
         where worked_on between '2017-01-01' and '2017-12-31' and outcome in ('pass', 'fail')
         group by 1 having count(*) > 1) twice
        """),
    Edge(
        "change of owner between two verifications",
        """
        record.measurement a join record.measurement b on b.instrument_id = a.instrument_id and b.worked_on > a.worked_on
             and b.holder_id <> a.holder_id
        join record.instrument_event e on e.instrument_id = a.instrument_id and e.kind = 'owner_changed'
             and e.happened_on between a.worked_on and b.worked_on
        """),
    Edge(
        "two stations of one enterprise", atLeast: 20,
        """
        (select customer_id from work.site where kind = 'fuel_station' group by 1 having count(*) = 2) two
        """),
    Edge(
        "dispensers held under a merged customer code", atLeast: 5,
        """
        record.measurement m join work.customer c on c.id = m.holder_id where c.merged_into is not null
        """),
    Edge("LPG dispensers", atLeast: 12, "work.instrument where type_code = '20'"),
    Edge(
        "dispensers outside the city", atLeast: 20,
        """
        work.instrument i join work.site s on s.id = i.site_id join catalogue.place p on p.code = s.place_code
             and p.valid @> date '2017-06-30' where i.type_code = '19' and not p.in_city
        """),
    Edge(
        "verifications by other organisations", atLeast: 20,
        """
        record.measurement where organisation is not null and worked_on between '2017-01-01' and '2017-12-31'
        """),
    Edge(
        "validity ended early and not verified since",
        """
        record.due(date '2018-06-30') where reason = 'ended-early'
        """),
    Edge("last verification failed", "record.due(date '2018-06-30') where reason = 'failed'"),
    Edge(
        "scales at retail markets", atLeast: 150,
        """
        work.instrument i join work.site s on s.id = i.site_id where s.kind = 'retail_market'
        """),
    Edge(
        "scales at wholesale markets not in trade use", atLeast: 15,
        """
        work.instrument i join work.site s on s.id = i.site_id where s.kind = 'wholesale_market' and not i.in_trade_use
        """),
    Edge(
        "market scales weighed at a weekend", atLeast: 100,
        """
        record.measurement m join work.site s on s.id = m.site_id
        where s.kind = 'wholesale_market' and extract(isodow from m.worked_on) >= 6
        """),
    Edge(
        "totaliser sealed twice in the year", atLeast: 2,
        """
        (select instrument_id from record.stamp_event e join record.stamp s on s.id = e.stamp_id
         where e.kind = 'affixed' and s.kind = 'totaliser_seal' group by 1 having count(*) > 1) twice
        """),
    Edge(
        "medical devices verified since October 2017", atLeast: 20,
        """
        record.measurement m join work.instrument i on i.id = m.instrument_id
        where i.type_code = '34c' and m.worked_on >= '2017-10-01' and m.organisation is null
        """),
    Edge(
        "calibrations with a certificate", atLeast: 50,
        "record.document where kind = 'calibration_certificate'"),
    Edge(
        "measure VM20-02 certified to 19 June 2018",
        """
        work.standard s join record.standard_certificate c on c.standard_id = s.id
        where s.code = 'VM20-02' and c.kind = 'certification' and c.valid_until = '2018-06-19'
        """),
    Edge("stamps in stock", atLeast: 500, "record.stamp_state where state = 'received'"),
    Edge("stamps in the hands of verifiers", atLeast: 100, "record.stamp_state where state = 'assigned'"),
    Edge("spoilt and lost stamps", atLeast: 15, "record.stamp_state where state in ('void', 'lost')"),
]

/// Edges among people.
let peopleEdges: [Edge] = [
    Edge(
        "one account for each role", atLeast: 9,
        """
        work.person where username in ('reception', 'technician', 'technician2', 'reviewer', 'signatory', 'signatory2',
                                       'manager', 'quality', 'administrator')
        """),
    Edge("deputy who signs for the head", "record.signing_authority where form = 'KT.'"),
    Edge("papers signed by the deputy", atLeast: 100, "record.signature where authority_id = 2"),
    Edge(
        "verifier card that ran out",
        "record.due(date '2018-06-30') where subject_type = 'verifier_card' and due_on < '2018-06-30'"),
    Edge("suspended verifier card", "record.verifier_card_event where kind = 'suspended'"),
    Edge("merged customers", atLeast: 5, "work.customer where merged_into is not null"),
]

/// Things that may not be there.
let noneOf: [Edge] = [
    Edge(
        "work by a verifier without a valid card",
        """
        record.measurement m where m.organisation is null and m.kind = 'verification' and not exists (
            select from record.verifier_card c where c.person_id = m.measured_by
            and m.worked_on between c.issued_on and c.expires_on)
        """),
    Edge(
        "work with a standard out of calibration or certification",
        """
        record.measurement m join record.measurement_standard ms on ms.measurement_id = m.id
        cross join (values ('calibration'), ('certification')) k(kind)
        where not exists (select from record.standard_certificate c where c.standard_id = ms.standard_id
                          and c.kind = k.kind and m.worked_on between c.issued_on and c.valid_until)
        """),
    Edge(
        "certificate that prints another day than the conclusion",
        """
        record.document d join record.conclusion c on c.measurement_id = d.measurement_id
        where d.kind = 'verification_certificate' and d.content::jsonb ->> 'valid_until' is distinct from c.valid_until::text
        """),
    Edge(
        "gap in a series of documents",
        """
        (select series, year from record.document group by 1, 2 having max(number) <> count(*)) gaps
        """),
    Edge(
        "number series that stands elsewhere than its last document",
        """
        (select series, year, max(number) as last from record.document group by 1, 2) d
        left join work.number_series n using (series, year) where n.last is distinct from d.last
        """),
    Edge(
        "documents out of the order of days",
        """
        (select frozen_on < lag(frozen_on) over (partition by series, year order by number) as is_back
         from record.document) d where is_back
        """),
    Edge(
        "signer who entered a result of the report",
        """
        record.signature s join record.document_result dr using (document_id) join record.result r on r.id = dr.result_id
        where r.entered_by = s.person_id
        """),
    Edge(
        "report line without approval",
        """
        record.document_result dr where not exists (
            select from record.result_review v where v.result_id = dr.result_id and v.decision = 'approved')
        """),
    Edge(
        "office work on a Sunday",
        "record.document where kind = 'test_report' and extract(isodow from frozen_on) = 7"),
    Edge("text that is not NFC", "work.person where name <> normalize(name, NFC)"),
]
