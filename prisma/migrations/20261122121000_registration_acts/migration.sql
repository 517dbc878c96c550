-- 报名: what the unit declares and asks for (缓考, 免考) with its proof, and how the bureau answered.
ALTER TABLE "exam_registration"
    ADD COLUMN "declared" JSONB NOT NULL DEFAULT '{}',
    ADD COLUMN "asked" TEXT,
    ADD COLUMN "asked_note" TEXT,
    ADD COLUMN "answer_note" TEXT;

CREATE TABLE "registration_proof" (
    "id" UUID NOT NULL,
    "registration_id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "file_name" TEXT NOT NULL,
    "media_type" TEXT NOT NULL,
    "byte_count" INTEGER NOT NULL,
    "content_hash" BYTEA NOT NULL,
    "uploaded_by" UUID NOT NULL,
    "uploaded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_proof_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "registration_proof_payload" (
    "proof_id" UUID NOT NULL,
    "cipher" BYTEA NOT NULL,

    CONSTRAINT "registration_proof_payload_pkey" PRIMARY KEY ("proof_id")
);

CREATE INDEX "registration_proof_registration_id_idx" ON "registration_proof"("registration_id");
CREATE INDEX "exam_registration_batch_id_status_idx" ON "exam_registration"("batch_id", "status");
CREATE INDEX "exam_registration_unit_id_idx" ON "exam_registration"("unit_id");
CREATE INDEX "exam_batch_campaign_id_idx" ON "exam_batch"("campaign_id");

ALTER TABLE "registration_proof" ADD CONSTRAINT "registration_proof_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "registration_proof_payload" ADD CONSTRAINT "registration_proof_payload_proof_id_fkey" FOREIGN KEY ("proof_id") REFERENCES "registration_proof"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table exam_registration add constraint exam_registration_asked_known check (asked in ('defer', 'exempt'));
alter table exam_registration add constraint exam_registration_asked_has_note check ((asked is null) = (asked_note is null));
alter table registration_proof add constraint registration_proof_purpose_known check (purpose in ('defer', 'exempt'));
alter table registration_proof add constraint registration_proof_has_bytes check (byte_count > 0);

comment on table registration_proof is 'What a unit proves a 缓考 or 免考 with; the file itself lies encrypted in the payload.';
comment on column exam_registration.declared is 'What the unit declared when it registered the person: sanctions in force (无处分承诺).';
comment on column exam_registration.asked is 'What the unit asks for and nobody has answered yet.';
