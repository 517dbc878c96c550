import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Sort } from '#app/platform/ui/table/table-query.ts';
import type { CampaignEventKind, CampaignState, TargetState } from './campaign.ts';
import { CAMPAIGN_EVENT_LABELS, CAMPAIGN_STATES, TARGET_STATES } from './campaign.ts';

/** Places a viewer reaches; a target is seen through its unit or, when that is gone, its region. */
export interface BoardReach {
  readonly unitIds: readonly string[];
  readonly regionIds: readonly string[];
}

const REACHED = `(t.unit_id = any($1::uuid[]) or t.region_id = any($2::uuid[]))`;
const countColumns = `count(*)::int as total,
  count(*) filter (where t.state = 'waiting')::int as waiting,
  count(*) filter (where t.state = 'submitted')::int as submitted,
  count(*) filter (where t.state = 'returned')::int as returned,
  count(*) filter (where t.state = 'accepted')::int as accepted,
  count(*) filter (where t.state in ('waiting', 'returned') and t.due_day < $3::date)::int as overdue,
  count(*) filter (where t.is_late)::int as late,
  count(*) filter (where t.state = 'submitted' and t.exception_count > 0)::int as "toReview",
  count(*) filter (where t.state = 'submitted' and t.exception_count = 0)::int as unchanged`;

const counts = {
  total: z.number(),
  waiting: z.number(),
  submitted: z.number(),
  returned: z.number(),
  accepted: z.number(),
  overdue: z.number(),
  late: z.number(),
  toReview: z.number(),
  unchanged: z.number(),
};
const countsRow = z.object(counts);
export type TargetCounts = z.infer<typeof countsRow>;

/** How far a campaign is, over the targets the viewer reaches. */
export async function countTargets(
  pool: Pool,
  reach: BoardReach,
  { campaignId, today }: { readonly campaignId: string; readonly today: Day },
): Promise<TargetCounts> {
  const { rows } = await pool.query({
    name: 'office-campaign-counts',
    text: `select ${countColumns} from campaign_target t where t.campaign_id = $4 and ${REACHED}`,
    values: [reach.unitIds, reach.regionIds, today, campaignId],
  });
  return countsRow.parse(rows[0]);
}

const regionCounts = z.object({ regionId: z.string(), ...counts });

/** The same by the region each unit lies in. */
export async function countTargetsByRegion(
  pool: Pool,
  reach: BoardReach,
  { campaignId, today }: { readonly campaignId: string; readonly today: Day },
): Promise<z.infer<typeof regionCounts>[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-counts-by-region',
    text: `select t.region_id as "regionId", ${countColumns} from campaign_target t
           where t.campaign_id = $4 and ${REACHED} group by t.region_id`,
    values: [reach.unitIds, reach.regionIds, today, campaignId],
  });
  return z.array(regionCounts).parse(rows);
}

const figureRow = z.object({ key: z.string(), sum: z.number() });

/** Figures of the answers handed in, summed (汇总). */
export async function sumFigures(
  pool: Pool,
  reach: BoardReach,
  campaignId: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await pool.query({
    name: 'office-campaign-figures',
    text: `select f.key, sum(f.value::int)::int as sum from campaign_target t, jsonb_each_text(t.figures) f
           where t.campaign_id = $3 and t.state in ('submitted', 'accepted') and ${REACHED} group by f.key`,
    values: [reach.unitIds, reach.regionIds, campaignId],
  });
  return new Map(
    z
      .array(figureRow)
      .parse(rows)
      .map(({ key, sum }) => [key, sum]),
  );
}

export type BoardSort = 'unit' | 'state' | 'due' | 'answered' | 'exceptions';

export interface BoardFilter {
  readonly campaignId: string;
  readonly today: Day;
  readonly text: string;
  readonly state: TargetState | null;
  readonly standing: 'overdue' | 'late' | 'changed' | 'unchanged' | null;
  readonly fieldCode: string | null;
  /** Only units of these regions; null for all. */
  readonly inRegions: readonly string[] | null;
}

const FILTERED = `t.campaign_id = $3 and ${REACHED}
  and ($4 = '' or t.unit_name ilike '%' || $4 || '%' or t.unit_name_pinyin like lower($4) || '%')
  and ($5::text is null or t.state = $5)
  and case $6::text when 'overdue' then t.state in ('waiting', 'returned') and t.due_day < $9::date
        when 'late' then t.is_late when 'changed' then t.exception_count > 0
        when 'unchanged' then t.answer_no > 0 and t.exception_count = 0 else true end
  and ($7::text is null or $7 = any(t.field_codes))
  and ($8::uuid[] is null or t.region_id = any($8))`;

const filterValues = (reach: BoardReach, filter: BoardFilter): unknown[] => [
  reach.unitIds,
  reach.regionIds,
  filter.campaignId,
  filter.text,
  filter.state,
  filter.standing,
  filter.fieldCode,
  filter.inRegions,
  filter.today,
];

export async function countBoardRows(pool: Pool, reach: BoardReach, filter: BoardFilter): Promise<number> {
  const { rows } = await pool.query({
    name: 'office-campaign-board-count',
    text: `select count(*)::int as count from campaign_target t where ${FILTERED}`,
    values: filterValues(reach, filter),
  });
  return z.array(z.object({ count: z.number() })).parse(rows)[0]?.count ?? 0;
}

const ORDERS: Readonly<Record<BoardSort, string>> = {
  unit: 't.unit_name_pinyin',
  state: `array_position(array['returned', 'waiting', 'submitted', 'accepted'], t.state)`,
  due: 't.due_day',
  answered: 't.answered_at',
  exceptions: 't.exception_count',
};

const boardRow = z.object({
  unitId: z.string(),
  unitName: z.string(),
  regionId: z.string(),
  state: z.enum(TARGET_STATES),
  dueDay: z.string(),
  isLate: z.boolean(),
  answerNo: z.number(),
  exceptionCount: z.number(),
  answeredAt: z.date().nullable(),
  answeredByName: z.string().nullable(),
  reviewedAt: z.date().nullable(),
  fieldCodes: z.array(z.string()),
});
export type BoardRow = z.infer<typeof boardRow>;

/** One page of the board; empty values last in either direction, units by name within. */
export async function listBoardRows(
  pool: Pool,
  reach: BoardReach,
  filter: BoardFilter,
  page: { readonly sort: Sort<BoardSort>; readonly limit: number; readonly offset: number },
): Promise<BoardRow[]> {
  const direction = page.sort.direction === 'desc' ? 'desc' : 'asc';
  const { rows } = await pool.query({
    name: `office-campaign-board-${page.sort.field}-${direction}`,
    text: `select t.unit_id as "unitId", t.unit_name as "unitName", t.region_id as "regionId", t.state,
             t.due_day as "dueDay", t.is_late as "isLate", t.answer_no as "answerNo",
             t.exception_count as "exceptionCount", t.answered_at as "answeredAt", a.display_name as "answeredByName",
             t.reviewed_at as "reviewedAt", t.field_codes as "fieldCodes"
           from campaign_target t left join account a on a.id = t.answered_by
           where ${FILTERED}
           order by ${ORDERS[page.sort.field]} ${direction} nulls last, t.unit_name_pinyin, t.unit_id
           limit $10 offset $11`,
    values: [...filterValues(reach, filter), page.limit, page.offset],
  });
  return z.array(boardRow).parse(rows);
}

const owingRow = z.object({
  unitId: z.string(),
  unitName: z.string(),
  state: z.enum(TARGET_STATES),
  dueDay: z.string(),
});
export type OwingUnit = z.infer<typeof owingRow>;

/** Units that still owe an answer, by name: for the text that goes into the work group. */
export async function listOwingUnits(
  pool: Pool,
  reach: BoardReach,
  campaignId: string,
): Promise<OwingUnit[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-owing',
    text: `select t.unit_id as "unitId", t.unit_name as "unitName", t.state, t.due_day as "dueDay"
           from campaign_target t where t.campaign_id = $3 and t.state in ('waiting', 'returned') and ${REACHED}
           order by t.unit_name_pinyin, t.unit_id`,
    values: [reach.unitIds, reach.regionIds, campaignId],
  });
  return z.array(owingRow).parse(rows);
}

const listRow = z.object({
  id: z.string(),
  kind: z.string(),
  title: z.string(),
  year: z.number(),
  state: z.enum(CAMPAIGN_STATES),
  regionId: z.string(),
  issuedDay: z.string(),
  dueDay: z.string(),
  isSupplement: z.boolean(),
  ...counts,
});
export type CampaignLine = z.infer<typeof listRow>;
export type CampaignSort = 'issued' | 'due';

export interface CampaignFilter {
  readonly text: string;
  readonly kind: string | null;
  readonly state: CampaignState | null;
  readonly today: Day;
}

const LISTED = `from campaign c cross join lateral (
    select ${countColumns} from campaign_target t where t.campaign_id = c.id and ${REACHED}) n
  where n.total > 0 and ($4 = '' or c.title ilike '%' || $4 || '%') and ($5::text is null or c.kind = $5)
    and ($6::text is null or c.state = $6)`;

/** Campaigns in which the viewer reaches a unit, the latest first, with their counts; and how many there are in all. */
export async function listCampaigns(
  pool: Pool,
  reach: BoardReach,
  filter: CampaignFilter,
  page: { readonly sort: Sort<CampaignSort>; readonly limit: number; readonly offset: number },
): Promise<{ rows: CampaignLine[]; total: number }> {
  const direction = page.sort.direction === 'asc' ? 'asc' : 'desc';
  const order = page.sort.field === 'due' ? 'c.due_day' : 'c.issued_at';
  const values = [reach.unitIds, reach.regionIds, filter.today, filter.text, filter.kind, filter.state];
  const counted = await pool.query({
    name: 'office-campaign-list-count',
    text: `select count(*)::int as count ${LISTED}`,
    values,
  });
  const { rows } = await pool.query({
    name: `office-campaign-list-${page.sort.field}-${direction}`,
    text: `select c.id, c.kind, c.title, c.year, c.state, c.region_id as "regionId", c.issued_day as "issuedDay",
             c.due_day as "dueDay", c.supplements_id is not null as "isSupplement", n.* ${LISTED}
           order by ${order} ${direction}, c.id ${direction} limit $7 offset $8`,
    values: [...values, page.limit, page.offset],
  });
  const total = z.array(z.object({ count: z.number() })).parse(counted.rows)[0]?.count ?? 0;
  return { rows: z.array(listRow).parse(rows), total };
}

const unitLine = z.object({
  campaignId: z.string(),
  kind: z.string(),
  title: z.string(),
  campaignState: z.enum(CAMPAIGN_STATES),
  unitId: z.string(),
  unitName: z.string(),
  state: z.enum(TARGET_STATES),
  dueDay: z.string(),
  isLate: z.boolean(),
  exceptionCount: z.number(),
  answeredAt: z.date().nullable(),
  hasDraft: z.boolean(),
});
export type UnitCampaignLine = z.infer<typeof unitLine>;

/** What the viewer's units are or were asked: what is owed first, by its last day. */
export async function listUnitCampaigns(
  pool: Pool,
  reach: BoardReach,
  page: { readonly text: string; readonly limit: number; readonly offset: number },
): Promise<{ rows: UnitCampaignLine[]; total: number }> {
  const where = `${REACHED} and ($3 = '' or c.title ilike '%' || $3 || '%' or t.unit_name ilike '%' || $3 || '%')`;
  const values = [reach.unitIds, reach.regionIds, page.text];
  const counted = await pool.query({
    name: 'office-unit-campaigns-count',
    text: `select count(*)::int as count from campaign_target t join campaign c on c.id = t.campaign_id where ${where}`,
    values,
  });
  const { rows } = await pool.query({
    name: 'office-unit-campaigns',
    text: `select c.id as "campaignId", c.kind, c.title, c.state as "campaignState", t.unit_id as "unitId",
             t.unit_name as "unitName", t.state, t.due_day as "dueDay", t.is_late as "isLate",
             t.exception_count as "exceptionCount", t.answered_at as "answeredAt", d.target_id is not null as "hasDraft"
           from campaign_target t join campaign c on c.id = t.campaign_id
             left join campaign_draft d on d.target_id = t.id
           where ${where}
           order by (c.state = 'open' and t.state in ('waiting', 'returned')) desc,
             case when c.state = 'open' then t.due_day end asc nulls last, c.issued_at desc, t.unit_name_pinyin, t.unit_id
           limit $4 offset $5`,
    values: [...values, page.limit, page.offset],
  });
  const total = z.array(z.object({ count: z.number() })).parse(counted.rows)[0]?.count ?? 0;
  return { rows: z.array(unitLine).parse(rows), total };
}

const isEventKind = (kind: string): kind is CampaignEventKind => Object.hasOwn(CAMPAIGN_EVENT_LABELS, kind);
const eventRow = z.object({
  id: z.string(),
  kind: z.string().refine(isEventKind),
  note: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()),
  byName: z.string().nullable(),
  at: z.date(),
});
export type CampaignEventRow = z.infer<typeof eventRow>;

const EVENT = `e.id, e.kind, e.note, e.detail, a.display_name as "byName", e.occurred_at as "at"`;

/** What happened to the campaign as a whole, the last first. */
export async function listCampaignEvents(pool: Pool, campaignId: string): Promise<CampaignEventRow[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-events',
    text: `select ${EVENT} from campaign_event e left join account a on a.id = e.actor_id
           where e.campaign_id = $1 and e.target_id is null order by e.occurred_at desc, e.id desc limit 200`,
    values: [campaignId],
  });
  return z.array(eventRow).parse(rows);
}

/** What happened to one unit's part, the last first. */
export async function listTargetEvents(pool: Pool, targetId: string): Promise<CampaignEventRow[]> {
  const { rows } = await pool.query({
    name: 'office-campaign-target-events',
    text: `select ${EVENT} from campaign_event e left join account a on a.id = e.actor_id
           where e.target_id = $1 order by e.occurred_at desc, e.id desc limit 200`,
    values: [targetId],
  });
  return z.array(eventRow).parse(rows);
}
