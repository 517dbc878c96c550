import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { EligibilityCheck } from '../eligibility.ts';

/** Every requirement with its answer and the clause it rests on; what is not met stands first. */
export function CheckList({ checks }: { checks: readonly EligibilityCheck[] }) {
  const sorted = [...checks].sort((a, b) => Number(a.isMet) - Number(b.isMet));
  return (
    <ul aria-label="申领条件" className="divide-y divide-line">
      {sorted.map((check) => (
        <li key={check.code} className="py-3 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-baseline justify-between gap-x-4">
            <span className="font-medium">{check.title}</span>
            {check.isMet ? (
              <StateBadge shape="solid" tone="positive">
                符合
              </StateBadge>
            ) : (
              <StateBadge shape="hollow" tone="danger">
                不符合
              </StateBadge>
            )}
          </p>
          <p>{check.reason}</p>
          <p className="mt-1 text-sm text-ink-muted">
            {check.clause.citation}：{check.clause.text}
          </p>
        </li>
      ))}
    </ul>
  );
}
