import { formatCount, formatShare } from '#app/platform/ui/text/format.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CompletionCounts } from './figures.ts';
import { isBehind } from './figures.ts';

/** `8931` → `89.3%`; whole percents without a decimal. */
export function percentText(basisPoints: number): string {
  const tenths = Math.floor(basisPoints / 10);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** On 31 December the pace is everybody. */
const isYearOver = (paceBasisPoints: number): boolean => paceBasisPoints >= 10_000;

/** What the line in the chart means. */
export function paceLabel(paceBasisPoints: number): string {
  return isYearOver(paceBasisPoints) ? '应达标' : '序时进度';
}

/** Title of the chart: the finding, so that ten seconds are enough. */
export function findingOf(
  page: {
    readonly rows: readonly { readonly counts: CompletionCounts }[];
    readonly total: CompletionCounts;
    /** `地区` or `单位` */
    readonly rowNoun: string;
  },
  paceBasisPoints: number,
): string {
  const { rows, total, rowNoun } = page;
  const behind = rows.filter((row) => isBehind(row.counts, paceBasisPoints)).length;
  const pace = `序时进度 ${percentText(paceBasisPoints)}`;
  const all = `${formatCount(rows.length)} 个${rowNoun}`;
  if (rows.length < 2) return `达标 ${formatShare(total.met, total.due)}`;
  if (isYearOver(paceBasisPoints))
    return behind === 0 ? `${all}全部全员达标` : `${all}中，${formatCount(behind)} 个未全员达标`;
  if (behind === 0) return `${all}的达标率都不低于${pace}`;
  if (behind === rows.length) return `${all}的达标率都低于${pace}`;
  return `${all}中，${formatCount(behind)} 个达标率低于${pace}`;
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
