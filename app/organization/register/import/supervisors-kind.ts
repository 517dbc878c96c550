import type { FieldSpec, RowDecision } from '#app/platform/import/kind.ts';
import { defineImportKind } from '#app/platform/import/kind.ts';
import type { DayRange } from '#app/platform/import/values/day.ts';
import { readDayRange } from '#app/platform/import/values/day.ts';
import { codeReader } from '#app/platform/import/values/text.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, formatDay } from '#app/platform/time/day.ts';
import type { CardTerm, KnownCard } from '../supervision-card.ts';
import { decideCard } from '../supervision-card.ts';
import type { WhoContext, WhoRow } from './who.ts';
import { findWho, rowProblem, WHO_FIELDS } from './who.ts';

const fields = {
  ...WHO_FIELDS,
  cardNo: {
    label: '监督证号',
    synonyms: [
      '行政执法监督证号',
      '监督证编号',
      '监督检查证号',
      '法制督察证号',
      '证号',
      '证件编号',
      '执法监督证号',
    ],
    required: true,
    hint: '行政执法监督证的编号',
    read: codeReader(32),
  },
  period: {
    label: '有效期',
    synonyms: ['有效期限', '证件有效期', '有效期至', '有效期止', '有效期起止', '有效日期'],
    required: true,
    hint: '如 2024.7.1-2029.6.30，或只写截止日期',
    read: readDayRange,
  },
} as const satisfies Record<string, FieldSpec<unknown>>;

export interface SupervisorRow extends WhoRow {
  readonly cardNo: string;
  readonly period: DayRange;
}

export interface SupervisorFact {
  readonly personId: string;
  readonly unitId: string;
  readonly card: CardTerm;
}

export interface SupervisorContext {
  readonly asOfDay: Day;
  readonly who: WhoContext;
  readonly cards: readonly KnownCard[];
}

function decideAll(
  rows: readonly SupervisorRow[],
  context: SupervisorContext,
): RowDecision<SupervisorFact>[] {
  const taken = new Set<string>();
  return rows.map((row) => {
    const decision = decide(row, context);
    if (decision.verdict === 'refused' || decision.verdict === 'same') return decision;
    const { personId } = decision.fact;
    if (!taken.has(personId)) {
      taken.add(personId);
      return decision;
    }
    const problem = rowProblem(
      'name',
      'PERSON_TWICE',
      '这个人在表中不止一行',
      '一人只留现在有效的一个监督证',
    );
    return { verdict: 'refused', problems: [problem] };
  });
}

function decide(row: SupervisorRow, context: SupervisorContext): RowDecision<SupervisorFact> {
  const { asOfDay, who, cards } = context;
  const match = findWho(row, who, { from: asOfDay, to: addDays(asOfDay, 1) });
  if (!match.ok) return { verdict: 'refused', problems: match.problems };
  const { personId } = match.person;
  const { from, until } = row.period;
  const own = cards.filter((card) => card.personId === personId);
  // A file that states the end alone leaves the beginning as it is known, or lets it be the file's own day.
  const sameNo = own.find((card) => card.cardNo === row.cardNo);
  const validFrom = from ?? sameNo?.validFrom ?? asOfDay;
  const card = { cardNo: row.cardNo, validFrom, validTo: addDays(until, 1) };
  const near = cards.filter((known) => known.personId === personId || known.cardNo === row.cardNo);
  const decided = decideCard(near, personId, card);
  if (!decided.ok) {
    return {
      verdict: 'refused',
      problems: [
        decided.code === 'CARD_NO_TAKEN'
          ? rowProblem('cardNo', 'CARD_NO_TAKEN', '这个监督证号同期已登记在另一人名下', '请核对证号')
          : rowProblem('period', 'CARD_DAYS_REVERSED', '有效期截止早于起始', '请核对有效期'),
      ],
    };
  }
  const warnings =
    until < asOfDay
      ? [rowProblem('period', 'CARD_ENDED', `有效期已于${formatDay(until)}届满`, '已换证的，请填写新证')]
      : [];
  if (decided.value === null) return { verdict: 'same', warnings };
  const fact = { personId, unitId: match.homeUnitId, card };
  const before = near.find((known) => decided.value?.supersede.includes(known.rowId));
  if (before === undefined) return { verdict: 'new', fact, warnings };
  const change = `监督证由 ${shown(before)} 改为 ${shown(card)}`;
  return {
    verdict: 'change',
    fact,
    warnings,
    changes: [rowProblem('cardNo', 'CHANGED', change, null)],
  };
}

function shown({ cardNo, validFrom, validTo }: CardTerm): string {
  return `${cardNo}（${formatDay(validFrom)} 至 ${formatDay(addDays(validTo, -1))}）`;
}

/** 监督人员: holders of a 行政执法监督证 (YC10). One row per card. */
export const supervisorsKind = defineImportKind<
  typeof fields,
  SupervisorRow,
  SupervisorFact,
  SupervisorContext
>({
  id: 'supervisors',
  title: '监督人员',
  rowWord: '人',
  maxRows: 20_000,
  fields,
  ignored: [
    { label: '备注', synonyms: ['说明'], why: '备注不登记' },
    { label: '职务', synonyms: ['职务/职级', '职级'], why: '以花名册登记为准' },
    { label: '性别', synonyms: [], why: '以花名册登记为准' },
  ],
  readRow: ({ name, unitText, idNumber, cardNo, period }) => {
    invariant(
      name !== null && unitText !== null && cardNo !== null && period !== null,
      'required values were checked before',
    );
    return { ok: true, warnings: [], row: { name, unitText, idNumber, cardNo, period } };
  },
  naturalKey: (row) => row.cardNo,
  naturalKeyWord: '监督证号',
  naturalKeyField: 'cardNo',
  decideRows: decideAll,
});
