import type { RowDecision } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { quoted } from '#app/platform/import/values/reading.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { RegionStretch } from '../change/org-state.ts';
import { coversDay } from '../change/stretch.ts';
import type { UnitIndex } from '../roster/unit-index.ts';
import { buildUnitIndex } from '../roster/unit-index.ts';
import { changeOf, problemOf, refuseBelow } from './import-problems.ts';
import { levelOfCode, parentOfCode } from './region-code.ts';
import type { RegionLevel, RegionNode } from './tree.ts';

const CODE = /^[0-9A-Z]{2,20}$/;
const RANKS: readonly RegionLevel[] = ['nation', 'province', 'city', 'county', 'township'];
const rankOf = (level: RegionLevel): number => RANKS.indexOf(level);

const LEVEL_NAMES: Readonly<Record<RegionLevel, string>> = {
  nation: '国家',
  province: '省级',
  city: '市级',
  county: '县级',
  township: '乡镇级',
};

export interface RegionRow {
  readonly name: string;
  readonly code: string;
  readonly parentText: string | null;
  readonly level: Exclude<RegionLevel, 'nation'> | null;
  readonly isZone: boolean | null;
  readonly validFrom: Day | null;
  readonly documentNo: string | null;
}

export interface RegionFact {
  /** Null for a new region. */
  readonly regionId: string | null;
  readonly code: string;
  readonly name: string;
  readonly level: RegionLevel;
  readonly kind: RegionNode['kind'];
  /** Null only for a region that has no parent and keeps none. */
  readonly parentCode: string | null;
  readonly validFrom: Day;
  readonly documentNo: string | null;
}

/** A region of the register with all its stretches. */
export interface KnownRegion {
  readonly id: string;
  readonly code: string;
  readonly stretches: readonly RegionStretch[];
}

export interface RegionContext {
  readonly asOfDay: Day;
  /** The region the importing bureau answers for: it may be the parent of others, but not be moved. */
  readonly topId: string;
  readonly reachedIds: ReadonlySet<string>;
  readonly byCode: ReadonlyMap<string, KnownRegion>;
}

const stretchOn = (region: KnownRegion, day: Day): RegionStretch | undefined =>
  region.stretches.find((stretch) => coversDay(stretch, day));
const since = (region: KnownRegion): Day =>
  region.stretches.reduce<Day>(
    (first, { validFrom }) => (validFrom < first ? validFrom : first),
    '9999-12-31',
  );

/** What parents may be: known regions in reach, and the file's own rows, which outweigh them. */
interface Place {
  readonly code: string;
  readonly level: RegionLevel;
  readonly since: Day;
}

interface Work {
  readonly context: RegionContext;
  readonly index: UnitIndex;
  readonly places: ReadonlyMap<string, Place>;
  readonly idOf: ReadonlyMap<string, string>;
}

function levelFor(row: RegionRow): Exclude<RegionLevel, 'nation'> {
  return row.level ?? (isZone(row) ? 'county' : (levelOfCode(row.code) ?? 'county'));
}

/** A code that is no division code belongs to a functional zone, which has none (RA9). */
const isZone = (row: RegionRow): boolean => row.isZone ?? levelOfCode(row.code) === null;

function prepare(rows: readonly RegionRow[], context: RegionContext): Work {
  const { asOfDay, byCode, reachedIds } = context;
  const places = new Map<string, Place>();
  const names = new Map<string, string>();
  for (const region of byCode.values()) {
    const now = stretchOn(region, asOfDay);
    if (now === undefined || !reachedIds.has(region.id)) continue;
    places.set(region.code, { code: region.code, level: now.level, since: since(region) });
    names.set(region.code, now.name);
  }
  for (const row of rows) {
    const known = places.get(row.code);
    places.set(row.code, {
      code: row.code,
      level: levelFor(row),
      since: known?.since ?? row.validFrom ?? asOfDay,
    });
    names.set(row.code, row.name);
  }
  const faces = [...places.keys()].map((code) => ({
    id: code,
    code,
    name: names.get(code) ?? code,
    regionName: '',
    fieldCodes: [],
  }));
  const idOf = new Map([...byCode.values()].map((region) => [region.id, region.code]));
  return { context, index: buildUnitIndex(faces), places, idOf };
}

/** Code of the parent, or what is wrong with it. */
function parentOf(row: RegionRow, work: Work): string | FieldProblem {
  const { context, index, places, idOf } = work;
  const top = idOf.get(context.topId) ?? '';
  if (row.parentText === null) {
    const said = isZone(row) ? top : parentOfCode(row.code);
    if (said !== null && places.has(said)) return said;
    // A county of a prefecture that is not kept here hangs at the bureau's own region.
    return top;
  }
  const match = index.match(row.parentText);
  if (match.is === 'found') return match.unit.code;
  if (match.is === 'ambiguous')
    return problemOf(
      'parent',
      'PARENT_AMBIGUOUS',
      `有 ${match.units.length} 个地区叫${quoted(row.parentText)}`,
      '请填写上级的行政区划代码',
    );
  return problemOf(
    'parent',
    'PARENT_UNKNOWN',
    `辖区内没有地区叫${quoted(row.parentText)}，文件里也没有`,
    '请核对名称或代码，或把上级地区一并列入文件',
  );
}

function rowProblems(row: RegionRow, known: KnownRegion | undefined, work: Work): FieldProblem[] {
  const { context } = work;
  const problems: FieldProblem[] = [];
  const said = levelOfCode(row.code);
  if (!CODE.test(row.code))
    problems.push(
      problemOf('code', 'CODE_SHAPE', `代码${quoted(row.code)}写法不对`, '只用数字和大写字母，2–20 位'),
    );
  else if (row.isZone !== true && said !== null && row.level !== null && row.level !== said)
    problems.push(
      problemOf(
        'level',
        'LEVEL_DIFFERS',
        `级别与代码 ${row.code} 不符，代码所示为${LEVEL_NAMES[said]}`,
        'xx0000 为省级、xxxx00 为市级、其余六位为县级、九位或十二位为乡镇级',
      ),
    );
  if (known !== undefined && !context.reachedIds.has(known.id))
    problems.push(
      problemOf(
        'code',
        'CODE_ELSEWHERE',
        `代码 ${row.code} 已登记在其他地区`,
        '请核对代码，或由上级司法局办理',
      ),
    );
  else if (known !== undefined && stretchOn(known, context.asOfDay) === undefined)
    problems.push(
      problemOf(
        'code',
        'NOT_ON_DAY',
        `代码 ${row.code} 在所选日期没有登记，自 ${since(known)} 起才有`,
        '请改选日期',
      ),
    );
  return problems;
}

/** A region below its parent, and not before it. */
function placeProblems(row: RegionRow, parentCode: string, work: Work): FieldProblem[] {
  const parent = work.places.get(parentCode);
  if (parent === undefined || parentCode === row.code)
    return [problemOf('parent', 'PARENT_UNKNOWN', '上级地区不能是本地区', '请核对上级地区')];
  if (rankOf(parent.level) >= rankOf(levelFor(row)))
    return [
      problemOf(
        'parent',
        'PARENT_NOT_ABOVE',
        `上级 ${parent.code} 为${LEVEL_NAMES[parent.level]}，不高于本地区的${LEVEL_NAMES[levelFor(row)]}`,
        '请核对级别和上级地区',
      ),
    ];
  const from = work.places.get(row.code)?.since ?? work.context.asOfDay;
  return from < parent.since
    ? [
        problemOf(
          'validFrom',
          'PARENT_LATER',
          `本地区自 ${from} 起，上级 ${parent.code} 自 ${parent.since} 起才有`,
          '请把设立日期改为不早于上级',
        ),
      ]
    : [];
}

function decideRow(row: RegionRow, work: Work): RowDecision<RegionFact> {
  const { context } = work;
  const known = context.byCode.get(row.code);
  const now = known === undefined ? undefined : stretchOn(known, context.asOfDay);
  const problems = rowProblems(row, known, work);
  const isTop = known?.id === context.topId;
  const parent = isTop ? null : parentOf(row, work);
  if (typeof parent === 'object' && parent !== null) problems.push(parent);
  else if (parent !== null && problems.length === 0) problems.push(...placeProblems(row, parent, work));
  if (problems.length > 0) return { verdict: 'refused', problems };
  const keptParent = now?.parentId == null ? null : (work.idOf.get(now.parentId) ?? null);
  const fact: RegionFact = {
    regionId: known?.id ?? null,
    code: row.code,
    name: row.name,
    level: levelFor(row),
    kind: isZone(row) ? 'functional_zone' : 'administrative',
    parentCode: isTop || typeof parent !== 'string' ? keptParent : parent,
    validFrom: now === undefined ? (row.validFrom ?? context.asOfDay) : context.asOfDay,
    documentNo: row.documentNo ?? now?.documentNo ?? null,
  };
  const warnings =
    isZone(row) && row.isZone === null
      ? [problemOf('code', 'TAKEN_AS_ZONE', `代码 ${row.code} 不是行政区划代码，按功能区登记`, null)]
      : [];
  if (now === undefined) return { verdict: 'new', fact, warnings };
  const changes = [
    ...changeOf('name', '名称', now.name, fact.name),
    ...changeOf('level', '级别', LEVEL_NAMES[now.level], LEVEL_NAMES[fact.level]),
    ...changeOf('isZone', '功能区', now.kind === 'functional_zone' ? '是' : '否', isZone(row) ? '是' : '否'),
    ...changeOf('parent', '上级地区', keptParent ?? '无', fact.parentCode ?? '无'),
  ];
  return changes.length === 0
    ? { verdict: 'same', warnings }
    : { verdict: 'change', fact, changes, warnings };
}

export function decideRegions(
  rows: readonly RegionRow[],
  context: RegionContext,
): readonly RowDecision<RegionFact>[] {
  const work = prepare(rows, context);
  const decisions = rows.map((row) => decideRow(row, work));
  return refuseBelow(
    rows.map(({ code }) => code),
    decisions,
    (code) => context.byCode.has(code),
  );
}
