import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Interval } from '../ledger/interval.ts';
import { intervalOf } from '../ledger/interval.ts';
import { UNCOUNTED_REASONS } from './study-words.ts';
import type { UncountedReason } from './study-words.ts';

/** Rows of one answer; a year of study with more interruptions than this is cut off at the oldest. */
const MAX_STRETCHES = 2000;

const REASONS = Object.keys(UNCOUNTED_REASONS) as UncountedReason[];

const stretchRow = z.object({
  lessonVersionId: z.string(),
  reason: z.enum(REASONS),
  from: z.date(),
  to: z.date(),
});
export type UncountedRow = z.infer<typeof stretchRow>;

/** What of a person's study to look at: one lesson or all, from one instant to another. */
export interface StudySpan {
  readonly personId: string;
  readonly lessonVersionId: string | null;
  readonly from: Date;
  readonly to: Date;
}

const valuesOf = (span: StudySpan): unknown[] => [span.personId, span.lessonVersionId, span.from, span.to];

/** Stretches between two beats that did not count, newest first, each with its reason. */
export async function listUncountedStretches(pool: Pool, span: StudySpan): Promise<UncountedRow[]> {
  const { rows } = await pool.query({
    name: 'training-uncounted-stretches',
    text: `with beats as (
        select visit_id, seq, lesson_version_id, standing, received_at, verified_to,
          lag(received_at) over (partition by visit_id order by seq) as before
        from study_beat
        where person_id = $1 and ($2::uuid is null or lesson_version_id = $2) and standing <> 'asked_again'
          and received_at >= $3::timestamptz - interval '1 hour' and received_at < $4)
      select lesson_version_id::text as "lessonVersionId", standing as reason, before as "from", received_at as "to"
        from beats where standing not in ('opened', 'verified') and before is not null and received_at >= $3
      union all
      select lesson_version_id::text, 'over_limit', verified_to, received_at
        from beats where standing = 'verified' and received_at >= verified_to + interval '1 second'
          and received_at >= $3
      order by 4 desc limit ${MAX_STRETCHES}`,
    values: valuesOf(span),
  });
  return z.array(stretchRow).parse(rows);
}

const verifiedRow = z.object({ lessonVersionId: z.string(), from: z.date(), to: z.date() });

/** Verified stretches with their lesson, in order of time. */
export async function listVerifiedOf(
  pool: Pool,
  span: StudySpan,
): Promise<(Interval & { readonly lessonVersionId: string })[]> {
  const { rows } = await pool.query({
    name: 'training-verified-of',
    text: `select lesson_version_id::text as "lessonVersionId", verified_from as "from", verified_to as "to"
      from study_beat
      where person_id = $1 and ($2::uuid is null or lesson_version_id = $2)
        and verified_from >= $3::timestamptz and verified_from < $4
      order by verified_from`,
    values: valuesOf(span),
  });
  return z
    .array(verifiedRow)
    .parse(rows)
    .map((row) => ({ ...intervalOf(row.from, row.to), lessonVersionId: row.lessonVersionId }));
}

const titleRow = z.object({ id: z.string(), title: z.string(), slug: z.string(), courseSlug: z.string() });

/** `课程 · 课` and address of lesson versions, current or not. */
export async function listLessonTitles(
  pool: Pool,
  lessonVersionIds: readonly string[],
): Promise<Map<string, z.infer<typeof titleRow>>> {
  const { rows } = await pool.query({
    name: 'training-lesson-titles',
    text: `select l.id::text, v.title || ' · ' || l.title as title, l.slug, c.slug as "courseSlug"
      from lesson_version l join course_version v on v.id = l.course_version_id join course c on c.id = v.course_id
      where l.id = any($1::uuid[])`,
    values: [[...lessonVersionIds]],
  });
  return new Map(
    z
      .array(titleRow)
      .parse(rows)
      .map((row) => [row.id, row]),
  );
}
