-- SPDX-License-Identifier: Apache-2.0
-- Hashes every row of every record table once, by one plain statement a table.
select format('select count(md5(t::text)) from record.%I t', tablename)
from pg_tables where schemaname = 'record' order by tablename
\gexec
