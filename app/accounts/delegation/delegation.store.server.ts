import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { dayToDb, nullableDayFromDb, dayFromDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { ROLES } from '../role.ts';
import type { DelegationInput, DelegationKind, DelegationParty } from './delegation.ts';
import { DELEGATION_KINDS } from './delegation.ts';

const partyRow = z.object({
  id: z.string(),
  status: z.string(),
  roles: z.array(z.enum(ROLES)),
  home_unit_ids: z.array(z.string()),
});

/** What the decision needs to know of an account on `day`. Lent rights do not count: nobody lends what is borrowed. */
export async function findParty(pool: Pool, accountId: string, day: Day): Promise<DelegationParty | null> {
  const { rows } = await pool.query({
    name: 'accounts-delegation-party',
    text: `select a.id, a.status,
             coalesce((select json_agg(distinct g.role) from role_grant g where g.account_id = a.id
               and g.superseded_at is null and g.valid_from <= $2::date
               and (g.valid_to is null or g.valid_to > $2::date)), '[]') as roles,
             coalesce((select json_agg(l.unit_id) from person_unit_link l where l.person_id = a.person_id
               and l.kind = 'home' and l.superseded_at is null and l.valid_from <= $2::date
               and (l.valid_to is null or l.valid_to > $2::date)), '[]') as home_unit_ids
           from account a where a.id = $1`,
    values: [accountId, day],
  });
  const [row] = z.array(partyRow).parse(rows);
  if (!row) return null;
  return {
    accountId: row.id,
    isActive: row.status === 'active',
    roles: row.roles,
    homeUnitIds: row.home_unit_ids,
  };
}

/** Makes the two accounts wait for each other's delegations, in the order of their ids. */
export async function lockAccounts(tx: Tx, accountIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select id from account where id = any(${accountIds}::uuid[]) order by id for update`;
}

export interface StoredDelegation {
  readonly id: string;
  readonly kind: DelegationKind;
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly fromName: string;
  readonly toName: string;
  readonly reason: string;
  readonly fromDay: Day;
  readonly untilDay: Day | null;
}

const PARTIES = {
  from: { select: { displayName: true } },
  to: { select: { displayName: true } },
} as const;

/** Delegations that hold on `day` or will, given or taken by the account. */
export async function listStanding(
  tx: Pick<Tx, 'delegation'>,
  accountId: string,
  day: Day,
): Promise<StoredDelegation[]> {
  const rows = await tx.delegation.findMany({
    where: {
      supersededAt: null,
      AND: [
        { OR: [{ validTo: null }, { validTo: { gt: dayToDb(day) } }] },
        { OR: [{ fromAccountId: accountId }, { toAccountId: accountId }] },
      ],
    },
    include: PARTIES,
    orderBy: [{ validFrom: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({
    id: row.id,
    kind: z.enum(DELEGATION_KINDS).parse(row.kind),
    fromAccountId: row.fromAccountId,
    toAccountId: row.toAccountId,
    fromName: row.from.displayName,
    toName: row.to.displayName,
    reason: row.reason,
    fromDay: dayFromDb(row.validFrom),
    untilDay: nullableDayFromDb(row.validTo),
  }));
}

export interface NewDelegation extends DelegationInput {
  readonly fromAccountId: string;
  readonly toAccountId: string;
  readonly reason: string;
  readonly recordedBy: string;
}

export async function insertDelegation(tx: Tx, row: NewDelegation): Promise<string> {
  const id = newId<'Delegation'>();
  await tx.delegation.create({
    data: {
      id,
      fromAccountId: row.fromAccountId,
      toAccountId: row.toAccountId,
      kind: row.kind,
      reason: row.reason,
      validFrom: dayToDb(row.fromDay),
      validTo: row.untilDay === null ? null : dayToDb(row.untilDay),
      recordedBy: row.recordedBy,
    },
  });
  return id;
}

/** Supersedes a row that still stands. @returns false when somebody else was faster */
export async function supersedeDelegation(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.delegation.updateMany({
    where: { id, supersededAt: null },
    data: { supersededAt: at },
  });
  return count === 1;
}

const candidateRow = z.object({ account_id: z.string(), display_name: z.string(), unit_name: z.string() });
export interface DeputyCandidate {
  readonly accountId: string;
  readonly displayName: string;
  readonly unitName: string;
}

/** Active accounts of persons at home in these units on `day`, by name; administrators are left out. */
export async function listCandidates(
  pool: Pool,
  unitIds: readonly string[],
  asked: { readonly day: Day; readonly exceptAccountId: string; readonly limit: number },
): Promise<DeputyCandidate[]> {
  const { rows } = await pool.query({
    name: 'accounts-deputy-candidates',
    text: `select a.id as account_id, p.name as display_name, v.name as unit_name
           from account a join person p on p.id = a.person_id
           join person_unit_link l on l.person_id = p.id and l.kind = 'home' and l.superseded_at is null
             and l.valid_from <= $2::date and (l.valid_to is null or l.valid_to > $2::date)
           join unit_version v on v.unit_id = l.unit_id and v.superseded_at is null
             and v.valid_from <= $2::date and (v.valid_to is null or v.valid_to > $2::date)
           where l.unit_id = any($1::uuid[]) and a.status = 'active' and a.id <> $3
             and not exists (select 1 from role_grant g where g.account_id = a.id and g.superseded_at is null
               and g.role in ('system_admin', 'security_admin', 'audit_admin'))
           order by p.name_pinyin, a.id limit $4`,
    values: [unitIds, asked.day, asked.exceptAccountId, asked.limit],
  });
  return z
    .array(candidateRow)
    .parse(rows)
    .map((row) => ({
      accountId: row.account_id,
      displayName: row.display_name,
      unitName: row.unit_name,
    }));
}
