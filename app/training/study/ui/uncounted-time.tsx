import { formatDay, formatInstant, formatTime } from '#app/platform/time/day.ts';
import { instantOf } from '../../ledger/interval.ts';
import { factsText, FINDING_LABELS, VERDICT_LABELS, VERDICT_MEANINGS } from '../finding-words.ts';
import { formatDuration, UNCOUNTED_REASONS } from '../study-words.ts';
import type { LessonUncounted } from '../uncounted-view.server.ts';

/** Each reason with how long it was, the stretches one by one on demand, and what was judged about this lesson. */
export function UncountedTime({ uncounted }: { uncounted: LessonUncounted }) {
  const { totals, stretches, judgements } = uncounted;
  return (
    <>
      {totals.length === 0 ? (
        <p>没有未计入的时间。</p>
      ) : (
        <ul className="space-y-1">
          {totals.map((one) => (
            <li key={one.reason} className="flex justify-between gap-4">
              <span>{UNCOUNTED_REASONS[one.reason]}</span>
              <span className="shrink-0 tabular-nums">{`${formatDuration(one.seconds)}（${one.times} 次）`}</span>
            </li>
          ))}
        </ul>
      )}
      {stretches.length > 0 ? (
        <details>
          <summary className="text-accent underline decoration-accent/40 underline-offset-4">
            逐段查看
          </summary>
          <ul className="mt-2 space-y-1">
            {stretches.map((one) => (
              <li key={`${one.from}-${one.reason}`}>
                <span className="tabular-nums">{`${formatInstant(instantOf(one.from))} 至 ${formatTime(instantOf(one.to))}`}</span>
                {`，${formatDuration(one.to - one.from)}：${UNCOUNTED_REASONS[one.reason]}`}
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {judgements.map((one) => (
        <div key={`${one.day}-${one.kind}`} className="border-l-4 border-line-strong pl-3">
          <p className="font-medium text-ink">
            {`${formatDay(one.day)}：${FINDING_LABELS[one.kind]}——${VERDICT_LABELS[one.verdict]}`}
          </p>
          <p>{factsText(one.kind, one.facts)}</p>
          <p>{`核实意见：${one.reason}`}</p>
          <p>{VERDICT_MEANINGS[one.verdict]}</p>
        </div>
      ))}
    </>
  );
}
