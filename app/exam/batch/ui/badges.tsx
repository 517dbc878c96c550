import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { Verdict } from '../../eligibility/eligibility.ts';
import { VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';
import { REGISTRATION_LABELS } from '../../sitting/registration.ts';
import type { BatchStatus, Phase } from '../batch.ts';
import { BATCH_STATUS_WORDS, PHASE_LABELS } from '../batch.ts';

/** An open batch says what a unit may do now; the others say their state. */
export function BatchBadge({ status, phase }: { status: BatchStatus; phase: Phase }) {
  const { label, shape, tone } = BATCH_STATUS_WORDS[status];
  if (status !== 'open')
    return (
      <StateBadge shape={shape} tone={tone}>
        {label}
      </StateBadge>
    );
  const isLate = phase === 'late';
  return (
    <StateBadge
      shape={phase === 'over' || phase === 'not_yet' ? 'hollow' : isLate ? 'half' : 'solid'}
      tone={isLate ? 'caution' : phase === 'regular' ? 'positive' : 'neutral'}
    >
      {PHASE_LABELS[phase]}
    </StateBadge>
  );
}

const VERDICT_LOOKS = {
  eligible: { shape: 'solid', tone: 'positive' },
  needs_look: { shape: 'half', tone: 'caution' },
  refused: { shape: 'hollow', tone: 'danger' },
} as const;

export function VerdictBadge({ verdict }: { verdict: Verdict }) {
  return <StateBadge {...VERDICT_LOOKS[verdict]}>{VERDICT_LABELS[verdict]}</StateBadge>;
}

const STATUS_LOOKS = {
  registered: { shape: 'dot', tone: 'pending' },
  first_checked: { shape: 'dot', tone: 'pending' },
  approved: { shape: 'solid', tone: 'positive' },
  returned: { shape: 'half', tone: 'caution' },
  refused: { shape: 'hollow', tone: 'danger' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
  deferred: { shape: 'half', tone: 'neutral' },
  exempt: { shape: 'solid', tone: 'neutral' },
} as const;

export function RegistrationBadge({ status }: { status: RegistrationStatus }) {
  return <StateBadge {...STATUS_LOOKS[status]}>{REGISTRATION_LABELS[status]}</StateBadge>;
}
