import type { Selection } from './column.ts';

/** Whether the row's box may be ticked. */
export const mayBeTicked = <Row>(selection: Selection<Row>, row: Row): boolean =>
  selection.isSelectable?.(row) ?? true;

/** Changes with the rows shown and with which of them may be ticked: after a bulk act the same rows come back done. */
export function selectionKey<Row>(
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  selection: Selection<Row> | undefined,
): string {
  if (selection === undefined) return '';
  return rows.map((row) => `${rowKey(row)} ${mayBeTicked(selection, row) ? '+' : '-'}`).join('\n');
}

/** What there is beside the rows of this page. */
export interface OtherPages {
  /** The act may be asked for over all pages. */
  readonly allowMatching: boolean;
  /** Rows shown on this page. */
  readonly shown: number;
  /** Rows over all pages. */
  readonly total: number;
  /** Of those, whom the act concerns. */
  readonly matching: number;
}

/** Whether 「包括其他各页」 is offered: all of this page is ticked, there are other pages, and there the act finds more. */
export function offersMatching(
  { allowMatching, shown, total, matching }: OtherPages,
  ticked: { readonly count: number; readonly isPageFull: boolean },
): boolean {
  return allowMatching && total > shown && ticked.isPageFull && matching > ticked.count;
}
