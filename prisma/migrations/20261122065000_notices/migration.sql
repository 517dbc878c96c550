-- Notices: said once to many, read by each, delivered through further channels.
CREATE TABLE "notice" (
    "id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "path" TEXT,
    "actor_id" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "notice_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "notice_receipt" (
    "notice_id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "unit_id" UUID,
    "sent_at" TIMESTAMPTZ(3) NOT NULL,
    "read_at" TIMESTAMPTZ(3),

    CONSTRAINT "notice_receipt_pkey" PRIMARY KEY ("notice_id","account_id")
);

CREATE TABLE "notice_preference" (
    "account_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "by_mail" BOOLEAN NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_preference_pkey" PRIMARY KEY ("account_id","kind")
);

CREATE TABLE "notice_delivery" (
    "id" UUID NOT NULL,
    "notice_id" UUID NOT NULL,
    "channel" TEXT NOT NULL,
    "account_id" UUID,
    "state" TEXT NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3),
    "last_status" TEXT,
    "delivered_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "notice_delivery_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "notice_kind_key_key" ON "notice"("kind", "key");
CREATE INDEX "notice_recorded_tx_idx" ON "notice"("recorded_tx");
CREATE INDEX "notice_receipt_account_id_sent_at_idx" ON "notice_receipt"("account_id", "sent_at");
CREATE UNIQUE INDEX "notice_delivery_notice_id_channel_account_id_key" ON "notice_delivery"("notice_id", "channel", "account_id");
CREATE INDEX "notice_delivery_state_next_try_at_idx" ON "notice_delivery"("state", "next_try_at");
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_receipt" ADD CONSTRAINT "notice_receipt_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_preference" ADD CONSTRAINT "notice_preference_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "notice_delivery" ADD CONSTRAINT "notice_delivery_notice_id_fkey" FOREIGN KEY ("notice_id") REFERENCES "notice"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('notice');
-- A receipt changes once: from unread to read. It is never taken back.
create function notice_receipt_guard() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' or old.read_at is not null or new.read_at is null
     or (to_jsonb(new) - 'read_at') <> (to_jsonb(old) - 'read_at') then
    raise exception 'NOTICE_RECEIPT: only reading, once, may be noted' using errcode = 'ZA003';
  end if;
  return new;
end $$;
create trigger notice_receipt_guard before update or delete on notice_receipt for each row execute function notice_receipt_guard();
alter table notice add constraint notice_path_is_ours check (path is null or (path like '/%' and path not like '//%'));
alter table notice_delivery add constraint notice_delivery_channel_known check (channel in ('mail', 'webhook'));
alter table notice_delivery add constraint notice_delivery_state_known check (state in ('waiting', 'delivered', 'failed'));
alter table notice_delivery add constraint notice_delivery_tries_not_negative check (tries >= 0);
-- Null accounts are one gateway: without this a webhook could be queued twice for one notice.
create unique index notice_delivery_gateway_once on notice_delivery (notice_id, channel) where account_id is null;

comment on table notice is 'The words of a notice, sent once to many; append-only.';
comment on table notice_receipt is 'Who was addressed and when it was read; reading is noted once.';
comment on table notice_preference is 'What a person wants to be told by mail, by kind of notice.';
comment on table notice_delivery is 'One message through one channel with its tries and last answer.';
