import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import { POINT_LABELS, POINT_WORDS } from '../device-words.ts';
import type { Finding } from '../judge-device.ts';

/** What was found, point by point: the word, what it means, and what to do. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  return (
    <ul className="grid gap-3">
      {findings.map(({ point, verdict, text, advice }) => {
        const { label, shape, tone } = POINT_WORDS[verdict];
        return (
          <li key={point} className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <span className="w-20 shrink-0 font-semibold">{POINT_LABELS[point]}</span>
            <span className="w-20 shrink-0">
              <StateBadge shape={shape} tone={tone}>
                {label}
              </StateBadge>
            </span>
            <span className="min-w-0 flex-1 basis-64">
              {text}
              {advice ? <span className="block text-sm text-ink-muted">{advice}</span> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
