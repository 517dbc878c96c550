-- 标记本题: who goes on at another machine finds the questions they wanted to come back to.
CREATE TABLE "attempt_flags" (
    "attempt_id" UUID NOT NULL,
    "epoch" INTEGER NOT NULL,
    "positions" INTEGER[],
    "said_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "attempt_flags_pkey" PRIMARY KEY ("attempt_id")
);

ALTER TABLE "attempt_flags" ADD CONSTRAINT "attempt_flags_attempt_id_fkey" FOREIGN KEY ("attempt_id") REFERENCES "attempt"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

alter table attempt_flags add constraint attempt_flags_few check (cardinality(positions) <= 500);

comment on table attempt_flags is 'Questions the candidate wants to come back to, as the device of the attempt said last. Not evidence: overwritten.';
