-- SPDX-License-Identifier: Apache-2.0
-- One figure of the annual report without its rules: the results that stand on documents of samples.
select count(*)
from record.result r
join record.request q on q.id = r.request_id
join record.sample s on s.id = q.sample_id
join record.document_result dr on dr.result_id = r.id
join record.document d on d.id = dr.document_id;
