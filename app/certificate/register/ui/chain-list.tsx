import { LinkButton } from '#app/platform/ui/data/link-button.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { ChainStep } from '../own-chain.ts';

const LOOKS = {
  done: { shape: 'solid', tone: 'positive', word: '已具备' },
  waiting: { shape: 'half', tone: 'pending', word: '办理中' },
  missing: { shape: 'hollow', tone: 'caution', word: '尚缺' },
} as const;

/** The whole way to a card, each link with its state and its clause. */
export function ChainList({ steps }: { steps: readonly ChainStep[] }) {
  return (
    <ol aria-label="取得证件的全部条件" className="divide-y divide-line">
      {steps.map((step) => {
        const { shape, tone, word } = LOOKS[step.standing];
        return (
          <li key={step.key} className="py-3 first:pt-0 last:pb-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-4">
              <span className="font-medium">{step.title}</span>
              <StateBadge shape={shape} tone={tone}>
                {word}
              </StateBadge>
            </p>
            <p>{step.text}</p>
            <p className="mt-1 text-sm text-ink-muted">
              {step.clause.citation}：{step.clause.text}
            </p>
            {step.next ? (
              <p className="mt-2">
                <LinkButton size="small" to={step.next.to}>
                  {step.next.label}
                </LinkButton>
              </p>
            ) : null}
          </li>
        );
      })}
    </ol>
  );
}
