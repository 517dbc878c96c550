import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { DELEGABLE_ROLES } from './delegation/delegation.ts';
import type { Grant } from './role.ts';
import { ROLES } from './role.ts';

const grantShape = z.object({
  role: z.enum(ROLES),
  scopeKind: z.enum(['self', 'unit', 'field', 'region', 'platform']),
  unitId: z.string().nullable(),
  regionId: z.string().nullable(),
  fieldCode: z.string().nullable(),
});
const lentShape = grantShape.extend({ lentBy: z.string(), lenderName: z.string() });

const actorRow = z.object({
  id: z.string(),
  login: z.string(),
  display_name: z.string(),
  person_id: z.string().nullable(),
  grants: z.array(grantShape),
  lent: z.array(lentShape),
});

export interface AccountWithGrants {
  readonly accountId: string;
  readonly login: string;
  readonly displayName: string;
  readonly personId: string | null;
  /** Own rights first, then those of colleagues for whom this person stands in. */
  readonly grants: readonly Grant[];
  /** Colleagues for whom this person stands in on the day. */
  readonly standsInFor: readonly { readonly accountId: string; readonly displayName: string }[];
}

/** Columns of an `account a` with its grants, own and lent. @param day, roles places of the parameters, as `$2` */
export const actorColumns = (
  day: string,
  roles: string,
): string => `a.id, a.login, a.display_name, a.person_id,
    coalesce((select json_agg(json_build_object('role', g.role, 'scopeKind', g.scope_kind, 'unitId', g.unit_id,
       'regionId', g.region_id, 'fieldCode', g.field_code) order by g.id)
      from role_grant g where g.account_id = a.id and g.superseded_at is null
        and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to > ${day}::date)), '[]') as grants,
    coalesce((select json_agg(json_build_object('role', g.role, 'scopeKind', g.scope_kind, 'unitId', g.unit_id,
       'regionId', g.region_id, 'fieldCode', g.field_code, 'lentBy', p.id, 'lenderName', p.display_name) order by g.id)
      from delegation d join account p on p.id = d.from_account_id and p.status = 'active'
      join role_grant g on g.account_id = p.id and g.role = any(${roles}::text[]) and g.superseded_at is null
        and g.valid_from <= ${day}::date and (g.valid_to is null or g.valid_to > ${day}::date)
      where d.to_account_id = a.id and d.superseded_at is null
        and d.valid_from <= ${day}::date and (d.valid_to is null or d.valid_to > ${day}::date)), '[]') as lent`;

/** An active account with the grants valid on `day`, own and lent; null when there is none. One statement. */
export async function findAccountWithGrants(
  pool: Pool,
  accountId: string,
  day: Day,
): Promise<AccountWithGrants | null> {
  const { rows } = await pool.query({
    name: 'accounts-actor',
    text: `select ${actorColumns('$2', '$3')} from account a where a.id = $1 and a.status = 'active'`,
    values: [accountId, day, DELEGABLE_ROLES],
  });
  const [row] = z.array(actorRow).parse(rows);
  return row ? readAccount(row) : null;
}

/** The account of a row of `actorColumns`, whatever else the row holds. */
export function accountOfRow(row: unknown): AccountWithGrants {
  return readAccount(actorRow.parse(row));
}

function readAccount(row: z.infer<typeof actorRow>): AccountWithGrants {
  return {
    accountId: row.id,
    login: row.login,
    displayName: row.display_name,
    personId: row.person_id,
    grants: [...row.grants, ...row.lent.map(({ lenderName: _, ...grant }) => grant)],
    standsInFor: [
      ...new Map(
        row.lent.map((grant) => [grant.lentBy, { accountId: grant.lentBy, displayName: grant.lenderName }]),
      ).values(),
    ],
  };
}

const signInRow = z.object({
  id: z.string(),
  passwordHash: z.string().nullable(),
  status: z.string(),
  failedCount: z.number(),
  lockedUntil: z.date().nullable(),
});
export type SignInAccount = z.infer<typeof signInRow>;

export async function findAccountByLogin(pool: Pool, login: string): Promise<SignInAccount | null> {
  const { rows } = await pool.query({
    name: 'accounts-by-login',
    text: `select id, password_hash as "passwordHash", status, failed_count as "failedCount",
             locked_until as "lockedUntil" from account where login = $1`,
    values: [login],
  });
  return z.array(signInRow).parse(rows)[0] ?? null;
}

/** Counts one failed try; from `lockAfter` tries on the account is locked until `lockUntil`. One statement, race-free. */
export async function countFailedSignIn(
  tx: Tx,
  accountId: string,
  lockAfter: number,
  lockUntil: Date,
): Promise<boolean> {
  const rows = await tx.$queryRaw`
    update account set failed_count = case when failed_count + 1 >= ${lockAfter} then 0 else failed_count + 1 end,
      locked_until = case when failed_count + 1 >= ${lockAfter} then ${lockUntil}::timestamptz else locked_until end
    where id = ${accountId}::uuid returning locked_until is not null and locked_until = ${lockUntil}::timestamptz as locked`;
  return z.array(z.object({ locked: z.boolean() })).parse(rows)[0]?.locked ?? false;
}

export async function clearFailedSignIns(tx: Tx, accountId: string): Promise<void> {
  await tx.account.updateMany({ where: { id: accountId }, data: { failedCount: 0, lockedUntil: null } });
}
