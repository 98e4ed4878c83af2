-- Jobs that have lost two workers: few, and looked for at every look.
create index job_suspect on jobs.job (id) where rescues >= 2;
