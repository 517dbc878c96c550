import { Link } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import type { Column, Selection } from './column.ts';
import { mayBeTicked } from './selection.ts';

export interface TableBodyProps<Row> {
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  rowHref: ((row: Row) => string) | undefined;
  selection: Selection<Row> | undefined;
  bulkFormId: string;
}

/** On narrow screens a column is as wide as its text, up to fourteen characters, and the table scrolls: Chinese text can
 *  break anywhere, so a squeezed column would stand one character wide. */
const CELL = 'border-b border-line px-3 py-2 align-top max-w-[14em] lg:max-w-none print:max-w-none';
const FIRST_CELL =
  'min-w-[5.5rem] sticky left-0 bg-surface-raised group-hover:bg-surface md:static md:bg-transparent';

/** Rows. `data-row-anchor` marks what the arrow keys walk through: the row's link, else its box. */
export function TableBody<Row>({
  rows,
  columns,
  rowKey,
  rowHref,
  selection,
  bulkFormId,
}: TableBodyProps<Row>) {
  return (
    <tbody>
      {rows.map((row) => {
        const key = rowKey(row);
        return (
          <tr key={key} className="group hover:bg-surface">
            {selection ? (
              <td className={cx(CELL, 'w-10')}>
                <RowBox row={row} id={key} selection={selection} form={bulkFormId} isAnchor={!rowHref} />
              </td>
            ) : null}
            {columns.map((column, index) => (
              <td
                key={column.id}
                className={cx(CELL, column.align === 'end' && 'text-right', index === 0 && FIRST_CELL)}
              >
                {index === 0 && rowHref ? (
                  <RowLink to={rowHref(row)}>{column.cell(row)}</RowLink>
                ) : (
                  column.cell(row)
                )}
              </td>
            ))}
          </tr>
        );
      })}
    </tbody>
  );
}

function RowLink({ to, children }: { to: string; children: ReactNode }) {
  return (
    <Link
      to={to}
      data-row-anchor
      className="text-accent underline decoration-accent/40 underline-offset-4 hover:decoration-current"
    >
      {children}
    </Link>
  );
}

interface RowBoxProps<Row> {
  row: Row;
  id: string;
  selection: Selection<Row>;
  form: string;
  isAnchor: boolean;
}

function RowBox<Row>({ row, id, selection, form, isAnchor }: RowBoxProps<Row>) {
  return (
    <input
      type="checkbox"
      form={form}
      name={selection.name ?? 'ids'}
      value={id}
      disabled={!mayBeTicked(selection, row)}
      aria-label={`选择 ${selection.label(row)}`}
      data-row-box
      data-row-anchor={isAnchor || undefined}
      className="tick"
    />
  );
}
