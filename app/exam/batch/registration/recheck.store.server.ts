import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { isThrough } from './exam-standing.store.server.ts';

export const RECHECKED = 'eligibility_rechecked';

const recheckRow = z.object({
  at: z.date(),
  byName: z.string().nullable(),
  asked: z.number(),
  stillApproved: z.number(),
});
/** The last 重新核对资格 of a batch, with how many of those it found are approved all the same and have yet to sit. */
export type LastRecheck = z.infer<typeof recheckRow>;

/** Null where nobody has asked again. */
export async function findLastRecheck(
  pool: Pool,
  { batchId, now }: { readonly batchId: string; readonly now: Date },
): Promise<LastRecheck | null> {
  const { rows } = await pool.query({
    name: 'exam-batch-last-recheck',
    text: `select e.occurred_at as at, a.display_name as "byName", (e.detail->>'asked')::int as asked,
        (select count(*)::int from exam_registration r left join exam_sitting s on s.id = r.sitting_id
          where r.batch_id = e.batch_id and r.status = 'approved' and e.detail->'refused' ? r.id::text
            and not ${isThrough('$2')}) as "stillApproved"
      from exam_batch_event e left join account a on a.id = e.actor_id
      where e.batch_id = $1 and e.kind = '${RECHECKED}' order by e.occurred_at desc, e.id desc limit 1`,
    values: [batchId, now.toISOString()],
  });
  return z.array(recheckRow).parse(rows)[0] ?? null;
}
