import { z } from 'zod';
import type { HandoverSource } from '#app/office/handover/handover.ts';
import { CLAIM_STATE_LABELS } from './claim.ts';

const row = z.object({
  id: z.string(),
  name: z.string(),
  title: z.string(),
  state: z.enum(['filed', 'returned']),
});

/** Claims that a liaison has filed and that are not decided pass with the office; they stay undecidable for their maker. */
export const claimHandover: HandoverSource = {
  kind: 'external_claim',
  label: '学时认定申请',
  list: async (pool, { accountId, receivedIds, limit }) => {
    const { rows } = await pool.query({
      name: 'training-claim-handover',
      text: `select c.id, p.name, c.title, c.state from external_claim c join person p on p.id = c.person_id
             where c.filed_as = 'liaison' and c.state in ('filed', 'returned')
               and (c.filed_by = $1 or c.id = any($2::uuid[]))
             order by c.filed_at, c.id limit $3`,
      values: [accountId, receivedIds, limit],
    });
    return z
      .array(row)
      .parse(rows)
      .map(({ id, name, title, state }) => ({
        itemId: id,
        title: `${name}“${title}”的学时认定`,
        detail: CLAIM_STATE_LABELS[state],
      }));
  },
};
