import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { AccountStanding } from '../account-list.ts';

const LOOKS = {
  active: { shape: 'solid', tone: 'positive', word: '启用' },
  waiting: { shape: 'dot', tone: 'pending', word: '待本人启用' },
  disabled: { shape: 'hollow', tone: 'neutral', word: '停用' },
} as const;

export const STANDING_OPTIONS = Object.entries(LOOKS).map(([value, look]) => ({ value, label: look.word }));

/** Whether an account can be used. */
export function AccountStandingBadge({ standing }: { standing: AccountStanding }) {
  const look = LOOKS[standing];
  return (
    <StateBadge shape={look.shape} tone={look.tone}>
      {look.word}
    </StateBadge>
  );
}
