import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Reader } from '../person/rows.store.server.ts';
import { readRows } from '../person/rows.store.server.ts';
import { namePinyin } from '../roster/name-pinyin.ts';
import { REGION_LEVELS, UNIT_TYPES } from '../tree/tree.ts';
import { TOWNSHIP_MODES } from './change-kind.ts';
import type { EntityStretch, ModeStretch, OrgState, RegionStretch, UnitStretch } from './org-state.ts';
import type { RowChanges } from './stretch.ts';
import { rowChanges } from './stretch.ts';

const span = { rowId: z.string(), validFrom: z.string(), validTo: z.string().nullable() };

const unitRow = z.object({
  ...span,
  unitId: z.string(),
  parentId: z.string().nullable(),
  regionId: z.string(),
  name: z.string(),
  unitType: z.enum(UNIT_TYPES),
  fieldCodes: z.array(z.string()),
  documentNo: z.string().nullable(),
});

const regionRow = z.object({
  ...span,
  regionId: z.string(),
  parentId: z.string().nullable(),
  name: z.string(),
  level: z.enum(REGION_LEVELS),
  kind: z.enum(['administrative', 'functional_zone']),
  documentNo: z.string().nullable(),
});

const entityRow = z.object({
  ...span,
  entityId: z.string(),
  unitId: z.string(),
  entrustingUnitId: z.string().nullable(),
  name: z.string(),
  entityType: z.string(),
  legalBasis: z.string(),
  confirmationNo: z.string().nullable(),
  announcedDay: z.string().nullable(),
  details: z.record(z.string(), z.unknown()),
});

const modeRow = z.object({
  ...span,
  unitId: z.string(),
  mode: z.enum(TOWNSHIP_MODES),
  documentNo: z.string().nullable(),
});

const SPAN = `id::text as "rowId", valid_from::text as "validFrom", valid_to::text as "validTo"`;
const REACHES = `superseded_at is null and (valid_to is null or valid_to > $1::date)`;

/** Every row of the organisation that says something about `day` or a later day, as known now. */
export async function loadOrgState(reader: Reader, day: Day): Promise<OrgState> {
  const units = await readRows(
    reader,
    `select ${SPAN}, unit_id::text as "unitId", parent_id::text as "parentId", region_id::text as "regionId", name,
       unit_type as "unitType", field_codes as "fieldCodes", document_no as "documentNo"
     from unit_version where ${REACHES}`,
    [day],
  );
  const regions = await readRows(
    reader,
    `select ${SPAN}, region_id::text as "regionId", parent_id::text as "parentId", name, level, kind,
       document_no as "documentNo" from region_version where ${REACHES}`,
    [day],
  );
  const entities = await readRows(
    reader,
    `select ${SPAN}, entity_id::text as "entityId", unit_id::text as "unitId",
       entrusting_unit_id::text as "entrustingUnitId", name, entity_type as "entityType", legal_basis as "legalBasis",
       confirmation_no as "confirmationNo", announced_day::text as "announcedDay", details
     from entity_version where ${REACHES}`,
    [day],
  );
  const modes = await readRows(
    reader,
    `select ${SPAN}, unit_id::text as "unitId", mode, document_no as "documentNo" from township_mode where ${REACHES}`,
    [day],
  );
  return {
    units: z.array(unitRow).parse(units),
    regions: z.array(regionRow).parse(regions),
    entities: z.array(entityRow).parse(entities),
    modes: z.array(modeRow).parse(modes),
  };
}

/** One act on the organisation at a time: two that each look right alone could make a cycle together. */
export async function lockOrganisation(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('organization.change', 0))`;
}

/** Nobody is placed in these units until the transaction ends: placing takes a share lock on the unit. */
export async function lockUnits(tx: Tx, unitIds: readonly string[]): Promise<void> {
  await tx.$queryRaw`select id::text from unit where id = any(${[...unitIds]}::uuid[]) order by id for update`;
}

async function supersede(tx: Tx, table: string, ids: readonly string[], now: Date): Promise<void> {
  if (ids.length === 0) return;
  await tx.$executeRawUnsafe(
    `update ${table} set superseded_at = $1::timestamptz where id = any($2::uuid[])`,
    now,
    [...ids],
  );
}

const withIds = <R extends { readonly rowId: string | null }>(rows: readonly R[]): string =>
  JSON.stringify(rows.map((row) => ({ ...row, rowId: newId<'DatedRow'>() })));

async function writeUnits(tx: Tx, changes: RowChanges<UnitStretch>, now: Date): Promise<void> {
  await supersede(tx, 'unit_version', changes.supersede, now);
  const rows = changes.insert.map((row) => ({ ...row, namePinyin: namePinyin(row.name).full }));
  await tx.$executeRaw`
    insert into unit_version (id, unit_id, parent_id, region_id, name, name_pinyin, unit_type, field_codes, valid_from,
      valid_to, document_no, recorded_at)
    select r."rowId", r."unitId", r."parentId", r."regionId", r.name, r."namePinyin", r."unitType",
      array(select jsonb_array_elements_text(r."fieldCodes")), r."validFrom", r."validTo", r."documentNo", ${now}
    from jsonb_to_recordset(${withIds(rows)}::jsonb) as r("rowId" uuid, "unitId" uuid, "parentId" uuid,
      "regionId" uuid, name text, "namePinyin" text, "unitType" text, "fieldCodes" jsonb, "validFrom" date,
      "validTo" date, "documentNo" text)`;
}

async function writeRegions(tx: Tx, changes: RowChanges<RegionStretch>, now: Date): Promise<void> {
  await supersede(tx, 'region_version', changes.supersede, now);
  await tx.$executeRaw`
    insert into region_version (id, region_id, parent_id, name, level, kind, valid_from, valid_to, document_no,
      recorded_at)
    select r."rowId", r."regionId", r."parentId", r.name, r.level, r.kind, r."validFrom", r."validTo",
      r."documentNo", ${now}
    from jsonb_to_recordset(${withIds(changes.insert)}::jsonb) as r("rowId" uuid, "regionId" uuid, "parentId" uuid,
      name text, level text, kind text, "validFrom" date, "validTo" date, "documentNo" text)`;
}

async function writeEntities(tx: Tx, changes: RowChanges<EntityStretch>, now: Date): Promise<void> {
  await supersede(tx, 'entity_version', changes.supersede, now);
  await tx.$executeRaw`
    insert into entity_version (id, entity_id, unit_id, entrusting_unit_id, name, entity_type, legal_basis,
      confirmation_no, announced_day, details, valid_from, valid_to, recorded_at)
    select r."rowId", r."entityId", r."unitId", r."entrustingUnitId", r.name, r."entityType", r."legalBasis",
      r."confirmationNo", r."announcedDay", coalesce(r.details, '{}'), r."validFrom", r."validTo", ${now}
    from jsonb_to_recordset(${withIds(changes.insert)}::jsonb) as r("rowId" uuid, "entityId" uuid, "unitId" uuid,
      "entrustingUnitId" uuid, name text, "entityType" text, "legalBasis" text, "confirmationNo" text,
      "announcedDay" date, details jsonb, "validFrom" date, "validTo" date)`;
}

async function writeModes(tx: Tx, changes: RowChanges<ModeStretch>, now: Date): Promise<void> {
  await supersede(tx, 'township_mode', changes.supersede, now);
  await tx.$executeRaw`
    insert into township_mode (id, unit_id, mode, document_no, valid_from, valid_to, recorded_at)
    select r."rowId", r."unitId", r.mode, r."documentNo", r."validFrom", r."validTo", ${now}
    from jsonb_to_recordset(${withIds(changes.insert)}::jsonb) as r("rowId" uuid, "unitId" uuid, mode text,
      "documentNo" text, "validFrom" date, "validTo" date)`;
}

/** Makes the dated tables say `after` where they said `before`: rows are superseded and inserted, none is edited. */
export async function writeOrgState(tx: Tx, before: OrgState, after: OrgState, now: Date): Promise<void> {
  await writeRegions(tx, rowChanges(before.regions, after.regions), now);
  await writeUnits(tx, rowChanges(before.units, after.units), now);
  await writeEntities(tx, rowChanges(before.entities, after.entities), now);
  await writeModes(tx, rowChanges(before.modes, after.modes), now);
}

/** @returns the codes that are already taken by a unit or region */
export async function takenCodes(reader: Reader, codes: readonly string[]): Promise<string[]> {
  const rows = await readRows(
    reader,
    `select code from unit where code = any($1::text[]) union select code from region where code = any($1::text[])`,
    [[...codes]],
  );
  return z
    .array(z.object({ code: z.string() }))
    .parse(rows)
    .map((row) => row.code);
}
