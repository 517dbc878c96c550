import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { FieldProblem } from '#app/platform/import/report.ts';
import type { Words } from '#app/platform/import/values/choice.ts';
import { choiceReader } from '#app/platform/import/values/choice.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { textReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import type { LeavingReason } from '../../change/leaving.ts';
import { LEAVING_LABELS } from '../../change/leaving.ts';
import { checkTransfer } from '../../change/transfer.ts';
import type { HomeStretch } from '../../person/home-timeline.ts';
import { decideLeaving } from '../../person/home-timeline.ts';
import type { WhoContext, WhoRow } from './who.ts';
import { findUnit, findWho, rowProblem, WHO_FIELDS } from './who.ts';

/** What happened: a move inside the place, or one of the ways of leaving (domain.md §6.3 T9). */
export type PersonnelChange = 'move' | LeavingReason;

const CHANGE_WORDS: Words<PersonnelChange> = [
  { value: 'move', words: ['调动', '内部调动', '调任', '转任', '调入', '交流', '轮岗', '调整单位'] },
  { value: 'transferred', words: ['调出', '调离', '调出本系统', '调往外地', '调走'] },
  { value: 'retired', words: ['退休', '离退休', '提前退休', '内退'] },
  { value: 'resigned', words: ['辞职', '辞去公职', '自动离职'] },
  { value: 'dismissed', words: ['辞退', '解聘', '解除合同'] },
  { value: 'expelled', words: ['开除', '开除公职'] },
  { value: 'deceased', words: ['死亡', '去世', '病故', '因公牺牲'] },
  { value: 'post_changed', words: ['岗位调整', '调整到非执法岗位', '转岗', '不再从事执法'] },
  { value: 'other', words: ['其他', '其它'] },
];

const fields = {
  ...WHO_FIELDS,
  unitText: {
    ...WHO_FIELDS.unitText,
    label: '原单位',
    synonyms: ['原工作单位', '调出单位', '原所在单位', '变动前单位', ...WHO_FIELDS.unitText.synonyms],
  },
  toUnitText: {
    label: '现单位',
    synonyms: ['现工作单位', '调入单位', '新单位', '现所在单位', '变动后单位', '去向'],
    required: false,
    hint: '调动的必填，须是辖区内单位；离岗的留空',
    read: textReader(100),
  },
  change: {
    label: '变动类型',
    synonyms: ['变动原因', '变动情况', '类型', '异动类型', '变动类别', '离岗原因'],
    required: true,
    hint: '调动、调出、退休、辞职、辞退、开除、死亡、岗位调整、其他',
    read: choiceReader(CHANGE_WORDS),
  },
  day: {
    label: '日期',
    synonyms: ['变动日期', '变动时间', '生效日期', '时间', '异动时间', '离岗日期'],
    required: true,
    hint: '新单位的第一天，或不再属于原单位的第一天',
    read: dayReader(),
  },
  documentNo: {
    label: '文号',
    synonyms: ['文件号', '批准文号', '依据文号', '依据', '任免文号', '文件依据'],
    required: true,
    hint: '任免、退休、辞职等文件的文号',
    read: textReader(60),
    fillMerged: true,
    fallback: { labels: ['文号', '依据文号'] },
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface PersonnelRow extends WhoRow {
  readonly toUnitText: string | null;
  readonly change: PersonnelChange;
  readonly day: Day;
  readonly documentNo: string;
}

export interface PersonnelFact {
  readonly personId: string;
  readonly fromUnitId: string;
  readonly day: Day;
  readonly documentNo: string;
  readonly act:
    | { readonly is: 'move'; readonly toUnitId: string }
    | { readonly is: 'leave'; readonly reason: LeavingReason };
}

export interface PersonnelContext {
  readonly today: Day;
  readonly who: WhoContext;
  readonly homes: ReadonlyMap<string, readonly HomeStretch[]>;
}

const LATEST_DAYS_AHEAD = 183;

const REFUSALS: Readonly<Record<string, string>> = {
  SAME_UNIT: '原单位和现单位相同',
  NOT_IN_UNIT: '这一天已不在原单位',
  NOT_IN_POST: '这一天已不在岗，可能已办理离岗',
  LATER_PLACE_KNOWN: '之后已有登记的任职变动',
  MOVES_ON_FIRST_DAY: '当日刚到原单位',
  LEAVES_ON_FIRST_DAY: '到岗和离岗是同一天',
};

function refusedBy(code: string): RowDecision<PersonnelFact> {
  const problem = rowProblem('day', code, REFUSALS[code] ?? '与登记的任职履历不符', '请核对日期和人员履历');
  return { verdict: 'refused', problems: [problem] };
}

const refusedFor = (problem: FieldProblem): RowDecision<PersonnelFact> => ({
  verdict: 'refused',
  problems: [problem],
});

function decide(row: PersonnelRow, context: PersonnelContext): RowDecision<PersonnelFact> {
  const { day, change } = row;
  if (day > addDays(context.today, LATEST_DAYS_AHEAD))
    return refusedFor(rowProblem('day', 'DAY_TOO_FAR', `${formatDay(day)}超过今后半年`, '请核对日期'));
  if (change === 'move') return decideMove(row, context);
  // The last day in the unit is the day before.
  const match = findWho(row, context.who, { from: addDays(day, -1), to: day });
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const source = { sourceKind: 'personnel_import', sourceId: null };
  const decided = decideLeaving(context.homes.get(personId) ?? [], {
    awayFromDay: day,
    reason: change,
    source,
  });
  if (!decided.ok) return refusedBy(decided.code);
  if (decided.value.insert.length === 0) return { verdict: 'same', warnings: [] };
  return {
    verdict: 'change',
    fact: {
      personId,
      fromUnitId: match.homeUnitId,
      day,
      documentNo: row.documentNo,
      act: { is: 'leave', reason: change },
    },
    warnings: [],
    changes: [
      rowProblem('change', 'CHANGED', `自${formatDay(day)}起离岗（${LEAVING_LABELS[change]}）`, null),
    ],
  };
}

function decideMove(row: PersonnelRow, context: PersonnelContext): RowDecision<PersonnelFact> {
  if (row.toUnitText === null)
    return refusedFor(
      rowProblem(
        'toUnitText',
        'TARGET_MISSING',
        '调动没有写现单位',
        '请补填现单位；调到辖区以外的，变动类型写「调出」',
      ),
    );
  const to = findUnit(context.who.units, row.toUnitText, 'toUnitText');
  if (!to.ok) return refusedFor(to.problem);
  const { day } = row;
  const match = findWho(row, context.who, { from: addDays(day, -1), to: day });
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const fromUnitId = match.homeUnitId;
  const homes = context.homes.get(personId) ?? [];
  const isDone = homes.some((home) => home.unitId === to.unitId && home.validFrom === day);
  if (isDone) return { verdict: 'same', warnings: [] };
  const checked = checkTransfer(homes, { fromUnitId, toUnitId: to.unitId, day });
  if (!checked.ok) return refusedBy(checked.code);
  return {
    verdict: 'change',
    fact: { personId, fromUnitId, day, documentNo: row.documentNo, act: { is: 'move', toUnitId: to.unitId } },
    warnings: [],
    changes: [
      rowProblem('toUnitText', 'CHANGED', `自${formatDay(day)}起由原单位调入「${row.toUnitText}」`, null),
    ],
  };
}

/** 人事变动: who moved or left, since when, by which paper (ZY11). One row per person. */
export const personnelKind = defineImportKind<typeof fields, PersonnelRow, PersonnelFact, PersonnelContext>({
  id: 'personnel',
  title: '人事变动',
  rowWord: '人',
  maxRows: 3_000,
  fields,
  ignored: [
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
    { label: '职务', synonyms: ['原职务', '现职务', '职务/职级'], why: '新职务请在人员页面登记' },
  ],
  readRow: ({ name, unitText, idNumber, toUnitText, change, day, documentNo }) => {
    invariant(
      name !== null && unitText !== null && change !== null && day !== null && documentNo !== null,
      'required values were checked before',
    );
    return {
      ok: true,
      warnings: [],
      row: { name, unitText, idNumber, toUnitText, change, day, documentNo },
    };
  },
  naturalKey: ({ name, unitText, idNumber }) => idNumber ?? `${name}|${unitText}`,
  naturalKeyWord: '姓名和原单位',
  naturalKeyField: 'name',
  decideRows: (rows, context) => rows.map((row) => decide(row, context)),
});
