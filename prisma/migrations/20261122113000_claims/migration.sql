-- External training: claims with their proof and the bureau's samples (domain.md §4.2 case 11); requests to correct the
-- hour ledger (case 13). Claims and requests are projections of their append-only events.
CREATE TABLE "external_claim" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "organiser" TEXT NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "form" TEXT NOT NULL,
    "category" TEXT NOT NULL,
    "place" TEXT,
    "stated_kind" TEXT NOT NULL,
    "stated_amount" INTEGER NOT NULL,
    "credit_seconds" INTEGER NOT NULL,
    "result" TEXT,
    "duplicate_key" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_as" TEXT NOT NULL,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_person_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "approved_seconds" INTEGER,
    "note" TEXT,

    CONSTRAINT "external_claim_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "external_claim_event" (
    "id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "statement" JSONB,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "external_claim_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "training_proof" (
    "id" UUID NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "training_proof_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "training_proof_payload" (
    "proof_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "training_proof_payload_pkey" PRIMARY KEY ("proof_id")
);

CREATE TABLE "external_claim_proof" (
    "claim_id" UUID NOT NULL,
    "proof_id" UUID NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "external_claim_proof_pkey" PRIMARY KEY ("claim_id", "proof_id")
);

CREATE TABLE "claim_sample" (
    "id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "from_day" DATE NOT NULL,
    "to_day" DATE NOT NULL,
    "share_percent" INTEGER NOT NULL,
    "seed" TEXT NOT NULL,
    "population" INTEGER NOT NULL,
    "drawn_by" UUID NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "claim_sample_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "claim_sample_item" (
    "sample_id" UUID NOT NULL,
    "claim_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "judgement" TEXT,
    "note" TEXT,
    "judged_by" UUID,
    "judged_at" TIMESTAMPTZ(3),

    CONSTRAINT "claim_sample_item_pkey" PRIMARY KEY ("sample_id", "claim_id")
);

CREATE TABLE "hour_correction" (
    "id" UUID NOT NULL,
    "entry_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "origin" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "objection" TEXT,
    "wanted_seconds" INTEGER,
    "reason_code" TEXT,
    "reason" TEXT,
    "objected_by" UUID,
    "filed_by" UUID,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_person_id" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "hour_correction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hour_correction_event" (
    "id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "hour_correction_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "hour_correction_proof" (
    "correction_id" UUID NOT NULL,
    "proof_id" UUID NOT NULL,

    CONSTRAINT "hour_correction_proof_pkey" PRIMARY KEY ("correction_id", "proof_id")
);

CREATE INDEX "external_claim_person_id_from_day_idx" ON "external_claim"("person_id", "from_day");
CREATE INDEX "external_claim_unit_id_state_idx" ON "external_claim"("unit_id", "state");
CREATE INDEX "external_claim_batch_id_idx" ON "external_claim"("batch_id");
CREATE INDEX "external_claim_filed_by_idx" ON "external_claim"("filed_by");
CREATE INDEX "external_claim_event_claim_id_idx" ON "external_claim_event"("claim_id");
CREATE INDEX "external_claim_event_recorded_tx_idx" ON "external_claim_event"("recorded_tx");
CREATE INDEX "external_claim_proof_proof_id_idx" ON "external_claim_proof"("proof_id");
CREATE INDEX "claim_sample_region_id_idx" ON "claim_sample"("region_id");
CREATE INDEX "claim_sample_item_claim_id_idx" ON "claim_sample_item"("claim_id");
CREATE INDEX "hour_correction_entry_id_idx" ON "hour_correction"("entry_id");
CREATE INDEX "hour_correction_person_id_idx" ON "hour_correction"("person_id");
CREATE INDEX "hour_correction_unit_id_state_idx" ON "hour_correction"("unit_id", "state");
CREATE INDEX "hour_correction_event_correction_id_idx" ON "hour_correction_event"("correction_id");
CREATE INDEX "hour_correction_event_recorded_tx_idx" ON "hour_correction_event"("recorded_tx");
CREATE INDEX "hour_correction_proof_proof_id_idx" ON "hour_correction_proof"("proof_id");

ALTER TABLE "external_claim" ADD CONSTRAINT "external_claim_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_claim" ADD CONSTRAINT "external_claim_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_claim_event" ADD CONSTRAINT "external_claim_event_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "external_claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "training_proof_payload" ADD CONSTRAINT "training_proof_payload_proof_id_fkey" FOREIGN KEY ("proof_id") REFERENCES "training_proof"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_claim_proof" ADD CONSTRAINT "external_claim_proof_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "external_claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "external_claim_proof" ADD CONSTRAINT "external_claim_proof_proof_id_fkey" FOREIGN KEY ("proof_id") REFERENCES "training_proof"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "claim_sample" ADD CONSTRAINT "claim_sample_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "claim_sample_item" ADD CONSTRAINT "claim_sample_item_sample_id_fkey" FOREIGN KEY ("sample_id") REFERENCES "claim_sample"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "claim_sample_item" ADD CONSTRAINT "claim_sample_item_claim_id_fkey" FOREIGN KEY ("claim_id") REFERENCES "external_claim"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction" ADD CONSTRAINT "hour_correction_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "hour_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction" ADD CONSTRAINT "hour_correction_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction" ADD CONSTRAINT "hour_correction_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction_event" ADD CONSTRAINT "hour_correction_event_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "hour_correction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction_proof" ADD CONSTRAINT "hour_correction_proof_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "hour_correction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "hour_correction_proof" ADD CONSTRAINT "hour_correction_proof_proof_id_fkey" FOREIGN KEY ("proof_id") REFERENCES "training_proof"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('external_claim_event');
call make_append_only('hour_correction_event');

alter table external_claim add constraint external_claim_kind_known check (kind in ('external', 'lecture', 'exam', 'contest', 'drill', 'shadowing'));
alter table external_claim add constraint external_claim_form_known check (form in ('class', 'lecture', 'online', 'live_class', 'group_study', 'on_site', 'simulation', 'exam', 'contest', 'shadowing'));
alter table external_claim add constraint external_claim_category_known check (category in ('public_law', 'specialised_law', 'business', 'skill'));
alter table external_claim add constraint external_claim_days_in_order check (to_day >= from_day);
alter table external_claim add constraint external_claim_stated_kind_known check (stated_kind in ('hours', 'minutes'));
alter table external_claim add constraint external_claim_stated_positive check (stated_amount > 0 and credit_seconds between 1 and 2700000);
alter table external_claim add constraint external_claim_state_known check (state in ('filed', 'returned', 'approved', 'withdrawn'));
alter table external_claim add constraint external_claim_filed_as_known check (filed_as in ('self', 'liaison'));
alter table external_claim add constraint external_claim_approval_is_whole check ((state = 'approved') = (approved_seconds is not null) and (state <> 'approved' or decided_by is not null));
alter table external_claim add constraint external_claim_approved_within_asked check (approved_seconds between 1 and credit_seconds);
alter table external_claim add constraint external_claim_two_persons check (decided_by is null or decided_by <> filed_by);
alter table external_claim add constraint external_claim_not_ones_own check (decided_person_id is null or decided_person_id <> person_id);
alter table external_claim_event add constraint external_claim_event_kind_known check (kind in ('filed', 'resubmitted', 'returned', 'approved', 'withdrawn', 'moved'));
alter table training_proof add constraint training_proof_type_known check (media_type in ('application/pdf', 'image/jpeg', 'image/png'));
alter table training_proof add constraint training_proof_size_in_bounds check (byte_count between 1 and 5242880);
alter table claim_sample add constraint claim_sample_days_in_order check (to_day >= from_day);
alter table claim_sample add constraint claim_sample_share_in_bounds check (share_percent between 1 and 100);
alter table claim_sample_item add constraint claim_sample_item_judgement_known check (judgement in ('genuine', 'not_genuine'));
alter table claim_sample_item add constraint claim_sample_item_judged_is_whole check ((judgement is null) = (judged_by is null) and (judgement is null) = (judged_at is null));
alter table claim_sample_item add constraint claim_sample_item_says_why check (judgement is distinct from 'not_genuine' or note is not null);
alter table hour_correction add constraint hour_correction_origin_known check (origin in ('office', 'objection', 'sample'));
alter table hour_correction add constraint hour_correction_state_known check (state in ('objected', 'filed', 'applied', 'declined', 'withdrawn'));
alter table hour_correction add constraint hour_correction_request_is_whole check (state not in ('filed', 'applied') or (filed_by is not null and wanted_seconds is not null and reason_code is not null and reason is not null));
alter table hour_correction add constraint hour_correction_wanted_in_bounds check (wanted_seconds between 0 and 2700000);
alter table hour_correction add constraint hour_correction_two_persons check (decided_by is null or state = 'withdrawn' or (decided_by is distinct from filed_by and decided_by is distinct from objected_by));
alter table hour_correction add constraint hour_correction_not_ones_own check (state <> 'applied' or decided_person_id is null or decided_person_id <> person_id);
alter table hour_correction_event add constraint hour_correction_event_kind_known check (kind in ('objected', 'filed', 'applied', 'declined', 'withdrawn', 'moved'));

-- One training of one person counts once (domain.md §4.2 case 16); who withdraws may file again.
create unique index external_claim_once on external_claim (duplicate_key) where state in ('filed', 'returned', 'approved');
-- One request about an entry waits at a time.
create unique index hour_correction_open_once on hour_correction (entry_id) where state in ('objected', 'filed');

comment on table external_claim is '学时认定: one person''s share in one training outside the platform; how it came to its state stands in external_claim_event.';
comment on table external_claim_event is 'Append-only. What was claimed each time, returned, approved.';
comment on table training_proof is 'Proof of claims and corrections; bytes sealed in training_proof_payload, handed out through a door only.';
comment on table training_proof_payload is 'Payload. The file, sealed.';
comment on table external_claim_proof is 'Files of a claim; one that was taken out when a claim was completed keeps its row.';
comment on table claim_sample is '抽查: a share of a period''s approved claims, drawn by a stored seed, so that it can be drawn again.';
comment on table claim_sample_item is 'A claim drawn for a sample, and how it was judged, once.';
comment on table hour_correction is 'A request to correct an entry of the ledger, or an officer''s objection waiting to become one; events in hour_correction_event.';
comment on table hour_correction_event is 'Append-only.';
comment on table hour_correction_proof is 'Files of a correction request.';
