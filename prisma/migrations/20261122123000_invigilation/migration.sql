-- Invigilation and appeals: what happened in a room (考场情况、违纪), voids with two persons, when each device was last heard,
-- and who looked at a replay for which reason (domain.md §5.5; behaviour.md 2.5).
CREATE TABLE "exam_incident" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "room_id" UUID,
    "registration_id" UUID,
    "attempt_id" UUID,
    "kind" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "happened_at" TIMESTAMPTZ(3) NOT NULL,
    "facts" TEXT NOT NULL,
    "handling" TEXT NOT NULL,
    "witnesses" TEXT,
    "evidence" JSONB NOT NULL DEFAULT '[]',
    "corrects_id" UUID,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_incident_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "attempt_void" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "ground" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "incident_id" UUID,
    "state" TEXT NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "attempt_void_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "attempt_contact" (
    "attempt_id" UUID NOT NULL,
    "heard_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_contact_pkey" PRIMARY KEY ("attempt_id")
);

CREATE TABLE "replay_visit" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "replay_visit_pkey" PRIMARY KEY ("id")
);

-- A paper that is void for misconduct ends the candidate's tries in this sitting; one void for a disturbance does not count.
ALTER TABLE "attempt" ADD COLUMN "void_ground" TEXT;

CREATE UNIQUE INDEX "exam_incident_corrects_id_key" ON "exam_incident"("corrects_id");
CREATE INDEX "exam_incident_sitting_id_idx" ON "exam_incident"("sitting_id");
CREATE INDEX "exam_incident_registration_id_idx" ON "exam_incident"("registration_id");
CREATE INDEX "exam_incident_recorded_tx_idx" ON "exam_incident"("recorded_tx");
CREATE INDEX "attempt_void_attempt_id_idx" ON "attempt_void"("attempt_id");
CREATE INDEX "replay_visit_attempt_id_idx" ON "replay_visit"("attempt_id");
CREATE INDEX "replay_visit_recorded_tx_idx" ON "replay_visit"("recorded_tx");

ALTER TABLE "exam_incident" ADD CONSTRAINT "exam_incident_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_incident" ADD CONSTRAINT "exam_incident_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "exam_room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_incident" ADD CONSTRAINT "exam_incident_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_incident" ADD CONSTRAINT "exam_incident_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_incident" ADD CONSTRAINT "exam_incident_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "exam_incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "attempt_void" ADD CONSTRAINT "attempt_void_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "attempt_void" ADD CONSTRAINT "attempt_void_incident_id_fkey" FOREIGN KEY ("incident_id") REFERENCES "exam_incident"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "attempt_contact" ADD CONSTRAINT "attempt_contact_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "replay_visit" ADD CONSTRAINT "replay_visit_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exam_incident');
call make_append_only('replay_visit');

alter table exam_incident add constraint exam_incident_kind_known check (kind in ('incident', 'misconduct'));
alter table exam_incident add constraint exam_incident_misconduct_of_somebody check (kind <> 'misconduct' or registration_id is not null);
alter table exam_incident add constraint exam_incident_has_text check (length(btrim(facts)) between 1 and 2000 and length(btrim(handling)) between 1 and 1000);
alter table attempt_void add constraint attempt_void_ground_known check (ground in ('misconduct', 'disturbance'));
alter table attempt_void add constraint attempt_void_state_known check (state in ('proposed', 'confirmed', 'declined'));
alter table attempt_void add constraint attempt_void_has_reason check (length(btrim(reason)) between 1 and 1000);
alter table attempt_void add constraint attempt_void_decided_whole check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null));
alter table attempt_void add constraint attempt_void_two_people check (decided_by is null or decided_by <> proposed_by);
create unique index attempt_void_one_open on attempt_void (attempt_id) where state in ('proposed', 'confirmed');
alter table attempt add constraint attempt_void_ground_of_void check (void_ground is null or (void_ground in ('misconduct', 'disturbance') and state = 'void'));
alter table replay_visit add constraint replay_visit_has_reason check (length(btrim(reason)) between 1 and 500);

comment on table exam_incident is 'Append-only. 考场情况 and 违纪 as recorded by invigilators; a correction is a new row that names the one it replaces.';
comment on table attempt_void is '作答无效: proposed by one person of the bureau, decided by another.';
comment on table attempt_contact is 'When a device without new answers was last heard; answers say it themselves. Not evidence: overwritten.';
comment on table replay_visit is 'Append-only. Who replayed an attempt, when and for which reason.';
comment on column attempt.void_ground is 'Why the attempt is void: misconduct ends the tries of this sitting, disturbance does not count as one.';
