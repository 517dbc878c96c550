import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { Words } from '#app/platform/import/values/choice.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { integerReader } from '#app/platform/import/values/number.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Grade, StandingAssessment } from '../assessment.ts';
import { checkYear, decideGrade, gradeOption } from '../assessment.ts';
import type { WhoContext, WhoRow } from './who.ts';
import { findWho, rowProblem, WHO_FIELDS } from './who.ts';

/** 称职 and 合格 are the same grade for different 编制; 基本合格 and 基本称职 likewise. */
const GRADE_WORDS: Words<Grade> = [
  { value: 'excellent', words: ['优秀', '优', '优秀等次'] },
  { value: 'competent', words: ['称职', '合格', '称职等次', '合格等次'] },
  { value: 'basically_competent', words: ['基本称职', '基本合格'] },
  { value: 'incompetent', words: ['不称职', '不合格'] },
];

const fields = {
  ...WHO_FIELDS,
  year: {
    label: '年度',
    synonyms: ['考核年度', '年份', '考核年份'],
    required: true,
    hint: '如 2025 或 2025年度；表上方的「考核年度：2025」也认',
    read: integerReader({ min: 1994, max: 2999, units: ['年度', '年'] }),
    fillMerged: true,
    fallback: { labels: ['年度', '考核年度'] },
  },
  grade: {
    label: '等次',
    synonyms: ['考核等次', '考核结果', '年度考核等次', '年度考核结果', '考核结论', '结果'],
    required: true,
    hint: '优秀、称职（合格）、基本称职（基本合格）、不称职（不合格）',
    read: choiceReader(GRADE_WORDS),
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface AssessmentRow extends WhoRow {
  readonly year: number;
  readonly grade: Grade;
}

export interface AssessmentFact {
  readonly personId: string;
  readonly unitId: string;
  readonly year: number;
  readonly grade: Grade;
  readonly correctsId: string | null;
  readonly reason: string | null;
}

export interface AssessmentContext {
  readonly today: Day;
  readonly who: WhoContext;
  readonly standing: readonly StandingAssessment[];
}

const CORRECTED_BY_FILE = '按导入的考核结果更正';

function decide(row: AssessmentRow, context: AssessmentContext): RowDecision<AssessmentFact> {
  const { year, grade } = row;
  const checked = checkYear(year, context.today);
  if (!checked.ok) {
    const problem = rowProblem('year', 'YEAR_NOT_OVER', `${year} 年度还没有考核结果`, '请核对年度');
    return { verdict: 'refused', problems: [problem] };
  }
  // Assessed where one belonged in that year, whatever moved since.
  const match = findWho(row, context.who, { from: `${year}-01-01`, to: `${year + 1}-01-01` });
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const standing = context.standing.find((one) => one.personId === personId && one.year === year) ?? null;
  const step = decideGrade(standing, grade, CORRECTED_BY_FILE);
  invariant(step.ok, 'a file gives its reason for every correction');
  if (step.value.is === 'same') return { verdict: 'same', warnings: [] };
  const correction = step.value.is === 'correction' ? step.value : { correctsId: null, reason: null };
  const fact = {
    personId,
    unitId: match.homeUnitId,
    year,
    grade,
    correctsId: correction.correctsId,
    reason: correction.reason,
  };
  if (standing === null) return { verdict: 'new', fact, warnings: [] };
  const change = `${year} 年度等次由「${gradeOption(standing.grade)}」改为「${gradeOption(grade)}」`;
  return {
    verdict: 'change',
    fact,
    warnings: [],
    changes: [rowProblem('grade', 'CHANGED', change, null)],
  };
}

/** 年度考核结果 (ZY11, HY12). One row per person and year. */
export const assessmentsKind = defineImportKind<
  typeof fields,
  AssessmentRow,
  AssessmentFact,
  AssessmentContext
>({
  id: 'assessments',
  title: '年度考核结果',
  rowWord: '人',
  maxRows: 30_000,
  fields,
  ignored: [
    { label: '备注', synonyms: ['说明', '未确定等次原因'], why: '备注不登记' },
    { label: '职务', synonyms: ['职务/职级', '职级'], why: '以花名册登记为准' },
    { label: '性别', synonyms: [], why: '以花名册登记为准' },
  ],
  readRow: ({ name, unitText, idNumber, year, grade }) => {
    invariant(
      name !== null && unitText !== null && year !== null && grade !== null,
      'required values were checked before',
    );
    return { ok: true, warnings: [], row: { name, unitText, idNumber, year, grade } };
  },
  naturalKey: ({ name, unitText, idNumber, year }) => `${idNumber ?? `${name}|${unitText}`}|${year}`,
  naturalKeyWord: '姓名、单位和年度',
  naturalKeyField: 'name',
  decideRows: (rows, context) => rows.map((row) => decide(row, context)),
});
