import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import { isSamePlace } from '#app/organization/person/home-timeline.ts';
import { ESTABLISHMENT_LABELS } from '#app/organization/person/person.ts';
import type { RowDecision } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';
import { quoted } from '#app/platform/import/values/reading.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';
import type { KnownPerson, RosterFact, RosterRow } from './roster-row.ts';
import { FIELD_ALIASES } from './roster-words.ts';
import type { UnitFace, UnitIndex } from './unit-index.ts';

/** What the register and the organisation say on the roster's day. */
export interface RosterContext {
  readonly asOfDay: Day;
  /** Units the importing person reaches. */
  readonly units: UnitIndex;
  readonly fields: readonly { readonly code: string; readonly name: string }[];
  /** By ID number, for the numbers of this file. */
  readonly known: ReadonlyMap<string, KnownPerson>;
}

const MIN_AGE_YEARS = 16;
const MAX_AGE_YEARS = 100;
/** Ages from which personnel should look (疑似到龄): the starting ages of the rise that began in 2025. */
const RETIREMENT_LOOK_YEARS = { male: 60, female: 55 } as const;
const FIELD_SEPARATOR = /[、,，;；/和及]/;

const problem = (fieldId: string | null, code: string, reason: string, fix: string | null): FieldProblem => ({
  fieldId,
  code,
  reason,
  fix,
});

/** Decides rows one by one: duplicates inside the file are refused before. Rules: README of the room. */
export function decideRoster(
  rows: readonly RosterRow[],
  context: RosterContext,
): readonly RowDecision<RosterFact>[] {
  const fieldCodes = fieldCodesByName(context.fields);
  return rows.map((row) => decideRow(row, context, fieldCodes));
}

function decideRow(
  row: RosterRow,
  context: RosterContext,
  fieldCodes: ReadonlyMap<string, string>,
): RowDecision<RosterFact> {
  const known = context.known.get(row.idNumber) ?? null;
  const match = context.units.match(row.unitText);
  const problems = [
    ...ageProblems(row, context.asOfDay),
    ...unitProblems(row, context),
    ...knownProblems(row, known, context),
  ];
  if (problems.length > 0 || match.is !== 'found') return { verdict: 'refused', problems };
  const field = resolveField(row, match.unit, fieldCodes);
  const place = placeOf(row, match.unit, field.code, known?.home ?? null);
  const warnings = [...field.warnings, ...retirementWarnings(row, context.asOfDay)];
  return known === null
    ? { verdict: 'new', fact: newFact(row, place), warnings }
    : decideKnown(row, known, place, context, warnings);
}

function isOfAge(row: RosterRow, years: number, asOf: Day): boolean {
  return addMonths(row.birthDay, years * 12) <= asOf;
}

function ageProblems(row: RosterRow, asOf: Day): readonly FieldProblem[] {
  if (!isOfAge(row, MIN_AGE_YEARS, asOf)) {
    return [
      problem('idNumber', 'AGE_TOO_YOUNG', `按身份证号不满 ${MIN_AGE_YEARS} 周岁`, '请对照身份证核对号码'),
    ];
  }
  return isOfAge(row, MAX_AGE_YEARS, asOf)
    ? [problem('idNumber', 'AGE_TOO_OLD', `按身份证号已满 ${MAX_AGE_YEARS} 周岁`, '请对照身份证核对号码')]
    : [];
}

function retirementWarnings(row: RosterRow, asOf: Day): readonly FieldProblem[] {
  const years = RETIREMENT_LOOK_YEARS[row.sex];
  return isOfAge(row, years, asOf)
    ? [
        problem(
          'idNumber',
          'NEAR_RETIREMENT',
          `疑似到龄：按身份证号已满 ${years} 周岁`,
          '请人事部门确认是否在职',
        ),
      ]
    : [];
}

function unitProblems(row: RosterRow, context: RosterContext): readonly FieldProblem[] {
  const match = context.units.match(row.unitText);
  if (match.is === 'found') return [];
  if (match.is === 'ambiguous') {
    const names = match.units.map((unit) => `${unit.regionName}${unit.name}`).join('、');
    return [
      problem(
        'unitText',
        'UNIT_AMBIGUOUS',
        `辖区内有 ${match.units.length} 个单位叫${quoted(row.unitText)}`,
        `请写全称：${names}`,
      ),
    ];
  }
  const nearest = match.nearest.map(({ name }) => name).join('、');
  return [
    problem(
      'unitText',
      'UNIT_UNKNOWN',
      `辖区内没有单位叫${quoted(row.unitText)}`,
      nearest === '' ? '请核对单位名称，或先在系统里登记该单位' : `名称相近的有：${nearest}`,
    ),
  ];
}

/** The number says who it is; the name is the check. A person of another region is not moved by a roster. */
function knownProblems(
  row: RosterRow,
  known: KnownPerson | null,
  context: RosterContext,
): readonly FieldProblem[] {
  if (known === null) return [];
  if (known.home !== null && !context.units.byId.has(known.home.unitId)) {
    return [
      problem(
        'idNumber',
        'PERSON_ELSEWHERE',
        '这个身份证号的人员现登记在其他地区',
        '请先由上级司法局办理人员调动',
      ),
    ];
  }
  if (known.name === row.name) return [];
  const masked = `${[...known.name][0] ?? ''}${'*'.repeat([...known.name].length - 1)}`;
  return [
    problem(
      'name',
      'NAME_DIFFERS',
      `身份证号与已登记人员相同，姓名却不同（系统中为「${masked}」）`,
      '请核对身份证号和姓名；确已改名的，请在人员页面办理变更',
    ),
  ];
}

function fieldCodesByName(fields: RosterContext['fields']): ReadonlyMap<string, string> {
  const known = new Set(fields.map(({ code }) => code));
  const codes = new Map<string, string>();
  for (const [alias, code] of Object.entries(FIELD_ALIASES)) {
    if (known.has(code)) codes.set(normaliseHead(alias), code);
  }
  for (const { code, name } of fields) {
    codes.set(normaliseHead(name), code);
    codes.set(normaliseHead(code), code);
  }
  return codes;
}

interface ResolvedField {
  readonly code: string | null;
  readonly warnings: readonly FieldProblem[];
}

/** 执法类别 of the row, else the unit's only one. Several in one cell: the first one counts. */
function resolveField(row: RosterRow, unit: UnitFace, codes: ReadonlyMap<string, string>): ResolvedField {
  const ofUnit = unit.fieldCodes.length === 1 ? (unit.fieldCodes[0] ?? null) : null;
  const text = row.fieldText;
  if (text === null) return { code: row.isEnforcementPost === false ? null : ofUnit, warnings: [] };
  const code = fieldCode(text, codes);
  if (code !== null) return { code, warnings: [] };
  const first = text
    .split(FIELD_SEPARATOR)
    .map((part) => fieldCode(part, codes))
    .find((part) => part !== null);
  if (first !== undefined && first !== null) {
    const reason = `${quoted(text)}有几个执法类别，只登记第一个`;
    return { code: first, warnings: [problem('fieldText', 'FIELD_SEVERAL', reason, null)] };
  }
  const instead = ofUnit === null ? '先按未分类登记' : '先按单位的执法领域登记';
  const reason = `不认识执法类别${quoted(text)}，${instead}`;
  return {
    code: ofUnit,
    warnings: [problem('fieldText', 'FIELD_UNKNOWN', reason, '请改用规则页所列的执法领域名称')],
  };
}

function fieldCode(text: string, codes: ReadonlyMap<string, string>): string | null {
  const key = normaliseHead(text);
  return (
    codes.get(key) ?? codes.get(key.replace(/(?:行政)?(?:综合)?(?:行政)?执法(?:类)?$|类$|领域$/, '')) ?? null
  );
}

/** What the file leaves blank stays as it is while the person stays in the unit. */
function placeOf(
  row: RosterRow,
  unit: UnitFace,
  fieldCodeOfRow: string | null,
  home: HomePlace | null,
): HomePlace {
  const before = home !== null && home.unitId === unit.id ? home : null;
  const isPost = row.isEnforcementPost ?? before?.isEnforcementPost ?? row.fieldText !== null;
  return {
    unitId: unit.id,
    establishment: row.establishment,
    position: row.position ?? before?.position ?? null,
    department: row.department ?? before?.department ?? null,
    isEnforcementPost: isPost,
    fieldCode: row.fieldText === null && before !== null ? before.fieldCode : fieldCodeOfRow,
    enforcementArea: row.enforcementArea ?? before?.enforcementArea ?? null,
  };
}

function newFact(row: RosterRow, place: HomePlace): RosterFact {
  return {
    personId: null,
    name: row.name,
    idNumber: row.idNumber,
    sex: row.sex,
    birthMonth: row.birthDay.slice(0, 7),
    education: row.education,
    hasLegalQualification: row.hasLegalQualification ?? false,
    phone: row.phone,
    hasNewDetails: true,
    place,
  };
}

function decideKnown(
  row: RosterRow,
  known: KnownPerson,
  place: HomePlace,
  context: RosterContext,
  warnings: readonly FieldProblem[],
): RowDecision<RosterFact> {
  const education = row.education ?? known.education;
  const hasLegalQualification = row.hasLegalQualification ?? known.hasLegalQualification;
  const phone = row.phone ?? known.phone;
  const details = detailChanges(known, { education, hasLegalQualification, phone });
  const moves = known.home === null ? [rejoins(context, place)] : placeChanges(known.home, place, context);
  const changes = [...details, ...moves];
  if (changes.length === 0) return { verdict: 'same', warnings };
  const fact: RosterFact = {
    ...newFact(row, place),
    personId: known.personId,
    education,
    hasLegalQualification,
    phone,
    hasNewDetails: details.length > 0,
  };
  return { verdict: 'change', fact, changes, warnings };
}

const change = (fieldId: string, label: string, from: string | null, to: string | null): FieldProblem =>
  problem(fieldId, 'CHANGES', `${label}由「${from ?? '空'}」改为「${to ?? '空'}」`, null);

const yesNo = (value: boolean): string => (value ? '是' : '否');

function detailChanges(
  known: KnownPerson,
  next: Pick<KnownPerson, 'education' | 'hasLegalQualification' | 'phone'>,
): readonly FieldProblem[] {
  const changes: FieldProblem[] = [];
  if (next.education !== known.education)
    changes.push(change('education', '学历', known.education, next.education));
  if (next.hasLegalQualification !== known.hasLegalQualification) {
    const { hasLegalQualification } = known;
    changes.push(
      change(
        'legalQualification',
        '法律职业资格',
        yesNo(hasLegalQualification),
        yesNo(next.hasLegalQualification),
      ),
    );
  }
  // A phone number is personal: that it changes is enough.
  if (next.phone !== known.phone) changes.push(problem('phone', 'CHANGES', '联系电话有变化', null));
  return changes;
}

function rejoins(context: RosterContext, place: HomePlace): FieldProblem {
  const unit = context.units.byId.get(place.unitId)?.name ?? '';
  return problem('unitText', 'REJOINS', `系统中已登记、目前不在任何单位，将编入「${unit}」`, null);
}

function placeChanges(home: HomePlace, place: HomePlace, context: RosterContext): readonly FieldProblem[] {
  if (isSamePlace(home, place)) return [];
  const unitName = (id: string): string => context.units.byId.get(id)?.name ?? '';
  const fieldName = (code: string | null): string | null =>
    code === null ? null : (context.fields.find((field) => field.code === code)?.name ?? code);
  const pairs: readonly (readonly [string, string, string | null, string | null])[] = [
    ['unitText', '工作单位', unitName(home.unitId), unitName(place.unitId)],
    [
      'establishment',
      '编制',
      ESTABLISHMENT_LABELS[home.establishment],
      ESTABLISHMENT_LABELS[place.establishment],
    ],
    ['department', '内设机构', home.department, place.department],
    ['position', '职务', home.position, place.position],
    ['isEnforcementPost', '执法岗', yesNo(home.isEnforcementPost), yesNo(place.isEnforcementPost)],
    ['fieldText', '执法类别', fieldName(home.fieldCode), fieldName(place.fieldCode)],
    ['enforcementArea', '执法区域', home.enforcementArea, place.enforcementArea],
  ];
  const changes = pairs.filter(([, , from, to]) => from !== to).map((pair) => change(...pair));
  // Two units of one name: the place differs although its words do not.
  return changes.length > 0
    ? changes
    : [change('unitText', '工作单位', unitName(home.unitId), unitName(place.unitId))];
}
