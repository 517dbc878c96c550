-- Study and attendance: the reasons a beat may have, one live lesson page a person, leave as an outcome of attendance.
alter table study_beat drop constraint study_beat_standing_known;
alter table study_beat add constraint study_beat_standing_known check (standing in ('opened', 'verified', 'hidden', 'idle', 'too_late', 'unanswered', 'over_nominal', 'over_daily_cap'));
alter table study_beat add constraint study_beat_only_verified_counts check ((standing = 'verified') = (verified_from is not null));

create unique index study_visit_one_live on study_visit (person_id) where ended_at is null;
alter table study_visit add constraint study_visit_end_is_whole check ((ended_at is null) = (end_reason is null));

alter table session_enrolment drop constraint session_enrolment_status_known;
alter table session_enrolment add constraint session_enrolment_status_known check (status in ('requested', 'approved', 'waitlisted', 'booked', 'cancelled', 'no_show', 'excused', 'partial', 'attended'));
