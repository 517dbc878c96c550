import { canonicalJson } from '#app/platform/result/canonical.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { ImportKind, RowDecision } from './kind.ts';
import type { ReadRow } from './read-rows.ts';
import { issueOf } from './read-rows.ts';
import type { FieldProblem, RowCounts, RowIssue, RowOutcome } from './report.ts';
import { countRows } from './report.ts';

/** What a whole file comes to, decided against what is known now. */
export interface Judgement<Fact> {
  readonly counts: RowCounts;
  readonly issues: readonly RowIssue[];
  /** What is to be written, in the order of the file. */
  readonly facts: readonly Fact[];
  /** Text that is equal exactly when every row's decision is equal; its hash ties the confirmation to the dry run. */
  readonly signature: string;
}

/** The rows that could be read and are no duplicates: what the slice loads its context for. */
export function rowsToDecide<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  rows: readonly ReadRow<Row>[],
): readonly Row[] {
  return sortOut(kind, rows).flatMap((sorted) => (sorted.is === 'good' ? [sorted.value] : []));
}

type SortedRow<Row> =
  | {
      readonly is: 'good';
      readonly row: ReadRow<Row>;
      readonly value: Row;
      readonly warnings: readonly FieldProblem[];
    }
  | { readonly is: 'refused'; readonly row: ReadRow<Row>; readonly problems: readonly FieldProblem[] };

/** Unreadable rows and later ones of two with the same natural key are refused before anything is looked up. */
function sortOut<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  rows: readonly ReadRow<Row>[],
): readonly SortedRow<Row>[] {
  const firstByKey = new Map<string, ReadRow<Row>>();
  return rows.map((row) => {
    const { reading } = row;
    if (!reading.ok) return { is: 'refused', row, problems: reading.problems };
    const key = kind.naturalKey(reading.row);
    const first = firstByKey.get(key);
    if (first !== undefined) return { is: 'refused', row, problems: [duplicate(kind, row, first)] };
    firstByKey.set(key, row);
    return { is: 'good', row, value: reading.row, warnings: reading.warnings };
  });
}

function duplicate<Row>(
  kind: { readonly naturalKeyWord: string; readonly naturalKeyField: string },
  row: ReadRow<Row>,
  first: ReadRow<Row>,
): FieldProblem {
  const where =
    first.place.sheetName === row.place.sheetName
      ? `第 ${first.place.rowNumber} 行`
      : `工作表「${first.place.sheetName}」第 ${first.place.rowNumber} 行`;
  return {
    fieldId: kind.naturalKeyField,
    code: 'DUPLICATE_IN_FILE',
    reason: `${kind.naturalKeyWord}与${where}重复`,
    fix: '两行只留一行；若是两个人，请核对号码',
  };
}

/** Decides every row. Pure: the same rows and context always give the same judgement. */
export function judgeRows<Row, Fact, Context>(
  kind: ImportKind<Row, Fact, Context>,
  rows: readonly ReadRow<Row>[],
  context: Context,
): Judgement<Fact> {
  const sorted = sortOut(kind, rows);
  const good = sorted.flatMap((one) => (one.is === 'good' ? [one] : []));
  const decisions = kind.decideRows(
    good.map(({ value }) => value),
    context,
  );
  invariant(decisions.length === good.length, 'a kind decides every row it is given, in order');
  const decisionOf = new Map(good.map((one, at) => [one, decisions[at]]));
  const collected = collector<Row, Fact>();
  for (const one of sorted) {
    if (one.is === 'refused') collected.refuse(one.row, one.problems);
    else collected.add(one.row, decisionOf.get(one), one.warnings);
  }
  return collected.finish();
}

function collector<Row, Fact>() {
  const issues: RowIssue[] = [];
  const outcomes: RowOutcome[] = [];
  const facts: Fact[] = [];
  const signature: string[] = [];

  const refuse = (row: ReadRow<Row>, problems: readonly FieldProblem[]): void => {
    issues.push(...problems.map((problem) => issueOf(row, 'refused', problem)));
    outcomes.push({ verdict: 'refused', hasWarning: false });
    signature.push(`refused ${problems.map(({ code }) => code).join(' ')}`);
  };
  const add = (
    row: ReadRow<Row>,
    decision: RowDecision<Fact> | undefined,
    readWarnings: readonly FieldProblem[],
  ): void => {
    invariant(decision !== undefined, 'every good row was decided');
    if (decision.verdict === 'refused') {
      refuse(row, decision.problems);
      return;
    }
    const warnings = [...readWarnings, ...decision.warnings];
    if (decision.verdict === 'change') {
      issues.push(...decision.changes.map((change) => issueOf(row, 'change', change)));
    }
    issues.push(...warnings.map((warning) => issueOf(row, 'warning', warning)));
    outcomes.push({ verdict: decision.verdict, hasWarning: warnings.length > 0 });
    if (decision.verdict === 'same') signature.push('same');
    else {
      facts.push(decision.fact);
      signature.push(`${decision.verdict} ${canonicalJson(decision.fact)}`);
    }
  };
  const finish = (): Judgement<Fact> => ({
    counts: countRows(outcomes),
    issues,
    facts,
    signature: signature.join('\n'),
  });
  return { refuse, add, finish };
}
