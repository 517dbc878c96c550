-- Campaigns: 下发 → 填报 → 催报 → 审核 → 汇总 → 公告, one mechanism for all kinds. The rows of campaign and campaign_target are
-- the present state; what happened stands in campaign_event and campaign_answer.
CREATE TABLE "campaign" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "region_id" UUID NOT NULL,
    "field_code" TEXT,
    "year" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "supplements_id" UUID,
    "state" TEXT NOT NULL,
    "issued_day" DATE NOT NULL,
    "workdays" INTEGER NOT NULL,
    "due_day" DATE NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "bulk_round" INTEGER NOT NULL DEFAULT 1,
    "issued_by" UUID,
    "issued_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "document_no" TEXT,
    "approving_organ" TEXT,
    "effective_day" DATE,
    "approved_by" UUID,
    "approved_at" TIMESTAMPTZ(3),
    "announced_day" DATE,
    "announced_in" TEXT,
    "effect" JSONB,

    CONSTRAINT "campaign_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_target" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "unit_name" TEXT NOT NULL,
    "unit_name_pinyin" TEXT NOT NULL,
    "field_codes" TEXT[],
    "due_day" DATE NOT NULL,
    "state" TEXT NOT NULL,
    "task_no" INTEGER NOT NULL DEFAULT 1,
    "answer_no" INTEGER NOT NULL DEFAULT 0,
    "exception_count" INTEGER NOT NULL DEFAULT 0,
    "is_late" BOOLEAN NOT NULL DEFAULT false,
    "figures" JSONB NOT NULL DEFAULT '{}',
    "version" INTEGER NOT NULL DEFAULT 1,
    "answered_at" TIMESTAMPTZ(3),
    "answered_by" UUID,
    "reviewed_at" TIMESTAMPTZ(3),
    "reviewed_by" UUID,

    CONSTRAINT "campaign_target_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_answer" (
    "id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "exception_count" INTEGER NOT NULL,
    "is_late" BOOLEAN NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "campaign_answer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_answer_payload" (
    "answer_id" UUID NOT NULL,
    "content" JSONB NOT NULL,

    CONSTRAINT "campaign_answer_payload_pkey" PRIMARY KEY ("answer_id")
);

CREATE TABLE "campaign_draft" (
    "target_id" UUID NOT NULL,
    "content" JSONB NOT NULL,
    "saved_by" UUID NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "campaign_draft_pkey" PRIMARY KEY ("target_id")
);

CREATE TABLE "campaign_event" (
    "id" UUID NOT NULL,
    "campaign_id" UUID NOT NULL,
    "target_id" UUID,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "campaign_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_file" (
    "id" UUID NOT NULL,
    "target_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "campaign_file_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "campaign_file_payload" (
    "file_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "campaign_file_payload_pkey" PRIMARY KEY ("file_id")
);

CREATE INDEX "campaign_region_id_issued_day_idx" ON "campaign"("region_id", "issued_day");
CREATE INDEX "campaign_kind_year_idx" ON "campaign"("kind", "year");
CREATE UNIQUE INDEX "campaign_target_campaign_id_unit_id_key" ON "campaign_target"("campaign_id", "unit_id");
CREATE INDEX "campaign_target_campaign_id_state_idx" ON "campaign_target"("campaign_id", "state");
CREATE INDEX "campaign_target_unit_id_idx" ON "campaign_target"("unit_id");
CREATE UNIQUE INDEX "campaign_answer_target_id_no_key" ON "campaign_answer"("target_id", "no");
CREATE INDEX "campaign_answer_recorded_tx_idx" ON "campaign_answer"("recorded_tx");
CREATE INDEX "campaign_event_campaign_id_occurred_at_idx" ON "campaign_event"("campaign_id", "occurred_at");
CREATE INDEX "campaign_event_target_id_idx" ON "campaign_event"("target_id");
CREATE INDEX "campaign_event_recorded_tx_idx" ON "campaign_event"("recorded_tx");
CREATE INDEX "campaign_file_target_id_idx" ON "campaign_file"("target_id");

ALTER TABLE "campaign" ADD CONSTRAINT "campaign_supplements_id_fkey" FOREIGN KEY ("supplements_id") REFERENCES "campaign"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "campaign_target" ADD CONSTRAINT "campaign_target_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_answer" ADD CONSTRAINT "campaign_answer_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "campaign_target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_answer_payload" ADD CONSTRAINT "campaign_answer_payload_answer_id_fkey" FOREIGN KEY ("answer_id") REFERENCES "campaign_answer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_draft" ADD CONSTRAINT "campaign_draft_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "campaign_target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_event" ADD CONSTRAINT "campaign_event_campaign_id_fkey" FOREIGN KEY ("campaign_id") REFERENCES "campaign"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_event" ADD CONSTRAINT "campaign_event_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "campaign_target"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "campaign_file" ADD CONSTRAINT "campaign_file_target_id_fkey" FOREIGN KEY ("target_id") REFERENCES "campaign_target"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign_file_payload" ADD CONSTRAINT "campaign_file_payload_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "campaign_file"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('campaign_answer');
call make_append_only('campaign_event');

alter table campaign add constraint campaign_state_known check (state in ('open', 'closed', 'approved', 'announced'));
alter table campaign add constraint campaign_approval_is_whole check (
  (state in ('approved', 'announced')) = (document_no is not null and effective_day is not null and approved_at is not null));
alter table campaign add constraint campaign_announced_has_day check ((state = 'announced') = (announced_day is not null));
alter table campaign add constraint campaign_workdays_in_range check (workdays between 1 and 120);
alter table campaign_target add constraint campaign_target_state_known check (state in ('waiting', 'submitted', 'returned', 'accepted'));
alter table campaign_target add constraint campaign_target_answered_when_submitted check (
  (state = 'waiting') = (answer_no = 0) and (answer_no = 0) = (answered_at is null));
alter table campaign_event add constraint campaign_event_kind_known check (kind in ('issued', 'reminded', 'submitted', 'returned', 'accepted', 'extended', 'closed', 'reopened', 'approved', 'announced', 'paper_drawn'));
alter table campaign_file add constraint campaign_file_purpose_known check (purpose in ('stamped_form', 'proof'));

-- What the yearly confirmation asks for beside name, type and basis (domain.md §11.3, 主体名录).
alter table entity_version add column "details" JSONB NOT NULL DEFAULT '{}';

comment on table campaign is 'One thing asked of many units with a last day; projection of campaign_event.';
comment on table campaign_target is 'A unit asked, named as on the day of issue; projection of its answers and events.';
comment on table campaign_answer is 'Append-only. Every version of a unit''s answer; its content lies in campaign_answer_payload.';
comment on table campaign_draft is 'What a unit has filled in and not handed in yet; the last saving stands.';
comment on table campaign_file is 'Stamped forms and proofs of a unit; bytes in campaign_file_payload, handed out through a door only.';
comment on column entity_version.details is 'legalRepresentative, address, phone, entrustedFrom, entrustedUntil; parsed by organization/entity/entity.ts.';
