import type { ChangeState } from '#app/organization/change/change-kind.ts';
import { CHANGE_STATE_LABELS } from '#app/organization/change/change-kind.ts';
import type { BadgeShape, BadgeTone } from '#app/platform/ui/feedback/state-badge.tsx';
import { StateBadge } from '#app/platform/ui/feedback/state-badge.tsx';
import type { AbsenceStanding } from '#app/organization/change/absence.ts';
import type { TransferState } from '#app/organization/change/transfer.ts';
import { TRANSFER_STATE_LABELS } from '#app/organization/change/transfer.ts';

interface Look {
  readonly shape: BadgeShape;
  readonly tone: BadgeTone;
}

const CHANGE_LOOKS: Readonly<Record<ChangeState, Look>> = {
  filed: { shape: 'dot', tone: 'pending' },
  planned: { shape: 'half', tone: 'caution' },
  blocked: { shape: 'half', tone: 'danger' },
  applied: { shape: 'solid', tone: 'positive' },
  declined: { shape: 'hollow', tone: 'neutral' },
  cancelled: { shape: 'hollow', tone: 'neutral' },
};

export function ChangeBadge({ state }: { state: ChangeState }) {
  return <StateBadge {...CHANGE_LOOKS[state]}>{CHANGE_STATE_LABELS[state]}</StateBadge>;
}

const TRANSFER_LOOKS: Readonly<Record<TransferState, Look>> = {
  filed: { shape: 'dot', tone: 'pending' },
  accepted: { shape: 'solid', tone: 'positive' },
  returned: { shape: 'hollow', tone: 'caution' },
  withdrawn: { shape: 'hollow', tone: 'neutral' },
};

export function TransferBadge({ state }: { state: TransferState }) {
  return <StateBadge {...TRANSFER_LOOKS[state]}>{TRANSFER_STATE_LABELS[state]}</StateBadge>;
}

const ABSENCE_LOOKS: Readonly<Record<AbsenceStanding, Look & { word: string }>> = {
  coming: { shape: 'dot', tone: 'pending', word: '尚未开始' },
  away: { shape: 'half', tone: 'caution', word: '离岗中' },
  overdue: { shape: 'half', tone: 'danger', word: '逾期未返岗' },
  back: { shape: 'hollow', tone: 'neutral', word: '已返岗' },
};

export function AbsenceBadge({ standing }: { standing: AbsenceStanding }) {
  const { word, ...look } = ABSENCE_LOOKS[standing];
  return <StateBadge {...look}>{word}</StateBadge>;
}
