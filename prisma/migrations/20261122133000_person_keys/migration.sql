-- Two persons, not two accounts (design.md invariant 11): whoever asks and whoever decides are kept as natural persons (an
-- account of nobody stands for itself), and the tables themselves hold the two apart.
ALTER TABLE "attempt_void"
    ADD COLUMN "proposed_person" UUID,
    ADD COLUMN "decided_person" UUID;
ALTER TABLE "late_decision"
    ADD COLUMN "proposed_person" UUID,
    ADD COLUMN "decided_person" UUID;
-- Append-only: nullable and without default, so that the hashes of older rows stay what they are.
ALTER TABLE "exam_seal"
    ADD COLUMN "filed_person" UUID,
    ADD COLUMN "confirmed_person" UUID;
ALTER TABLE "exam_release"
    ADD COLUMN "filed_person" UUID,
    ADD COLUMN "confirmed_person" UUID;
ALTER TABLE "exam_registration"
    ADD COLUMN "asked_person" UUID,
    ADD COLUMN "decided_person" UUID;

update attempt_void v set proposed_person = (select coalesce(a.person_id, a.id) from account a where a.id = v.proposed_by),
  decided_person = (select coalesce(a.person_id, a.id) from account a where a.id = v.decided_by);
update late_decision d set proposed_person = (select coalesce(a.person_id, a.id) from account a where a.id = d.proposed_by),
  decided_person = (select coalesce(a.person_id, a.id) from account a where a.id = d.decided_by);

ALTER TABLE "attempt_void" ALTER COLUMN "proposed_person" SET NOT NULL;
ALTER TABLE "late_decision" ALTER COLUMN "proposed_person" SET NOT NULL;

alter table attempt_void add constraint attempt_void_decider_is_known check ((decided_by is null) = (decided_person is null));
alter table attempt_void add constraint attempt_void_two_persons check (decided_person <> proposed_person);
alter table late_decision add constraint late_decision_decider_is_known check ((decided_by is null) = (decided_person is null));
alter table late_decision add constraint late_decision_two_persons check (decided_person <> proposed_person);
alter table exam_seal add constraint exam_seal_two_persons check (confirmed_way = 'signed_form' or confirmed_person <> filed_person);
alter table exam_release add constraint exam_release_two_persons check (confirmed_way = 'signed_form' or confirmed_person <> filed_person);
-- 缓考, 免考: who asked does not grant it.
alter table exam_registration add constraint exam_registration_two_persons check (status not in ('deferred', 'exempt') or decided_person <> asked_person);

comment on column attempt_void.proposed_person is 'Natural person behind proposed_by; of nobody the account itself.';
comment on column attempt_void.decided_person is 'Natural person behind decided_by.';
comment on column late_decision.proposed_person is 'Natural person behind proposed_by; of nobody the account itself.';
comment on column late_decision.decided_person is 'Natural person behind decided_by.';
comment on column exam_seal.filed_person is 'Natural person behind filed_by; null in rows older than this column and for the system''s own.';
comment on column exam_seal.confirmed_person is 'Natural person behind confirmed_by.';
comment on column exam_release.filed_person is 'Natural person behind filed_by; null in rows older than this column.';
comment on column exam_release.confirmed_person is 'Natural person behind confirmed_by.';
comment on column exam_registration.asked_person is 'Natural person who asked for the 缓考 or 免考 that waits or was granted.';
comment on column exam_registration.decided_person is 'Natural person whose decision the status is; null where nobody decided.';
