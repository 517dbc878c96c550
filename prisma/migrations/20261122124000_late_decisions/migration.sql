-- 断网补传: late answers that a decision counts (design.md §3, "counting it is a decision by a person with a reason").
-- One person of the bureau proposes with a preview of the marks, another one decides; the answers themselves stay `late`.
CREATE TABLE "late_decision" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "reason_code" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "score_before_hundredths" INTEGER NOT NULL,
    "score_after_hundredths" INTEGER NOT NULL,
    "passed_before" BOOLEAN NOT NULL,
    "passed_after" BOOLEAN NOT NULL,
    "result_version" INTEGER NOT NULL,
    "proposed_by" UUID NOT NULL,
    "proposed_at" TIMESTAMPTZ(3) NOT NULL,
    "decided_by" UUID,
    "decided_at" TIMESTAMPTZ(3),
    "note" TEXT,

    CONSTRAINT "late_decision_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "late_decision_answer" (
    "id" UUID NOT NULL,
    "late_decision_id" UUID NOT NULL,
    "answer_event_id" UUID NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "late_decision_answer_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "late_decision_attempt_id_idx" ON "late_decision"("attempt_id");
CREATE UNIQUE INDEX "late_decision_answer_late_decision_id_answer_event_id_key" ON "late_decision_answer"("late_decision_id", "answer_event_id");
CREATE INDEX "late_decision_answer_answer_event_id_idx" ON "late_decision_answer"("answer_event_id");
CREATE INDEX "late_decision_answer_recorded_tx_idx" ON "late_decision_answer"("recorded_tx");

ALTER TABLE "late_decision" ADD CONSTRAINT "late_decision_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "late_decision_answer" ADD CONSTRAINT "late_decision_answer_late_decision_id_fkey" FOREIGN KEY ("late_decision_id") REFERENCES "late_decision"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "late_decision_answer" ADD CONSTRAINT "late_decision_answer_answer_event_id_fkey" FOREIGN KEY ("answer_event_id") REFERENCES "answer_event"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('late_decision_answer');

alter table late_decision add constraint late_decision_state_known check (state in ('proposed', 'confirmed', 'declined'));
alter table late_decision add constraint late_decision_reason_known check (reason_code in ('network', 'power', 'device', 'platform', 'other'));
alter table late_decision add constraint late_decision_has_reason check (length(btrim(reason)) between 1 and 1000);
alter table late_decision add constraint late_decision_decided_whole check ((state = 'proposed') = (decided_by is null) and (decided_by is null) = (decided_at is null));
alter table late_decision add constraint late_decision_two_people check (decided_by is null or decided_by <> proposed_by);
-- What was previewed is what is decided: as long as one waits, nobody proposes another.
create unique index late_decision_one_open on late_decision (attempt_id) where state = 'proposed';

comment on table late_decision is '断网补传: proposed by one person of the bureau, decided by another; confirmed, the result gets its next version.';
comment on table late_decision_answer is 'Append-only. The late answers a decision is about; they count once it is confirmed.';
comment on column late_decision.result_version is 'Version of the result the preview started from; a decision on another one is refused.';
