import type { Day } from '#app/platform/time/day.ts';
import type { Direction, TableSpec } from '#app/platform/ui/table/table-query.ts';
import type { Standing } from './closing.ts';
import { STANDINGS } from './closing.ts';

/** A unit on the board of a year. */
export interface BoardLine {
  readonly unitId: string;
  readonly unitName: string;
  readonly unitPinyin: string;
  readonly regionName: string;
  readonly people: number;
  readonly standing: Standing;
  readonly openObjections: number;
  readonly publishedDay: Day | null;
  readonly objectionsUntilDay: Day | null;
  readonly dueDay: Day | null;
  readonly isOverdue: boolean;
  readonly sealNo: string | null;
}

export type BoardSort = 'unit' | 'standing' | 'people' | 'due';

/** The board reads its URL: those furthest behind first. */
export const BOARD_TABLE: TableSpec<BoardSort, 'standing'> = {
  sorts: ['unit', 'standing', 'people', 'due'],
  defaultSort: { field: 'standing', direction: 'asc' },
  filters: ['standing'],
  defaultSize: 50,
};

export type StandingCounts = Readonly<Record<Standing, number>>;

export function countStandings(lines: readonly Pick<BoardLine, 'standing'>[]): StandingCounts {
  const counts: Record<Standing, number> = {
    not_published: 0,
    notice: 0,
    objected: 0,
    to_confirm: 0,
    to_freeze: 0,
    frozen: 0,
  };
  for (const line of lines) counts[line.standing] += 1;
  return counts;
}

const byUnit = (a: BoardLine, b: BoardLine): number =>
  a.unitPinyin.localeCompare(b.unitPinyin) || a.unitId.localeCompare(b.unitId);

const COMPARE: Readonly<Record<BoardSort, (a: BoardLine, b: BoardLine) => number>> = {
  unit: byUnit,
  standing: (a, b) => STANDINGS.indexOf(a.standing) - STANDINGS.indexOf(b.standing) || byUnit(a, b),
  people: (a, b) => a.people - b.people || byUnit(a, b),
  due: (a, b) => (a.dueDay ?? '9999').localeCompare(b.dueDay ?? '9999') || byUnit(a, b),
};

/** Lines that match, in the order asked for. */
export function arrangeBoard(
  lines: readonly BoardLine[],
  asked: {
    readonly text: string;
    readonly standing: Standing | null;
    readonly sort: { readonly field: BoardSort; readonly direction: Direction };
  },
): BoardLine[] {
  const text = asked.text.toLowerCase();
  const found = lines.filter(
    (line) =>
      (asked.standing === null || line.standing === asked.standing) &&
      (text === '' || line.unitName.includes(asked.text) || line.unitPinyin.startsWith(text)),
  );
  const sign = asked.sort.direction === 'desc' ? -1 : 1;
  return found.sort((a, b) => sign * COMPARE[asked.sort.field](a, b));
}
