import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { ROLES } from '../role.ts';
import type { GrantChange, GrantStretch } from './grant-moves.ts';

const grantRow = z.object({
  grantId: z.string(),
  accountId: z.string(),
  role: z.enum(ROLES),
  scopeKind: z.enum(['self', 'unit', 'field', 'region', 'platform']),
  unitId: z.string().nullable(),
  regionId: z.string().nullable(),
  fieldCode: z.string().nullable(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** Grants of a person's accounts as known now, locked until the transaction ends. */
export async function lockGrantsOfPerson(tx: Tx, personId: string): Promise<GrantStretch[]> {
  const rows = await tx.$queryRaw`
    select g.id::text as "grantId", g.account_id::text as "accountId", g.role, g.scope_kind as "scopeKind",
      g.unit_id::text as "unitId", g.region_id::text as "regionId", g.field_code as "fieldCode",
      g.valid_from::text as "validFrom", g.valid_to::text as "validTo"
    from role_grant g join account a on a.id = g.account_id
    where a.person_id = ${personId}::uuid and g.superseded_at is null order by g.id for update of g`;
  return z.array(grantRow).parse(rows);
}

/** Own grants of one account as known now, locked until the transaction ends. */
export async function lockGrantsOfAccount(tx: Tx, accountId: string): Promise<GrantStretch[]> {
  const rows = await tx.$queryRaw`
    select g.id::text as "grantId", g.account_id::text as "accountId", g.role, g.scope_kind as "scopeKind",
      g.unit_id::text as "unitId", g.region_id::text as "regionId", g.field_code as "fieldCode",
      g.valid_from::text as "validFrom", g.valid_to::text as "validTo"
    from role_grant g where g.account_id = ${accountId}::uuid and g.superseded_at is null order by g.id for update`;
  return z.array(grantRow).parse(rows);
}

/** The same without the lock, for a page that shows them. */
export async function listGrantsOfAccount(pool: Pool, accountId: string): Promise<GrantStretch[]> {
  const { rows } = await pool.query({
    name: 'accounts-grants-of-account',
    text: `select id as "grantId", account_id as "accountId", role, scope_kind as "scopeKind", unit_id as "unitId",
             region_id as "regionId", field_code as "fieldCode", valid_from as "validFrom", valid_to as "validTo"
           from role_grant where account_id = $1 and superseded_at is null order by id`,
    values: [accountId],
  });
  return z.array(grantRow).parse(rows);
}

/** Grants over any of these units or regions. */
export async function lockGrantsOver(tx: Tx, placeIds: readonly string[]): Promise<GrantStretch[]> {
  const rows = await tx.$queryRaw`
    select g.id::text as "grantId", g.account_id::text as "accountId", g.role, g.scope_kind as "scopeKind",
      g.unit_id::text as "unitId", g.region_id::text as "regionId", g.field_code as "fieldCode",
      g.valid_from::text as "validFrom", g.valid_to::text as "validTo"
    from role_grant g where g.superseded_at is null
      and (g.unit_id = any(${[...placeIds]}::uuid[]) or g.region_id = any(${[...placeIds]}::uuid[]))
    order by g.id for update`;
  return z.array(grantRow).parse(rows);
}

/** Writes what was decided; the rights of these accounts have a new version, so that sessions notice. */
export async function writeGrantChange(tx: Tx, change: GrantChange, now: Date): Promise<void> {
  if (change.supersede.length === 0) return;
  await tx.$executeRaw`
    update role_grant set superseded_at = ${now} where id = any(${[...change.supersede]}::uuid[])`;
  const rows = change.insert.map((grant) => ({ id: newId<'RoleGrant'>(), ...grant }));
  await tx.$executeRaw`
    insert into role_grant (id, account_id, role, scope_kind, unit_id, region_id, field_code, valid_from, valid_to,
      recorded_at)
    select r.id, r."accountId", r.role, r."scopeKind", r."unitId", r."regionId", r."fieldCode", r."validFrom",
      r."validTo", ${now}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, "accountId" uuid, role text,
      "scopeKind" text, "unitId" uuid, "regionId" uuid, "fieldCode" text, "validFrom" date, "validTo" date)`;
  await tx.$executeRaw`
    update account set rights_version = rights_version + 1
    where id in (select account_id from role_grant where id = any(${[...change.supersede]}::uuid[]))`;
}

const heldRow = z.object({
  accountName: z.string(),
  role: z.enum(ROLES),
  scopeKind: z.enum(['self', 'unit', 'field', 'region', 'platform']),
  unitId: z.string().nullable(),
  regionId: z.string().nullable(),
});
/** A right as shown before an act: who holds which role over what. */
export type HeldGrant = z.infer<typeof heldRow>;

const HELD = `select a.display_name as "accountName", g.role, g.scope_kind as "scopeKind", g.unit_id::text as "unitId",
    g.region_id::text as "regionId"
  from role_grant g join account a on a.id = g.account_id
  where g.superseded_at is null and a.status = 'active' and (g.valid_to is null or g.valid_to > $2::date)`;

/** Rights over these units and regions on the day or later. */
export async function listGrantsOver(
  pool: Pool,
  placeIds: readonly string[],
  day: Day,
): Promise<HeldGrant[]> {
  const { rows } = await pool.query({
    name: 'accounts-grants-over',
    text: `${HELD} and (g.unit_id = any($1::uuid[]) or g.region_id = any($1::uuid[])) order by a.display_name, g.role`,
    values: [placeIds, day],
  });
  return z.array(heldRow).parse(rows);
}

/** Rights of a person on the day or later. */
export async function listGrantsOfPerson(pool: Pool, personId: string, day: Day): Promise<HeldGrant[]> {
  const { rows } = await pool.query({
    name: 'accounts-grants-of-person',
    text: `${HELD} and a.person_id = $1::uuid order by g.role, g.id`,
    values: [personId, day],
  });
  return z.array(heldRow).parse(rows);
}
