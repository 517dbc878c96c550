import type { ReactNode } from 'react';
import { cx } from '../cx.ts';

export interface SimpleHead {
  label: string;
  unit?: string | undefined;
  align?: 'start' | 'end' | undefined;
}

export interface SimpleTableProps {
  caption: string;
  /** the caption is read out but not seen, where a heading says the same */
  hideCaption?: boolean | undefined;
  head: readonly (SimpleHead | string)[];
  rows: readonly { key: string; cells: readonly ReactNode[] }[];
  foot?: readonly ReactNode[] | undefined;
}

const asHead = (head: SimpleHead | string): SimpleHead => (typeof head === 'string' ? { label: head } : head);

/** On a phone a column of words is as wide as they are, up to eleven characters, and the table scrolls; elsewhere it may
 *  be squeezed, but not to a single character. */
const START = 'max-w-[11em] text-left sm:min-w-[6em] sm:max-w-none print:max-w-none';

/** A small table that is neither sorted nor paged. The first cell of each row is its head. */
export function SimpleTable({ caption, hideCaption, head, rows, foot }: SimpleTableProps) {
  const heads = head.map(asHead);
  const alignOf = (index: number) => (heads[index]?.align === 'end' ? 'whitespace-nowrap text-right' : START);
  return (
    <div role="region" aria-label={caption} tabIndex={0} className="print-flow overflow-x-auto">
      <table className="w-max min-w-full border-collapse text-sm sm:w-full print:w-full">
        <caption className={hideCaption ? 'sr-only' : 'pb-2 text-left text-base font-semibold'}>
          {caption}
        </caption>
        <thead>
          <tr className="border-b border-line-strong">
            {heads.map((cell, index) => (
              <th
                key={cell.label}
                scope="col"
                className={cx(
                  'whitespace-nowrap px-2 py-2 sm:px-3 font-semibold first:pl-0 last:pr-0',
                  alignOf(index),
                )}
              >
                {cell.label}
                {cell.unit ? <span className="font-normal text-ink-muted">（{cell.unit}）</span> : null}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-b border-line">
              <Cells cells={row.cells} alignOf={alignOf} />
            </tr>
          ))}
        </tbody>
        {foot ? (
          <tfoot>
            <tr className="border-t border-line-strong font-semibold">
              <Cells cells={foot} alignOf={alignOf} isFoot />
            </tr>
          </tfoot>
        ) : null}
      </table>
    </div>
  );
}

interface CellsProps {
  cells: readonly ReactNode[];
  alignOf: (index: number) => string;
  isFoot?: boolean | undefined;
}

function Cells({ cells, alignOf, isFoot = false }: CellsProps) {
  return (
    <>
      {cells.map((cell, index) =>
        index === 0 ? (
          <th
            key={index}
            scope="row"
            className={cx('py-2 pr-3', isFoot ? 'font-semibold' : 'font-normal', alignOf(index))}
          >
            {cell}
          </th>
        ) : (
          <td key={index} className={cx('px-2 py-2 last:pr-0 sm:px-3', alignOf(index))}>
            {cell}
          </td>
        ),
      )}
    </>
  );
}
