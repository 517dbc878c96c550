import { formatCount, formatHoursFigure, NO_FIGURE } from '#app/platform/ui/text/format.ts';
import type { CompletionCounts } from './figures.ts';
import { meanCreditSecondsFloor } from './figures.ts';

/** One cell of the completion table. Page and workbook are both written from these, so they say the same. */
export type CompletionCell =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'count'; readonly count: number }
  /** Tenths of a percent, cut: 875 = 87.5%. */
  | { readonly kind: 'share'; readonly tenths: number }
  /** Hundredths of a 学时, cut. */
  | { readonly kind: 'hours'; readonly hundredths: number }
  /** A figure that does not exist, e.g. a share of nobody. */
  | { readonly kind: 'none' };

export interface CompletionColumn {
  /** Null for the first column, which is named after what the rows are. */
  readonly label: string | null;
  readonly unit: string | null;
  readonly align: 'start' | 'end';
}

/** On the page the units stand in the subtitle, because eight heads must fit beside the bars. */
export const COMPLETION_COLUMNS: readonly CompletionColumn[] = [
  { label: null, unit: null, align: 'start' },
  { label: '达标率', unit: null, align: 'end' },
  { label: '达标', unit: '人', align: 'end' },
  { label: '应训', unit: '人', align: 'end' },
  { label: '未达标', unit: '人', align: 'end' },
  { label: '人均学时', unit: null, align: 'end' },
  { label: '重点达标', unit: '人', align: 'end' },
  { label: '重点应训', unit: '人', align: 'end' },
];

const CREDIT_HOUR_SECONDS = 2700;
const none: CompletionCell = { kind: 'none' };
const count = (value: number): CompletionCell => ({ kind: 'count', count: value });

/** Share in tenths of a percent, cut, so that 100.0% is only ever written for all. */
export function shareCell(part: number, whole: number): CompletionCell {
  return whole === 0 ? none : { kind: 'share', tenths: Math.floor((part * 1000) / whole) };
}

export function hoursCell(creditSeconds: number | null): CompletionCell {
  if (creditSeconds === null) return none;
  return { kind: 'hours', hundredths: Math.floor((creditSeconds * 100) / CREDIT_HOUR_SECONDS) };
}

/** The cells of one row, in the order of `COMPLETION_COLUMNS`. */
export function cellsOf(label: string, counts: CompletionCounts): [CompletionCell, ...CompletionCell[]] {
  return [
    { kind: 'text', text: label },
    shareCell(counts.met, counts.due),
    count(counts.met),
    count(counts.due),
    count(counts.due - counts.met),
    hoursCell(meanCreditSecondsFloor(counts)),
    counts.keyDue === 0 ? none : count(counts.keyMet),
    counts.keyDue === 0 ? none : count(counts.keyDue),
  ];
}

/** What a person reads in the cell. */
export function textOf(cell: CompletionCell): string {
  switch (cell.kind) {
    case 'text':
      return cell.text;
    case 'count':
      return formatCount(cell.count);
    case 'share':
      return `${Math.floor(cell.tenths / 10)}.${cell.tenths % 10}%`;
    case 'hours':
      return formatHoursFigure(cell.hundredths * (CREDIT_HOUR_SECONDS / 100));
    case 'none':
      return NO_FIGURE;
  }
}
