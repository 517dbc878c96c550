-- Papers of the office: templates the bureau may replace, documents drawn from them, their numbers and stamped scans,
-- and batches that draw many at once.

-- CreateTable
CREATE TABLE "template_content" (
    "content_hash" CHAR(64) NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "template_content_pkey" PRIMARY KEY ("content_hash")
);

-- CreateTable
CREATE TABLE "template_version" (
    "id" UUID NOT NULL,
    "paper_code" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "version_no" INTEGER NOT NULL,
    "format" TEXT NOT NULL,
    "content_hash" CHAR(64) NOT NULL,
    "mapping" JSONB,
    "is_ready" BOOLEAN NOT NULL,
    "file_name" TEXT NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "template_version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "template_use" (
    "id" UUID NOT NULL,
    "paper_code" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "template_version_id" UUID,
    "valid_from" DATE NOT NULL,
    "valid_to" DATE,
    "decided_by" UUID,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "superseded_at" TIMESTAMPTZ(3),

    CONSTRAINT "template_use_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document" (
    "id" UUID NOT NULL,
    "paper_code" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "unit_id" UUID,
    "title" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "template_version_id" UUID,
    "data_hash" BYTEA NOT NULL,
    "drawn_by" UUID NOT NULL,
    "drawn_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "document_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_payload" (
    "document_id" UUID NOT NULL,
    "data" JSONB NOT NULL,

    CONSTRAINT "document_payload_pkey" PRIMARY KEY ("document_id")
);

-- CreateTable
CREATE TABLE "document_file" (
    "document_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "document_file_pkey" PRIMARY KEY ("document_id","seq")
);

-- CreateTable
CREATE TABLE "document_event" (
    "id" UUID NOT NULL,
    "document_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "document_no" TEXT,
    "signed_day" DATE,
    "scan_name" TEXT,
    "scan_type" TEXT,
    "scan_bytes" INTEGER,
    "scan_hash" BYTEA,
    "reason" TEXT,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "document_event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_scan" (
    "event_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "document_scan_pkey" PRIMARY KEY ("event_id")
);

-- CreateTable
CREATE TABLE "document_batch" (
    "id" UUID NOT NULL,
    "title" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "unit_id" UUID,
    "state" TEXT NOT NULL,
    "total" INTEGER NOT NULL,
    "drawn" INTEGER NOT NULL DEFAULT 0,
    "failed" INTEGER NOT NULL DEFAULT 0,
    "started_by" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "document_batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "document_batch_item" (
    "batch_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "document_id" UUID NOT NULL,
    "paper_code" TEXT NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "data" JSONB,
    "failure" TEXT,

    CONSTRAINT "document_batch_item_pkey" PRIMARY KEY ("batch_id","position")
);

-- CreateTable
CREATE TABLE "document_batch_file" (
    "batch_id" UUID NOT NULL,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "document_batch_file_pkey" PRIMARY KEY ("batch_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "template_version_paper_code_region_id_version_no_key" ON "template_version"("paper_code", "region_id", "version_no");

-- CreateIndex
CREATE INDEX "template_version_recorded_tx_idx" ON "template_version"("recorded_tx");

-- CreateIndex
CREATE INDEX "template_use_paper_code_region_id_valid_from_idx" ON "template_use"("paper_code", "region_id", "valid_from");

-- CreateIndex
CREATE INDEX "document_subject_kind_subject_id_idx" ON "document"("subject_kind", "subject_id");

-- CreateIndex
CREATE INDEX "document_region_id_drawn_at_idx" ON "document"("region_id", "drawn_at");

-- CreateIndex
CREATE INDEX "document_unit_id_drawn_at_idx" ON "document"("unit_id", "drawn_at");

-- CreateIndex
CREATE INDEX "document_recorded_tx_idx" ON "document"("recorded_tx");

-- CreateIndex
CREATE UNIQUE INDEX "document_event_document_id_seq_key" ON "document_event"("document_id", "seq");

-- CreateIndex
CREATE INDEX "document_event_document_no_idx" ON "document_event"("document_no");

-- CreateIndex
CREATE INDEX "document_event_recorded_tx_idx" ON "document_event"("recorded_tx");

-- CreateIndex
CREATE INDEX "document_batch_started_by_started_at_idx" ON "document_batch"("started_by", "started_at");

-- CreateIndex
CREATE INDEX "document_batch_expires_at_idx" ON "document_batch"("expires_at");

-- AddForeignKey
ALTER TABLE "template_version" ADD CONSTRAINT "template_version_content_hash_fkey" FOREIGN KEY ("content_hash") REFERENCES "template_content"("content_hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "template_use" ADD CONSTRAINT "template_use_template_version_id_fkey" FOREIGN KEY ("template_version_id") REFERENCES "template_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document" ADD CONSTRAINT "document_template_version_id_fkey" FOREIGN KEY ("template_version_id") REFERENCES "template_version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_payload" ADD CONSTRAINT "document_payload_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_file" ADD CONSTRAINT "document_file_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_event" ADD CONSTRAINT "document_event_document_id_fkey" FOREIGN KEY ("document_id") REFERENCES "document"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_scan" ADD CONSTRAINT "document_scan_event_id_fkey" FOREIGN KEY ("event_id") REFERENCES "document_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_batch_item" ADD CONSTRAINT "document_batch_item_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "document_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "document_batch_file" ADD CONSTRAINT "document_batch_file_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "document_batch"("id") ON DELETE CASCADE ON UPDATE CASCADE;

alter table template_version add constraint template_version_format_known check (format in ('docx', 'xlsx'));
alter table template_version add constraint template_version_no_positive check (version_no >= 1 and size_bytes > 0);
alter table template_use add constraint template_use_days_in_order check (valid_to is null or valid_to > valid_from);
alter table document add constraint document_format_known check (format in ('docx', 'xlsx'));
alter table document_event add constraint document_event_seq_positive check (seq >= 1);
alter table document_event add constraint document_event_kind_known check (kind in ('numbered', 'number_corrected', 'scan_attached'));
alter table document_event add constraint document_event_says_number check ((kind = 'scan_attached') = (document_no is null));
alter table document_event add constraint document_event_says_scan check ((kind = 'scan_attached') = (scan_hash is not null));
alter table document_event add constraint document_event_correction_has_reason check (kind <> 'number_corrected' or reason is not null);
alter table document_batch add constraint document_batch_state_known check (state in ('waiting', 'drawing', 'finished', 'cancelled', 'expired'));
alter table document_batch add constraint document_batch_counts check (drawn >= 0 and failed >= 0 and drawn + failed <= total);
alter table document_batch_item add constraint document_batch_item_state_known check (state in ('waiting', 'drawn', 'failed'));

-- One region, one paper, one template on a day, as known now; the bureaus of one region take turns at the start row.
create unique index template_use_starts_once on template_use (paper_code, region_id, valid_from) where superseded_at is null;

call make_append_only('template_version');
call make_append_only('document');
call make_append_only('document_event');
call make_dated('template_use');

comment on table template_content is 'Bytes of uploaded templates by their SHA-256; versions with the same bytes share them.';
comment on table template_version is 'Append-only. A .docx or .xlsx a bureau uploaded for a paper; mapping = columns of a workbook without tags.';
comment on table template_use is 'Dated. Which version a region draws a paper with; without a version: the default that comes with the platform.';
comment on table document is 'Append-only. A paper drawn for a subject; its bytes, data, number and scans stand beside it.';
comment on table document_payload is 'The values a document was drawn with; they also feed its PDF.';
comment on table document_file is 'The drawn file; seq 0 as drawn, else the event after which it was drawn anew with its number.';
comment on table document_event is 'Append-only. 文号 entered or corrected, stamped scan attached.';
comment on table document_scan is 'Bytes of a stamped scan.';
comment on table document_batch is 'Many papers drawn in the background into one zip, kept for a week.';
comment on table document_batch_item is 'One paper of a batch; its data is cleared once it is drawn.';
comment on table document_batch_file is 'The zip of a finished batch; cleared after a week.';
