import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

/** States of an application (domain.md §6.2) and `issued`, its end when the card exists. */
export const APPLICATION_STATES = [
  'draft',
  'submitted',
  'under_review',
  'approved',
  'returned',
  'rejected',
  'issued',
] as const;
export type ApplicationState = (typeof APPLICATION_STATES)[number];

export const APPLICATION_WORDS: Readonly<Record<ApplicationState, string>> = {
  draft: '草稿',
  submitted: '单位已报',
  under_review: '初审通过，待批准',
  approved: '已批准，待核发',
  returned: '退回',
  rejected: '不予核发',
  issued: '已核发',
};

export const APPLICATION_LOOKS = {
  draft: { shape: 'dot', tone: 'neutral' },
  submitted: { shape: 'dot', tone: 'pending' },
  under_review: { shape: 'half', tone: 'pending' },
  approved: { shape: 'half', tone: 'positive' },
  returned: { shape: 'half', tone: 'caution' },
  rejected: { shape: 'hollow', tone: 'danger' },
  issued: { shape: 'solid', tone: 'positive' },
} as const satisfies Readonly<Record<ApplicationState, { shape: string; tone: string }>>;

export const APPLICATION_EVENTS = [
  'submitted',
  'accepted',
  'returned',
  'approved',
  'rejected',
  'issued',
] as const;
export type ApplicationEventKind = (typeof APPLICATION_EVENTS)[number];

export const APPLICATION_EVENT_LABELS: Readonly<Record<ApplicationEventKind, string>> = {
  submitted: '单位申报',
  accepted: '初审通过',
  returned: '退回补正',
  approved: '批准核发',
  rejected: '不予核发',
  issued: '核发证件',
};

interface ApplicationTransition {
  readonly kind: ApplicationEventKind;
  readonly from: readonly (ApplicationState | 'none')[];
  readonly to: ApplicationState;
  /** Whoever decides against the applicant says why. */
  readonly needsOpinion: boolean;
}

/** T1–T3 of domain.md §6.3, and the issue that ends the application. */
export const APPLICATION_TRANSITIONS: readonly ApplicationTransition[] = [
  { kind: 'submitted', from: ['none', 'draft', 'returned'], to: 'submitted', needsOpinion: false },
  { kind: 'accepted', from: ['submitted'], to: 'under_review', needsOpinion: false },
  { kind: 'returned', from: ['submitted', 'under_review'], to: 'returned', needsOpinion: true },
  { kind: 'approved', from: ['under_review'], to: 'approved', needsOpinion: false },
  { kind: 'rejected', from: ['under_review'], to: 'rejected', needsOpinion: true },
  { kind: 'issued', from: ['approved'], to: 'issued', needsOpinion: false },
];

/** Who has had the application in hand so far, by natural person. */
export interface Hands {
  readonly applicant: string;
  readonly filers: readonly string[];
  readonly reviewer: string | null;
}

export type ApplicationRefusal =
  'STATE_DOES_NOT_ALLOW' | 'OPINION_REQUIRED' | 'MAKER_IS_CHECKER' | 'OWN_MATTER';

/** The hands as the events show them; a new filing begins a new review. */
export function handsOf(
  applicant: string,
  events: readonly { readonly kind: ApplicationEventKind; readonly actorPerson: string }[],
): Hands {
  const filers = events.filter((event) => event.kind === 'submitted').map((event) => event.actorPerson);
  const lastFiled = events.map((event) => event.kind).lastIndexOf('submitted');
  const reviewer = events.slice(lastFiled + 1).findLast((event) => event.kind === 'accepted');
  return { applicant, filers, reviewer: reviewer?.actorPerson ?? null };
}

/**
 * What a step does to an application. Refusals: STATE_DOES_NOT_ALLOW, OPINION_REQUIRED (a return or rejection says
 * why), MAKER_IS_CHECKER (who filed does not review, who filed or reviewed does not approve), OWN_MATTER (nobody
 * checks or issues the own card).
 * @param person the natural person who acts
 */
export function decideApplicationStep(
  state: ApplicationState | null,
  kind: ApplicationEventKind,
  act: { readonly person: string; readonly hands: Hands; readonly opinion: string | null },
): Outcome<ApplicationState, ApplicationRefusal> {
  const row = APPLICATION_TRANSITIONS.find((one) => one.kind === kind);
  if (!row?.from.includes(state ?? 'none')) return refused('STATE_DOES_NOT_ALLOW', { state, kind });
  if (row.needsOpinion && (act.opinion ?? '').trim() === '') return refused('OPINION_REQUIRED');
  const { applicant, filers, reviewer } = act.hands;
  if (kind !== 'submitted' && act.person === applicant) return refused('OWN_MATTER');
  const isChecking = kind !== 'submitted' && kind !== 'issued';
  const isDeciding = kind === 'approved' || kind === 'rejected';
  if ((isChecking && filers.includes(act.person)) || (isDeciding && reviewer === act.person))
    return refused('MAKER_IS_CHECKER');
  return done(row.to);
}
