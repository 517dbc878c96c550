import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const changesRow = z.object({ dateChangedAt: z.date().nullable(), seatMovedAt: z.date().nullable() });

/**
 * When the date of a sitting was last changed, and when somebody who sits there last came to another seat: moved by hand,
 * or seated again with a sealed paper after the old seat was lost (退回, 缓考).
 */
export async function findLastChanges(pool: Pool, sittingId: string): Promise<z.infer<typeof changesRow>> {
  const { rows } = await pool.query({
    name: 'exam-changes-since-seal',
    text: `select (select max(e.occurred_at) from exam_seating_event e
               where e.sitting_id = $1 and e.kind = 'date_changed') as "dateChangedAt",
             (select max(e.occurred_at) from registration_event e join exam_registration r on r.id = e.registration_id
               where r.sitting_id = $1 and (e.kind = 'seat_moved' or (e.kind = 'seated' and exists (
                 select from paper p where p.registration_id = r.id and p.seal_id is not null)))) as "seatMovedAt"`,
    values: [sittingId],
  });
  return changesRow.parse(rows[0]);
}

const citedRow = z.object({ law: z.string(), lawVersion: z.string(), questions: z.number() });

/** Law texts behind the sealed papers of a sitting, each with how many questions stand on it. */
export async function listCitedLaws(pool: Pool, sittingId: string): Promise<z.infer<typeof citedRow>[]> {
  const { rows } = await pool.query({
    name: 'exam-sealed-laws',
    text: `with sealed as (
             select distinct on (q.content_hash) q.content from paper q join exam_seal s on s.id = q.seal_id
             where s.sitting_id = $1 order by q.content_hash, q.id),
           asked as (select distinct (i->>'questionVersionId')::uuid as id
             from sealed cross join lateral jsonb_array_elements(sealed.content->'items') i)
           select v.law, v.law_version as "lawVersion", count(*)::int as questions
           from asked join question_version v on v.id = asked.id group by v.law, v.law_version`,
    values: [sittingId],
  });
  return z.array(citedRow).parse(rows);
}
