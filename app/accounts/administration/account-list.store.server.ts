import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Role } from '../role.ts';
import { ROLES } from '../role.ts';
import { BUREAU_GRANTABLE } from './account-rules.ts';
import type { ACCOUNT_SORTS, AccountStanding } from './account-list.ts';
import { ACCOUNT_STANDINGS } from './account-list.ts';
import type { AccountViewer } from './viewer.server.ts';

const accountRow = z.object({
  accountId: z.string(),
  login: z.string(),
  displayName: z.string(),
  personId: z.string().nullable(),
  unitName: z.string().nullable(),
  standing: z.enum(ACCOUNT_STANDINGS),
  roles: z.array(z.enum(ROLES)),
  createdAt: z.date(),
});
export type AccountRow = z.infer<typeof accountRow>;

export interface AccountQuery {
  readonly text: string;
  readonly role: Role | undefined;
  readonly standing: AccountStanding | undefined;
  readonly sort: {
    readonly field: (typeof ACCOUNT_SORTS)[number];
    readonly direction: 'asc' | 'desc';
  };
  readonly offset: number;
  readonly limit: number;
}

const STANDS = `g.superseded_at is null and (g.valid_to is null or g.valid_to > $1::date)`;
const STANDING = `case when a.status = 'disabled' then 'disabled' when a.password_hash is null then 'waiting' else 'active' end`;

/** Accounts of the region: its people, and whoever holds a right there; none with a right beyond what a bureau gives. */
const OF_THE_REGION = `
  (h.unit_id = any($2::uuid[]) or exists (select 1 from role_grant g where g.account_id = a.id and ${STANDS}
     and (g.unit_id = any($2::uuid[]) or g.region_id = any($3::uuid[]))))
  and not exists (select 1 from role_grant g where g.account_id = a.id and ${STANDS}
     and (g.role <> all($4::text[]) or g.unit_id <> all($2::uuid[]) or g.region_id <> all($3::uuid[])))`;

const FROM = `
  from account a
  left join lateral (select l.unit_id from person_unit_link l where l.person_id = a.person_id and l.kind = 'home'
    and l.superseded_at is null and l.valid_from <= $1::date and (l.valid_to is null or l.valid_to > $1::date)
    limit 1) h on true`;

const ORDER: Readonly<Record<AccountQuery['sort']['field'], string>> = {
  login: 'a.login',
  name: 'a.display_name collate "zh-x-icu"',
  created: 'a.created_at',
};

/** Text that is searched for as it stands: the signs of LIKE mean themselves. */
const likeText = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;

/** A page of the accounts this viewer administers, and how many there are. */
export async function listAccounts(
  pool: Pool,
  viewer: Pick<AccountViewer, 'kind' | 'unitIds' | 'regionIds'>,
  day: Day,
  query: AccountQuery,
): Promise<{ rows: AccountRow[]; total: number }> {
  const values: unknown[] = [day, [...viewer.unitIds], [...viewer.regionIds], BUREAU_GRANTABLE];
  const conditions = [
    viewer.kind === 'bureau'
      ? OF_THE_REGION
      : `$2::uuid[] is not null and $3::uuid[] is not null and $4::text[] is not null`,
  ];
  const put = (value: unknown): string => `$${values.push(value)}`;
  if (query.text !== '') {
    const text = put(likeText(query.text));
    conditions.push(`(a.login ilike ${text} or a.display_name ilike ${text})`);
  }
  if (query.standing !== undefined) conditions.push(`${STANDING} = ${put(query.standing)}`);
  if (query.role !== undefined)
    conditions.push(
      `exists (select 1 from role_grant g where g.account_id = a.id and g.role = ${put(query.role)} and ${STANDS})`,
    );
  const where = `where ${conditions.join(' and ')}`;
  const counted = await pool.query(`select count(*) as total ${FROM} ${where}`, values);
  const page = [put(query.limit), put(query.offset)];
  const { rows } = await pool.query(
    `select a.id as "accountId", a.login, a.display_name as "displayName", a.person_id as "personId",
       (select v.name from unit_version v where v.unit_id = h.unit_id and v.superseded_at is null
          and v.valid_from <= $1::date and (v.valid_to is null or v.valid_to > $1::date) limit 1) as "unitName",
       ${STANDING} as standing, a.created_at as "createdAt",
       coalesce((select array_agg(distinct g.role) from role_grant g where g.account_id = a.id and ${STANDS}), '{}') as roles
     ${FROM} ${where}
     order by ${ORDER[query.sort.field]} ${query.sort.direction}, a.id limit ${page[0]} offset ${page[1]}`,
    values,
  );
  const [total] = z.array(z.object({ total: z.number() })).parse(counted.rows);
  return { rows: z.array(accountRow).parse(rows), total: total?.total ?? 0 };
}

/** Whether one account is in the viewer's list. */
export async function isListed(
  pool: Pool,
  viewer: Pick<AccountViewer, 'kind' | 'unitIds' | 'regionIds'>,
  day: Day,
  accountId: string,
): Promise<boolean> {
  if (viewer.kind === 'security') return true;
  const { rowCount } = await pool.query(`select 1 ${FROM} where ${OF_THE_REGION} and a.id = $5`, [
    day,
    [...viewer.unitIds],
    [...viewer.regionIds],
    BUREAU_GRANTABLE,
    accountId,
  ]);
  return (rowCount ?? 0) > 0;
}
