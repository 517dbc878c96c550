-- Study: a lesson counts once a year (domain.md §4.2 case 10); the presence question is about the text and may be tried
-- twice; what the examination of study noticed, and how people judged it.

-- Room for study is counted by year. `year` names the last year with counted study; `year_seconds` is that year's.
alter table lesson_progress add column "year" integer;
alter table lesson_progress add column "year_seconds" integer not null default 0;
alter table lesson_progress add column "passed_year" integer;
alter table lesson_progress add column "completed_year" integer;
alter table lesson_progress add constraint lesson_progress_year_seconds_not_negative check (year_seconds >= 0);

update lesson_progress p set year = s.year, year_seconds = least(s.seconds, l.nominal_seconds)
from (select distinct on (person_id, lesson_version_id) person_id, lesson_version_id,
    extract(year from verified_from at time zone 'Asia/Shanghai')::int as year,
    sum(extract(epoch from verified_to - verified_from))::int as seconds
  from study_beat where verified_from is not null
  group by person_id, lesson_version_id, extract(year from verified_from at time zone 'Asia/Shanghai')::int
  order by person_id, lesson_version_id, year desc) s, lesson_version l
where p.person_id = s.person_id and p.lesson_version_id = s.lesson_version_id and l.id = p.lesson_version_id;
update lesson_progress set
  passed_year = extract(year from check_passed_at at time zone 'Asia/Shanghai')::int,
  completed_year = extract(year from completed_at at time zone 'Asia/Shanghai')::int
where check_passed_at is not null;

comment on column lesson_progress.verified_seconds is 'Study that counts, over all years: each year at most the nominal length, less class time.';
comment on column lesson_progress.credited_seconds is 'verified_seconds when the ledger was last settled.';
comment on column lesson_progress.year is 'Last calendar year (Shanghai) with counted study.';
comment on column lesson_progress.year_seconds is 'Counted study of that year, at most the nominal length.';
comment on column lesson_progress.passed_year is 'Last year in which the questions were passed.';
comment on column lesson_progress.completed_year is 'Last year in which the lesson was completed: dwell and questions.';

-- Which question is open and for the second time; where the reader is; whether somebody has looked at the visit.
-- None of the indexed columns changes with a beat.
alter table study_visit add column "prompt_tries" integer not null default 0;
alter table study_visit add column "position_permille" integer not null default 0;
alter table study_visit add column "examined_at" timestamptz(3);
alter table study_visit add constraint study_visit_tries_known check (prompt_tries between 0 and 1);
alter table study_visit add constraint study_visit_position_known check (position_permille between 0 and 1000);
create index study_visit_unexamined on study_visit (id) where examined_at is null;
comment on column study_visit.examined_at is 'When the visit was over and looked through for anything out of the ordinary.';

alter table study_beat drop constraint study_beat_standing_known;
alter table study_beat add constraint study_beat_standing_known check (standing in ('opened', 'verified', 'hidden', 'idle', 'too_late', 'unanswered', 'asked_again', 'wrong_answer', 'over_nominal', 'over_daily_cap'));

-- What looks out of the ordinary: facts for a person to judge, never a verdict. Nothing is credited or taken by it.
CREATE TABLE "study_finding" (
    "id" UUID NOT NULL,
    "person_id" UUID NOT NULL,
    "lesson_version_id" UUID NOT NULL,
    "unit_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "day" DATE NOT NULL,
    "facts" JSONB NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "study_finding_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "study_judgement" (
    "id" UUID NOT NULL,
    "finding_id" UUID NOT NULL,
    "seq" INTEGER NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "judged_by" UUID NOT NULL,
    "judged_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_tx" BIGINT NOT NULL DEFAULT ledger_tx(),
    "row_hash" BYTEA NOT NULL DEFAULT '\x'::bytea,

    CONSTRAINT "study_judgement_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "study_finding_person_id_lesson_version_id_day_kind_key" ON "study_finding"("person_id", "lesson_version_id", "day", "kind");
CREATE INDEX "study_finding_unit_id_day_idx" ON "study_finding"("unit_id", "day");
CREATE INDEX "study_finding_recorded_tx_idx" ON "study_finding"("recorded_tx");
CREATE UNIQUE INDEX "study_judgement_finding_id_seq_key" ON "study_judgement"("finding_id", "seq");
CREATE INDEX "study_judgement_recorded_tx_idx" ON "study_judgement"("recorded_tx");
ALTER TABLE "study_finding" ADD CONSTRAINT "study_finding_person_id_fkey" FOREIGN KEY ("person_id") REFERENCES "person"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "study_finding" ADD CONSTRAINT "study_finding_lesson_version_id_fkey" FOREIGN KEY ("lesson_version_id") REFERENCES "lesson_version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "study_finding" ADD CONSTRAINT "study_finding_unit_id_fkey" FOREIGN KEY ("unit_id") REFERENCES "unit"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "study_judgement" ADD CONSTRAINT "study_judgement_finding_id_fkey" FOREIGN KEY ("finding_id") REFERENCES "study_finding"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "study_judgement" ADD CONSTRAINT "study_judgement_judged_by_fkey" FOREIGN KEY ("judged_by") REFERENCES "account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

call make_append_only('study_finding');
call make_append_only('study_judgement');
alter table study_finding add constraint study_finding_kind_known check (kind in ('steady_rhythm', 'no_hand', 'quick_answers', 'wrong_answers', 'long_run', 'night_study', 'pages_in_turn', 'quick_checks'));
alter table study_judgement add constraint study_judgement_verdict_known check (verdict in ('no_issue', 'explain', 'strike'));
alter table study_judgement add constraint study_judgement_has_reason check (length(btrim(reason)) > 0);
alter table study_judgement add constraint study_judgement_seq_positive check (seq >= 1);

comment on table study_finding is 'Study that looks out of the ordinary, with its facts; evidence for a person to judge; append-only.';
comment on table study_judgement is 'What a person made of a finding, with the reason; the newest stands; append-only.';

-- The settling sweep looks at every lesson whose questions are passed: also at one whose completing beat was stored just
-- before the server was killed.
drop index lesson_progress_unsettled;
create index lesson_progress_unsettled on lesson_progress (updated_at) where check_passed_at is not null and verified_seconds > credited_seconds;
