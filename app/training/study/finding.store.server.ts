import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { VERDICTS } from './finding-words.ts';
import type { Verdict } from './finding-words.ts';
import type { Finding } from './findings.ts';
import { FINDING_KINDS } from './findings.ts';
import type { StudySpan } from './uncounted.store.server.ts';

/** Appends findings; one of a kind a person, lesson and day stands once. @returns how many were new */
export async function appendFindings(
  pool: Pool,
  subject: { personId: string; lessonVersionId: string; unitId: string; day: Day; now: Date },
  findings: readonly Finding[],
): Promise<number> {
  if (findings.length === 0) return 0;
  const rows = findings.map((finding) => ({ id: newId<'StudyFinding'>(), ...finding }));
  const { rowCount } = await pool.query({
    name: 'training-append-findings',
    text: `insert into study_finding (id, person_id, lesson_version_id, unit_id, kind, day, facts, found_at)
      select r.id, $1, $2, $3, r.kind, $4, r.facts, $5
      from jsonb_to_recordset($6::jsonb) as r(id uuid, kind text, facts jsonb)
      on conflict (person_id, lesson_version_id, day, kind) do nothing`,
    values: [
      subject.personId,
      subject.lessonVersionId,
      subject.unitId,
      subject.day,
      subject.now,
      JSON.stringify(rows),
    ],
  });
  return rowCount ?? 0;
}

const listRow = z.object({
  id: z.string(),
  personId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  kind: z.enum(FINDING_KINDS),
  day: z.string(),
  facts: z.record(z.string(), z.number()),
  lessonVersionId: z.string(),
  lessonTitle: z.string(),
  verdict: z.enum(VERDICTS).nullable(),
  judgements: z.number(),
  total: z.number(),
});
export type FindingRow = Omit<z.infer<typeof listRow>, 'total'>;

const FINDING_COLUMNS = `f.id::text, f.person_id::text as "personId", p.name as "personName",
  f.unit_id::text as "unitId", u.name as "unitName", f.kind, f.day::text, f.facts,
  f.lesson_version_id::text as "lessonVersionId", v.title || ' · ' || l.title as "lessonTitle",
  j.verdict, coalesce(j.seq, 0) as judgements`;
const FROM_FINDINGS = `from study_finding f
  join person p on p.id = f.person_id
  join lesson_version l on l.id = f.lesson_version_id
  join course_version v on v.id = l.course_version_id
  left join lateral (select name from unit_version where unit_id = f.unit_id and superseded_at is null
    order by valid_from desc limit 1) u on true
  left join lateral (select verdict, seq from study_judgement where finding_id = f.id
    order by seq desc limit 1) j on true`;

export interface FindingQuery {
  readonly unitIds: readonly string[];
  /** Part of a name. */
  readonly text: string;
  readonly kind: string | null;
  /** `open` = not judged yet; null = all. */
  readonly state: Verdict | 'open' | null;
  readonly limit: number;
  readonly offset: number;
}

/** Findings about people of these units, the newest day first. */
export async function listFindings(
  pool: Pool,
  query: FindingQuery,
): Promise<{ rows: FindingRow[]; total: number }> {
  const { rows } = await pool.query({
    name: 'training-list-findings',
    text: `select ${FINDING_COLUMNS}, count(*) over ()::int as total ${FROM_FINDINGS}
      where f.unit_id = any($1::uuid[]) and ($2 = '' or p.name like '%' || $2 || '%')
        and ($3::text is null or f.kind = $3)
        and ($4::text is null or coalesce(j.verdict, 'open') = $4)
      order by f.day desc, f.id desc limit $5 offset $6`,
    values: [[...query.unitIds], query.text, query.kind, query.state, query.limit, query.offset],
  });
  const parsed = z.array(listRow).parse(rows);
  return { rows: parsed, total: parsed[0]?.total ?? 0 };
}

/** One finding. */
export async function findFinding(pool: Pool, findingId: string): Promise<FindingRow | null> {
  const { rows } = await pool.query({
    name: 'training-find-finding',
    text: `select ${FINDING_COLUMNS}, 1 as total ${FROM_FINDINGS} where f.id = $1`,
    values: [findingId],
  });
  return z.array(listRow).parse(rows)[0] ?? null;
}

const judgementRow = z.object({
  seq: z.number(),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  judgedBy: z.string(),
  judgedAt: z.date(),
});
export type Judgement = z.infer<typeof judgementRow>;

/** What has been made of a finding, newest first. */
export async function listJudgements(pool: Pool, findingId: string): Promise<Judgement[]> {
  const { rows } = await pool.query({
    name: 'training-list-judgements',
    text: `select j.seq, j.verdict, j.reason, a.display_name as "judgedBy", j.judged_at as "judgedAt"
      from study_judgement j join account a on a.id = j.judged_by where j.finding_id = $1 order by j.seq desc`,
    values: [findingId],
  });
  return z.array(judgementRow).parse(rows);
}

/** @returns false when somebody else judged in between: `seq` was taken */
export async function appendJudgement(
  tx: Tx,
  judgement: {
    findingId: string;
    seq: number;
    verdict: Verdict;
    reason: string;
    judgedBy: string;
    now: Date;
  },
): Promise<boolean> {
  const { findingId, seq, verdict, reason, judgedBy, now } = judgement;
  const inserted = await tx.$executeRaw`
    insert into study_judgement (id, finding_id, seq, verdict, reason, judged_by, judged_at)
    values (${newId()}::uuid, ${findingId}::uuid, ${seq}, ${verdict}, ${reason}, ${judgedBy}::uuid, ${now})
    on conflict (finding_id, seq) do nothing`;
  return inserted === 1;
}

const ownRow = z.object({
  lessonVersionId: z.string(),
  kind: z.enum(FINDING_KINDS),
  day: z.string(),
  facts: z.record(z.string(), z.number()),
  verdict: z.enum(VERDICTS),
  reason: z.string(),
  judgedAt: z.date(),
});
export type OwnJudgement = z.infer<typeof ownRow>;

/** What was judged about a person's own study, the newest judgement of each finding. Unjudged findings say nothing. */
export async function listOwnJudgements(pool: Pool, span: StudySpan): Promise<OwnJudgement[]> {
  const { rows } = await pool.query({
    name: 'training-own-judgements',
    text: `select f.lesson_version_id::text as "lessonVersionId", f.kind, f.day::text, f.facts, j.verdict, j.reason,
        j.judged_at as "judgedAt"
      from study_finding f join lateral (select verdict, reason, judged_at from study_judgement
        where finding_id = f.id order by seq desc limit 1) j on true
      where f.person_id = $1 and ($2::uuid is null or f.lesson_version_id = $2)
        and f.day >= ($3::timestamptz at time zone 'Asia/Shanghai')::date
        and f.day < ($4::timestamptz at time zone 'Asia/Shanghai')::date
      order by f.day desc, f.kind`,
    values: [span.personId, span.lessonVersionId, span.from, span.to],
  });
  return z.array(ownRow).parse(rows);
}
