import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { CampaignState, TargetState } from '../campaign.ts';
import { CAMPAIGN_STATE_LABELS, TARGET_STATE_LABELS } from '../campaign.ts';

const TARGET_LOOK = {
  waiting: { shape: 'hollow', tone: 'neutral' },
  submitted: { shape: 'half', tone: 'pending' },
  returned: { shape: 'dot', tone: 'caution' },
  accepted: { shape: 'solid', tone: 'positive' },
} as const;

/** 未报、已报、退回、已审; an answer owed after its last day is called so. */
export function TargetBadge({
  state,
  isOverdue,
  isLate,
}: {
  state: TargetState;
  isOverdue: boolean;
  isLate: boolean;
}) {
  if (isOverdue)
    return (
      <StateBadge shape="dot" tone="danger">
        {state === 'returned' ? '退回，已逾期' : '逾期未报'}
      </StateBadge>
    );
  const late = isLate && (state === 'submitted' || state === 'accepted') ? '（逾期）' : '';
  return <StateBadge {...TARGET_LOOK[state]}>{`${TARGET_STATE_LABELS[state]}${late}`}</StateBadge>;
}

const CAMPAIGN_LOOK = {
  open: { shape: 'dot', tone: 'pending' },
  closed: { shape: 'half', tone: 'caution' },
  approved: { shape: 'solid', tone: 'positive' },
  announced: { shape: 'solid', tone: 'positive' },
} as const;

export function CampaignBadge({ state }: { state: CampaignState }) {
  return <StateBadge {...CAMPAIGN_LOOK[state]}>{CAMPAIGN_STATE_LABELS[state]}</StateBadge>;
}
