import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import { TARGET_STATES } from './campaign.ts';

const targetRow = z.object({
  targetId: z.string(),
  unitId: z.string(),
  unitName: z.string(),
  regionId: z.string(),
  state: z.enum(TARGET_STATES),
  dueDay: z.string(),
  /** What the unit handed in last; null while it has not. */
  content: z.unknown(),
  answeredAt: z.date().nullable(),
});
/** A unit asked, as a paper about it needs it. */
export type PaperTarget = z.infer<typeof targetRow>;

/** Units of a campaign with their last answers, by name; one of them where it is named. */
export async function listPaperTargets(
  pool: Pool,
  campaignId: string,
  unitId: string | null,
): Promise<PaperTarget[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-paper-targets',
    text: `select t.id as "targetId", t.unit_id as "unitId", t.unit_name as "unitName", t.region_id as "regionId",
             t.state, t.due_day::text as "dueDay", p.content, a.occurred_at as "answeredAt"
           from campaign_target t
             left join campaign_answer a on a.target_id = t.id and a.no = t.answer_no
             left join campaign_answer_payload p on p.answer_id = a.id
           where t.campaign_id = $1 and ($2::uuid is null or t.unit_id = $2)
           order by t.unit_name_pinyin, t.unit_id`,
    values: [campaignId, unitId],
  });
  return z.array(targetRow).parse(rows);
}

/** Names of accounts, for those who are named on a paper. */
export async function namesOfAccounts(
  pool: Pool,
  accountIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query({
    name: 'office-campaign-account-names',
    text: 'select id, display_name as name from account where id = any($1::uuid[])',
    values: [accountIds],
  });
  const found = z.array(z.object({ id: z.string(), name: z.string() })).parse(rows);
  return new Map(found.map(({ id, name }) => [id, name]));
}
