-- Study and attendance: the reasons a beat may have, one live lesson page a person, leave as an outcome of attendance.
alter table study_beat drop constraint study_beat_standing_known;
alter table study_beat add constraint study_beat_standing_known check (standing in ('opened', 'verified', 'hidden', 'idle', 'too_late', 'unanswered', 'over_nominal', 'over_daily_cap'));
alter table study_beat add constraint study_beat_only_verified_counts check ((standing = 'verified') = (verified_from is not null));

create unique index study_visit_one_live on study_visit (person_id) where ended_at is null;
alter table study_visit add constraint study_visit_end_is_whole check ((ended_at is null) = (end_reason is null));

alter table session_enrolment drop constraint session_enrolment_status_known;
alter table session_enrolment add constraint session_enrolment_status_known check (status in ('requested', 'approved', 'waitlisted', 'booked', 'cancelled', 'no_show', 'excused', 'partial', 'attended'));

-- What the settling sweep looks for: completed lessons whose last study is not in the ledger yet.
create index lesson_progress_unsettled on lesson_progress (updated_at) where completed_at is not null and verified_seconds > credited_seconds;
comment on column lesson_progress.verified_seconds is 'Study that counts: verified stretches less class time, at most the nominal length.';
comment on column lesson_progress.credited_seconds is 'How much of verified_seconds has been settled into the ledger.';
