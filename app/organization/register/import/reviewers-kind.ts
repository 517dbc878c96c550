import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { MaybeCell } from '#app/platform/import/table/cell.ts';
import type { Words } from '#app/platform/import/values/choice.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { integerReader } from '#app/platform/import/values/number.ts';
import { read, saysNothing } from '#app/platform/import/values/reading.ts';
import { codeReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, yearOf } from '#app/platform/time/day.ts';
import type { ReviewerKey, ReviewerTerm, ReviewerValues } from '../reviewer.store.server.ts';
import type { WorkMode } from '../reviewer.ts';
import { WORK_MODE_LABELS } from '../reviewer.ts';
import { decideTerm } from '../term.ts';
import type { WhoContext, WhoRow } from './who.ts';
import { findWho, rowProblem, WHO_FIELDS } from './who.ts';

const MODES: Words<WorkMode> = [
  { value: 'full_time', words: ['专职', '专', '全职', '专职审核'] },
  { value: 'part_time', words: ['兼职', '兼', '兼任', '兼职审核'] },
];
const readCode = codeReader(40);

const fields = {
  ...WHO_FIELDS,
  workMode: {
    label: '专/兼职',
    synonyms: ['专兼职', '专职或兼职', '专职/兼职', '是否专职', '人员性质'],
    required: true,
    hint: '专职或兼职',
    read: choiceReader(MODES),
  },
  qualificationNo: {
    label: '法律职业资格证号',
    synonyms: ['法律职业资格证书编号', '资格证号', '法律职业资格证书号', '法律职业资格', '资格证编号'],
    required: false,
    hint: '证书编号；没有的留空或写「无」',
    read: (cell: MaybeCell) => {
      const code = readCode(cell);
      return code.ok && code.value !== null && saysNothing(code.value) ? read(null) : code;
    },
  },
  years: {
    label: '从事年限',
    synonyms: ['从事法制审核年限', '从事审核年限', '工作年限', '审核年限'],
    required: false,
    hint: '整年数，如 5 或 5年',
    read: integerReader({ min: 0, max: 60, units: ['年', '年整'] }),
    unreadable: 'warn',
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface ReviewerImportRow extends WhoRow {
  readonly workMode: WorkMode;
  readonly qualificationNo: string | null;
  readonly years: number | null;
}

export interface ReviewerFact extends ReviewerKey {
  readonly fromDay: Day;
  readonly values: ReviewerValues;
}

export interface ReviewerImportContext {
  readonly asOfDay: Day;
  readonly who: WhoContext;
  readonly terms: readonly (ReviewerKey & ReviewerTerm)[];
}

function decide(row: ReviewerImportRow, context: ReviewerImportContext): RowDecision<ReviewerFact> {
  const { asOfDay, who } = context;
  const match = findWho(row, who, { from: asOfDay, to: addDays(asOfDay, 1) });
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const { unitId } = match;
  const known = context.terms.filter((term) => term.personId === personId && term.unitId === unitId);
  const current = known.find(
    ({ validFrom, validTo }) => validFrom <= asOfDay && (validTo === null || validTo > asOfDay),
  );
  const values = {
    workMode: row.workMode,
    qualificationNo: row.qualificationNo ?? current?.qualificationNo ?? null,
    sinceYear: row.years === null ? (current?.sinceYear ?? null) : yearOf(asOfDay) - row.years,
  };
  const bare = known.map(({ personId: _person, unitId: _unit, ...term }) => term);
  const warnings =
    values.qualificationNo === null
      ? [
          rowProblem(
            'qualificationNo',
            'WITHOUT_QUALIFICATION',
            '没有法律职业资格证号',
            '初次从事行政处罚决定法制审核的，应当取得法律职业资格（行政处罚法第五十八条）',
          ),
        ]
      : [];
  if (decideTerm(bare, asOfDay, values) === null) return { verdict: 'same', warnings };
  const fact = { personId, unitId, fromDay: asOfDay, values };
  if (current === undefined) return { verdict: 'new', fact, warnings };
  return { verdict: 'change', fact, warnings, changes: changesOf(current, values) };
}

function changesOf(before: ReviewerValues, after: ReviewerValues) {
  const lines: (readonly [keyof ReviewerValues, string, string | number | null, string | number | null])[] = [
    ['workMode', '专/兼职', WORK_MODE_LABELS[before.workMode], WORK_MODE_LABELS[after.workMode]],
    ['qualificationNo', '法律职业资格证号', before.qualificationNo, after.qualificationNo],
    ['sinceYear', '从事起始年份', before.sinceYear, after.sinceYear],
  ];
  return lines
    .filter(([, , from, to]) => from !== to)
    .map(([field, label, from, to]) =>
      rowProblem(
        field === 'sinceYear' ? 'years' : field,
        'CHANGED',
        `${label}由「${from ?? '空'}」改为「${to ?? '空'}」`,
        null,
      ),
    );
}

/** 法制审核人员: who reviews for which unit (YC9, AJ6). One row per person and unit. */
export const reviewersKind = defineImportKind<
  typeof fields,
  ReviewerImportRow,
  ReviewerFact,
  ReviewerImportContext
>({
  id: 'reviewers',
  title: '法制审核人员',
  rowWord: '人',
  maxRows: 10_000,
  fields,
  ignored: [
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
    { label: '职务', synonyms: ['职务/职级', '职级'], why: '以花名册登记为准' },
    { label: '电话', synonyms: ['联系电话', '手机'], why: '以花名册登记为准' },
  ],
  readRow: ({ name, unitText, idNumber, workMode, qualificationNo, years }) => {
    invariant(name !== null && unitText !== null && workMode !== null, 'required values were checked before');
    return { ok: true, warnings: [], row: { name, unitText, idNumber, workMode, qualificationNo, years } };
  },
  naturalKey: ({ name, unitText, idNumber }) => `${idNumber ?? name}|${unitText}`,
  naturalKeyWord: '姓名和单位',
  naturalKeyField: 'name',
  decideRows: (rows, context) => rows.map((row) => decide(row, context)),
});
