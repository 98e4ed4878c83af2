-- name: schema_step :one
-- Steps of the laboratory's schema that were applied.
select count(*)::int as step from etalon_migration where series = 'laboratory';
