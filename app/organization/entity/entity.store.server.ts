import { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { EntityRecord, EntityStatement } from './entity.ts';
import { ENTITY_TYPES, entityDetailsSchema } from './entity.ts';

const entityRow = z.object({
  entityId: z.string(),
  unitId: z.string(),
  name: z.string(),
  entityType: z.enum(ENTITY_TYPES),
  legalBasis: z.string(),
  entrustingUnitId: z.string().nullable(),
  creditCode: z.string().nullable(),
  details: entityDetailsSchema,
  confirmationNo: z.string().nullable(),
  announcedDay: z.string().nullable(),
});

/** Entities that the units hold on `day`, as known now, in the order of their names. */
export async function listEntitiesOfUnits(
  pool: Pool,
  unitIds: readonly string[],
  day: Day,
): Promise<EntityRecord[]> {
  const { rows } = await pool.query({
    name: 'organization-entities-of-units',
    text: `select v.entity_id as "entityId", v.unit_id as "unitId", v.name, v.entity_type as "entityType",
             v.legal_basis as "legalBasis", v.entrusting_unit_id as "entrustingUnitId", e.credit_code as "creditCode",
             v.details, v.confirmation_no as "confirmationNo", v.announced_day as "announcedDay"
           from entity_version v join entity e on e.id = v.entity_id
           where v.unit_id = any($1::uuid[]) and v.superseded_at is null
             and v.valid_from <= $2::date and (v.valid_to is null or v.valid_to > $2::date)
           order by v.name, v.entity_id`,
    values: [[...unitIds], day],
  });
  return z.array(entityRow).parse(rows);
}

/** Units that hold an entity on `day`, as known now. */
export async function listEntityUnitIds(pool: Pool, day: Day): Promise<Set<string>> {
  const { rows } = await pool.query({
    name: 'organization-entity-units',
    text: `select distinct unit_id from entity_version where superseded_at is null
             and valid_from <= $1::date and (valid_to is null or valid_to > $1::date)`,
    values: [day],
  });
  return new Set(
    z
      .array(z.object({ unit_id: z.string() }))
      .parse(rows)
      .map((row) => row.unit_id),
  );
}

/** One entity's row that holds on the day, with its bounds. */
export interface HeldVersion extends EntityRecord {
  readonly rowId: string;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

const heldRow = entityRow.extend({
  rowId: z.string(),
  validFrom: z.string(),
  validTo: z.string().nullable(),
});

/** Locks and reads the rows of these units that hold on `day`. The caller holds the lock of the organisation. */
export async function lockHeldVersions(tx: Tx, unitIds: readonly string[], day: Day): Promise<HeldVersion[]> {
  const rows = await tx.$queryRaw`
    select v.id::text as "rowId", v.entity_id::text as "entityId", v.unit_id::text as "unitId", v.name,
      v.entity_type as "entityType", v.legal_basis as "legalBasis", v.entrusting_unit_id::text as "entrustingUnitId",
      (select e.credit_code from entity e where e.id = v.entity_id) as "creditCode", v.details,
      v.confirmation_no as "confirmationNo", v.announced_day::text as "announcedDay", v.valid_from::text as "validFrom",
      v.valid_to::text as "validTo"
    from entity_version v
    where v.unit_id = any(${[...unitIds]}::uuid[]) and v.superseded_at is null
      and v.valid_from <= ${day}::date and (v.valid_to is null or v.valid_to > ${day}::date)
    order by v.id for update`;
  return z.array(heldRow).parse(rows);
}

/** Rows of this confirmation, to be announced. */
export async function lockConfirmedVersions(tx: Tx, confirmationNo: string): Promise<HeldVersion[]> {
  const rows = await tx.$queryRaw`
    select v.id::text as "rowId", v.entity_id::text as "entityId", v.unit_id::text as "unitId", v.name,
      v.entity_type as "entityType", v.legal_basis as "legalBasis", v.entrusting_unit_id::text as "entrustingUnitId",
      (select e.credit_code from entity e where e.id = v.entity_id) as "creditCode", v.details,
      v.confirmation_no as "confirmationNo", v.announced_day::text as "announcedDay", v.valid_from::text as "validFrom",
      v.valid_to::text as "validTo"
    from entity_version v
    where v.confirmation_no = ${confirmationNo} and v.announced_day is null and v.superseded_at is null
    order by v.id for update`;
  return z.array(heldRow).parse(rows);
}

/** A row to be written. */
export type NewEntityVersion = Omit<HeldVersion, 'rowId' | 'creditCode'>;

export async function supersedeVersions(tx: Tx, rowIds: readonly string[], now: Date): Promise<void> {
  if (rowIds.length === 0) return;
  await tx.$executeRaw`
    update entity_version set superseded_at = ${now} where id = any(${[...rowIds]}::uuid[])`;
}

export async function insertVersions(
  tx: Tx,
  versions: readonly NewEntityVersion[],
  now: Date,
): Promise<void> {
  if (versions.length === 0) return;
  const rows = JSON.stringify(versions.map((version) => ({ ...version, rowId: newId<'EntityVersion'>() })));
  await tx.$executeRaw`
    insert into entity_version (id, entity_id, unit_id, entrusting_unit_id, name, entity_type, legal_basis,
      confirmation_no, announced_day, details, valid_from, valid_to, recorded_at)
    select r."rowId", r."entityId", r."unitId", r."entrustingUnitId", r.name, r."entityType", r."legalBasis",
      r."confirmationNo", r."announcedDay", r.details, r."validFrom", r."validTo", ${now}
    from jsonb_to_recordset(${rows}::jsonb) as r("rowId" uuid, "entityId" uuid, "unitId" uuid,
      "entrustingUnitId" uuid, name text, "entityType" text, "legalBasis" text, "confirmationNo" text,
      "announcedDay" date, details jsonb, "validFrom" date, "validTo" date)`;
}

/** Makes a new entity. @returns false when the credit code belongs to another one already */
export async function insertEntity(
  tx: Tx,
  entityId: string,
  statement: Pick<EntityStatement, 'creditCode'>,
): Promise<boolean> {
  const { count } = await tx.entity.createMany({
    data: [{ id: entityId, creditCode: statement.creditCode }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** A credit code that was not known yet. @returns false when it belongs to another entity */
export async function stateCreditCode(tx: Tx, entityId: string, creditCode: string): Promise<boolean> {
  const changed = await tx.$executeRaw`
    update entity set credit_code = ${creditCode} where id = ${entityId}::uuid
      and not exists (select 1 from entity other where other.credit_code = ${creditCode} and other.id <> ${entityId}::uuid)`;
  return changed === 1;
}
