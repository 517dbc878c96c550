import { z } from 'zod';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { ImportWork, RunTarget } from '#app/platform/import/run/work.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { OrgState, RegionStretch, UnitStretch } from '../change/org-state.ts';
import { structureFault } from '../change/org-state.ts';
import { loadOrgState, lockOrganisation, writeOrgState } from '../change/org-state.store.server.ts';
import { coversDay, cutFrom } from '../change/stretch.ts';
import { parseRosterScope } from '../roster/roster-scope.ts';
import { listFieldNames } from '../roster/roster.store.server.ts';
import type { RegionContext, RegionFact, RegionRow } from './decide-regions.ts';
import type { UnitContext, UnitFact, UnitRow } from './decide-units.ts';
import { regionKind } from './import-region-kind.ts';
import { unitKind } from './import-unit-kind.ts';
import { buildTree, regionSubtree } from './tree.ts';

/** Before any record: the whole history of the organisation. */
const BEGINNING: Day = '1900-01-01';

const codeRows = z.array(z.object({ id: z.string(), code: z.string() }));

async function codesOf(tx: Tx, table: 'region' | 'unit'): Promise<Map<string, string>> {
  const rows =
    table === 'region'
      ? await tx.$queryRaw`select id::text, code from region`
      : await tx.$queryRaw`select id::text, code from unit`;
  return new Map(codeRows.parse(rows).map(({ id, code }) => [id, code]));
}

/** Makes the places that are not there yet, so that a parent may stand below its child in a file. @returns id by code */
async function placesFor(
  tx: Tx,
  table: 'region' | 'unit',
  codes: readonly string[],
): Promise<Map<string, string>> {
  const rows = JSON.stringify(codes.map((code) => ({ id: newId<'Place'>(), code })));
  if (table === 'region')
    await tx.$executeRaw`insert into region (id, code)
      select r.id, r.code from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, code text) on conflict (code) do nothing`;
  else
    await tx.$executeRaw`insert into unit (id, code)
      select r.id, r.code from jsonb_to_recordset(${rows}::jsonb) as r(id uuid, code text) on conflict (code) do nothing`;
  return new Map([...(await codesOf(tx, table))].map(([id, code]) => [code, id]));
}

/** Regions at or below the import's own on its day. */
function reachedRegions(
  state: OrgState,
  codes: ReadonlyMap<string, string>,
  topId: string,
  day: Day,
): ReadonlySet<string> {
  const nodes = state.regions
    .filter((row) => coversDay(row, day))
    .map(({ regionId, parentId, name, level, kind }) => {
      return { id: regionId, code: codes.get(regionId) ?? '', parentId, name, level, kind };
    });
  return regionSubtree(buildTree(day, nodes, []), topId);
}

function groupBy<T>(rows: readonly T[], idOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(idOf(row), [...(groups.get(idOf(row)) ?? []), row]);
  return groups;
}

const firstDay = (rows: readonly { readonly validFrom: Day }[]): Day =>
  rows.reduce<Day>((first, { validFrom }) => (validFrom < first ? validFrom : first), '9999-12-31');

async function loadRegionContext(
  tx: Tx,
  _ctx: Ctx,
  _rows: readonly RegionRow[],
  run: RunTarget,
): Promise<RegionContext> {
  const { regionId, asOfDay } = parseRosterScope(run.scope);
  await lockOrganisation(tx);
  const state = await loadOrgState(tx, BEGINNING);
  const codes = await codesOf(tx, 'region');
  const stretches = groupBy(state.regions, (row) => row.regionId);
  const known = [...codes].map(([id, code]) => ({ id, code, stretches: stretches.get(id) ?? [] }));
  return {
    asOfDay,
    topId: regionId,
    reachedIds: reachedRegions(state, codes, regionId, asOfDay),
    byCode: new Map(known.map((region) => [region.code, region])),
  };
}

async function loadUnitContext(
  tx: Tx,
  _ctx: Ctx,
  _rows: readonly UnitRow[],
  run: RunTarget,
): Promise<UnitContext> {
  const { regionId, asOfDay } = parseRosterScope(run.scope);
  await lockOrganisation(tx);
  const state = await loadOrgState(tx, BEGINNING);
  const regionCodes = await codesOf(tx, 'region');
  const unitCodes = await codesOf(tx, 'unit');
  const reached = reachedRegions(state, regionCodes, regionId, asOfDay);
  const regionRows = groupBy(state.regions, (row) => row.regionId);
  const unitRows = groupBy(state.units, (row) => row.unitId);
  return {
    asOfDay,
    topRegionId: regionId,
    regions: [...reached].map((id) => {
      const rows = regionRows.get(id) ?? [];
      const now = rows.find((row) => coversDay(row, asOfDay));
      return { id, code: regionCodes.get(id) ?? '', name: now?.name ?? '', since: firstDay(rows) };
    }),
    units: [...unitCodes].map(([id, code]) => ({ id, code, stretches: unitRows.get(id) ?? [] })),
    fields: await listFieldNames(tx),
  };
}

/** Writes the new state; a tree that would not hold together on some day is a fault of ours, told as one. */
async function writeState(
  tx: Tx,
  before: OrgState,
  after: Partial<OrgState>,
  day: Day,
  now: Date,
): Promise<void> {
  const whole = { ...before, ...after };
  const fault = structureFault(whole, day);
  // Parents of a later batch have no version yet: the last batch of the file sees the whole.
  invariant(fault === null || fault === 'PARENT_GONE', `the imported organisation holds together: ${fault}`);
  await writeOrgState(tx, before, whole, now);
}

async function applyRegions(tx: Tx, ctx: Ctx, facts: readonly RegionFact[], run: RunTarget): Promise<void> {
  const { asOfDay } = parseRosterScope(run.scope);
  const codes = facts.flatMap(({ code, parentCode }) => (parentCode === null ? [code] : [code, parentCode]));
  const ids = await placesFor(tx, 'region', [...new Set(codes)]);
  const idOf = (code: string): string => ids.get(code) ?? '';
  const before = await loadOrgState(tx, BEGINNING);
  let { regions } = before;
  const added: RegionStretch[] = [];
  for (const fact of facts) {
    const { name, level, kind, documentNo, validFrom } = fact;
    const regionId = idOf(fact.code);
    const parentId = fact.parentCode === null ? null : idOf(fact.parentCode);
    const content = { parentId, name, level, kind, documentNo };
    if (fact.regionId === null) added.push({ rowId: null, regionId, validFrom, validTo: null, ...content });
    else
      regions = cutFrom(
        regions,
        asOfDay,
        (row) => row.regionId === regionId && coversDay(row, asOfDay),
        () => content,
      );
  }
  await writeState(tx, before, { regions: [...regions, ...added] }, asOfDay, ctx.clock.now());
}

async function applyUnits(tx: Tx, ctx: Ctx, facts: readonly UnitFact[], run: RunTarget): Promise<void> {
  const { asOfDay } = parseRosterScope(run.scope);
  const codes = facts.flatMap(({ code, parentCode }) => (parentCode === null ? [code] : [code, parentCode]));
  const ids = await placesFor(tx, 'unit', [...new Set(codes)]);
  const idOf = (code: string): string => ids.get(code) ?? '';
  const before = await loadOrgState(tx, BEGINNING);
  let { units } = before;
  const added: UnitStretch[] = [];
  for (const fact of facts) {
    const { name, regionId, unitType, fieldCodes, documentNo, validFrom } = fact;
    const unitId = idOf(fact.code);
    const parentId = fact.parentCode === null ? null : idOf(fact.parentCode);
    const content = { parentId, regionId, name, unitType, fieldCodes, documentNo };
    if (fact.unitId === null) added.push({ rowId: null, unitId, validFrom, validTo: null, ...content });
    else
      units = cutFrom(
        units,
        asOfDay,
        (row) => row.unitId === unitId && coversDay(row, asOfDay),
        () => content,
      );
  }
  await writeState(tx, before, { units: [...units, ...added] }, asOfDay, ctx.clock.now());
}

/** 行政区划 on the import machine. Authority: the desk's. */
export const regionWork: ImportWork<RegionRow, RegionFact, RegionContext> = {
  kind: regionKind,
  placeKeys: ['regionId'],
  loadContext: loadRegionContext,
  apply: applyRegions,
};

/** 机构名录 on the import machine. Authority: the desk's. */
export const unitWork: ImportWork<UnitRow, UnitFact, UnitContext> = {
  kind: unitKind,
  placeKeys: ['regionId'],
  loadContext: loadUnitContext,
  apply: applyUnits,
};
