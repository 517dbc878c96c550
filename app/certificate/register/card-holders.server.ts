import { z } from 'zod';
import type { CardRecords } from '#app/training/ports.server.ts';

const holderRow = z.object({ personId: z.string() });

/**
 * Who holds a card on a day, as known now: the fold of `status-on.ts` over many persons in one statement. Only an active
 * card expires; a suspended one stays suspended past its validity (`certificate.ts`). Reporting asks the same for its
 * figures, and random cards compare the two (test).
 */
export const cardHolders: CardRecords = {
  holdersOn: async (reader, personIds, day) => {
    const { rows } = await reader.query<Record<string, unknown>>({
      name: 'certificate-card-holders',
      text: `select distinct c.person_id as "personId"
        from certificate c cross join lateral (
          select e.to_state from certificate_event e
          where e.certificate_id = c.id and e.effective_from_day <= $2::date
            and e.kind not in ('decision_proposed', 'decision_declined', 'expiry_recorded', 'custody_began', 'custody_ended')
          order by e.effective_from_day desc, e.seq desc limit 1) last
        where c.person_id = any($1::uuid[])
          and (last.to_state = 'suspended' or (last.to_state = 'active' and c.valid_to_day >= $2::date))`,
      values: [[...personIds], day],
    });
    return new Set(
      z
        .array(holderRow)
        .parse(rows)
        .map((row) => row.personId),
    );
  },
};
