import type { ReasonCode } from '#app/certificate/register/reasons.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { PlannedUnit } from './city.ts';

/** What happens to a card after its issue, in order of days; the papers are made from it later. */
export type Episode =
  | {
      readonly kind: 'suspension';
      readonly day: Day;
      readonly untilDay: Day;
      readonly reason: ReasonCode;
      /** Null while the hold lasts. */
      readonly reinstatedDay: Day | null;
    }
  | { readonly kind: 'loss'; readonly day: Day }
  | {
      readonly kind: 'succession';
      readonly how: 'renewed' | 'amended' | 'replaced_after_loss';
      readonly day: Day;
      readonly successorKey: string;
    }
  | { readonly kind: 'recovery'; readonly day: Day; readonly leaveDay: Day; readonly reason: ReasonCode }
  | { readonly kind: 'cancellation'; readonly day: Day; readonly reason: ReasonCode }
  | {
      readonly kind: 'revocation';
      readonly day: Day;
      readonly reason: ReasonCode;
      readonly reapplyNotBeforeDay: Day;
    }
  | { readonly kind: 'expiry'; readonly day: Day };

export type IssueReason = 'first_issue' | 'renewal' | 'details_changed' | 'replaced_after_loss';

/** One card of a person's chain of cards. */
export interface CardStory {
  readonly key: string;
  readonly unit: PlannedUnit;
  readonly issuedDay: Day;
  readonly validToDay: Day;
  readonly reason: IssueReason;
  readonly episodes: readonly Episode[];
}

const ISSUE_AFTER = {
  renewed: 'renewal',
  amended: 'details_changed',
  replaced_after_loss: 'replaced_after_loss',
} as const satisfies Record<string, IssueReason>;

/** Ends the last card of the chain by a new one. */
export function succeed(
  chain: readonly CardStory[],
  next: { key: string; unit: PlannedUnit; day: Day; validToDay: Day; how: keyof typeof ISSUE_AFTER },
): CardStory[] {
  const { key, unit, day, validToDay, how } = next;
  return [
    ...withEpisodes(chain, [{ kind: 'succession', how, day, successorKey: key }]),
    { key, unit, issuedDay: day, validToDay, reason: ISSUE_AFTER[how], episodes: [] },
  ];
}

/** The chain with more happening to its last card. */
export function withEpisodes(chain: readonly CardStory[], episodes: readonly Episode[]): CardStory[] {
  return chain.map((card, index) =>
    index === chain.length - 1 ? { ...card, episodes: [...card.episodes, ...episodes] } : card,
  );
}
