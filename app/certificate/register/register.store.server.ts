import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';
import type { ShownStanding } from './certificate.ts';
import { CERTIFICATE_STATES, SHOWN_STANDINGS } from './certificate.ts';

export const REGISTER_SORTS = ['number', 'name', 'validTo', 'issued'] as const;
export type RegisterSort = (typeof REGISTER_SORTS)[number];

/** How much validity is left; figures are days from today. */
export const DUE_RANGES = { within30: 30, within90: 90, within180: 180 } as const;
export type DueRange = keyof typeof DUE_RANGES;

/** What is asked of the register; every part comes from the URL and was checked before. */
export interface RegisterQuery {
  /** What the viewer reaches; a card is seen by its region or by its unit. */
  readonly regionIds: readonly string[];
  readonly unitIds: readonly string[];
  readonly today: Day;
  /** Beginning of a number, part of a name, or beginning of its pinyin or initials; empty for all. */
  readonly text: string;
  readonly standing: ShownStanding | null;
  readonly fieldCode: string | null;
  /** Units whose name was asked for; null for all. */
  readonly namedUnitIds: readonly string[] | null;
  readonly due: DueRange | null;
}

interface Where {
  readonly sql: string;
  readonly values: unknown[];
}

const LOOKS_LIKE_NUMBER = /^[0-9A-Z-]*[0-9][0-9A-Z-]*$/i;

/** `%` and `_` typed by a person are themselves. */
const escapeLike = (text: string): string => text.replace(/[\\%_]/g, (sign) => `\\${sign}`);

/** The word a card is told by, as the database counts it; the same rule as `shownStanding`. */
const STANDING_SQL = (today: string): string => `case
  when c.is_lost and c.state in ('active', 'suspended') then 'lost'
  when c.state = 'active' and c.valid_to_day < ${today}::date then 'expired' else c.state end`;

/** Conditions of everything but the state: the counts by state are made of these. */
function baseWhere(query: RegisterQuery): Where {
  const values: unknown[] = [];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const scope = [
    ...(query.regionIds.length > 0 ? [`c.region_id = any(${put([...query.regionIds])}::uuid[])`] : []),
    ...(query.unitIds.length > 0 ? [`c.unit_id = any(${put([...query.unitIds])}::uuid[])`] : []),
  ];
  const parts = [scope.length > 0 ? `(${scope.join(' or ')})` : 'false'];
  if (query.fieldCode !== null) parts.push(`c.field_code = ${put(query.fieldCode)}`);
  if (query.namedUnitIds !== null) parts.push(`c.unit_id = any(${put([...query.namedUnitIds])}::uuid[])`);
  if (query.due !== null) {
    const today = put(query.today);
    const last = put(addDays(query.today, DUE_RANGES[query.due]));
    parts.push(
      `c.state in ('active', 'suspended') and c.valid_to_day between ${today}::date and ${last}::date`,
    );
  }
  if (query.text !== '') parts.push(textCondition(query.text, put));
  return { sql: parts.join(' and '), values };
}

function textCondition(text: string, put: (value: unknown) => string): string {
  const typed = escapeLike(text.replace(/\s+/g, ''));
  if (LOOKS_LIKE_NUMBER.test(typed)) return `c.certificate_no like ${put(`${typed.toUpperCase()}%`)}`;
  const inside = put(`%${typed}%`);
  const begins = put(`${typed.toLowerCase()}%`);
  return `c.person_id in (select id from person where name like ${inside} or name_pinyin like ${begins}
    or name_initials like ${begins})`;
}

const countRow = z.object({ standing: z.enum(SHOWN_STANDINGS), count: z.number() });

/** Cards by the word they are told by, over everything asked for but the state. */
export async function countByStanding(
  pool: Pool,
  query: RegisterQuery,
): Promise<Partial<Record<ShownStanding, number>>> {
  const where = baseWhere(query);
  const values = [...where.values, query.today];
  const { rows } = await pool.query({
    text: `select ${STANDING_SQL(`$${values.length}`)} as standing, count(*)::int as count
           from certificate c where ${where.sql} group by 1`,
    values,
  });
  return Object.fromEntries(
    z
      .array(countRow)
      .parse(rows)
      .map((row) => [row.standing, row.count]),
  );
}

const registerRow = z.object({
  id: z.string(),
  personName: z.string(),
  certificateNo: z.string(),
  unitName: z.string(),
  fieldCode: z.string(),
  state: z.enum(CERTIFICATE_STATES),
  isLost: z.boolean(),
  validToDay: z.string(),
  issuedDay: z.string(),
});
export type RegisterRow = z.infer<typeof registerRow>;

const ORDER: Readonly<Record<RegisterSort, string>> = {
  number: 'c.certificate_no',
  name: 'p.name_pinyin',
  validTo: 'c.valid_to_day',
  issued: 'c.issued_day',
};

export interface RegisterSlice {
  readonly sort: { readonly field: RegisterSort; readonly direction: 'asc' | 'desc' };
  readonly limit: number;
  readonly offset: number;
}

/** One page of the register. The page is cut out before names are looked up, so that only its rows pay for them. */
export async function listRegister(
  pool: Pool,
  query: RegisterQuery,
  slice: RegisterSlice,
): Promise<RegisterRow[]> {
  const where = baseWhere(query);
  const values = [...where.values];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const parts = [where.sql];
  if (query.standing !== null) parts.push(standingCondition(query.standing, query.today, put));
  const order = `${ORDER[slice.sort.field]} ${slice.sort.direction === 'desc' ? 'desc' : 'asc'}, c.id`;
  const byName = slice.sort.field === 'name' ? 'join person p on p.id = c.person_id' : '';
  const { rows } = await pool.query({
    text: `select c.id, p.name as "personName", c.certificate_no as "certificateNo", coalesce(u.name, '') as "unitName",
        c.field_code as "fieldCode", c.state, c.is_lost as "isLost", c.valid_to_day as "validToDay",
        c.issued_day as "issuedDay"
      from (select c.* from certificate c ${byName} where ${parts.join(' and ')}
          order by ${order} limit ${put(slice.limit)} offset ${put(slice.offset)}) c
        join person p on p.id = c.person_id
        left join lateral (select name from unit_version where unit_id = c.unit_id and superseded_at is null
          order by valid_from desc limit 1) u on true
      order by ${order}`,
    values,
  });
  return z.array(registerRow).parse(rows);
}

/** As plain conditions instead of the `case`, so that the index on (region, state, lost, validity) serves. */
function standingCondition(standing: ShownStanding, today: Day, put: (value: unknown) => string): string {
  switch (standing) {
    case 'lost':
      return `c.is_lost and c.state in ('active', 'suspended')`;
    case 'active':
      return `c.state = 'active' and not c.is_lost and c.valid_to_day >= ${put(today)}::date`;
    case 'expired':
      return `c.state = 'active' and not c.is_lost and c.valid_to_day < ${put(today)}::date`;
    case 'suspended':
      return `c.state = 'suspended' and not c.is_lost`;
    case 'pending_print':
    case 'recovered':
    case 'cancelled':
    case 'revoked':
    case 'superseded':
      return `c.state = ${put(standing)}`;
  }
}
