-- A job has a moment to wait for: a timer cannot be armed for infinity.
alter table jobs.job add constraint job_run_at_finite check (isfinite(run_at));
