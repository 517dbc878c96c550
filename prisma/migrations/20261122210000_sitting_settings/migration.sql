-- 修改场次设置: what a sitting is held by may change until papers are sealed and somebody sits. Who changed what from what into
-- what, and why, stands in the journal of the sitting beside its layouts and changes of date.
alter table exam_seating_event drop constraint exam_seating_event_kind_known;
alter table exam_seating_event add constraint exam_seating_event_kind_known
  check (kind in ('laid_out', 'date_changed', 'settings_changed'));
alter table exam_seating_event add constraint exam_seating_event_settings_say_why
  check (kind <> 'settings_changed' or (actor_id is not null and char_length(note) between 2 and 200));

comment on table exam_seating_event is 'Append-only. What was done to a sitting as a whole: layouts with their seed, changes of date, changes of settings.';
