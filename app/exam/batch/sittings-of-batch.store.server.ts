import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { SITTING_STATUSES } from '../sitting/sitting-list.ts';
import { FOCUS_POLICIES, PLACE_MODES, RESULT_RELEASES, START_MODES } from '../sitting/sitting-settings.ts';
import { WAS_EXPECTED } from '../sitting/was-expected.ts';

const sittingRow = z.object({
  sittingId: z.string(),
  title: z.string(),
  status: z.enum(SITTING_STATUSES),
  opensAt: z.date(),
  latestEntryAt: z.date(),
  hardEndAt: z.date(),
  durationSeconds: z.number(),
  startMode: z.enum(START_MODES),
  placeMode: z.enum(PLACE_MODES),
  focusPolicy: z.enum(FOCUS_POLICIES),
  resultRelease: z.enum(RESULT_RELEASES),
  resultsReleasedAt: z.date().nullable(),
  seated: z.number(),
  running: z.number(),
  graded: z.number(),
});
export type BatchSitting = z.infer<typeof sittingRow>;

/** Sittings of a batch by time, with who is laid out, who answers now and who is graded. */
export async function listSittingsOfBatch(pool: Pool, batchId: string): Promise<BatchSitting[]> {
  const { rows } = await pool.query({
    name: 'exam-sittings-of-batch',
    text: `select s.id as "sittingId", s.title, s.status, s.opens_at as "opensAt", s.latest_entry_at as "latestEntryAt",
        s.hard_end_at as "hardEndAt", s.duration_seconds as "durationSeconds", s.start_mode as "startMode",
        s.place_mode as "placeMode", s.focus_policy as "focusPolicy", s.result_release as "resultRelease",
        s.results_released_at as "resultsReleasedAt", f.seated, f.running, f.graded
      from exam_sitting s left join lateral (
        select count(*) filter (where ${WAS_EXPECTED})::int as seated,
          coalesce(sum((select count(*) from attempt a where a.registration_id = r.id and a.state = 'in_progress')), 0)::int
            as running,
          coalesce(sum((select count(distinct e.attempt_id) from attempt a join exam_result e on e.attempt_id = a.id
            where a.registration_id = r.id and a.state <> 'void')), 0)::int as graded
        from exam_registration r where r.sitting_id = s.id) f on true
      where s.batch_id = $1 order by s.opens_at, s.id`,
    values: [batchId],
  });
  return z.array(sittingRow).parse(rows);
}
