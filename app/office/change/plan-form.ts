import { tidyNumber } from '../document/document.ts';
import type { ChangeKind } from '#app/organization/change/change-kind.ts';
import type { ChangePlan, NewUnit, UnitTarget } from '#app/organization/change/change-plan.ts';
import { changePlanSchema } from '#app/organization/change/change-plan.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { FieldError } from '#app/platform/ui/form/error-summary.tsx';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { labelOf } from './plan-words.ts';

/** What the wizard's second page submits, read into a plan. Names of fields: `plan-words.ts`. */

export const MAX_PARTS = 4;
export const NEW_TARGET = 'new';
export const KEEP_UNIT = 'keep';

export type PlanValues = Readonly<Record<string, string>>;

export interface ReadPlan {
  readonly plan: ChangePlan;
  readonly day: Day;
  readonly documentNo: string;
}

export type PlanReading =
  | { readonly ok: true; readonly value: ReadPlan }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/** Collects what is missing, field by field, in the order of the form. */
interface Reader {
  readonly text: (name: string) => string;
  readonly need: (name: string) => string;
  readonly fail: (name: string, message: string) => void;
  readonly picks: readonly string[];
  readonly tree: OrgTree;
  readonly entries: readonly (readonly [string, string])[];
}

function newUnitOf(reader: Reader, names: { name: string; code: string }, like: string): NewUnit {
  const model = reader.tree.units.get(like);
  return {
    id: newId<'Unit'>(),
    name: reader.need(names.name),
    code: reader.need(names.code),
    unitType: model?.unitType ?? 'department',
    fieldCodes: [...(model?.fieldCodes ?? [])],
    parentId: model?.parentId ?? null,
    regionId: model?.regionId ?? '',
  };
}

/** The new unit stands where the first of its predecessors stood, above those that end with it. */
function targetOf(reader: Reader, unitIds: readonly string[]): UnitTarget {
  const chosen = reader.need('target');
  if (chosen !== NEW_TARGET) return { kind: 'existing', unitId: chosen };
  const unit = newUnitOf(reader, { name: 'newName', code: 'newCode' }, unitIds[0] ?? '');
  let parentId = unit.parentId;
  while (parentId !== null && unitIds.includes(parentId))
    parentId = reader.tree.units.get(parentId)?.parentId ?? null;
  const fieldCodes = [...new Set(unitIds.flatMap((id) => reader.tree.units.get(id)?.fieldCodes ?? []))];
  return { kind: 'new', unit: { ...unit, parentId, fieldCodes } };
}

/** `person.<id>` → where each named person goes. */
function assignmentsOf(
  reader: Reader,
  unitOf: (value: string) => string | null,
): { personId: string; unitId: string }[] {
  return reader.entries.flatMap(([name, value]) => {
    if (!name.startsWith('person.') || value === '') return [];
    const unitId = unitOf(value);
    return unitId === null ? [] : [{ personId: name.slice('person.'.length), unitId }];
  });
}

function splitOf(reader: Reader, unitId: string): ChangePlan {
  const parts = new Map<string, NewUnit>();
  for (let n = 1; n <= MAX_PARTS; n += 1) {
    const names = { name: `part${n}Name`, code: `part${n}Code` };
    if (n > 1 && reader.text(names.name) === '' && reader.text(names.code) === '') continue;
    parts.set(String(n), newUnitOf(reader, names, unitId));
  }
  const ends = reader.need('ending') === 'ends';
  const restTo = ends ? (parts.get(reader.need('restTo'))?.id ?? null) : null;
  if (ends && restTo === null) reader.fail('restTo', '请选择一个已填写名称的新设单位');
  const assignments = assignmentsOf(reader, (value) => parts.get(value)?.id ?? null);
  return { kind: 'split', unitId, parts: [...parts.values()], assignments, restTo };
}

/** Units of merging townships by where they go; those left as they are stand in no group. */
function groupsOf(reader: Reader): { unitIds: string[]; target: UnitTarget }[] {
  const groups = new Map<string, string[]>();
  for (const [name, value] of reader.entries) {
    if (!name.startsWith('unit.') || value === '' || value === KEEP_UNIT) continue;
    groups.set(value, [...(groups.get(value) ?? []), name.slice('unit.'.length)]);
  }
  return [...groups].map(([to, unitIds]) => {
    if (to !== NEW_TARGET) return { unitIds, target: { kind: 'existing', unitId: to } };
    const names = { name: 'newUnitName', code: 'newUnitCode' };
    return { unitIds, target: { kind: 'new', unit: newUnitOf(reader, names, unitIds[0] ?? '') } };
  });
}

function regionMergeOf(reader: Reader): ChangePlan {
  const [first = ''] = reader.picks;
  const chosen = reader.need('target');
  const model = reader.tree.regions.get(first);
  const groups = groupsOf(reader);
  if (chosen !== NEW_TARGET)
    return {
      kind: 'region_merge',
      regionIds: [...reader.picks],
      target: { kind: 'existing', regionId: chosen },
      groups,
    };
  const region = {
    id: newId<'Region'>(),
    name: reader.need('newName'),
    code: reader.need('newCode'),
    level: model?.level ?? 'township',
    parentId: model?.parentId ?? '',
  };
  return { kind: 'region_merge', regionIds: [...reader.picks], target: { kind: 'new', region }, groups };
}

function planOf(kind: ChangeKind, reader: Reader): unknown {
  const [unitId = ''] = reader.picks;
  switch (kind) {
    case 'merge': {
      const target = targetOf(reader, reader.picks);
      return { kind, unitIds: reader.picks, target };
    }
    case 'split':
      return splitOf(reader, unitId);
    case 'rename':
      return { kind, unitId, name: reader.need('name') };
    case 'abolish': {
      const receiver = reader.text('receiver');
      const assignments = assignmentsOf(reader, (value) => value);
      return { kind, unitId, receiverId: receiver === '' ? null : receiver, assignments };
    }
    case 'move': {
      const parent = reader.text('parent');
      return { kind, unitId, parentId: parent === '' ? null : parent, regionId: reader.need('region') };
    }
    case 'mode':
      return { kind, unitId, mode: reader.need('mode') };
    case 'region_merge':
      return regionMergeOf(reader);
    case 'region_rename':
      return { kind, regionId: unitId, name: reader.need('name') };
    case 'region_move':
      return { kind, regionId: unitId, parentId: reader.need('region') };
  }
}

const fieldOfIssue = (path: readonly PropertyKey[]): string => {
  const last = String(path.at(-1) ?? '');
  const isNew = path.includes('target') || path.includes('parts');
  if (last === 'code') return path.includes('parts') ? 'part1Code' : 'newCode';
  if (last === 'name') return isNew ? (path.includes('parts') ? 'part1Name' : 'newName') : 'name';
  return last;
};

const MESSAGES: Readonly<Record<string, string>> = {
  name: '名称为 2 至 80 个字',
  newName: '名称为 2 至 80 个字',
  part1Name: '名称为 2 至 80 个字',
  newCode: '代码为 2 至 30 位字母、数字或短横线',
  part1Code: '代码为 2 至 30 位字母、数字或短横线',
};

/**
 * The plan a person has filled in, or what is to be put right, field by field.
 * @param picks units or regions chosen on the first page
 */
export function readPlan(
  kind: ChangeKind,
  values: PlanValues,
  scene: { readonly picks: readonly string[]; readonly tree: OrgTree },
): PlanReading {
  const errors: FieldError[] = [];
  const fail = (name: string, message: string): void => {
    if (!errors.some((error) => error.name === name))
      errors.push({ name, label: labelOf(kind, name), message });
  };
  const text = (name: string): string => (values[name] ?? '').trim();
  const need = (name: string): string => {
    const value = text(name);
    if (value === '') fail(name, '请填写此项');
    return value;
  };
  const plan = planOf(kind, { text, need, fail, ...scene, entries: Object.entries(values) });
  const day = parseDateText(text('effectiveDay'));
  if (day === null)
    fail(
      'effectiveDay',
      text('effectiveDay') === '' ? '请填写生效日期，如 2026-11-21' : '没有这一天，请核对，如 2026-11-21',
    );
  const documentNo = tidyNumber(need('documentNo'));
  const parsed = changePlanSchema.safeParse(plan);
  if (!parsed.success && errors.length === 0)
    for (const issue of parsed.error.issues) {
      const name = fieldOfIssue(issue.path);
      fail(name, MESSAGES[name] ?? '填写的内容不符合要求，请检查');
    }
  if (errors.length > 0 || !parsed.success || day === null) return { ok: false, errors };
  return { ok: true, value: { plan: parsed.data, day, documentNo } };
}
