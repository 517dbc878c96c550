import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

export const RECHECKED = 'eligibility_rechecked';

const recheckRow = z.object({
  at: z.date(),
  byName: z.string().nullable(),
  asked: z.number(),
  stillApproved: z.number(),
});
/** The last 重新核对资格 of a batch, with how many of those it found are approved all the same. */
export type LastRecheck = z.infer<typeof recheckRow>;

/** Null where nobody has asked again. */
export async function findLastRecheck(pool: Pool, batchId: string): Promise<LastRecheck | null> {
  const { rows } = await pool.query({
    name: 'exam-batch-last-recheck',
    text: `select e.occurred_at as at, a.display_name as "byName", (e.detail->>'asked')::int as asked,
        (select count(*)::int from exam_registration r where r.batch_id = e.batch_id and r.status = 'approved'
          and e.detail->'refused' ? r.id::text) as "stillApproved"
      from exam_batch_event e left join account a on a.id = e.actor_id
      where e.batch_id = $1 and e.kind = '${RECHECKED}' order by e.occurred_at desc, e.id desc limit 1`,
    values: [batchId],
  });
  return z.array(recheckRow).parse(rows)[0] ?? null;
}
