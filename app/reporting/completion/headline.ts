import { formatCount, formatShare } from '#app/platform/ui/text/format.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CompletionCounts, ReferenceLine } from './figures.ts';
import { isBehind } from './figures.ts';

/** `8931` → `89.3%`; whole percents without a decimal. */
export function percentText(basisPoints: number): string {
  const tenths = Math.floor(basisPoints / 10);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** What the line in the chart means. */
export function lineLabel(line: ReferenceLine): string {
  return line.kind === 'everybody' ? '应达标' : '平均';
}

/** Title of the chart: the finding, so that ten seconds are enough. */
export function findingOf(page: {
  readonly rows: readonly { readonly counts: CompletionCounts }[];
  readonly total: CompletionCounts;
  /** `地区` or `单位` */
  readonly rowNoun: string;
  readonly line: ReferenceLine;
}): string {
  const { rows, total, line } = page;
  if (rows.length < 2) return `达标 ${formatShare(total.met, total.due)}`;
  const behind = rows.filter((row) => isBehind(row.counts, line)).length;
  const all = `${formatCount(rows.length)} 个${page.rowNoun}`;
  if (line.kind === 'everybody')
    return behind === 0 ? `${all}全部全员达标` : `${all}中，${formatCount(behind)} 个未全员达标`;
  if (total.met === 0) return `${all}都还没有人达标`;
  const average = `平均达标率 ${percentText(line.basisPoints)}`;
  return behind === 0 ? `${all}都不低于${average}` : `${all}中，${formatCount(behind)} 个低于${average}`;
}

/** What the figures rest on: a past day is counted from the ledger itself, today from figures kept up to date. */
export function dataText(page: {
  readonly day: Day;
  readonly today: Day;
  readonly lagSeconds: number | null;
  readonly parkedFacts: number;
}): string {
  if (page.day !== page.today) return '按该日的单位、证件和学时统计';
  return freshnessText(page.lagSeconds, page.parkedFacts);
}

/** How fresh the figures are. */
export function freshnessText(lagSeconds: number | null, parkedFacts: number): string {
  const lag =
    lagSeconds === null
      ? '学时汇总已是最新'
      : `学时汇总滞后 ${lagSeconds < 60 ? `${lagSeconds} 秒` : `${formatCount(Math.floor(lagSeconds / 60))} 分钟`}`;
  return parkedFacts === 0 ? lag : `${lag}，另有 ${formatCount(parkedFacts)} 条学时变动待管理员处理`;
}
