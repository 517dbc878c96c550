import { formatCount, formatShare } from '#app/platform/ui/text/format.ts';
import type { CompletionCounts } from './figures.ts';
import { isBehind } from './figures.ts';

/** `8931` → `89.3%`; whole percents without a decimal. */
export function percentText(basisPoints: number): string {
  const tenths = Math.floor(basisPoints / 10);
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** Title of the chart: the finding, so that ten seconds are enough. */
export function findingOf(
  rows: readonly { readonly label: string; readonly counts: CompletionCounts }[],
  total: CompletionCounts,
  paceBasisPoints: number,
): string {
  if (total.due === 0) return '截至该日没有应训人员';
  const behind = rows.filter((row) => isBehind(row.counts, paceBasisPoints)).length;
  const pace = percentText(paceBasisPoints);
  if (rows.length < 2) return `达标 ${formatShare(total.met, total.due)}`;
  if (behind === 0) return `${formatCount(rows.length)} 个单位达标率全部不低于序时进度 ${pace}`;
  return `${formatCount(rows.length)} 个单位中 ${formatCount(behind)} 个达标率低于序时进度 ${pace}`;
}

/** How fresh the figures are. */
export function freshnessText(lagSeconds: number | null, parkedFacts: number): string {
  const lag =
    lagSeconds === null
      ? '学时汇总已是最新'
      : `学时汇总滞后 ${lagSeconds < 60 ? `${lagSeconds} 秒` : `${formatCount(Math.floor(lagSeconds / 60))} 分钟`}`;
  return parkedFacts === 0 ? lag : `${lag}，另有 ${formatCount(parkedFacts)} 条学时变动待管理员处理`;
}
