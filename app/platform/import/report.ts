import { assertNever } from '#app/platform/result/invariant.ts';
import type { Problem } from './values/reading.ts';

/** What an import will do (dry run) or did (result) with one row. */
export type Verdict = 'new' | 'change' | 'same' | 'refused';

/** `refused` stops its row; `warning` lets it in and should be looked at; `change` says what becomes different. */
export type IssueVerdict = 'refused' | 'warning' | 'change';

/** A problem of a row, at one field or (null) of the row as a whole. */
export interface FieldProblem extends Problem {
  readonly fieldId: string | null;
}

/** Where a row stands in the person's own file. */
export interface RowPlace {
  readonly sheetName: string;
  /** As Excel shows it, from 1. */
  readonly rowNumber: number;
}

/** One line of the report. Texts are Chinese and never hold a whole ID number. */
export interface RowIssue extends RowPlace {
  /** As Excel shows it, e.g. `E15`; null when the row as a whole is meant. */
  readonly cell: string | null;
  readonly fieldId: string | null;
  /** Head of the column in the person's own words. */
  readonly label: string | null;
  readonly verdict: IssueVerdict;
  readonly code: string;
  readonly reason: string;
  readonly fix: string | null;
}

export interface RowCounts {
  /** = new + change + same + refused; title rows, footers and blank rows are not counted. */
  readonly total: number;
  readonly new: number;
  readonly change: number;
  readonly same: number;
  readonly refused: number;
  /** Rows with at least one warning, whatever their verdict. */
  readonly warning: number;
}

export const NO_ROWS: RowCounts = { total: 0, new: 0, change: 0, same: 0, refused: 0, warning: 0 };

/** One row's outcome as counted. */
export interface RowOutcome {
  readonly verdict: Verdict;
  readonly hasWarning: boolean;
}

export function countRows(outcomes: readonly RowOutcome[]): RowCounts {
  const counts = { ...NO_ROWS };
  for (const { verdict, hasWarning } of outcomes) {
    counts.total += 1;
    counts[verdict] += 1;
    if (hasWarning) counts.warning += 1;
  }
  return counts;
}

export function verdictWord(verdict: Verdict | IssueVerdict): string {
  switch (verdict) {
    case 'new':
      return '新增';
    case 'change':
      return '变更';
    case 'same':
      return '无变化';
    case 'refused':
      return '退回';
    case 'warning':
      return '提醒';
    default:
      return assertNever(verdict);
  }
}
