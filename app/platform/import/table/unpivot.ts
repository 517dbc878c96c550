import type { WideSpec } from '../kind.ts';
import type { MaybeCell } from './cell.ts';
import { textCell, textOf } from './cell.ts';
import type { HeadColumn } from './find-head.ts';
import type { ColumnMapping } from './map-columns.ts';
import { WIDE_TARGET } from './map-columns.ts';

/** A cell on its way into a field, with the column it stands in; null column for values from outside the row. */
export interface FieldCell {
  readonly cell: MaybeCell;
  readonly column: number | null;
}

export type FieldCells = ReadonlyMap<string, FieldCell>;

/** How one row of a table is taken apart: worked out once per table. */
export interface RowPlan {
  /** Field → column, for fields that stand once. */
  readonly single: readonly { readonly fieldId: string; readonly column: HeadColumn }[];
  /** One entry per repeated set of columns, in the order of the sheet. */
  readonly groups: readonly (readonly { readonly fieldId: string; readonly column: HeadColumn }[])[];
  /** Columns whose cells are rows of their own. */
  readonly wide: readonly HeadColumn[];
}

export function planRow(
  columns: readonly HeadColumn[],
  mapping: ColumnMapping,
  groupFields: readonly string[],
): RowPlan {
  const single: { fieldId: string; column: HeadColumn }[] = [];
  const groups: { fieldId: string; column: HeadColumn }[][] = [];
  const wide: HeadColumn[] = [];
  const timesSeen = new Map<string, number>();
  for (const column of columns) {
    const target = mapping[column.key] ?? null;
    if (target === null) continue;
    if (target === WIDE_TARGET) wide.push(column);
    else if (groupFields.includes(target)) {
      const nth = timesSeen.get(target) ?? 0;
      timesSeen.set(target, nth + 1);
      (groups[nth] ??= []).push({ fieldId: target, column });
    } else single.push({ fieldId: target, column });
  }
  return { single, groups, wide };
}

/** One sheet row as one or more rows of fields: as it is, one per filled set of repeated columns, or one per filled
 *  wide column, whose head lines become fields too. Blank sets and blank wide cells give no row. */
export function unpivotRow(
  plan: RowPlan,
  cells: readonly MaybeCell[],
  wideSpec: WideSpec | null,
): readonly FieldCells[] {
  const base = plan.single.map(({ fieldId, column }) => entry(fieldId, cells, column));
  if (wideSpec !== null && plan.wide.length > 0) {
    return plan.wide
      .filter((column) => textOf(cells[column.index]) !== '')
      .map((column) => new Map([...base, ...wideEntries(wideSpec, cells, column)]));
  }
  const filled = plan.groups
    .map((group) => group.map(({ fieldId, column }) => entry(fieldId, cells, column)))
    .filter((group) => group.some(([, { cell }]) => cell !== null));
  return filled.length === 0 ? [new Map(base)] : filled.map((group) => new Map([...base, ...group]));
}

function entry(fieldId: string, cells: readonly MaybeCell[], column: HeadColumn): [string, FieldCell] {
  return [fieldId, { cell: cells[column.index] ?? null, column: column.index }];
}

function wideEntries(
  spec: WideSpec,
  cells: readonly MaybeCell[],
  column: HeadColumn,
): readonly [string, FieldCell][] {
  // A head with fewer lines than fields gives its innermost lines to the innermost fields.
  const offset = column.path.length - spec.headFields.length;
  const heads = spec.headFields.map((fieldId, at): [string, FieldCell] => [
    fieldId,
    { cell: textCell(column.path[at + offset] ?? ''), column: column.index },
  ]);
  return [...heads, entry(spec.valueField, cells, column)];
}
