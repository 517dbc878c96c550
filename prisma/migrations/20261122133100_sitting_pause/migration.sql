-- A sitting rests as a whole also where it has no rooms (remote): who starts meanwhile rests from the first moment.
ALTER TABLE "exam_sitting" ADD COLUMN "paused_at" TIMESTAMPTZ(3);

comment on column exam_sitting.paused_at is 'The whole sitting rests since then; null while it does not. Rooms keep their own pause beside it.';
