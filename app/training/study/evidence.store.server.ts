import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { intervalOf, secondOf } from '../ledger/interval.ts';
import type { BeatFact, OpenedPage, StudyDay } from './findings.ts';

const visitRow = z.object({
  id: z.string(),
  personId: z.string(),
  lessonVersionId: z.string(),
  startedAt: z.date(),
  lastBeatAt: z.date(),
});
export type FinishedVisit = z.infer<typeof visitRow>;

/** Visits nobody has looked through that are over: another page took their place, or they have been silent since. */
export async function listUnexamined(pool: Pool, silentSince: Date, limit: number): Promise<FinishedVisit[]> {
  const { rows } = await pool.query({
    name: 'training-list-unexamined',
    text: `select id::text, person_id::text as "personId", lesson_version_id::text as "lessonVersionId",
        started_at as "startedAt", last_beat_at as "lastBeatAt"
      from study_visit where examined_at is null and (ended_at is not null or last_beat_at < $1)
      order by id limit $2`,
    values: [silentSince, limit],
  });
  return z.array(visitRow).parse(rows);
}

export async function markExamined(pool: Pool, visitIds: readonly string[], now: Date): Promise<void> {
  await pool.query({
    name: 'training-mark-examined',
    text: `update study_visit set examined_at = $2 where id = any($1::uuid[]) and examined_at is null`,
    values: [[...visitIds], now],
  });
}

const sign = z.number().optional();
const beatRow = z.object({
  visitId: z.string(),
  lessonVersionId: z.string(),
  receivedAt: z.date(),
  standing: z.string(),
  from: z.date().nullable(),
  to: z.date().nullable(),
  evidence: z.object({
    present: z.boolean().optional(),
    touches: sign,
    moves: sign,
    scrolls: sign,
    at: sign,
  }),
});

/** What one person did in one lesson between two instants. */
export interface EvidenceSpan {
  readonly personId: string;
  readonly lessonVersionId: string;
  readonly from: Date;
  readonly to: Date;
}

/** A person's beats of a day in every lesson, by visit and number, as the rules read them. */
export async function listBeatFacts(pool: Pool, span: EvidenceSpan): Promise<BeatFact[]> {
  const { rows } = await pool.query({
    name: 'training-beat-facts',
    text: `select visit_id::text as "visitId", lesson_version_id::text as "lessonVersionId", received_at as "receivedAt", standing, verified_from as "from",
        verified_to as "to", evidence
      from study_beat
      where person_id = $1 and received_at >= $2 and received_at < $3
      order by visit_id, seq`,
    values: [span.personId, span.from, span.to],
  });
  return z
    .array(beatRow)
    .parse(rows)
    .map(({ visitId, lessonVersionId, receivedAt, standing, from, to, evidence }) => {
      const { touches, moves, scrolls, at = 0, present = false } = evidence;
      const isTold = touches !== undefined && moves !== undefined && scrolls !== undefined;
      return {
        visitId,
        lessonVersionId,
        receivedMs: receivedAt.getTime(),
        standing,
        stretch: from && to ? intervalOf(from, to) : null,
        isPresent: present,
        signs: isTold ? { touches, moves, scrolls } : null,
        positionPermille: at,
      };
    });
}

const pageRow = z.object({
  openedAt: z.date(),
  lessonVersionId: z.string(),
  device: z.string().nullable(),
});

/** Every page the person opened, in any lesson, in order of time. */
export async function listOpenedPages(pool: Pool, span: EvidenceSpan): Promise<OpenedPage[]> {
  const { rows } = await pool.query({
    name: 'training-opened-pages',
    text: `select b.received_at as "openedAt", b.lesson_version_id::text as "lessonVersionId",
        b.evidence->>'device' as device
      from study_visit v join study_beat b on b.visit_id = v.id and b.seq = 0
      where v.person_id = $1 and b.received_at >= $2 and b.received_at < $3 order by b.received_at`,
    values: [span.personId, span.from, span.to],
  });
  return z
    .array(pageRow)
    .parse(rows)
    .map(({ openedAt, ...page }) => ({ ...page, openedMs: openedAt.getTime() }));
}

const firstAttemptRow = z.object({
  items: z.number(),
  isAllRight: z.boolean(),
  occurredAt: z.date(),
  openedAt: z.date().nullable(),
});

/** The first answers ever to the lesson's questions, if all were right and they fell into the span. */
export async function findFirstChecks(pool: Pool, span: EvidenceSpan): Promise<StudyDay['checks']> {
  const { rows } = await pool.query({
    name: 'training-first-checks',
    text: `select item_count as items, correct_count = item_count as "isAllRight", occurred_at as "occurredAt",
        (select min(started_at) from study_visit where person_id = $1 and lesson_version_id = $2) as "openedAt"
      from check_attempt where person_id = $1 and lesson_version_id = $2 order by occurred_at, id limit 1`,
    values: [span.personId, span.lessonVersionId],
  });
  const [first] = z.array(firstAttemptRow).parse(rows);
  if (!first?.isAllRight || first.openedAt === null) return null;
  if (first.occurredAt < span.from || first.occurredAt >= span.to) return null;
  const secondsSinceOpened = secondOf(first.occurredAt) - secondOf(first.openedAt);
  return { items: first.items, secondsSinceOpened: Math.max(secondsSinceOpened, 0) };
}
