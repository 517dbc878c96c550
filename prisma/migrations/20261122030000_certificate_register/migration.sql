-- The register: what must hold of cards and applications, and the indexes its pages read by.

-- A number may come again only after its card has ended; a card that has not ended stands once per person and field.
create unique index certificate_number_once on certificate (certificate_no)
  where state not in ('cancelled', 'revoked', 'superseded');
create unique index certificate_live_once on certificate (person_id, field_code)
  where state in ('pending_print', 'active', 'suspended', 'recovered');
create unique index certificate_application_open_once on certificate_application (person_id, field_code)
  where state in ('draft', 'submitted', 'under_review', 'returned', 'approved');

-- Search by the beginning of a number, whatever the database's collation.
create index certificate_no_prefix on certificate (certificate_no text_pattern_ops);

drop index certificate_region_id_state_idx;
create index certificate_region_id_state_is_lost_valid_to_day_idx
  on certificate (region_id, state, is_lost, valid_to_day);
create index certificate_issued_day_idx on certificate (issued_day);
create index certificate_valid_to_day_idx on certificate (valid_to_day);
create index certificate_state_since_day_idx on certificate (state_since_day);
drop index certificate_unit_id_idx;
create index certificate_unit_id_state_idx on certificate (unit_id, state);
create index certificate_application_unit_id_state_idx on certificate_application (unit_id, state);

alter table certificate_event add constraint certificate_event_kind_known check (kind in ('issued', 'handed_over', 'suspended', 'suspension_extended', 'reinstated', 'revoked', 'recovered', 'cancelled', 'expiry_recorded', 'renewed', 'amended', 'replaced_after_loss', 'returned_to_post', 'corrected', 'review_passed', 'review_failed', 'loss_reported', 'decision_proposed', 'decision_declined'));
alter table certificate_event add constraint certificate_event_days_in_order check (effective_to_day is null or effective_to_day >= effective_from_day);
alter table qualification_event add constraint qualification_event_kind_known check (kind in ('granted', 'voided', 'restored', 'disqualified'));
alter table qualification add constraint qualification_days_in_order check (valid_until_day >= obtained_day);
alter table application_event add constraint application_event_kind_known check (kind in ('submitted', 'accepted', 'returned', 'approved', 'rejected', 'issued'));
alter table number_counter add constraint number_counter_next_positive check (next >= 1);

comment on table number_counter is 'The next serial of each series; the row is locked until the number is used, so there are no gaps and no doubles.';
