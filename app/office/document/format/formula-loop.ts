import { columnNumber } from './xlsx-size.ts';

/** A formula with its place. */
export interface PlacedFormula {
  readonly sheet: string;
  /** `B7` */
  readonly address: string;
  readonly formula: string;
}

interface Area {
  readonly sheet: string;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const REFERENCE =
  /(?:(?:'((?:[^']|'')*)'|([\p{L}\w.]+))!)?\$?([A-Z]{1,3})\$?(\d{1,7})(?::\$?([A-Z]{1,3})\$?(\d{1,7}))?(?![\w(])/gu;

function areasOf({ sheet, formula }: PlacedFormula): Area[] {
  const plain = formula.replace(/"(?:[^"]|"")*"/g, '""');
  return [...plain.matchAll(REFERENCE)].map(([, quoted, bare, column = '', row, toColumn, toRow]) => ({
    sheet: quoted?.replace(/''/g, "'") ?? bare ?? sheet,
    left: columnNumber(column),
    top: Number(row),
    right: columnNumber(toColumn ?? column),
    bottom: Number(toRow ?? row),
  }));
}

/**
 * A formula that comes back to its own cell, directly or over others: no program can work it out, and some hang on it.
 * Looks at formulas only, so a chain ends at the first cell that holds a value. @returns its place, or null
 */
export function formulaLoop(formulas: readonly PlacedFormula[]): string | null {
  const cells = formulas.map((one) => {
    const [, letters = '', row = ''] = /^([A-Z]{1,3})(\d+)$/.exec(one.address) ?? [];
    return { ...one, column: columnNumber(letters), row: Number(row), areas: areasOf(one) };
  });
  const bySheet = new Map<string, typeof cells>();
  for (const cell of cells) bySheet.set(cell.sheet, [...(bySheet.get(cell.sheet) ?? []), cell]);
  const next = (cell: (typeof cells)[number]) =>
    cell.areas.flatMap((area) =>
      (bySheet.get(area.sheet) ?? []).filter(
        ({ column, row }) =>
          column >= area.left && column <= area.right && row >= area.top && row <= area.bottom,
      ),
    );
  const done = new Set<(typeof cells)[number]>();
  for (const start of cells) {
    // Depth first without recursion: a chain may be as long as the sheet.
    const path = [{ cell: start, rest: next(start) }];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const top = path.at(-1);
      const one = top?.rest.pop();
      if (one === undefined) {
        const left = path.pop();
        if (left) {
          onPath.delete(left.cell);
          done.add(left.cell);
        }
      } else if (onPath.has(one)) return `${one.sheet}!${one.address}`;
      else if (!done.has(one)) {
        onPath.add(one);
        path.push({ cell: one, rest: next(one) });
      }
    }
  }
  return null;
}
