import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Grant } from './role.ts';
import { ROLES } from './role.ts';

const grantShape = z.object({
  role: z.enum(ROLES),
  scopeKind: z.enum(['self', 'unit', 'field', 'region', 'platform']),
  unitId: z.string().nullable(),
  regionId: z.string().nullable(),
  fieldCode: z.string().nullable(),
});

const actorRow = z.object({
  id: z.string(),
  login: z.string(),
  display_name: z.string(),
  person_id: z.string().nullable(),
  grants: z.array(grantShape),
});

export interface AccountWithGrants {
  readonly accountId: string;
  readonly login: string;
  readonly displayName: string;
  readonly personId: string | null;
  readonly grants: readonly Grant[];
}

/** An active account with the grants valid on `day`; null when there is none. One statement. */
export async function findAccountWithGrants(
  pool: Pool,
  accountId: string,
  day: Day,
): Promise<AccountWithGrants | null> {
  const { rows } = await pool.query({
    name: 'accounts-actor',
    text: `select a.id, a.login, a.display_name, a.person_id,
             coalesce((select json_agg(json_build_object('role', g.role, 'scopeKind', g.scope_kind, 'unitId', g.unit_id,
                'regionId', g.region_id, 'fieldCode', g.field_code) order by g.id)
               from role_grant g where g.account_id = a.id and g.superseded_at is null
                 and g.valid_from <= $2::date and (g.valid_to is null or g.valid_to > $2::date)), '[]') as grants
           from account a where a.id = $1 and a.status = 'active'`,
    values: [accountId, day],
  });
  const [row] = z.array(actorRow).parse(rows);
  if (!row) return null;
  return {
    accountId: row.id,
    login: row.login,
    displayName: row.display_name,
    personId: row.person_id,
    grants: row.grants,
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
