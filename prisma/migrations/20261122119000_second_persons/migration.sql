-- Who the second person was (design.md invariant 11), and the scans that prove it: the 批文 of an act or an approval, and
-- the signed 审批单 of a bureau that has one person only.
CREATE TABLE "approval_scan" (
    "id" UUID NOT NULL,
    "subject_kind" TEXT NOT NULL,
    "subject_id" UUID NOT NULL,
    "region_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "actor_id" UUID NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "approval_scan_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "approval_scan_payload" (
    "scan_id" UUID NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "approval_scan_payload_pkey" PRIMARY KEY ("scan_id")
);

CREATE INDEX "approval_scan_subject_id_idx" ON "approval_scan"("subject_id");
CREATE INDEX "approval_scan_recorded_tx_idx" ON "approval_scan"("recorded_tx");

ALTER TABLE "organisation_change" ADD COLUMN "confirmed_way" TEXT,
  ADD COLUMN "confirmed_scan_id" UUID,
  ADD COLUMN "signer_name" TEXT;
ALTER TABLE "campaign" ADD COLUMN "approved_way" TEXT,
  ADD COLUMN "approved_scan_id" UUID,
  ADD COLUMN "signer_name" TEXT;

ALTER TABLE "approval_scan" ADD CONSTRAINT "approval_scan_region_id_fkey" FOREIGN KEY ("region_id") REFERENCES "region"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "approval_scan_payload" ADD CONSTRAINT "approval_scan_payload_scan_id_fkey" FOREIGN KEY ("scan_id") REFERENCES "approval_scan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "organisation_change" ADD CONSTRAINT "organisation_change_confirmed_scan_id_fkey" FOREIGN KEY ("confirmed_scan_id") REFERENCES "approval_scan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "campaign" ADD CONSTRAINT "campaign_approved_scan_id_fkey" FOREIGN KEY ("approved_scan_id") REFERENCES "approval_scan"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('approval_scan');

alter table approval_scan add constraint approval_scan_subject_known check (subject_kind in ('organisation_change', 'campaign'));
alter table approval_scan add constraint approval_scan_purpose_known check (purpose in ('approval_document', 'signed_form'));
alter table approval_scan add constraint approval_scan_type_known check (media_type in ('application/pdf', 'image/jpeg', 'image/png'));
alter table approval_scan add constraint approval_scan_not_empty check (byte_count > 0);
-- What was confirmed before this table existed has no way; everything after has one.
alter table organisation_change add constraint organisation_change_way_known check (confirmed_way in ('colleague', 'leader', 'upper_bureau', 'signed_form'));
alter table organisation_change add constraint organisation_change_two_people check (confirmed_way is null or confirmed_way = 'signed_form' or confirmed_by <> filed_by);
alter table organisation_change add constraint organisation_change_form_is_whole check (coalesce(confirmed_way = 'signed_form', false) = (confirmed_scan_id is not null and signer_name is not null));
alter table campaign add constraint campaign_way_known check (approved_way in ('colleague', 'leader', 'upper_bureau', 'signed_form'));
alter table campaign add constraint campaign_two_people check (approved_way is null or approved_way = 'signed_form' or approved_by is distinct from issued_by);
alter table campaign add constraint campaign_form_is_whole check (coalesce(approved_way = 'signed_form', false) = (approved_scan_id is not null and signer_name is not null));

comment on table approval_scan is 'Scan of the 批文 or the signed 审批单 of an act or an approval. Append-only; bytes in approval_scan_payload, handed out through a door only.';
comment on table approval_scan_payload is 'Bytes of approval_scan.';
comment on column organisation_change.confirmed_way is 'Who the second person was: colleague, leader, upper_bureau, or the signed form (design.md invariant 11).';
comment on column campaign.approved_way is 'Who the second person beside the issuer was, as for organisation_change.confirmed_way.';
