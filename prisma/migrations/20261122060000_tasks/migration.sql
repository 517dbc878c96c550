-- What waits for people: one row a task, its history beside it.
CREATE TABLE "task" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "proposal" TEXT,
    "origin_kind" TEXT NOT NULL,
    "origin_id" TEXT NOT NULL,
    "origin_label" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "due_day" DATE,
    "role" TEXT,
    "unit_id" UUID,
    "region_id" UUID,
    "account_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'open',
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "task_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "task_event" (
    "id" UUID NOT NULL,
    "task_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "task_event_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "task_kind_key_key" ON "task"("kind", "key");
CREATE INDEX "task_state_role_unit_id_idx" ON "task"("state", "role", "unit_id");
CREATE INDEX "task_state_role_region_id_idx" ON "task"("state", "role", "region_id");
CREATE INDEX "task_state_account_id_idx" ON "task"("state", "account_id");
CREATE INDEX "task_event_task_id_occurred_at_idx" ON "task_event"("task_id", "occurred_at");
CREATE INDEX "task_event_recorded_tx_idx" ON "task_event"("recorded_tx");
ALTER TABLE "task_event" ADD CONSTRAINT "task_event_task_id_fkey" FOREIGN KEY ("task_id") REFERENCES "task"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('task_event');
alter table task add constraint task_state_known check (state in ('open', 'done', 'withdrawn'));
alter table task add constraint task_settled_when_not_open check ((state = 'open') = (settled_at is null));
alter table task add constraint task_has_one_assignee check (
  (account_id is not null and role is null and unit_id is null and region_id is null)
  or (account_id is null and role is not null and num_nonnulls(unit_id, region_id) = 1));
alter table task add constraint task_path_is_ours check (path like '/%' and path not like '//%');
alter table task_event add constraint task_event_kind_known check (kind in ('opened', 'done', 'withdrawn', 'handed_over'));

comment on table task is 'What waits for whoever holds a role over a unit or region, or for one account; projection of task_event.';
comment on table task_event is 'Opening, settling and handing over of tasks; append-only.';
