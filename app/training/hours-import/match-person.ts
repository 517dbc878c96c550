import type { FieldProblem } from '#app/platform/import/report.ts';
import { quoted } from '#app/platform/import/values/reading.ts';
import type { KnownWho, WhoContext } from '#app/organization/register/import/who.ts';
import { findUnit, rowProblem } from '#app/organization/register/import/who.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { TrainingRow } from './training-row.ts';

export interface MatchContext {
  readonly who: WhoContext;
  /** One unit hands the file in for its own people, so that a name alone may do. */
  readonly isOneUnit: boolean;
  readonly unitIds: ReadonlySet<string>;
  /** Phones of people named in the file who are looked up by phone. */
  readonly phoneOf: ReadonlyMap<string, string>;
}

export type PersonMatch =
  | { readonly ok: true; readonly person: KnownWho; readonly warnings: readonly FieldProblem[] }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

const refuse = (problem: FieldProblem): PersonMatch => ({ ok: false, problems: [problem] });
const found = (person: KnownWho, ...warnings: readonly FieldProblem[]): PersonMatch => ({
  ok: true,
  person,
  warnings,
});

/** The unit of a person on a day; undefined before coming and after leaving. */
export function unitOn(person: KnownWho, day: Day): string | undefined {
  return person.homes.find(
    ({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo),
  )?.unitId;
}

/**
 * Whom a row means (domain.md §4.2 case 16): the ID number decides, the name is its check; else the phone together with
 * the name; else the name within the unit, if there is only one of that name.
 */
export function matchPerson(row: TrainingRow, context: MatchContext): PersonMatch {
  if (row.idNumber !== null) return byIdNumber(row, row.idNumber, context);
  if (row.phone !== null) return byPhone(row, row.phone, context);
  return byName(row, context);
}

function byIdNumber(row: TrainingRow, idNumber: string, { who }: MatchContext): PersonMatch {
  const person = who.byIdNumber.get(idNumber);
  if (person === undefined)
    return refuse(
      rowProblem('idNumber', 'PERSON_UNKNOWN', '辖区内没有这个身份证号的人员', '请核对号码，或先导入花名册'),
    );
  return person.name === row.name
    ? found(person)
    : refuse(rowProblem('name', 'NAME_DIFFERS', '身份证号与姓名不是同一个人', '请核对身份证号和姓名'));
}

function byPhone(row: TrainingRow, phone: string, { who, phoneOf }: MatchContext): PersonMatch {
  const people = (who.byName.get(row.name) ?? []).filter(({ personId }) => phoneOf.get(personId) === phone);
  const [only] = people;
  if (only !== undefined && people.length === 1) return found(only);
  return refuse(
    rowProblem(
      'phone',
      'PERSON_UNKNOWN',
      `没有姓名为${quoted(row.name)}且手机号相同的人员`,
      '请核对手机号，或改用身份证号；手机号有变的，先在人员信息中更正',
    ),
  );
}

function byName(row: TrainingRow, context: MatchContext): PersonMatch {
  const { who, isOneUnit, unitIds } = context;
  const unit = row.unitText === null ? null : findUnit(who.units, row.unitText, 'unitText');
  if (unit === null && !isOneUnit)
    return refuse(
      rowProblem('unitText', 'UNIT_MISSING', '没有写单位，无法确定是谁', '请加一列「单位」或「身份证号」'),
    );
  if (unit !== null && !unit.ok && !isOneUnit) return refuse(unit.problem);
  const within = unit?.ok ? who.subtree(unit.unitId) : unitIds;
  const here = (who.byName.get(row.name) ?? []).filter((person) =>
    within.has(unitOn(person, row.from) ?? ''),
  );
  const [only] = here;
  if (only === undefined)
    return refuse(
      rowProblem(
        'name',
        'PERSON_NOT_IN_UNIT',
        `${row.unitText === null ? '本单位' : quoted(row.unitText)}在培训日期没有叫${quoted(row.name)}的人员`,
        '请核对姓名和单位；已调动的，请写当时所在单位',
      ),
    );
  if (here.length > 1)
    return refuse(
      rowProblem(
        'name',
        'PERSON_AMBIGUOUS',
        `有 ${here.length} 人叫${quoted(row.name)}`,
        '请加一列「身份证号」，填写完整号码',
      ),
    );
  return unit !== null && !unit.ok
    ? found(only, { ...unit.problem, code: 'UNIT_NOT_READ', fix: '按本单位内的姓名匹配，请核对' })
    : found(only);
}
