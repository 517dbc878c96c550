import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { CardNow, Decision, LifecycleRules, Moved, TransitionRefusal } from './lifecycle.ts';
import { decideTransition } from './lifecycle.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { EventKind } from './transition-table.ts';

/**
 * A decision with legal effect takes two persons: one proposes it (拟办, an event that changes no state), another
 * confirms it (the event itself, with both names) or declines. Between the two the card is what it was.
 */
export const PROPOSABLE_KINDS = [
  'suspended',
  'suspension_extended',
  'reinstated',
  'revoked',
  'recovered',
  'returned_to_post',
  'cancelled',
  'loss_reported',
] as const satisfies readonly EventKind[];
export type ProposableKind = (typeof PROPOSABLE_KINDS)[number];

/** Stands for the person who is still to come while a proposal is checked. */
const SOMEBODY_ELSE = 'somebody else';

/** Whether a proposal could become true as it stands. Refusals: those of `decideTransition`. */
export function decideProposal(
  card: CardNow,
  decision: Omit<Decision, 'approver'>,
  context: { readonly today: Day; readonly rules: LifecycleRules },
): Outcome<Moved, TransitionRefusal> {
  return decideTransition(card, { ...decision, approver: SOMEBODY_ELSE }, context);
}

interface ProposalLike {
  readonly id: string;
  readonly kind: EventKind;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** The proposal that waits for a second person; a later event that names it has answered it. */
export function openProposal<E extends ProposalLike>(events: readonly E[]): E | null {
  const last = events.findLast((event) => event.kind === 'decision_proposed');
  if (!last) return null;
  return events.some((event) => event.detail.proposalId === last.id) ? null : last;
}

export type DeclineRefusal = 'OPINION_REQUIRED';

/** A declined proposal says why; the proposer may take it back the same way. */
export function decideDecline(opinion: string): Outcome<string, DeclineRefusal> {
  const text = opinion.trim();
  return text === '' ? refused('OPINION_REQUIRED') : done(text);
}
