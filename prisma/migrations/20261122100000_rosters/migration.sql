-- The registers beside the roster: legal reviewers, supervision cards, invited supervisors, liaison contacts (dated);
-- assessments, honours, photos (append-only); corrections of a person's data with their proof.
CREATE TABLE "legal_reviewer" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "work_mode" TEXT NOT NULL,
    "qualification_no" TEXT,
    "since_year" INTEGER,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "legal_reviewer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "supervision_card" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "card_no" TEXT NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "supervision_card_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "invited_supervisor" (
    "id" UUID NOT NULL,
    "supervisor_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "affiliation" TEXT NOT NULL,
    "document_no" TEXT,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE NOT NULL,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "invited_supervisor_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "unit_contact" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "position" TEXT,
    "phone_cipher" BYTEA NOT NULL,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "recorded_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "unit_contact_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "assessment" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "unit_id" UUID NOT NULL,
    "grade" TEXT NOT NULL,
    "state" TEXT NOT NULL DEFAULT 'stands',
    "corrects_id" UUID,
    "reason" TEXT,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "assessment_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "honour" (
    "id" UUID NOT NULL,
    "person_id" UUID,
    "unit_id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "awarded_by" TEXT NOT NULL,
    "awarded_day" DATE NOT NULL,
    "document_no" TEXT,
    "state" TEXT NOT NULL DEFAULT 'stands',
    "corrects_id" UUID,
    "reason" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "honour_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_photo" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "width_px" INTEGER NOT NULL,
    "height_px" INTEGER NOT NULL,
    "sha256" TEXT NOT NULL,
    "source_kind" TEXT NOT NULL,
    "source_id" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "person_photo_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_photo_payload" (
    "person_id" UUID NOT NULL,
    "photo_id" UUID NOT NULL,
    "content_cipher" BYTEA NOT NULL,

    CONSTRAINT "person_photo_payload_pkey" PRIMARY KEY ("person_id")
);

CREATE TABLE "person_correction" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "changes" JSONB NOT NULL,
    "proof" TEXT NOT NULL,
    "needs_second" BOOLEAN NOT NULL,
    "state" TEXT NOT NULL,
    "note" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),

    CONSTRAINT "person_correction_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "person_correction_payload" (
    "correction_id" UUID NOT NULL,
    "secret_cipher" BYTEA,
    "scan_type" TEXT,
    "scan_name" TEXT,
    "scan_cipher" BYTEA,

    CONSTRAINT "person_correction_payload_pkey" PRIMARY KEY ("correction_id")
);

CREATE TABLE "person_correction_event" (
    "id" UUID NOT NULL,
    "correction_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "person_correction_event_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "legal_reviewer_person_id_idx" ON "legal_reviewer"("person_id");
CREATE INDEX "legal_reviewer_unit_id_idx" ON "legal_reviewer"("unit_id");
CREATE INDEX "supervision_card_person_id_idx" ON "supervision_card"("person_id");
CREATE INDEX "supervision_card_unit_id_idx" ON "supervision_card"("unit_id");
CREATE INDEX "supervision_card_card_no_idx" ON "supervision_card"("card_no");
CREATE INDEX "invited_supervisor_region_id_idx" ON "invited_supervisor"("region_id");
CREATE INDEX "invited_supervisor_supervisor_id_idx" ON "invited_supervisor"("supervisor_id");
CREATE INDEX "unit_contact_unit_id_idx" ON "unit_contact"("unit_id");
CREATE UNIQUE INDEX "assessment_corrects_id_key" ON "assessment"("corrects_id");
CREATE INDEX "assessment_person_id_year_idx" ON "assessment"("person_id", "year");
CREATE INDEX "assessment_unit_id_year_idx" ON "assessment"("unit_id", "year");
CREATE INDEX "assessment_recorded_tx_idx" ON "assessment"("recorded_tx");
CREATE UNIQUE INDEX "honour_corrects_id_key" ON "honour"("corrects_id");
CREATE INDEX "honour_person_id_idx" ON "honour"("person_id");
CREATE INDEX "honour_unit_id_awarded_day_idx" ON "honour"("unit_id", "awarded_day");
CREATE INDEX "honour_recorded_tx_idx" ON "honour"("recorded_tx");
CREATE INDEX "person_photo_person_id_idx" ON "person_photo"("person_id");
CREATE INDEX "person_photo_recorded_tx_idx" ON "person_photo"("recorded_tx");
CREATE UNIQUE INDEX "person_photo_payload_photo_id_key" ON "person_photo_payload"("photo_id");
CREATE INDEX "person_correction_person_id_filed_at_idx" ON "person_correction"("person_id", "filed_at");
CREATE INDEX "person_correction_unit_id_state_idx" ON "person_correction"("unit_id", "state");
CREATE INDEX "person_correction_event_correction_id_idx" ON "person_correction_event"("correction_id");
CREATE INDEX "person_correction_event_recorded_tx_idx" ON "person_correction_event"("recorded_tx");

ALTER TABLE "legal_reviewer" ADD CONSTRAINT "legal_reviewer_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "legal_reviewer" ADD CONSTRAINT "legal_reviewer_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "supervision_card" ADD CONSTRAINT "supervision_card_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "supervision_card" ADD CONSTRAINT "supervision_card_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invited_supervisor" ADD CONSTRAINT "invited_supervisor_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "unit_contact" ADD CONSTRAINT "unit_contact_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "assessment" ADD CONSTRAINT "assessment_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "assessment"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "honour" ADD CONSTRAINT "honour_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "honour" ADD CONSTRAINT "honour_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "honour" ADD CONSTRAINT "honour_corrects_id_fkey" FOREIGN KEY ("corrects_id") REFERENCES "honour"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_photo" ADD CONSTRAINT "person_photo_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_photo_payload" ADD CONSTRAINT "person_photo_payload_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_photo_payload" ADD CONSTRAINT "person_photo_payload_photo_id_fkey" FOREIGN KEY ("photo_id") REFERENCES "person_photo"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_correction" ADD CONSTRAINT "person_correction_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_correction" ADD CONSTRAINT "person_correction_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_correction_payload" ADD CONSTRAINT "person_correction_payload_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "person_correction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "person_correction_event" ADD CONSTRAINT "person_correction_event_correction_id_fkey" FOREIGN KEY ("correction_id") REFERENCES "person_correction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_dated('legal_reviewer');
call make_dated('supervision_card');
call make_dated('invited_supervisor');
call make_dated('unit_contact');
call make_append_only('assessment');
call make_append_only('honour');
call make_append_only('person_photo');
call make_append_only('person_correction_event');

alter table legal_reviewer add constraint legal_reviewer_days_in_order check (valid_to is null or valid_to > valid_from);
alter table legal_reviewer add constraint legal_reviewer_work_mode_known check (work_mode in ('full_time', 'part_time'));
alter table legal_reviewer add constraint legal_reviewer_since_year_plausible check (since_year between 1949 and 2999);
alter table supervision_card add constraint supervision_card_days_in_order check (valid_to > valid_from);
alter table supervision_card add constraint supervision_card_no_not_blank check (card_no <> '');
alter table invited_supervisor add constraint invited_supervisor_days_in_order check (valid_to > valid_from);
alter table unit_contact add constraint unit_contact_days_in_order check (valid_to is null or valid_to > valid_from);
alter table assessment add constraint assessment_year_plausible check (year between 1994 and 2999);
alter table assessment add constraint assessment_grade_known check (grade in ('excellent', 'competent', 'basically_competent', 'incompetent'));
alter table assessment add constraint assessment_state_known check (state in ('stands', 'withdrawn'));
alter table assessment add constraint assessment_correction_says_why check (corrects_id is null or reason is not null);
alter table assessment add constraint assessment_withdrawal_withdraws check (state = 'stands' or corrects_id is not null);
alter table honour add constraint honour_state_known check (state in ('stands', 'withdrawn'));
alter table honour add constraint honour_correction_says_why check (corrects_id is null or reason is not null);
alter table honour add constraint honour_withdrawal_withdraws check (state = 'stands' or corrects_id is not null);
alter table person_photo add constraint person_photo_media_type_known check (media_type in ('image/jpeg', 'image/png'));
alter table person_photo add constraint person_photo_byte_count_in_bounds check (byte_count between 1 and 1048576);
alter table person_photo add constraint person_photo_size_positive check (width_px > 0 and height_px > 0);
alter table person_correction add constraint person_correction_state_known check (state in ('filed', 'applied', 'declined', 'withdrawn'));
alter table person_correction add constraint person_correction_decided_when_not_filed check ((state = 'filed') = (decided_at is null));
alter table person_correction add constraint person_correction_two_persons check (not needs_second or decided_by is null or state <> 'applied' or decided_by <> filed_by);
alter table person_correction_event add constraint person_correction_event_kind_known check (kind in ('filed', 'applied', 'declined', 'withdrawn'));

-- One grade per person and year: whatever comes later corrects what stands.
create unique index assessment_first_once on assessment (person_id, year) where corrects_id is null;
-- One correction of a person waits at a time.
create unique index person_correction_open_once on person_correction (person_id) where state = 'filed';

comment on table legal_reviewer is 'Dated. 法制审核人员: for which unit a person reviews decisions, full or part time, with which qualification.';
comment on table supervision_card is 'Dated. 行政执法监督证; valid_from and valid_to are the card''s own validity.';
comment on table invited_supervisor is 'Dated. 特邀行政执法监督员: people from outside, the term of the invitation is valid_from to valid_to.';
comment on table unit_contact is 'Dated. 联络员: whom to call in a unit; the number is sealed.';
comment on table assessment is 'Append-only. 年度考核 of a person in a year; what stands is the row that no other corrects.';
comment on table honour is 'Append-only. 表彰 of a unit (person_id null) or of one of its people; what stands is the row that no other corrects.';
comment on table person_photo is 'Append-only. That a photo was taken in, with its hash; the picture itself is payload.';
comment on table person_photo_payload is 'Payload. The one present photo of a person, sealed; the earlier picture goes when a new one comes.';
comment on table person_correction is 'Correction of a person''s data: before, after and proof. Projection of person_correction_event.';
comment on table person_correction_payload is 'Payload. The new ID number until it is decided, and the scan that proves it; both sealed.';
