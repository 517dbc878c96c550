-- Seating: every ticket that was ever given out, what was done to the seats of a sitting as a whole, and sessions of the
-- exam door, which serve one registration and nothing else (domain.md §5.5).
CREATE TABLE "exam_ticket" (
    "id" UUID NOT NULL,
    "ticket_no" TEXT NOT NULL,
    "registration_id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_ticket_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "exam_seating_event" (
    "id" UUID NOT NULL,
    "sitting_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "seed" TEXT,
    "note" TEXT,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_seating_event_pkey" PRIMARY KEY ("id")
);

ALTER TABLE "account_session"
    ADD COLUMN "bound_to" UUID,
    ADD COLUMN "bound_until" TIMESTAMPTZ(3);

CREATE UNIQUE INDEX "exam_ticket_ticket_no_key" ON "exam_ticket"("ticket_no");
CREATE INDEX "exam_ticket_registration_id_idx" ON "exam_ticket"("registration_id");
CREATE INDEX "exam_ticket_sitting_id_idx" ON "exam_ticket"("sitting_id");
CREATE INDEX "exam_ticket_recorded_tx_idx" ON "exam_ticket"("recorded_tx");
CREATE INDEX "exam_seating_event_sitting_id_idx" ON "exam_seating_event"("sitting_id");
CREATE INDEX "exam_seating_event_recorded_tx_idx" ON "exam_seating_event"("recorded_tx");
CREATE INDEX "account_session_bound_to_idx" ON "account_session"("bound_to");

ALTER TABLE "exam_ticket" ADD CONSTRAINT "exam_ticket_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_ticket" ADD CONSTRAINT "exam_ticket_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_seating_event" ADD CONSTRAINT "exam_seating_event_sitting_id_fkey" FOREIGN KEY ("sitting_id") REFERENCES "exam_sitting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exam_ticket');
call make_append_only('exam_seating_event');

alter table exam_ticket add constraint exam_ticket_no_is_digits check (ticket_no ~ '^[0-9]{12,20}$');
alter table exam_seating_event add constraint exam_seating_event_kind_known check (kind in ('laid_out', 'date_changed'));
alter table exam_seating_event add constraint exam_seating_event_seed_of_layout check ((kind = 'laid_out') = (seed is not null));
alter table account_session add constraint account_session_bound_whole check ((bound_to is null) = (bound_until is null));

comment on table exam_ticket is 'Append-only. Every 准考证号 given out; the one in force stands in exam_registration, all others are void.';
comment on table exam_seating_event is 'Append-only. What was done to the seats of a sitting as a whole: layouts with their seed, changes of date.';
comment on column account_session.bound_to is 'The one record this session serves (a registration, signed in at the exam door); null for an ordinary session.';
