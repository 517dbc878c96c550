import { Ring } from '#app/platform/ui/data/ring.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { SimpleTable } from '#app/platform/ui/table/simple-table.tsx';
import { formatHours, formatHoursFigure, formatMissingHours } from '#app/platform/ui/text/format.ts';
import { missingWords } from '../../target/missing-words.ts';
import type { Conclusion } from '../../target/year-standing.ts';
import { CONCLUSION_LABELS } from '../../target/year-standing.ts';
import { CATEGORIES, CATEGORY_LABELS } from '../hours.ts';
import type { HoursView } from '../hours-view.server.ts';

/** Ring, conclusion so far, forecast, and the hours by category. */
export function YearOverview({ view }: { view: HoursView }) {
  const yearly = view.targets.find((target) => target.kind === 'yearly');
  const done = Math.max(view.totalSeconds, 0);
  const goal = yearly?.targetSeconds ?? 0;
  return (
    <div className="flex flex-wrap items-center gap-x-12 gap-y-6 rounded-md border border-line bg-surface-raised p-5">
      <Ring
        value={done}
        max={goal}
        figure={formatHoursFigure(done)}
        caption={`/ ${formatHours(goal)}`}
        label={`${view.year}年学时 ${formatHoursFigure(done)}，目标 ${formatHours(goal)}`}
      />
      <div className="min-w-64 max-w-xl flex-1">
        <p className="mb-3 flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <ConclusionBadge conclusion={view.conclusion} />
          <span>{missingText(view)}</span>
        </p>
        <SimpleTable
          caption="分类学时"
          hideCaption
          head={['类别', { label: '学时', align: 'end' }]}
          rows={CATEGORIES.map((category) => ({
            key: category,
            cells: [CATEGORY_LABELS[category], formatHoursFigure(view.sums[category])],
          }))}
          foot={['合计', formatHoursFigure(view.totalSeconds)]}
        />
        <p className="mt-3 text-sm text-ink-muted">{forecastText(view)}</p>
      </div>
    </div>
  );
}

const SHAPES: Readonly<Record<Conclusion, 'solid' | 'hollow' | 'half'>> = {
  met: 'solid',
  not_met: 'hollow',
  exempt: 'half',
  not_counted: 'hollow',
};

export function ConclusionBadge({ conclusion }: { conclusion: Conclusion }) {
  const tone = conclusion === 'met' ? 'positive' : conclusion === 'not_met' ? 'caution' : 'neutral';
  return (
    <StateBadge shape={SHAPES[conclusion]} tone={tone}>
      {CONCLUSION_LABELS[conclusion]}
    </StateBadge>
  );
}

/** What is missing of each target and which required courses; or that nothing is. */
export function missingText(view: Pick<HoursView, 'targets' | 'required' | 'conclusion'>): string {
  if (view.conclusion === 'exempt') return '本年免训，不计入达标统计';
  if (view.conclusion === 'not_counted')
    return '目前没有有效或暂扣的行政执法证，或已离开单位，不计入达标统计';
  return missingWords(view) || '学时和必修课程均已完成';
}

function forecastText({ forecast, targets }: HoursView): string {
  if (forecast === null) return '';
  const yearly = targets.find((target) => target.kind === 'yearly');
  const end = `按目前进度，预计年底 ${formatHours(forecast.totalSeconds)}`;
  const parts = `（已有学时，自学预计再增 ${formatHours(forecast.paceSeconds)}，已报名的培训班 ${formatHours(forecast.plannedSeconds)}）`;
  const short = Math.max((yearly?.targetSeconds ?? 0) - forecast.totalSeconds, 0);
  return short === 0
    ? `${end}，可以达到目标${parts}。`
    : `${end}，仍差 ${formatMissingHours(short)}${parts}。`;
}
