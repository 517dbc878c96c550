import type { Day } from '#app/platform/time/day.ts';
import { addDays } from '#app/platform/time/day.ts';

/** States of a card as its events leave it (domain.md §6.2). Expiry and loss are not among them: see `Standing`. */
export const CERTIFICATE_STATES = [
  'pending_print',
  'active',
  'suspended',
  'recovered',
  'cancelled',
  'revoked',
  'superseded',
] as const;
export type CertificateState = (typeof CERTIFICATE_STATES)[number];

/** Ends are final: only a compensating correction leads out of them. */
export const FINAL_STATES = [
  'cancelled',
  'revoked',
  'superseded',
] as const satisfies readonly CertificateState[];

export function isFinal(state: CertificateState): boolean {
  return FINAL_STATES.some((final) => final === state);
}

/** A state with the expiry that its validity computes (T12: only an active card expires). */
export type Standing = CertificateState | 'expired';

export function standingOf(state: CertificateState, validToDay: Day, day: Day): Standing {
  return state === 'active' && day > validToDay ? 'expired' : state;
}

/** What people are told about a card. A lost card is never told as valid. */
export const SHOWN_STANDINGS = [
  'active',
  'suspended',
  'lost',
  'expired',
  'pending_print',
  'recovered',
  'cancelled',
  'revoked',
  'superseded',
] as const satisfies readonly (Standing | 'lost')[];
export type ShownStanding = (typeof SHOWN_STANDINGS)[number];

/** The true word of each standing, for ever; never a bare 「无效」, which would suggest that past acts were void (§6.8). */
export const STANDING_WORDS: Readonly<Record<ShownStanding, string>> = {
  active: '有效',
  suspended: '暂扣',
  lost: '已挂失',
  expired: '已过有效期',
  pending_print: '待制证',
  recovered: '已收回',
  cancelled: '已注销',
  revoked: '已吊销',
  superseded: '已换发',
};

export function shownStanding(
  state: CertificateState,
  isLost: boolean,
  validToDay: Day,
  day: Day,
): ShownStanding {
  if (isLost && (state === 'active' || state === 'suspended')) return 'lost';
  return standingOf(state, validToDay, day);
}

/** 有效、暂扣、已收回、已注销、已吊销、已过有效期、已挂失、已换发 (or 待制证, which is never shown to the public). */
export function displayWord(state: CertificateState, isLost: boolean, validToDay: Day, today: Day): string {
  return STANDING_WORDS[shownStanding(state, isLost, validToDay, today)];
}

/** Shape and tone of the badge; ui.md: solid = holds, half = held back, hollow = ended, dot = waits. */
export const STANDING_LOOKS = {
  active: { shape: 'solid', tone: 'positive' },
  suspended: { shape: 'half', tone: 'caution' },
  lost: { shape: 'half', tone: 'danger' },
  expired: { shape: 'hollow', tone: 'caution' },
  pending_print: { shape: 'dot', tone: 'pending' },
  recovered: { shape: 'hollow', tone: 'neutral' },
  cancelled: { shape: 'hollow', tone: 'neutral' },
  revoked: { shape: 'hollow', tone: 'danger' },
  superseded: { shape: 'hollow', tone: 'neutral' },
} as const satisfies Readonly<Record<ShownStanding, { shape: string; tone: string }>>;

/** First day on which the card is past its validity. */
export function expiredSince(validToDay: Day): Day {
  return addDays(validToDay, 1);
}
