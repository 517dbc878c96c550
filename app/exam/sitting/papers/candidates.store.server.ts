import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { WAS_EXPECTED } from '../was-expected.ts';
import { SITTING_STATUSES } from '../sitting-list.ts';

const sittingRow = z.object({
  id: z.string(),
  title: z.string(),
  regionId: z.string(),
  opensAt: z.date(),
  hardEndAt: z.date(),
  status: z.enum(SITTING_STATUSES),
});
export type PaperSitting = z.infer<typeof sittingRow>;

/** One sitting; null when there is none. The caller checks that the viewer reaches its region. */
export async function findPaperSitting(pool: Pool, sittingId: string): Promise<PaperSitting | null> {
  const { rows } = await pool.query({
    name: 'exam-papers-sitting',
    text: `select id, title, region_id as "regionId", opens_at as "opensAt", hard_end_at as "hardEndAt", status
           from exam_sitting where id = $1`,
    values: [sittingId],
  });
  return z.array(sittingRow).parse(rows)[0] ?? null;
}

const candidateRow = z.object({
  ticketNo: z.string(),
  name: z.string(),
  idNumberMasked: z.string(),
  unitName: z.string(),
  hasStarted: z.boolean(),
  /** Did not come and was excused afterwards (缓考). */
  isDeferred: z.boolean(),
  scoreHundredths: z.number().nullable(),
  passed: z.boolean().nullable(),
});
export type Candidate = z.infer<typeof candidateRow>;

/**
 * Candidates who may sit, and who was granted 缓考 when the entry was over, by ticket, with the best of their latest result
 * versions.
 */
export async function listPaperCandidates(pool: Pool, sittingId: string): Promise<Candidate[]> {
  const { rows } = await pool.query({
    name: 'exam-papers-candidates',
    text: `select r.ticket_no as "ticketNo", p.name, p.id_number_masked as "idNumberMasked", u.name as "unitName",
             coalesce(a.attempts, 0) > 0 as "hasStarted", r.status = 'deferred' as "isDeferred", a.score as "scoreHundredths", a.passed
           from exam_registration r join person p on p.id = r.person_id
             join lateral (select name from unit_version where unit_id = r.unit_id and superseded_at is null
               order by valid_from desc limit 1) u on true
             left join lateral (
               select count(*) as attempts, max(e.score_hundredths) as score, bool_or(e.passed) as passed
               from attempt t left join lateral (select x.score_hundredths, x.passed from exam_result x
                 where x.attempt_id = t.id order by x.version_no desc limit 1) e on true
               where t.registration_id = r.id and t.state <> 'void') a on true
           where r.sitting_id = $1 and ${WAS_EXPECTED} order by r.ticket_no`,
    values: [sittingId],
  });
  return z.array(candidateRow).parse(rows);
}
