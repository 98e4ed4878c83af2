-- The two roles and the database of Etalon, made in a cluster by its superuser; a second run changes nothing.
-- For psql (it uses \gexec): psql --no-psqlrc --set=ON_ERROR_STOP=1 --file=etalon.sql postgres
-- etalon_owner owns every object and migrates; CREATEDB is for the scratch database of `etalond backup verify`.
-- etalon is the daemon: it may connect and nothing else until a migration grants more.
select 'create role etalon_owner login createdb'
 where not exists (select from pg_roles where rolname = 'etalon_owner')
\gexec
select 'create role etalon login'
 where not exists (select from pg_roles where rolname = 'etalon')
\gexec
-- It sees what other sessions hold back, for the examination of the queue; it cannot end them.
grant pg_read_all_stats to etalon;
select 'create database etalon owner etalon_owner encoding ''UTF8'' locale ''C.UTF-8'' template template0'
 where not exists (select from pg_database where datname = 'etalon')
\gexec
revoke all on database etalon from public;
grant connect on database etalon to etalon;
\connect etalon
revoke all on schema public from public;
