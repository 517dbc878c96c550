-- Where a person is told by mail; the address is kept as ciphertext and used only after it was confirmed.
CREATE TABLE "account_contact" (
    "account_id" UUID NOT NULL,
    "mail_cipher" BYTEA NOT NULL,
    "key_id" TEXT NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "mail_confirmed_at" TIMESTAMPTZ(3),
    "last_status" TEXT,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "account_contact_pkey" PRIMARY KEY ("account_id")
);

CREATE TABLE "mail_confirmation" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "version" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_confirmation_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mail_confirmation_account_id_created_at_idx" ON "mail_confirmation"("account_id", "created_at");
CREATE INDEX "notice_actor_id_occurred_at_idx" ON "notice"("actor_id", "occurred_at");
ALTER TABLE "account_contact" ADD CONSTRAINT "account_contact_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mail_confirmation" ADD CONSTRAINT "mail_confirmation_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The badge is asked for with every page: it reads what is unread, never the whole history of an inbox.
create index notice_receipt_unread on notice_receipt (account_id) where read_at is null;
alter table account_contact add constraint account_contact_version_positive check (version >= 1);
alter table mail_confirmation add constraint mail_confirmation_expires_later check (expires_at > created_at);

comment on table account_contact is 'Mail address of an account as ciphertext, and whether its owner confirmed it; version counts changes.';
comment on table mail_confirmation is 'Links sent to confirm an address; one holds for one version of it and is used once.';
