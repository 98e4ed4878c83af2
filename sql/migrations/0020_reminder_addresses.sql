-- Who is told when those concerned have no address: the person for what is unassigned, who phones or posts a letter to such customers; and
-- whether anybody was told at all.

alter table work.reminder_group
    drop constraint reminder_group_audience_check,
    add constraint reminder_group_audience_check check (audience in ('customer', 'staff', 'manager', 'head', 'unaddressed'));
alter table record.reminder_notice
    drop constraint reminder_notice_audience_check,
    add constraint reminder_notice_audience_check check (audience in ('customer', 'staff', 'manager', 'head', 'unaddressed')),
    drop constraint reminder_notice_outcome_check,
    add constraint reminder_notice_outcome_check
        check (outcome in ('mailed', 'named_default', 'handed_over', 'superseded', 'no_address'));
create index reminder_notice_handed_over on record.reminder_notice (on_day, stage) where outcome = 'handed_over';
create index reminder_notice_nobody on record.reminder_notice (recorded_at) where outcome = 'no_address';
