-- SPDX-License-Identifier: Apache-2.0
-- The results of a set of samples as a file of CSV: what the technicians of the demonstration year wrote.
-- Variables: set.
copy (
    select b.number as sample, l.code as indicator, r.text as value, date '2018-01-03' as tested_on
    from record.work_order o
    join record.sample b on b.order_id = o.id
    join record.request q on q.sample_id = b.id
    join catalogue.line l on l.id = q.line_id
    join record.sample s on b.number = :'set' || '-' || s.number
    join record.request p on p.sample_id = s.id and p.line_id = q.line_id
    join record.result r on r.request_id = p.id and r.version = 1
    where o.number = 'BENCH-' || :'set'
    order by q.id)
to stdout with (format csv, header);
