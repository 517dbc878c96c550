import type { RowDecision } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { quoted } from '#app/platform/import/values/reading.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { UnitStretch } from '../change/org-state.ts';
import { coversDay } from '../change/stretch.ts';
import type { UnitFace, UnitIndex } from '../roster/unit-index.ts';
import { buildUnitIndex } from '../roster/unit-index.ts';
import { fieldCodesIn } from './field-names.ts';
import { changeOf, problemOf, refuseBelow } from './import-problems.ts';
import type { UnitType } from './tree.ts';
import { UNIT_TYPE_WORDS, unitTypeOfName } from './unit-type-words.ts';

const CODE = /^[0-9A-Z-]{2,40}$/;

export interface UnitRow {
  readonly name: string;
  readonly code: string | null;
  readonly parentText: string | null;
  readonly regionText: string | null;
  readonly unitType: UnitType | null;
  readonly fieldsText: string | null;
  readonly validFrom: Day | null;
  readonly documentNo: string | null;
}

export interface UnitFact {
  /** Null for a new unit. */
  readonly unitId: string | null;
  readonly code: string;
  readonly name: string;
  readonly regionId: string;
  readonly unitType: UnitType;
  readonly fieldCodes: readonly string[];
  readonly parentCode: string | null;
  readonly validFrom: Day;
  readonly documentNo: string | null;
}

/** A unit of the register with all its stretches. */
export interface KnownUnit {
  readonly id: string;
  readonly code: string;
  readonly stretches: readonly UnitStretch[];
}

export interface RegionFace {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly since: Day;
}

export interface UnitContext {
  readonly asOfDay: Day;
  /** Region of the import, which a row without a region belongs to. */
  readonly topRegionId: string;
  /** Regions in reach on the day. */
  readonly regions: readonly RegionFace[];
  readonly units: readonly KnownUnit[];
  readonly fields: readonly { readonly code: string; readonly name: string }[];
}

const stretchOn = (unit: KnownUnit, day: Day): UnitStretch | undefined =>
  unit.stretches.find((stretch) => coversDay(stretch, day));
const since = (unit: KnownUnit): Day =>
  unit.stretches.reduce<Day>((first, { validFrom }) => (validFrom < first ? validFrom : first), '9999-12-31');

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** A code for a unit whose list has none: that of its region and a short sum over the name, the same every time. */
export function derivedUnitCode(regionCode: string, name: string): string {
  let sum = FNV_OFFSET;
  for (const character of name) sum = Math.imul(sum ^ (character.codePointAt(0) ?? 0), FNV_PRIME) >>> 0;
  return `${regionCode}-${sum.toString(36).toUpperCase().padStart(7, '0')}`;
}

const TYPE_NAMES: ReadonlyMap<UnitType, string> = new Map(
  UNIT_TYPE_WORDS.map(({ value, words }) => [value, words[0]]),
);
const typeName = (type: UnitType): string => TYPE_NAMES.get(type) ?? type;

/** A row with its region and its code settled, and the unit it means. */
interface Settled {
  readonly row: UnitRow;
  readonly region: RegionFace | null;
  readonly code: string;
  readonly known: KnownUnit | null;
  readonly problems: readonly FieldProblem[];
}

interface Work {
  readonly context: UnitContext;
  readonly byCode: ReadonlyMap<string, KnownUnit>;
  readonly regionIds: ReadonlySet<string>;
  readonly codeOfId: ReadonlyMap<string, string>;
  /** Units in reach and the file's own, by code: since when each is there. */
  readonly places: ReadonlyMap<string, Day>;
  readonly parents: ReadonlyMap<string, string | null>;
  readonly index: UnitIndex;
}

function settle(
  row: UnitRow,
  regionIndex: UnitIndex,
  context: UnitContext,
  byCode: ReadonlyMap<string, KnownUnit>,
): Settled {
  const { asOfDay, topRegionId, regions } = context;
  const match = row.regionText === null ? null : regionIndex.match(row.regionText);
  const regionId = match === null ? topRegionId : match.is === 'found' ? match.unit.id : null;
  const region = regions.find(({ id }) => id === regionId) ?? null;
  const problems: FieldProblem[] = [];
  if (region === null) {
    const reason =
      match?.is === 'ambiguous'
        ? `有 ${match.units.length} 个地区叫${quoted(row.regionText ?? '')}`
        : `辖区内没有地区叫${quoted(row.regionText ?? '')}`;
    problems.push(problemOf('region', 'REGION_UNKNOWN', reason, '请填写行政区划代码，或先导入行政区划'));
  }
  const sameName =
    region === null
      ? undefined
      : context.units.find((unit) => {
          const now = stretchOn(unit, asOfDay);
          return now !== undefined && now.regionId === region.id && now.name === row.name;
        });
  const code = row.code ?? sameName?.code ?? derivedUnitCode(region?.code ?? '', row.name);
  const known = byCode.get(code) ?? null;
  if (row.code !== null && known === null && sameName !== undefined)
    problems.push(
      problemOf(
        'code',
        'NAME_HAS_OTHER_CODE',
        `本地区已有${quoted(row.name)}，编码为 ${sameName.code}`,
        '请改用已登记的编码，或核对是否另一单位',
      ),
    );
  return { row, region, code, known, problems };
}

function prepare(rows: readonly UnitRow[], context: UnitContext): { settled: Settled[]; work: Work } {
  const { asOfDay } = context;
  const byCode = new Map(context.units.map((unit) => [unit.code, unit]));
  const regionIndex = buildUnitIndex(
    context.regions.map(({ id, code, name }) => ({ id, code, name, regionName: '', fieldCodes: [] })),
  );
  const settled = rows.map((row) => settle(row, regionIndex, context, byCode));
  const regionIds = new Set(context.regions.map(({ id }) => id));
  const regionNames = new Map(context.regions.map(({ id, name }) => [id, name]));
  const places = new Map<string, Day>();
  const parents = new Map<string, string | null>();
  const faces = new Map<string, UnitFace>();
  const codeOfId = new Map(context.units.map((unit) => [unit.id, unit.code]));
  for (const unit of context.units) {
    const now = stretchOn(unit, asOfDay);
    if (now === undefined || !regionIds.has(now.regionId)) continue;
    const regionName = regionNames.get(now.regionId) ?? '';
    places.set(unit.code, since(unit));
    parents.set(unit.code, now.parentId === null ? null : (codeOfId.get(now.parentId) ?? null));
    faces.set(unit.code, { id: unit.code, code: unit.code, name: now.name, regionName, fieldCodes: [] });
  }
  for (const { row, region, code } of settled) {
    if (!places.has(code)) places.set(code, row.validFrom ?? asOfDay);
    faces.set(code, { id: code, code, name: row.name, regionName: region?.name ?? '', fieldCodes: [] });
  }
  const index = buildUnitIndex([...faces.values()]);
  return { settled, work: { context, byCode, regionIds, codeOfId, places, parents, index } };
}

/** Code of the upper unit; null for none; or what is wrong with it. */
function parentOf({ row, code, region }: Settled, work: Work): string | null | FieldProblem {
  if (row.parentText === null) return work.parents.get(code) ?? null;
  const inRegion = work.index.match(`${region?.name ?? ''}${row.parentText}`);
  const match = inRegion.is === 'found' ? inRegion : work.index.match(row.parentText);
  if (match.is === 'found')
    return match.unit.code === code
      ? problemOf('parent', 'PARENT_IS_ITSELF', '上级单位不能是本单位', '没有上级单位的，请留空')
      : match.unit.code;
  return match.is === 'ambiguous'
    ? problemOf(
        'parent',
        'PARENT_AMBIGUOUS',
        `有 ${match.units.length} 个单位叫${quoted(row.parentText)}`,
        '请填写上级单位的编码，或在名称前写明地区',
      )
    : problemOf(
        'parent',
        'PARENT_UNKNOWN',
        `辖区内没有单位叫${quoted(row.parentText)}，文件里也没有`,
        '请核对名称，或把上级单位一并列入文件',
      );
}

function codeProblems({ row, code, known }: Settled, work: Work): FieldProblem[] {
  if (!CODE.test(code) && row.code !== null)
    return [
      problemOf('code', 'CODE_SHAPE', `编码${quoted(code)}写法不对`, '只用数字、大写字母和短横，2–40 位'),
    ];
  const { asOfDay } = work.context;
  const now = known === null ? undefined : stretchOn(known, asOfDay);
  if (known !== null && now === undefined)
    return [
      problemOf(
        'code',
        'NOT_ON_DAY',
        `编码 ${code} 的单位在所选日期没有登记，自 ${since(known)} 起才有`,
        '请改选日期，或核对编码',
      ),
    ];
  return now !== undefined && !work.regionIds.has(now.regionId)
    ? [problemOf('code', 'CODE_ELSEWHERE', `编码 ${code} 已登记在其他地区`, '请核对编码，或由上级司法局办理')]
    : [];
}

/** A unit is not there before its region or its upper unit. */
function dayProblems({ region, code }: Settled, parent: string | null, work: Work): FieldProblem[] {
  const from = work.places.get(code) ?? work.context.asOfDay;
  const above = parent === null ? undefined : work.places.get(parent);
  const laterThan = [region?.since, above].filter((day): day is Day => day !== undefined && from < day);
  const [day] = laterThan;
  return day === undefined
    ? []
    : [
        problemOf(
          'validFrom',
          'PARENT_LATER',
          `本单位自 ${from} 起，所在地区或上级单位自 ${day} 起才有`,
          '请把设立日期改为不早于所在地区和上级单位',
        ),
      ];
}

function decideRow(settled: Settled, work: Work): RowDecision<UnitFact> {
  const { row, region, code, known } = settled;
  const { asOfDay, fields } = work.context;
  const problems = [...settled.problems, ...codeProblems(settled, work)];
  const parent = parentOf(settled, work);
  if (parent !== null && typeof parent === 'object') problems.push(parent);
  const named = row.fieldsText === null ? null : fieldCodesIn(row.fieldsText, fields);
  if (named !== null && named.unknown.length > 0)
    problems.push(
      problemOf(
        'fields',
        'FIELD_UNKNOWN',
        `不认识执法领域${quoted(named.unknown.join('、'))}`,
        '请改用规则页所列的执法领域名称，几个领域用顿号隔开',
      ),
    );
  if (typeof parent !== 'object' || parent === null) problems.push(...dayProblems(settled, parent, work));
  if (problems.length > 0 || region === null) return { verdict: 'refused', problems };
  const now = known === null ? undefined : stretchOn(known, asOfDay);
  const fact: UnitFact = {
    unitId: known?.id ?? null,
    code,
    name: row.name,
    regionId: region.id,
    unitType: row.unitType ?? now?.unitType ?? unitTypeOfName(row.name),
    fieldCodes: named?.codes ?? now?.fieldCodes ?? [],
    parentCode: typeof parent === 'string' ? parent : null,
    validFrom: now === undefined ? (row.validFrom ?? asOfDay) : asOfDay,
    documentNo: row.documentNo ?? now?.documentNo ?? null,
  };
  return now === undefined ? newUnit(row, fact) : knownUnit(fact, now, work);
}

function newUnit(row: UnitRow, fact: UnitFact): RowDecision<UnitFact> {
  const reason = `没有写单位类型，按名称登记为${typeName(fact.unitType)}`;
  const warnings =
    row.unitType === null ? [problemOf('unitType', 'TYPE_BY_NAME', reason, '不对的请补填单位类型')] : [];
  return { verdict: 'new', fact, warnings };
}

function knownUnit(fact: UnitFact, now: UnitStretch, work: Work): RowDecision<UnitFact> {
  const regionName = (id: string): string =>
    work.context.regions.find((region) => region.id === id)?.name ?? '';
  const fieldNames = (codes: readonly string[]): string =>
    [...codes]
      .sort()
      .map((code) => work.context.fields.find((field) => field.code === code)?.name ?? code)
      .join('、');
  const parentNow = now.parentId === null ? '' : (work.codeOfId.get(now.parentId) ?? '');
  const changes = [
    ...changeOf('name', '单位名称', now.name, fact.name),
    ...changeOf('region', '所在地区', regionName(now.regionId), regionName(fact.regionId)),
    ...changeOf('unitType', '单位类型', typeName(now.unitType), typeName(fact.unitType)),
    ...changeOf('fields', '执法领域', fieldNames(now.fieldCodes), fieldNames(fact.fieldCodes)),
    ...changeOf('parent', '上级单位', parentNow, fact.parentCode ?? ''),
  ];
  return changes.length === 0
    ? { verdict: 'same', warnings: [] }
    : { verdict: 'change', fact, changes, warnings: [] };
}

/** True when walking up from `code` comes back to it. */
function isInCircle(code: string, parents: ReadonlyMap<string, string | null>): boolean {
  const seen = new Set<string>();
  for (let at = parents.get(code) ?? null; at !== null && !seen.has(at); at = parents.get(at) ?? null) {
    if (at === code) return true;
    seen.add(at);
  }
  return false;
}

function refuseCircles(
  decisions: readonly RowDecision<UnitFact>[],
  work: Work,
): readonly RowDecision<UnitFact>[] {
  const parents = new Map(work.parents);
  for (const decision of decisions)
    if (decision.verdict === 'new' || decision.verdict === 'change')
      parents.set(decision.fact.code, decision.fact.parentCode);
  return decisions.map((decision) => {
    if (decision.verdict !== 'new' && decision.verdict !== 'change') return decision;
    if (!isInCircle(decision.fact.code, parents)) return decision;
    const problem = problemOf('parent', 'PARENT_CIRCLE', '上级单位互相指向，成了一圈', '请核对上级单位');
    return { verdict: 'refused', problems: [problem] };
  });
}

/** Decides rows against each other and against the register. Rules: README of the room. */
export function decideUnits(
  rows: readonly UnitRow[],
  context: UnitContext,
): readonly RowDecision<UnitFact>[] {
  const { settled, work } = prepare(rows, context);
  const decisions = refuseCircles(
    settled.map((one) => decideRow(one, work)),
    work,
  );
  return refuseBelow(
    settled.map(({ code }) => code),
    decisions,
    (code) => work.byCode.has(code),
  );
}
