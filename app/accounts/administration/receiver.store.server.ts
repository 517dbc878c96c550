import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { NewGrant } from '../grants/grant-moves.ts';
import { lockGrantsOfAccount, lockGrantsOfPerson } from '../grants/grant.store.server.ts';
import type { Receiver } from './account-rules.ts';

const accountRow = z.object({
  accountId: z.string(),
  login: z.string(),
  personId: z.string().nullable(),
  status: z.string(),
});

export interface LockedAccount extends Receiver {
  readonly login: string;
}

/** The account and all rights of its person, locked until the transaction ends; null when there is none. */
export async function lockReceiver(tx: Tx, accountId: string): Promise<LockedAccount | null> {
  const rows = await tx.$queryRaw`
    select id::text as "accountId", login, person_id::text as "personId", status
    from account where id = ${accountId}::uuid for update`;
  const [account] = z.array(accountRow).parse(rows);
  if (account === undefined) return null;
  const { personId, status, login } = account;
  const grants =
    personId === null ? await lockGrantsOfAccount(tx, accountId) : await lockGrantsOfPerson(tx, personId);
  return {
    accountId,
    login,
    personKey: personId ?? accountId,
    hasPerson: personId !== null,
    isActive: status === 'active',
    grants,
  };
}

/** Writes a right as a new dated row; the account's rights have a new version. @returns id of the grant */
export async function insertGrant(tx: Tx, grant: NewGrant, grantedBy: string, now: Date): Promise<string> {
  const id = newId<'RoleGrant'>();
  await tx.$executeRaw`
    insert into role_grant (id, account_id, role, scope_kind, unit_id, region_id, field_code, valid_from, valid_to,
      granted_by, recorded_at)
    values (${id}::uuid, ${grant.accountId}::uuid, ${grant.role}, ${grant.scopeKind}, ${grant.unitId}::uuid,
      ${grant.regionId}::uuid, ${grant.fieldCode}, ${grant.validFrom}::date, ${grant.validTo}::date,
      ${grantedBy}::uuid, ${now})`;
  await tx.$executeRaw`
    update account set rights_version = rights_version + 1 where id = ${grant.accountId}::uuid`;
  return id;
}
