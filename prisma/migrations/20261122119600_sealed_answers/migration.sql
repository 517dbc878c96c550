-- Sealed answers: when the network never returns, the exam page saves its answers to a file that only this installation
-- can open; an official uploads it. The key's private part is payload beside its row and sealed with APP_SECRET.
CREATE TABLE "agreement_key" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "serial" INTEGER NOT NULL,
    "public_key" BYTEA NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "agreement_key_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "agreement_key_secret" (
    "key_id" UUID NOT NULL,
    "private_cipher" BYTEA NOT NULL,

    CONSTRAINT "agreement_key_secret_pkey" PRIMARY KEY ("key_id")
);

CREATE TABLE "sealed_file" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "file_hash" BYTEA NOT NULL,
    "event_count" INTEGER NOT NULL,
    "outcome" JSONB NOT NULL,
    "received_by" UUID NOT NULL,
    "received_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "sealed_file_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "agreement_key_purpose_serial_key" ON "agreement_key"("purpose", "serial");
CREATE INDEX "agreement_key_recorded_tx_idx" ON "agreement_key"("recorded_tx");
CREATE UNIQUE INDEX "sealed_file_file_hash_key" ON "sealed_file"("file_hash");
CREATE INDEX "sealed_file_attempt_id_idx" ON "sealed_file"("attempt_id");
CREATE INDEX "sealed_file_recorded_tx_idx" ON "sealed_file"("recorded_tx");

ALTER TABLE "agreement_key_secret" ADD CONSTRAINT "agreement_key_secret_key_id_fkey" FOREIGN KEY ("key_id") REFERENCES "agreement_key"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "sealed_file" ADD CONSTRAINT "sealed_file_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('agreement_key');
call make_append_only('sealed_file');

alter table agreement_key add constraint agreement_key_serial_positive check (serial >= 1);
alter table agreement_key add constraint agreement_key_point_of_p256 check (length(public_key) = 65);
alter table sealed_file add constraint sealed_file_has_events check (event_count >= 1);

comment on table agreement_key is 'Append-only. Public ECDH P-256 keys of this installation by purpose; the newest serial is in use.';
comment on table sealed_file is 'Append-only. Sealed answer files as received; their events lie in answer_event, outcome counts their standings.';
