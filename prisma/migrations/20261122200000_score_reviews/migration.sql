-- 成绩复核 (domain.md §5.5): a candidate asks the bureau to look into a published result, once for each version of it; the
-- bureau answers. What is corrected is corrected by 断网补传 or 作废, each with its two persons; the answer tells of it.
CREATE TABLE "score_review" (
    "id" UUID NOT NULL,
    "attempt_id" UUID NOT NULL,
    "result_version" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "asked_by" UUID NOT NULL,
    "asked_person" UUID NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "score_review_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "score_review_answer" (
    "id" UUID NOT NULL,
    "review_id" UUID NOT NULL,
    "asked_person" UUID NOT NULL,
    "outcome" TEXT NOT NULL,
    "note" TEXT NOT NULL,
    "answered_version" INTEGER NOT NULL,
    "answered_by" UUID NOT NULL,
    "answered_person" UUID NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "score_review_answer_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "score_review_attempt_id_result_version_key" ON "score_review"("attempt_id", "result_version");
CREATE UNIQUE INDEX "score_review_id_asked_person_key" ON "score_review"("id", "asked_person");
CREATE INDEX "score_review_recorded_tx_idx" ON "score_review"("recorded_tx");
CREATE UNIQUE INDEX "score_review_answer_review_id_key" ON "score_review_answer"("review_id");
CREATE UNIQUE INDEX "score_review_answer_review_id_asked_person_key" ON "score_review_answer"("review_id", "asked_person");
CREATE INDEX "score_review_answer_recorded_tx_idx" ON "score_review_answer"("recorded_tx");

ALTER TABLE "score_review" ADD CONSTRAINT "score_review_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "score_review_answer" ADD CONSTRAINT "score_review_answer_review_id_asked_person_fkey" FOREIGN KEY ("review_id", "asked_person") REFERENCES "score_review"("id", "asked_person") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('score_review');
call make_append_only('score_review_answer');

alter table score_review add constraint score_review_has_reason check (length(btrim(reason)) between 1 and 500);
alter table score_review add constraint score_review_of_a_version check (result_version >= 1);
alter table score_review_answer add constraint score_review_answer_outcome_known check (outcome in ('upheld', 'corrected'));
alter table score_review_answer add constraint score_review_answer_has_note check (length(btrim(note)) between 1 and 500);
alter table score_review_answer add constraint score_review_answer_by_another check (answered_person <> asked_person);

comment on table score_review is 'Append-only. 申请复核 of one version of a result by its candidate.';
comment on table score_review_answer is 'Append-only. The bureau''s answer: 维持, or 更正 where the result has a later version since.';
comment on column score_review.asked_person is 'Natural person behind asked_by.';
comment on column score_review_answer.asked_person is 'Of the review, so that nobody answers the own one under another account.';
comment on column score_review_answer.answered_version is 'Version of the result that stood when it was answered.';
