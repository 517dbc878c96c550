-- Exam delivery: the batch (考试批次) that people register for, rooms and seats of a sitting, what a sitting decides about
-- entry, focus and release of results, and what the invigilator's acts change of a running attempt (domain.md §5.5).
CREATE TABLE "exam_batch" (
    "id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "year" INTEGER NOT NULL,
    "no" INTEGER NOT NULL,
    "title" TEXT NOT NULL,
    "blueprint_code" TEXT NOT NULL,
    "campaign_id" UUID,
    "register_from" TIMESTAMPTZ(3) NOT NULL,
    "register_until" TIMESTAMPTZ(3) NOT NULL,
    "late_until" TIMESTAMPTZ(3),
    "withdraw_until" TIMESTAMPTZ(3) NOT NULL,
    "precondition_course" TEXT,
    "status" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_by" UUID,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exam_batch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_batch_event" (
    "id" UUID NOT NULL,
    "batch_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "note" TEXT,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_batch_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_room" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "no" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "seat_rows" INTEGER NOT NULL,
    "seat_columns" INTEGER NOT NULL,
    "ip_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    "access_code_cipher" BYTEA,
    "paused_at" TIMESTAMPTZ(3),
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exam_room_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_room_invigilator" (
    "room_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "assigned_by" UUID,
    "assigned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "exam_room_invigilator_pkey" PRIMARY KEY ("room_id", "account_id")
);

CREATE TABLE "exam_message" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "room_id" UUID,
    "attempt_id" UUID,
    "text" TEXT NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_message_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "exam_sitting"
    ADD COLUMN "batch_id" UUID,
    ADD COLUMN "place_mode" TEXT NOT NULL DEFAULT 'remote',
    ADD COLUMN "check_in_from" TIMESTAMPTZ(3),
    ADD COLUMN "needs_access_code" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "needs_device_release" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "ip_ranges" TEXT[] DEFAULT ARRAY[]::TEXT[],
    ADD COLUMN "focus_policy" TEXT NOT NULL DEFAULT 'note',
    ADD COLUMN "focus_limit" INTEGER,
    ADD COLUMN "result_release" TEXT NOT NULL DEFAULT 'at_once',
    ADD COLUMN "results_released_at" TIMESTAMPTZ(3),
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1;

ALTER TABLE "exam_registration"
    ADD COLUMN "batch_id" UUID,
    ADD COLUMN "route" TEXT NOT NULL DEFAULT 'regular',
    ADD COLUMN "verdict" TEXT,
    ADD COLUMN "reasons" JSONB NOT NULL DEFAULT '[]',
    ADD COLUMN "room_id" UUID,
    ADD COLUMN "seat_no" INTEGER,
    ADD COLUMN "admitted_at" TIMESTAMPTZ(3),
    ADD COLUMN "version" INTEGER NOT NULL DEFAULT 1,
    ALTER COLUMN "sitting_id" DROP NOT NULL,
    ALTER COLUMN "ticket_no" DROP NOT NULL;

ALTER TABLE "registration_event"
    ADD COLUMN "note" TEXT,
    ADD COLUMN "detail" JSONB;

ALTER TABLE "attempt"
    ADD COLUMN "paused_at" TIMESTAMPTZ(3),
    ADD COLUMN "notice_no" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "device_released_at" TIMESTAMPTZ(3);

CREATE UNIQUE INDEX "exam_batch_region_id_year_no_key" ON "exam_batch"("region_id", "year", "no");
CREATE INDEX "exam_batch_event_batch_id_idx" ON "exam_batch_event"("batch_id");
CREATE INDEX "exam_batch_event_recorded_tx_idx" ON "exam_batch_event"("recorded_tx");
CREATE UNIQUE INDEX "exam_room_sitting_id_no_key" ON "exam_room"("sitting_id", "no");
CREATE INDEX "exam_room_invigilator_account_id_idx" ON "exam_room_invigilator"("account_id");
CREATE INDEX "exam_message_sitting_id_idx" ON "exam_message"("sitting_id");
CREATE INDEX "exam_message_recorded_tx_idx" ON "exam_message"("recorded_tx");
CREATE INDEX "exam_sitting_batch_id_idx" ON "exam_sitting"("batch_id");
CREATE UNIQUE INDEX "exam_registration_batch_id_person_id_key" ON "exam_registration"("batch_id", "person_id");
CREATE UNIQUE INDEX "exam_registration_room_id_seat_no_key" ON "exam_registration"("room_id", "seat_no");

ALTER TABLE "exam_batch" ADD CONSTRAINT "exam_batch_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_batch_event" ADD CONSTRAINT "exam_batch_event_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "exam_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_room" ADD CONSTRAINT "exam_room_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_room_invigilator" ADD CONSTRAINT "exam_room_invigilator_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "exam_room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_message" ADD CONSTRAINT "exam_message_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_message" ADD CONSTRAINT "exam_message_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "exam_room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_message" ADD CONSTRAINT "exam_message_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_sitting" ADD CONSTRAINT "exam_sitting_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "exam_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "exam_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_room_id_fkey" FOREIGN KEY ("room_id") REFERENCES "exam_room"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- The sitting may now be missing until seats are laid out; its deletion stays impossible.
ALTER TABLE "exam_registration" DROP CONSTRAINT "exam_registration_sitting_id_fkey";
ALTER TABLE "exam_registration" ADD CONSTRAINT "exam_registration_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exam_batch_event');
call make_append_only('exam_message');

alter table exam_batch add constraint exam_batch_status_known check (status in ('draft', 'open', 'closed', 'cancelled'));
alter table exam_batch add constraint exam_batch_windows_in_order check (register_from < register_until and (late_until is null or late_until >= register_until));
alter table exam_batch add constraint exam_batch_no_in_range check (no between 1 and 99);
alter table exam_room add constraint exam_room_has_seats check (no >= 1 and seat_rows between 1 and 60 and seat_columns between 1 and 60);
alter table exam_message add constraint exam_message_has_text check (length(text) between 1 and 500);
alter table exam_sitting add constraint exam_sitting_place_mode_known check (place_mode in ('rooms', 'remote'));
alter table exam_sitting add constraint exam_sitting_focus_policy_known check (focus_policy in ('note', 'hand_in_after', 'hand_in_at_once') and (focus_policy <> 'hand_in_after' or focus_limit between 1 and 99));
alter table exam_sitting add constraint exam_sitting_result_release_known check (result_release in ('at_once', 'by_bureau'));
alter table exam_registration drop constraint exam_registration_status_known;
alter table exam_registration add constraint exam_registration_status_known check (status in ('registered', 'first_checked', 'approved', 'returned', 'refused', 'withdrawn', 'deferred', 'exempt'));
alter table exam_registration add constraint exam_registration_route_known check (route in ('regular', 'late'));
alter table exam_registration add constraint exam_registration_verdict_known check (verdict in ('eligible', 'needs_look', 'refused'));
alter table exam_registration add constraint exam_registration_belongs_somewhere check (batch_id is not null or sitting_id is not null);
alter table exam_registration add constraint exam_registration_ticket_of_a_sitting check ((ticket_no is null) = (sitting_id is null));
alter table exam_registration add constraint exam_registration_seat_in_a_room check ((room_id is null) = (seat_no is null) and (seat_no is null or seat_no >= 1));

comment on table exam_batch is '考试批次: one call for registration; number within region and year is part of the ticket number.';
comment on table exam_batch_event is 'Append-only. What happened to a batch.';
comment on table exam_room is '考场 of a sitting; the 开考口令 lies encrypted beside it.';
comment on table exam_message is 'Append-only. What invigilators told candidates: of a sitting, a room or one attempt.';
comment on column attempt.paused_at is 'Since when answering rests by an act of the invigilator; the time is given back when it goes on.';
comment on column attempt.notice_no is 'Rises with every message and every change of time, so that a page asks for news only then.';
