-- Closing of the year: the yearly confirmation of a unit's hours, what people object to, the signed snapshot, and the
-- keys of the installation it is signed with.
CREATE TABLE "signing_key" (
    "id" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "algorithm" TEXT NOT NULL,
    "public_jwk" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "signing_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "signing_key_secret" (
    "key_id" TEXT NOT NULL,
    "private_cipher" BYTEA NOT NULL,

    CONSTRAINT "signing_key_secret_pkey" PRIMARY KEY ("key_id")
);

CREATE TABLE "year_closing" (
    "id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "due_day" DATE NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 0,
    "way" TEXT,
    "published_day" DATE,
    "objections_until_day" DATE,
    "opened_by" UUID NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_by" UUID,
    "confirmed_at" TIMESTAMPTZ(3),
    "frozen_by" UUID,
    "frozen_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,

    CONSTRAINT "year_closing_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_closing_event" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_closing_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_publication" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "way" TEXT NOT NULL,
    "published_day" DATE NOT NULL,
    "until_day" DATE,
    "rows" JSONB NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_publication_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_sheet" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_sheet_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_sheet_payload" (
    "sheet_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "year_sheet_payload_pkey" PRIMARY KEY ("sheet_id")
);

CREATE TABLE "year_objection" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "round" INTEGER NOT NULL,
    "person_id" UUID NOT NULL,
    "reason" TEXT NOT NULL,
    "filed_by" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_objection_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_objection_answer" (
    "id" UUID NOT NULL,
    "objection_id" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "answer" TEXT NOT NULL,
    "filed_by" UUID NOT NULL,
    "answered_by" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_objection_answer_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_snapshot" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "seal_no" TEXT NOT NULL,
    "unit_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "closed_day" DATE NOT NULL,
    "content" TEXT NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "protected_header" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "confirmed_by" UUID NOT NULL,
    "frozen_by" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_snapshot_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "year_snapshot_row" (
    "id" UUID NOT NULL,
    "closing_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "public_law_seconds" INTEGER NOT NULL,
    "specialised_law_seconds" INTEGER NOT NULL,
    "business_seconds" INTEGER NOT NULL,
    "skill_seconds" INTEGER NOT NULL,
    "total_seconds" INTEGER NOT NULL,
    "conclusion" TEXT NOT NULL,
    "entry_ids" UUID[],
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "year_snapshot_row_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "year_objection_answer_objection_id_key" ON "year_objection_answer"("objection_id");
CREATE UNIQUE INDEX "year_snapshot_closing_id_key" ON "year_snapshot"("closing_id");
CREATE UNIQUE INDEX "year_snapshot_row_person_id_year_key" ON "year_snapshot_row"("person_id", "year");
CREATE UNIQUE INDEX "signing_key_purpose_serial_key" ON "signing_key"("purpose", "serial");
CREATE INDEX "signing_key_recorded_tx_idx" ON "signing_key"("recorded_tx");
CREATE UNIQUE INDEX "year_closing_unit_id_year_key" ON "year_closing"("unit_id", "year");
CREATE INDEX "year_closing_year_state_idx" ON "year_closing"("year", "state");
CREATE UNIQUE INDEX "year_closing_event_closing_id_seq_key" ON "year_closing_event"("closing_id", "seq");
CREATE INDEX "year_closing_event_recorded_tx_idx" ON "year_closing_event"("recorded_tx");
CREATE UNIQUE INDEX "year_publication_closing_id_round_key" ON "year_publication"("closing_id", "round");
CREATE INDEX "year_publication_recorded_tx_idx" ON "year_publication"("recorded_tx");
CREATE INDEX "year_sheet_closing_id_idx" ON "year_sheet"("closing_id");
CREATE INDEX "year_sheet_recorded_tx_idx" ON "year_sheet"("recorded_tx");
CREATE INDEX "year_objection_closing_id_idx" ON "year_objection"("closing_id");
CREATE INDEX "year_objection_person_id_idx" ON "year_objection"("person_id");
CREATE INDEX "year_objection_recorded_tx_idx" ON "year_objection"("recorded_tx");
CREATE INDEX "year_objection_answer_recorded_tx_idx" ON "year_objection_answer"("recorded_tx");
CREATE UNIQUE INDEX "year_snapshot_seal_no_key" ON "year_snapshot"("seal_no");
CREATE INDEX "year_snapshot_unit_id_year_idx" ON "year_snapshot"("unit_id", "year");
CREATE INDEX "year_snapshot_recorded_tx_idx" ON "year_snapshot"("recorded_tx");
CREATE INDEX "year_snapshot_row_closing_id_idx" ON "year_snapshot_row"("closing_id");
CREATE INDEX "year_snapshot_row_recorded_tx_idx" ON "year_snapshot_row"("recorded_tx");

ALTER TABLE "signing_key_secret" ADD CONSTRAINT "signing_key_secret_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "signing_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_closing" ADD CONSTRAINT "year_closing_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_closing_event" ADD CONSTRAINT "year_closing_event_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_publication" ADD CONSTRAINT "year_publication_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_sheet" ADD CONSTRAINT "year_sheet_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_sheet_payload" ADD CONSTRAINT "year_sheet_payload_sheet_id_fkey" FOREIGN KEY ("sheet_id") REFERENCES "year_sheet"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_objection" ADD CONSTRAINT "year_objection_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_objection" ADD CONSTRAINT "year_objection_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_objection_answer" ADD CONSTRAINT "year_objection_answer_objection_id_fkey" FOREIGN KEY ("objection_id") REFERENCES "year_objection"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_snapshot" ADD CONSTRAINT "year_snapshot_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_closing"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_snapshot" ADD CONSTRAINT "year_snapshot_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "signing_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_snapshot_row" ADD CONSTRAINT "year_snapshot_row_closing_id_fkey" FOREIGN KEY ("closing_id") REFERENCES "year_snapshot"("closing_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "year_snapshot_row" ADD CONSTRAINT "year_snapshot_row_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('signing_key');
call make_append_only('year_closing_event');
call make_append_only('year_publication');
call make_append_only('year_sheet');
call make_append_only('year_objection');
call make_append_only('year_objection_answer');
call make_append_only('year_snapshot');
call make_append_only('year_snapshot_row');

alter table signing_key add constraint signing_key_algorithm_known check (algorithm = 'ES256');
alter table signing_key add constraint signing_key_serial_positive check (serial >= 1);
-- What is published must never hold the private part.
alter table signing_key add constraint signing_key_is_public check (not public_jwk ? 'd');
alter table year_closing add constraint year_closing_year_plausible check (year between 2000 and 2999);
alter table year_closing add constraint year_closing_state_known check (state in ('opened', 'published', 'confirmed', 'frozen'));
alter table year_closing add constraint year_closing_way_known check (way in ('notice', 'signed_sheet'));
alter table year_closing add constraint year_closing_published_is_whole check (state = 'opened' or (round >= 1 and way is not null and published_day is not null and (way = 'signed_sheet') = (objections_until_day is null)));
alter table year_closing add constraint year_closing_confirmed_is_whole check ((state in ('confirmed', 'frozen')) = (confirmed_by is not null and confirmed_at is not null));
alter table year_closing add constraint year_closing_frozen_is_whole check ((state = 'frozen') = (frozen_by is not null and frozen_at is not null));
alter table year_closing add constraint year_closing_two_persons check (frozen_by is null or frozen_by <> confirmed_by);
alter table year_closing_event add constraint year_closing_event_kind_known check (kind in ('opened', 'published', 'sheet_attached', 'objected', 'answered', 'confirmed', 'returned', 'frozen'));
alter table year_closing_event add constraint year_closing_event_return_says_why check (kind <> 'returned' or note is not null);
alter table year_publication add constraint year_publication_way_known check (way in ('notice', 'signed_sheet'));
alter table year_publication add constraint year_publication_notice_has_an_end check ((way = 'notice') = (until_day is not null));
alter table year_sheet add constraint year_sheet_media_type_known check (media_type in ('application/pdf', 'image/jpeg', 'image/png'));
alter table year_objection add constraint year_objection_reason_not_blank check (btrim(reason) <> '');
alter table year_objection_answer add constraint year_objection_answer_outcome_known check (outcome in ('upheld', 'rejected'));
alter table year_objection_answer add constraint year_objection_answer_not_blank check (btrim(answer) <> '');
alter table year_objection_answer add constraint year_objection_answer_two_persons check (answered_by <> filed_by);
alter table year_snapshot add constraint year_snapshot_two_persons check (frozen_by <> confirmed_by);
alter table year_snapshot add constraint year_snapshot_hash_is_of_content check (content_hash = sha256(convert_to(content, 'UTF8')));
alter table year_snapshot_row add constraint year_snapshot_row_names_entries check (entry_ids is not null);
alter table year_snapshot_row add constraint year_snapshot_row_sum check (total_seconds = public_law_seconds + specialised_law_seconds + business_seconds + skill_seconds);
alter table year_snapshot_row add constraint year_snapshot_row_conclusion_known check (conclusion in ('met', 'not_met', 'exempt', 'not_counted'));

comment on table signing_key is 'Append-only. Public keys of the installation; kept for ever, so that old signatures stay checkable.';
comment on table signing_key_secret is 'Private part of a signing key, sealed with APP_SECRET.';
comment on table year_closing is '学时年度封账 of one unit and year. Projection of year_closing_event.';
comment on table year_publication is 'Append-only. The list as it was put up (公示) or signed; one per round.';
comment on table year_objection is 'Append-only. Open until it has its answer.';
comment on table year_snapshot is 'Append-only. The signed snapshot of a closed year: content is canonical JSON, signature ES256 over it.';
comment on table year_snapshot_row is 'Append-only. A person''s sealed figures; once per person and year. entry_ids: the entries behind them.';
