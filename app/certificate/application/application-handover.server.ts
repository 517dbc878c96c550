import { z } from 'zod';
import type { HandoverSource } from '#app/office/handover/handover.ts';
import { APPLICATION_STATES, APPLICATION_WORDS } from './application.ts';

const row = z.object({ id: z.string(), name: z.string(), state: z.enum(APPLICATION_STATES) });

/** Applications that have not come to an end pass with the office of whoever filed them. */
export const applicationHandover: HandoverSource = {
  kind: 'certificate_application',
  label: '证件申领',
  list: async (pool, { accountId, receivedIds, limit }) => {
    const { rows } = await pool.query({
      name: 'certificate-application-handover',
      text: `select a.id, p.name, a.state from certificate_application a join person p on p.id = a.person_id
             where a.state not in ('issued', 'rejected') and (a.filed_by = $1 or a.id = any($2::uuid[]))
             order by a.filed_at, a.id limit $3`,
      values: [accountId, receivedIds, limit],
    });
    return z
      .array(row)
      .parse(rows)
      .map(({ id, name, state }) => ({
        itemId: id,
        title: `${name}的证件申领`,
        detail: APPLICATION_WORDS[state],
      }));
  },
};
