import type { FieldSpec } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import { readIdNumber } from '#app/platform/import/values/id-number.ts';
import { readPersonName } from '#app/platform/import/values/person-name.ts';
import { quoted } from '#app/platform/import/values/reading.ts';
import { textReader } from '#app/platform/import/values/text.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { UnitIndex } from '../../roster/unit-index.ts';

/** The columns by which the registers' workbooks say whom they mean (domain.md §11.3): name and unit, seldom a number. */
export const WHO_FIELDS = {
  ordinal: {
    label: '序号',
    synonyms: ['编号', '序', 'no'],
    required: false,
    hint: '行号，不读取',
    read: textReader(20),
    isOrdinal: true,
  },
  name: {
    label: '姓名',
    synonyms: ['人员姓名', '名字', '执法人员姓名', '执法人员', '被考核人'],
    required: true,
    hint: '只写姓名，不带说明',
    read: readPersonName,
  },
  unitText: {
    label: '单位',
    synonyms: [
      '工作单位',
      '单位名称',
      '所在单位',
      '执法单位',
      '执法主体',
      '所属单位',
      '单位全称',
      '部门名称',
    ],
    required: true,
    hint: '单位全称；合并单元格、工作表名、小标题和表上方的「填报单位」也认',
    read: textReader(100),
    fillMerged: true,
    fallback: {
      sectionTitle: true,
      sheetName: true,
      labels: ['填报单位', '单位', '单位名称', '报送单位'],
    },
  },
  idNumber: {
    label: '身份证号',
    synonyms: ['身份证号码', '公民身份号码', '身份号码', '身份证', '证件号码'],
    required: false,
    hint: '选填；同一单位有同名人员时必须填写。单元格请设为「文本」格式',
    read: readIdNumber,
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface WhoRow {
  readonly name: string;
  readonly unitText: string;
  readonly idNumber: string | null;
}

/** Somebody of the place whose name or number a file holds, with the homes as known now. */
export interface KnownWho {
  readonly personId: string;
  readonly name: string;
  readonly homes: readonly {
    readonly unitId: string;
    readonly validFrom: Day;
    readonly validTo: Day | null;
  }[];
}

export interface WhoContext {
  readonly units: UnitIndex;
  /** A unit with its sub-units: a file of the bureau names the bureau for its team's people as well. */
  subtree(unitId: string): ReadonlySet<string>;
  readonly byName: ReadonlyMap<string, readonly KnownWho[]>;
  readonly byIdNumber: ReadonlyMap<string, KnownWho>;
}

/** Days within which the person must have belonged to the unit, `[from, to)`. */
export interface WhoDays {
  readonly from: Day;
  readonly to: Day;
}

export type WhoMatch =
  | { readonly ok: true; readonly person: KnownWho; readonly unitId: string; readonly homeUnitId: string }
  | { readonly ok: false; readonly problems: readonly FieldProblem[] };

export function rowProblem(
  fieldId: string | null,
  code: string,
  reason: string,
  fix: string | null,
): FieldProblem {
  return { fieldId, code, reason, fix };
}

const refuse = (...problems: readonly FieldProblem[]): WhoMatch => ({ ok: false, problems });

/** The unit a text names, or the problem in words. @param fieldId whose cell is marked */
export function findUnit(
  units: UnitIndex,
  text: string,
  fieldId: string,
): { readonly ok: true; readonly unitId: string } | { readonly ok: false; readonly problem: FieldProblem } {
  const match = units.match(text);
  if (match.is === 'found') return { ok: true, unitId: match.unit.id };
  if (match.is === 'ambiguous') {
    const names = match.units.map((unit) => `${unit.regionName}${unit.name}`).join('、');
    const reason = `辖区内有 ${match.units.length} 个单位叫${quoted(text)}`;
    return { ok: false, problem: rowProblem(fieldId, 'UNIT_AMBIGUOUS', reason, `请写全称：${names}`) };
  }
  const nearest = match.nearest.map(({ name }) => name).join('、');
  const fix = nearest === '' ? '请核对单位名称，或先在系统里登记该单位' : `名称相近的有：${nearest}`;
  return {
    ok: false,
    problem: rowProblem(fieldId, 'UNIT_UNKNOWN', `辖区内没有单位叫${quoted(text)}`, fix),
  };
}

/**
 * Whom a row means: the number decides where there is one, and the name is its check; else the name within the unit and
 * its sub-units. Two of one name are told apart by nothing but the number.
 */
export function findWho(row: WhoRow, context: WhoContext, days: WhoDays): WhoMatch {
  const unit = findUnit(context.units, row.unitText, 'unitText');
  if (!unit.ok) return refuse(unit.problem);
  const { unitId } = unit;
  const within = context.subtree(unitId);
  const homeOf = (person: KnownWho): string | undefined =>
    person.homes.find(
      (home) =>
        within.has(home.unitId) &&
        home.validFrom < days.to &&
        (home.validTo === null || home.validTo > days.from),
    )?.unitId;
  if (row.idNumber !== null) {
    const person = context.byIdNumber.get(row.idNumber);
    if (person === undefined)
      return refuse(
        rowProblem(
          'idNumber',
          'PERSON_UNKNOWN',
          '辖区内没有这个身份证号的人员',
          '请核对号码，或先导入花名册',
        ),
      );
    if (person.name !== row.name)
      return refuse(rowProblem('name', 'NAME_DIFFERS', '身份证号与姓名不是同一个人', '请核对身份证号和姓名'));
    const homeUnitId = homeOf(person);
    return homeUnitId === undefined ? refuse(notInUnit(row)) : { ok: true, person, unitId, homeUnitId };
  }
  const here = (context.byName.get(row.name) ?? []).flatMap((person) => {
    const homeUnitId = homeOf(person);
    return homeUnitId === undefined ? [] : [{ person, homeUnitId }];
  });
  const [only] = here;
  if (only === undefined) return refuse(notInUnit(row));
  if (here.length > 1)
    return refuse(
      rowProblem(
        'name',
        'PERSON_AMBIGUOUS',
        `${quoted(row.unitText)}有 ${here.length} 人叫${quoted(row.name)}`,
        '请加一列「身份证号」，填写完整号码',
      ),
    );
  return { ok: true, ...only, unitId };
}

function notInUnit(row: WhoRow): FieldProblem {
  return rowProblem(
    'name',
    'PERSON_NOT_IN_UNIT',
    `${quoted(row.unitText)}在相应日期没有叫${quoted(row.name)}的人员`,
    '请核对姓名和单位；已调动的，请写当时所在单位',
  );
}
