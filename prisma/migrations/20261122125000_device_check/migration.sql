-- Device check before an exam (behaviour.md part 4, idea 16): what a candidate's machine measured, the verdict, and whether
-- the rehearsal was handed in on it. Measurements describe a machine, not a person.
CREATE TABLE "exam_device_check" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "registration_id" UUID,
    "kind" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "measurements" JSONB NOT NULL,
    "seat_label" TEXT,
    "device_mark" UUID,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "exam_device_check_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "exam_device_check_person_id_occurred_at_idx" ON "exam_device_check"("person_id", "occurred_at");
CREATE INDEX "exam_device_check_recorded_tx_idx" ON "exam_device_check"("recorded_tx");

ALTER TABLE "exam_device_check" ADD CONSTRAINT "exam_device_check_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "exam_device_check" ADD CONSTRAINT "exam_device_check_registration_id_fkey" FOREIGN KEY ("registration_id") REFERENCES "exam_registration"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('exam_device_check');

alter table exam_device_check add constraint exam_device_check_kind_known check (kind in ('check', 'rehearsal'));
alter table exam_device_check add constraint exam_device_check_verdict_known check (verdict in ('ready', 'usable', 'not_ready'));
alter table exam_device_check add constraint exam_device_check_seat_label_short check (length(seat_label) between 1 and 20);

comment on table exam_device_check is 'Append-only. Checks of candidates'' machines before an exam and handed-in rehearsals; the newest of a person counts.';
comment on column exam_device_check.device_mark is 'A random mark the browser keeps, so that the exam day can tell whether it is the machine that was checked.';
