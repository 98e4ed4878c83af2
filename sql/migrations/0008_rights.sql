-- The daemon's rights. Records are only added: INSERT and SELECT in schema `record`, nothing else.
-- A table made later gets its rights in its own migration; a test reads them from the catalogue.

grant select, insert on all tables in schema record to etalon;
grant select, insert, update, delete on all tables in schema work to etalon;
grant usage on all sequences in schema record, work to etalon;

-- Audit entries are left by the trigger and sealed by the function, with the owner's rights: the daemon cannot forge one.
revoke insert on record.audit_entry, record.audit_seal from etalon;

-- The daemon compares the schema with its own before it serves.
grant usage on schema public to etalon;
grant select on etalon_migration to etalon;
