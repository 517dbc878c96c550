-- Acts that change the organisation, transfers, temporary absences and leavings. The dated tables of the organisation
-- itself (units, regions, homes) stay as they are: an applied act supersedes and inserts rows there.
CREATE TABLE "organisation_change" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "effective_day" DATE NOT NULL,
    "document_no" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "plan" JSONB NOT NULL,
    "state" TEXT NOT NULL,
    "blocked_code" TEXT,
    "effect" JSONB,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" UUID,
    "applied_at" TIMESTAMPTZ(3),

    CONSTRAINT "organisation_change_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "organisation_change_subject" (
    "change_id" UUID NOT NULL,
    "subject_id" UUID NOT NULL,
    "part" TEXT NOT NULL,

    CONSTRAINT "organisation_change_subject_pkey" PRIMARY KEY ("change_id","subject_id")
);

CREATE TABLE "organisation_change_event" (
    "id" UUID NOT NULL,
    "change_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "organisation_change_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_transfer" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "from_unit_id" UUID NOT NULL,
    "to_unit_id" UUID NOT NULL,
    "effective_day" DATE NOT NULL,
    "document_no" TEXT,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_transfer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_transfer_event" (
    "id" UUID NOT NULL,
    "transfer_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "person_transfer_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_absence" (
    "id" UUID NOT NULL,
    "absence_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "destination" TEXT,
    "document_no" TEXT,
    "card_keeper" TEXT,
    "expected_return_day" DATE NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_absence_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_leaving" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "away_from_day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "document_no" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "person_leaving_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "organisation_change_state_effective_day_idx" ON "organisation_change"("state", "effective_day");
CREATE INDEX "organisation_change_region_id_filed_at_idx" ON "organisation_change"("region_id", "filed_at");
CREATE INDEX "organisation_change_subject_subject_id_idx" ON "organisation_change_subject"("subject_id");
CREATE INDEX "organisation_change_event_change_id_occurred_at_idx" ON "organisation_change_event"("change_id", "occurred_at");
CREATE INDEX "organisation_change_event_recorded_tx_idx" ON "organisation_change_event"("recorded_tx");
CREATE INDEX "person_transfer_person_id_idx" ON "person_transfer"("person_id");
CREATE INDEX "person_transfer_from_unit_id_state_idx" ON "person_transfer"("from_unit_id", "state");
CREATE INDEX "person_transfer_to_unit_id_state_idx" ON "person_transfer"("to_unit_id", "state");
CREATE INDEX "person_transfer_event_transfer_id_idx" ON "person_transfer_event"("transfer_id");
CREATE INDEX "person_transfer_event_recorded_tx_idx" ON "person_transfer_event"("recorded_tx");
CREATE INDEX "person_absence_absence_id_idx" ON "person_absence"("absence_id");
CREATE INDEX "person_absence_person_id_idx" ON "person_absence"("person_id");
CREATE INDEX "person_absence_expected_return_day_idx" ON "person_absence"("expected_return_day");
CREATE INDEX "person_leaving_person_id_idx" ON "person_leaving"("person_id");
CREATE INDEX "person_leaving_unit_id_away_from_day_idx" ON "person_leaving"("unit_id", "away_from_day");
CREATE INDEX "person_leaving_recorded_tx_idx" ON "person_leaving"("recorded_tx");

ALTER TABLE "organisation_change" ADD CONSTRAINT "organisation_change_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "organisation_change_subject" ADD CONSTRAINT "organisation_change_subject_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "organisation_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "organisation_change_event" ADD CONSTRAINT "organisation_change_event_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "organisation_change"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_transfer" ADD CONSTRAINT "person_transfer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_transfer" ADD CONSTRAINT "person_transfer_from_unit_id_fkey" FOREIGN KEY ("from_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_transfer" ADD CONSTRAINT "person_transfer_to_unit_id_fkey" FOREIGN KEY ("to_unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_transfer_event" ADD CONSTRAINT "person_transfer_event_transfer_id_fkey" FOREIGN KEY ("transfer_id") REFERENCES "person_transfer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_absence" ADD CONSTRAINT "person_absence_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_leaving" ADD CONSTRAINT "person_leaving_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_leaving" ADD CONSTRAINT "person_leaving_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('organisation_change_event');
call make_append_only('person_transfer_event');
call make_append_only('person_leaving');
call make_dated('person_absence');

alter table organisation_change add constraint organisation_change_kind_known check (kind in ('merge', 'split', 'rename', 'abolish', 'move', 'mode', 'region_merge', 'region_rename', 'region_move'));
alter table organisation_change add constraint organisation_change_state_known check (state in ('filed', 'planned', 'blocked', 'applied', 'declined', 'cancelled'));
alter table organisation_change add constraint organisation_change_applied_is_whole check ((state = 'applied') = (applied_at is not null));
alter table organisation_change_subject add constraint organisation_change_subject_part_known check (part in ('changed', 'used'));
alter table organisation_change_event add constraint organisation_change_event_kind_known check (kind in ('filed', 'confirmed', 'declined', 'cancelled', 'blocked', 'applied'));
alter table person_transfer add constraint person_transfer_state_known check (state in ('filed', 'accepted', 'returned', 'withdrawn'));
alter table person_transfer add constraint person_transfer_goes_elsewhere check (from_unit_id <> to_unit_id);
alter table person_transfer add constraint person_transfer_decided_when_not_filed check ((state = 'filed') = (decided_at is null));
alter table person_transfer_event add constraint person_transfer_event_kind_known check (kind in ('filed', 'accepted', 'returned', 'withdrawn'));
alter table person_absence add constraint person_absence_kind_known check (kind in ('secondment', 'temporary_post', 'village_post', 'maternity', 'long_illness'));
alter table person_absence add constraint person_absence_days_in_order check (valid_to is null or valid_to > valid_from);
alter table person_absence add constraint person_absence_return_after_begin check (expected_return_day > valid_from);
alter table person_leaving add constraint person_leaving_reason_known check (reason in ('retired', 'transferred', 'dismissed', 'resigned', 'expelled', 'deceased', 'post_changed', 'other'));

-- A card may be kept by the unit while its holder is away (代管), which changes nothing about its state.
alter table certificate_event drop constraint certificate_event_kind_known;
alter table certificate_event add constraint certificate_event_kind_known check (kind in ('issued', 'handed_over', 'suspended', 'suspension_extended', 'reinstated', 'revoked', 'recovered', 'cancelled', 'expiry_recorded', 'renewed', 'amended', 'replaced_after_loss', 'returned_to_post', 'corrected', 'review_passed', 'review_failed', 'loss_reported', 'decision_proposed', 'decision_declined', 'custody_began', 'custody_ended'));

comment on table organisation_change is 'A guided act on the organisation; projection of organisation_change_event. The plan is what was filed; units and homes change only when it is applied.';
comment on table organisation_change_subject is 'Units and regions an act changes or uses; by it conflicts between planned acts are found.';
comment on table person_transfer is '调动: filed by the old unit, accepted or returned by the new one; projection of person_transfer_event.';
comment on table person_absence is 'Dated. 借调、挂职、驻村、产假、长病假; absence_id names the absence over all its rows.';
comment on table person_leaving is 'Append-only. The paper behind a leaving; the end of the home itself stands in person_unit_link.';
