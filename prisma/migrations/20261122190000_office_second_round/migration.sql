-- The office, second round: a document may be withdrawn; a batch that stopped may be continued; every try of a delivery
-- stands in a log that outlives the delivery.

alter table document_event drop constraint document_event_kind_known;
alter table document_event drop constraint document_event_says_number;
alter table document_event add constraint document_event_kind_known
  check (kind in ('numbered', 'number_corrected', 'scan_attached', 'withdrawn'));
alter table document_event add constraint document_event_says_number
  check ((kind in ('numbered', 'number_corrected')) = (document_no is not null));
alter table document_event add constraint document_event_withdrawal_has_reason
  check (kind <> 'withdrawn' or reason is not null);

-- Rounds begin with a person, runs with the queue; touched_at tells a batch on its way from one nobody works on any more.
alter table document_batch add column "round" INTEGER NOT NULL DEFAULT 1;
alter table document_batch add column "runs" INTEGER NOT NULL DEFAULT 0;
alter table document_batch add column "touched_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;
alter table document_batch drop constraint document_batch_state_known;
alter table document_batch add constraint document_batch_state_known
  check (state in ('waiting', 'drawing', 'finished', 'cancelled', 'stopped', 'expired'));
alter table document_batch add constraint document_batch_rounds_positive check (round >= 1 and runs >= 0);
create index "document_batch_item_document_id_idx" on "document_batch_item"("document_id");

-- CreateTable
CREATE TABLE "delivery_event" (
    "id" UUID NOT NULL,
    "delivery_id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "account_id" UUID,
    "kind" TEXT NOT NULL,
    "tries" INTEGER NOT NULL,
    "status" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "delivery_event_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "delivery_event_delivery_id_occurred_at_idx" ON "delivery_event"("delivery_id", "occurred_at");

-- CreateIndex
CREATE INDEX "delivery_event_recorded_tx_idx" ON "delivery_event"("recorded_tx");

alter table delivery_event add constraint delivery_event_kind_known check (kind in ('delivered', 'tried', 'failed', 'resent'));
alter table delivery_event add constraint delivery_event_resent_by_somebody check ((kind = 'resent') = (actor_id is not null));

call make_append_only('delivery_event');

comment on table delivery_event is 'Append-only. What each try of a delivery came to, and who sent it again; stays when the delivery itself is purged.';
comment on column document_batch.round is 'Counts how often a person set the batch going.';
comment on column document_batch.runs is 'Runs of the background job in this round.';
