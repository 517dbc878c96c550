import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';

/** States in which a card has been taken out of use; a replaced one (换发) is not: its holder carries on. */
const CLEARED_STATES = ['recovered', 'cancelled', 'revoked'] as const;

const clearedRow = z.object({
  certificateId: z.string(),
  personName: z.string(),
  unitId: z.string(),
  certificateNo: z.string(),
  state: z.enum(CLEARED_STATES),
  reasonCode: z.string(),
  sinceDay: z.string(),
});
/** A card that was taken out of use, and by what. */
export type ClearedCard = z.infer<typeof clearedRow>;

/** Cards of these regions that went out of use in a period and still are, the earliest first. */
export async function listClearedCards(
  pool: Pool,
  asked: {
    readonly regionIds: readonly string[];
    readonly from: Day;
    readonly until: Day;
    readonly limit: number;
  },
): Promise<ClearedCard[]> {
  const { rows } = await pool.query({
    name: 'certificate-cleared',
    text: `select c.id as "certificateId", p.name as "personName", c.unit_id as "unitId",
             c.certificate_no as "certificateNo", c.state, e.reason_code as "reasonCode",
             c.state_since_day::text as "sinceDay"
           from certificate c join person p on p.id = c.person_id
             join lateral (select reason_code from certificate_event e
               where e.certificate_id = c.id and e.to_state = c.state order by e.seq desc limit 1) e on true
           where c.region_id = any($1::uuid[]) and c.state = any($2::text[])
             and c.state_since_day between $3::date and $4::date
           order by c.state_since_day, c.certificate_no limit $5`,
    values: [asked.regionIds, CLEARED_STATES, asked.from, asked.until, asked.limit],
  });
  return z.array(clearedRow).parse(rows);
}
