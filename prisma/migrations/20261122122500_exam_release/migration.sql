-- Sealed papers (封卷), their release for printing, and answers from paper that two people have keyed in. Two persons stand
-- behind every seal and release (design.md invariant 11): one files, another confirms; both rows are append-only.
CREATE TABLE "exam_custody_request" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "paper_mode" TEXT,
    "set_hash" TEXT,
    "filed_by" UUID NOT NULL,
    "filed_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_custody_request_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_seal" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "request_id" UUID,
    "seal_no" INTEGER NOT NULL,
    "paper_mode" TEXT NOT NULL,
    "seed" TEXT NOT NULL,
    "added" INTEGER NOT NULL,
    "paper_count" INTEGER NOT NULL,
    "set_hash" TEXT NOT NULL,
    "neighbours" JSONB NOT NULL,
    "filed_by" UUID,
    "confirmed_by" UUID,
    "confirmed_way" TEXT,
    "confirmed_scan_id" UUID,
    "signer_name" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_seal_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_release" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "request_id" UUID NOT NULL,
    "seal_id" UUID NOT NULL,
    "set_hash" TEXT NOT NULL,
    "filed_by" UUID NOT NULL,
    "confirmed_by" UUID NOT NULL,
    "confirmed_way" TEXT NOT NULL,
    "confirmed_scan_id" UUID,
    "signer_name" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_release_pkey" PRIMARY KEY ("id")
);

-- Of what a seal drew: the paper knows its seal, its set (A or B) and whether the course asked for was completed then.
ALTER TABLE "paper"
    ADD COLUMN "seal_id" UUID,
    ADD COLUMN "variant" TEXT,
    ADD COLUMN "is_precondition_met" BOOLEAN;

-- One person's reading of one answer sheet; the letters stand beside it.
CREATE TABLE "answer_sheet_entry" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "entry_no" INTEGER NOT NULL,
    "source" TEXT NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "entered_by" UUID NOT NULL,
    "person_key" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "answer_sheet_entry_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "answer_sheet_payload" (
    "entry_id" UUID NOT NULL,
    "choices" JSONB NOT NULL,

    CONSTRAINT "answer_sheet_payload_pkey" PRIMARY KEY ("entry_id")
);

CREATE INDEX "exam_custody_request_sitting_id_kind_idx" ON "exam_custody_request"("sitting_id", "kind");
CREATE INDEX "exam_custody_request_recorded_tx_idx" ON "exam_custody_request"("recorded_tx");
CREATE UNIQUE INDEX "exam_seal_request_id_key" ON "exam_seal"("request_id");
CREATE UNIQUE INDEX "exam_seal_sitting_id_seal_no_key" ON "exam_seal"("sitting_id", "seal_no");
CREATE INDEX "exam_seal_recorded_tx_idx" ON "exam_seal"("recorded_tx");
CREATE UNIQUE INDEX "exam_release_request_id_key" ON "exam_release"("request_id");
CREATE UNIQUE INDEX "exam_release_seal_id_key" ON "exam_release"("seal_id");
CREATE INDEX "exam_release_sitting_id_idx" ON "exam_release"("sitting_id");
CREATE INDEX "exam_release_recorded_tx_idx" ON "exam_release"("recorded_tx");
CREATE INDEX "paper_seal_id_idx" ON "paper"("seal_id");
CREATE UNIQUE INDEX "answer_sheet_entry_registration_id_entry_no_key" ON "answer_sheet_entry"("registration_id", "entry_no");
CREATE UNIQUE INDEX "answer_sheet_entry_registration_id_person_key_key" ON "answer_sheet_entry"("registration_id", "person_key");
CREATE INDEX "answer_sheet_entry_recorded_tx_idx" ON "answer_sheet_entry"("recorded_tx");

ALTER TABLE "exam_custody_request" ADD CONSTRAINT "exam_custody_request_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_seal" ADD CONSTRAINT "exam_seal_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_seal" ADD CONSTRAINT "exam_seal_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "exam_custody_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_release" ADD CONSTRAINT "exam_release_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_release" ADD CONSTRAINT "exam_release_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "exam_custody_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_release" ADD CONSTRAINT "exam_release_seal_id_fkey" FOREIGN KEY ("seal_id") REFERENCES "exam_seal"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "answer_sheet_entry" ADD CONSTRAINT "answer_sheet_entry_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "answer_sheet_payload" ADD CONSTRAINT "answer_sheet_payload_entry_id_fkey" FOREIGN KEY ("entry_id") REFERENCES "answer_sheet_entry"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exam_custody_request');
call make_append_only('exam_seal');
call make_append_only('exam_release');
call make_append_only('answer_sheet_entry');

alter table exam_custody_request add constraint exam_custody_request_kind_known check (kind in ('seal', 'release'));
alter table exam_custody_request add constraint exam_custody_request_mode_of_a_seal check ((kind = 'seal') = (paper_mode is not null) and paper_mode in ('each', 'ab'));
alter table exam_custody_request add constraint exam_custody_request_set_of_a_release check ((kind = 'release') = (set_hash is not null));
alter table exam_seal add constraint exam_seal_mode_known check (paper_mode in ('each', 'ab'));
alter table exam_seal add constraint exam_seal_counts check (seal_no >= 1 and added >= 1 and paper_count >= added);
-- Without a request it is the system's own (the demo city); with one it names both people and the way.
alter table exam_seal add constraint exam_seal_of_two check ((request_id is null and filed_by is null and confirmed_by is null and confirmed_way is null) or (request_id is not null and filed_by is not null and confirmed_by is not null and confirmed_way is not null));
alter table exam_seal add constraint exam_seal_way_known check (confirmed_way in ('colleague', 'leader', 'upper_bureau', 'signed_form'));
alter table exam_seal add constraint exam_seal_two_people check (confirmed_way is null or confirmed_way = 'signed_form' or confirmed_by <> filed_by);
alter table exam_seal add constraint exam_seal_form_is_whole check (coalesce(confirmed_way = 'signed_form', false) = (confirmed_scan_id is not null and signer_name is not null));
alter table exam_release add constraint exam_release_way_known check (confirmed_way in ('colleague', 'leader', 'upper_bureau', 'signed_form'));
alter table exam_release add constraint exam_release_two_people check (confirmed_way = 'signed_form' or confirmed_by <> filed_by);
alter table exam_release add constraint exam_release_form_is_whole check ((confirmed_way = 'signed_form') = (confirmed_scan_id is not null and signer_name is not null));
alter table paper add constraint paper_variant_of_a_seal check (variant in ('A', 'B') and seal_id is not null or variant is null);
alter table answer_sheet_entry add constraint answer_sheet_entry_three_readings check (entry_no between 1 and 3);
alter table answer_sheet_entry add constraint answer_sheet_entry_source_known check (source in ('typed', 'workbook', 'third_look'));
-- The paper names its seal in the statement that draws it, before the seal's own row is counted and written.
alter table paper add constraint paper_seal_id_fkey foreign key (seal_id) references exam_seal(id) on delete restrict on update cascade deferrable initially deferred;
alter table exam_seal add constraint exam_seal_confirmed_scan_id_fkey foreign key (confirmed_scan_id) references approval_scan(id) on delete restrict on update cascade;
alter table exam_release add constraint exam_release_confirmed_scan_id_fkey foreign key (confirmed_scan_id) references approval_scan(id) on delete restrict on update cascade;

-- Epoch 0 is the answer sheet on paper: no device has it.
alter table answer_event drop constraint answer_event_ranges;
alter table answer_event add constraint answer_event_ranges check (epoch >= 0 and seq >= 1 and position >= 1);
alter table approval_scan drop constraint approval_scan_subject_known;
alter table approval_scan add constraint approval_scan_subject_known check (subject_kind in ('organisation_change', 'campaign', 'exam_custody'));
-- What is printed and may not be edited: the question papers and answer sheets of a sealed exam.
alter table document drop constraint document_format_known;
alter table document add constraint document_format_known check (format in ('docx', 'xlsx', 'pdf'));

comment on table exam_custody_request is 'Append-only. One person asks to seal or to release the papers of a sitting; a later one takes the place of an earlier one.';
comment on table exam_seal is 'Append-only. One drawing of papers ahead of the bell, confirmed by a second person; set_hash is over every paper sealed for the sitting so far.';
comment on table exam_release is 'Append-only. A sealed set opened for printing by two people.';
comment on table answer_sheet_entry is 'Append-only. One reading of an answer sheet by one natural person; 1 and 2 are independent, 3 settles where they differ.';
comment on table answer_sheet_payload is 'Letters by position of an answer_sheet_entry.';
comment on column paper.variant is 'A or B where a sitting is printed in two sets; null for a paper of one''s own.';
comment on column paper.is_precondition_met is 'The course the sitting asks for was completed when the paper was sealed; null: to be asked at the start.';
