import type { RegionRules } from '#app/organization/rules/region-rules.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { CertificateState } from './certificate.ts';
import type { CardNow, Decision, TransitionRefusal } from './lifecycle.ts';
import { decideTransition, lastDayOfMonths } from './lifecycle.ts';

/** What is settled before a card is issued. */
export interface IssueFacts {
  readonly certificateNo: string;
  readonly legalBasis: string;
  readonly documentNo: string | null;
  /** 经办 is who reviewed the application, 复核 who approved it: the two pairs of eyes on the card itself. */
  readonly operatorId: string | null;
  readonly approverId: string | null;
  /** Account that pressed the button. */
  readonly issuedBy: string;
  readonly today: Day;
}

export interface PlannedEvent extends Omit<Decision, 'operator' | 'approver'> {
  readonly fromState: CertificateState | null;
  readonly toState: CertificateState;
}

export interface IssuePlan {
  readonly validFromDay: Day;
  readonly validToDay: Day;
  /** `issued`, then `handed_over`: number, print and hand-over in one guided act (T4). */
  readonly events: readonly PlannedEvent[];
}

/** Validity of a card issued on a day: whole months, last day included. */
export function validityFrom(day: Day, rules: Pick<RegionRules, 'certificateValidityMonths'>): Day {
  return lastDayOfMonths(day, rules.certificateValidityMonths.value);
}

const STEPS = [
  { kind: 'issued', reasonCode: 'first_issue' },
  { kind: 'handed_over', reasonCode: 'handed_over' },
] as const satisfies readonly Pick<Decision, 'kind' | 'reasonCode'>[];

/** The two events of a first issue, each allowed by the transition table. Refusals: those of `decideTransition`. */
export function planIssue(facts: IssueFacts, rules: RegionRules): Outcome<IssuePlan, TransitionRefusal> {
  const { today, certificateNo } = facts;
  const validToDay = validityFrom(today, rules);
  const limits = {
    suspensionMonthsMin: rules.suspensionMonthsMin.value,
    suspensionMonthsMax: rules.suspensionMonthsMax.value,
  };
  const events: PlannedEvent[] = [];
  for (const step of STEPS) {
    const fromState = events.at(-1)?.toState ?? null;
    const card: CardNow = {
      state: fromState,
      isLost: false,
      validToDay,
      lastEffectiveDay: fromState === null ? null : today,
      suspendedFromDay: null,
      suspendedUntilDay: null,
    };
    const { operator, approver, ...paper } = {
      ...step,
      legalBasis: facts.legalBasis,
      documentNo: facts.documentNo,
      decidingAuthority: rules.issuingAuthority.value,
      decisionDay: today,
      effectiveFromDay: today,
      effectiveToDay: null,
      detail:
        step.kind === 'issued'
          ? { certificateNo, validFromDay: today, validToDay, issuedBy: facts.issuedBy }
          : {},
      operator: facts.operatorId,
      approver: facts.approverId,
    } satisfies Decision;
    const decided = decideTransition(card, { ...paper, operator, approver }, { today, rules: limits });
    if (!decided.ok) return decided;
    events.push({ ...paper, fromState, toState: decided.value.toState });
  }
  return done({ validFromDay: today, validToDay, events });
}
