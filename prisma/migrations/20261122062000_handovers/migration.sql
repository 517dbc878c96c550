-- 工作交接: what passed from one person to another, item by item.
CREATE TABLE "handover" (
    "id" UUID NOT NULL,
    "from_account_id" UUID NOT NULL,
    "to_account_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "day" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "handover_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "handover_item" (
    "id" UUID NOT NULL,
    "handover_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "detail" TEXT NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "handover_item_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "handover_unit_id_occurred_at_idx" ON "handover"("unit_id", "occurred_at");
CREATE INDEX "handover_from_account_id_idx" ON "handover"("from_account_id");
CREATE INDEX "handover_to_account_id_idx" ON "handover"("to_account_id");
CREATE INDEX "handover_recorded_tx_idx" ON "handover"("recorded_tx");
CREATE UNIQUE INDEX "handover_item_handover_id_position_key" ON "handover_item"("handover_id", "position");
CREATE INDEX "handover_item_kind_item_id_idx" ON "handover_item"("kind", "item_id");
CREATE INDEX "handover_item_recorded_tx_idx" ON "handover_item"("recorded_tx");
ALTER TABLE "handover_item" ADD CONSTRAINT "handover_item_handover_id_fkey" FOREIGN KEY ("handover_id") REFERENCES "handover"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('handover');
call make_append_only('handover_item');
alter table handover add constraint handover_names_two_persons check (from_account_id <> to_account_id);
alter table handover_item add constraint handover_item_position_not_negative check (position >= 0);

comment on table handover is 'One person''s office passes to another from a day on; append-only.';
comment on table handover_item is 'What passed: rights, tasks, classes, applications; the latest row of an item names who handles it.';
