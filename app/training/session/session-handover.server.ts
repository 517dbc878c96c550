import { z } from 'zod';
import type { HandoverSource } from '#app/office/handover/handover.ts';
import { formatRange } from '#app/platform/time/day.ts';

const row = z.object({ id: z.string(), title: z.string(), startsAt: z.date(), endsAt: z.date() });

/** Classes that are scheduled and not closed yet pass with their organiser's office. */
export const sessionHandover: HandoverSource = {
  kind: 'training_session',
  label: '培训班',
  list: async (pool, { accountId, receivedIds, limit }) => {
    const { rows } = await pool.query({
      name: 'training-session-handover',
      text: `select s.id, s.title, min(b.starts_at) as "startsAt", max(b.ends_at) as "endsAt"
             from training_session s join session_block b on b.session_id = s.id
             where s.status = 'scheduled' and (s.created_by = $1 or s.id = any($2::uuid[]))
             group by s.id order by min(b.starts_at), s.id limit $3`,
      values: [accountId, receivedIds, limit],
    });
    return z
      .array(row)
      .parse(rows)
      .map(({ id, title, startsAt, endsAt }) => ({
        itemId: id,
        title,
        detail: formatRange(startsAt, endsAt),
      }));
  },
};
