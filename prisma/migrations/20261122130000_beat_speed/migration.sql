-- A heartbeat rewrites one row of a visit and one of a lesson's progress. Neither may touch an index: the sweep's index
-- stood on columns that change with every beat, so that each beat also wrote the primary key anew.
alter table lesson_progress add column "is_unsettled" boolean not null default false;
update lesson_progress set is_unsettled = true where check_passed_at is not null and verified_seconds > credited_seconds;
alter table lesson_progress add constraint lesson_progress_unsettled_is_told check (is_unsettled = (check_passed_at is not null and verified_seconds > credited_seconds));
drop index lesson_progress_unsettled;
create index lesson_progress_unsettled on lesson_progress (person_id, lesson_version_id) where is_unsettled;
comment on column lesson_progress.is_unsettled is 'The questions are passed and study waits to be put into the ledger.';

-- Room on the page for the next version of a row, which then needs no index entry.
alter table lesson_progress set (fillfactor = 80);
alter table study_visit set (fillfactor = 70);
