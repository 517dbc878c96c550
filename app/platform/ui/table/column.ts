import type { ReactNode } from 'react';
import type { Option } from '../form/select-field.tsx';

export type ColumnFilter = { kind: 'text' } | { kind: 'select'; options: readonly Option[] };

export interface Column<Row> {
  /** stands in the URL: `sort=`, `cols=`, `f.<id>=` */
  id: string;
  header: string;
  /** stands in the head, not in every cell */
  unit?: string | undefined;
  /** figures end-aligned, words start-aligned */
  align?: 'start' | 'end' | undefined;
  sortable?: boolean | undefined;
  /** may be left out by the person; the first column never */
  hideable?: boolean | undefined;
  filter?: ColumnFilter | undefined;
  /** the first column's cell becomes the row's link when the table has `rowHref`: no links inside it */
  cell: (row: Row) => ReactNode;
}

export interface Selection<Row> {
  /** names the row for who cannot see it: `张某，县市场监管局` */
  label: (row: Row) => string;
  isSelectable?: ((row: Row) => boolean) | undefined;
  /** name of the submitted ids; `ids` unless told */
  name?: string | undefined;
}

export interface BulkAction {
  /** submitted as `intent` */
  intent: string;
  /** verb with its object: `发送提醒` */
  text: string;
  /** what will happen to how many: `将向 12 人的收件箱各发送 1 条提醒` */
  consequence: (count: number) => string;
  tone?: 'primary' | 'secondary' | 'danger' | undefined;
}

export interface Bulk {
  actions: readonly BulkAction[];
  /** where the ids are posted; this page unless told */
  action?: string | undefined;
  commandId: string;
  hidden?: Readonly<Record<string, string>> | undefined;
  /** offers 「包括其他各页」 where there are other pages: posts `scope=matching` and the filters as `query` */
  allowMatching?: boolean | undefined;
  /** rows over all pages whom the act concerns, where those are fewer than match; all that match unless told */
  matching?: number | undefined;
}

/** Columns to show: those never hidden, and of the others the chosen ones. */
export function visibleColumns<Row>(
  columns: readonly Column<Row>[],
  chosen: readonly string[] | null,
): readonly Column<Row>[] {
  if (chosen === null) return columns;
  return columns.filter((column, index) => index === 0 || !column.hideable || chosen.includes(column.id));
}
