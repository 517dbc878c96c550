import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, addMonths, parseDay } from '#app/platform/time/day.ts';
import type { CertificateState, Standing } from './certificate.ts';
import { CERTIFICATE_STATES, isFinal, standingOf } from './certificate.ts';
import type { ReasonCode } from './reasons.ts';
import type { EventKind, Transition } from './transition-table.ts';
import { TRANSITIONS } from './transition-table.ts';

/** A card before a decision; `state` is null before it exists. */
export interface CardNow {
  readonly state: CertificateState | null;
  readonly isLost: boolean;
  readonly validToDay: Day;
  /** Effect day of the last event that changed anything; null before the first. */
  readonly lastEffectiveDay: Day | null;
  /** While suspended: first and last day of the hold. */
  readonly suspendedFromDay: Day | null;
  readonly suspendedUntilDay: Day | null;
}

export type DetailValue = string | number | boolean;

/** What somebody wants to become true, with everything that domain.md §6.3 requires on an event. */
export interface Decision {
  readonly kind: EventKind;
  readonly reasonCode: ReasonCode;
  readonly legalBasis: string;
  readonly documentNo: string | null;
  readonly decidingAuthority: string;
  readonly decisionDay: Day;
  readonly effectiveFromDay: Day;
  readonly effectiveToDay: Day | null;
  readonly detail: Readonly<Record<string, DetailValue>>;
  /** 经办 and 复核, by natural person; null for the system, which decides nothing. */
  readonly operator: string | null;
  readonly approver: string | null;
}

export interface LifecycleRules {
  readonly suspensionMonthsMin: number;
  readonly suspensionMonthsMax: number;
}

export type TransitionRefusal =
  | 'NOT_ALLOWED_FROM'
  | 'FINAL_STATE'
  | 'CARD_IS_LOST'
  | 'CARD_IS_NOT_LOST'
  | 'REASON_NOT_ALLOWED'
  | 'LEGAL_BASIS_REQUIRED'
  | 'AUTHORITY_REQUIRED'
  | 'DOCUMENT_NO_REQUIRED'
  | 'DETAIL_REQUIRED'
  | 'TWO_PERSONS_NEEDED'
  | 'DECISION_IN_FUTURE'
  | 'EFFECT_IN_FUTURE'
  | 'EFFECT_BEFORE_LAST_EVENT'
  | 'EFFECT_BEFORE_DECISION'
  | 'PERIOD_REQUIRED'
  | 'PERIOD_OUT_OF_RANGE'
  | 'PERIOD_NOT_OVER';

export interface Moved {
  readonly rule: Transition['rule'];
  readonly toState: CertificateState;
  readonly isLost: boolean;
}

const standingBefore = (card: CardNow, day: Day): Standing | 'none' =>
  card.state === null ? 'none' : standingOf(card.state, card.validToDay, day);

/** The row that allows the event, or why none does. */
function findTransition(
  card: CardNow,
  kind: EventKind,
  day: Day,
): Outcome<Transition, 'NOT_ALLOWED_FROM' | 'FINAL_STATE' | 'CARD_IS_LOST' | 'CARD_IS_NOT_LOST'> {
  const standing = standingBefore(card, day);
  const rows = TRANSITIONS.filter((row) => row.kind === kind && row.from.includes(standing));
  const fitting = rows.find((row) => row.lost === 'any' || (row.lost === 'must') === card.isLost);
  if (fitting) return done(fitting);
  const detail = { kind, standing };
  if (rows.length > 0) return refused(card.isLost ? 'CARD_IS_LOST' : 'CARD_IS_NOT_LOST', detail);
  if (card.state !== null && isFinal(card.state)) return refused('FINAL_STATE', detail);
  return refused('NOT_ALLOWED_FROM', detail);
}

/** Events that a card in this standing may undergo today: what the page offers. */
export function allowedKinds(card: CardNow, today: Day): EventKind[] {
  const kinds = [...new Set(TRANSITIONS.map((row) => row.kind))];
  return kinds.filter((kind) => findTransition(card, kind, today).ok);
}

const isFilled = (value: DetailValue | undefined): boolean =>
  value !== undefined && (typeof value !== 'string' || value.trim() !== '');

function refusePaper(row: Transition, decision: Decision): Outcome<null, TransitionRefusal> {
  if (!row.reasons.includes(decision.reasonCode))
    return refused('REASON_NOT_ALLOWED', { reason: decision.reasonCode });
  if (decision.legalBasis.trim() === '') return refused('LEGAL_BASIS_REQUIRED');
  if (decision.decidingAuthority.trim() === '') return refused('AUTHORITY_REQUIRED');
  if (row.needsDocumentNo && (decision.documentNo ?? '').trim() === '')
    return refused('DOCUMENT_NO_REQUIRED');
  for (const field of row.needs) {
    const value = decision.detail[field.name];
    const isGood = isFilled(value) && (field.type !== 'day' || parseDay(String(value)) !== null);
    if (!isGood) return refused('DETAIL_REQUIRED', { field: field.name, label: field.label });
  }
  return done(null);
}

/** 经办 ≠ 复核; a correction needs a second approver beside them (domain.md §6.2). */
function refusePersons(row: Transition, decision: Decision): Outcome<null, TransitionRefusal> {
  if (row.persons === 'none') return done(null);
  const { operator, approver } = decision;
  const people =
    row.persons === 'three'
      ? [operator, approver, decision.detail.secondApprover ?? null]
      : [operator, approver];
  const areThere = people.every((person) => person !== null && person !== '');
  return areThere && new Set(people).size === people.length ? done(null) : refused('TWO_PERSONS_NEEDED');
}

function refuseDays(
  row: Transition,
  card: CardNow,
  decision: Decision,
  today: Day,
): Outcome<null, TransitionRefusal> {
  const { decisionDay, effectiveFromDay } = decision;
  if (decisionDay > today) return refused('DECISION_IN_FUTURE', { today });
  // The register says what is true now: an effect that has not come yet is recorded on the day it comes.
  if (effectiveFromDay > today) return refused('EFFECT_IN_FUTURE', { today });
  if (!row.isCorrection && card.lastEffectiveDay !== null && effectiveFromDay < card.lastEffectiveDay)
    return refused('EFFECT_BEFORE_LAST_EVENT', { day: card.lastEffectiveDay });
  if (row.isSanction && effectiveFromDay < decisionDay)
    return refused('EFFECT_BEFORE_DECISION', { day: decisionDay });
  return done(null);
}

/** Last day of a stretch of whole months that begins on `from`: 2026-03-10 and 1 month → 2026-04-09. */
export function lastDayOfMonths(from: Day, months: number): Day {
  return addDays(addMonths(from, months), -1);
}

/** Length of a suspension (T5, T6) and its end (T7). An extension counts from the first day of the hold. */
function refusePeriod(
  row: Transition,
  card: CardNow,
  decision: Decision,
  rules: LifecycleRules,
): Outcome<null, TransitionRefusal> {
  const { effectiveFromDay: from, effectiveToDay: until } = decision;
  if (row.period === 'none') return done(null);
  if (row.period === 'must_be_over') {
    const isOver = card.suspendedUntilDay === null || from > card.suspendedUntilDay;
    return isOver ? done(null) : refused('PERIOD_NOT_OVER', { until: card.suspendedUntilDay });
  }
  if (until === null) return refused('PERIOD_REQUIRED');
  const first = row.period === 'extended' ? (card.suspendedFromDay ?? from) : from;
  const isLonger =
    row.period !== 'extended' || card.suspendedUntilDay === null || until > card.suspendedUntilDay;
  const isInRange =
    until >= lastDayOfMonths(first, rules.suspensionMonthsMin) &&
    until <= lastDayOfMonths(first, rules.suspensionMonthsMax);
  if (isInRange && isLonger) return done(null);
  return refused('PERIOD_OUT_OF_RANGE', { min: rules.suspensionMonthsMin, max: rules.suspensionMonthsMax });
}

function targetState(row: Transition, card: CardNow, decision: Decision): CertificateState {
  if (row.to !== 'unchanged' && row.to !== 'named_in_detail') return row.to;
  if (row.to === 'named_in_detail') {
    const named = CERTIFICATE_STATES.find((state) => state === decision.detail.restoredState);
    invariant(named, 'a correction names the state that is restored');
    return named;
  }
  invariant(card.state, 'an event that changes no state has a card to happen to');
  return card.state;
}

/**
 * What an event does to a card, or which refusal names what is missing. Rule: domain.md §6.3, T4–T18; table in
 * `transition-table.ts`. Pure: `today` is the day on which it is decided.
 */
export function decideTransition(
  card: CardNow,
  decision: Decision,
  context: { readonly today: Day; readonly rules: LifecycleRules },
): Outcome<Moved, TransitionRefusal> {
  const found = findTransition(card, decision.kind, context.today);
  if (!found.ok) return found;
  const row = found.value;
  const checks = [
    refusePaper(row, decision),
    refusePersons(row, decision),
    refuseDays(row, card, decision, context.today),
    refusePeriod(row, card, decision, context.rules),
  ];
  for (const check of checks) if (!check.ok) return check;
  if (
    row.to === 'named_in_detail' &&
    !CERTIFICATE_STATES.some((state) => state === decision.detail.restoredState)
  )
    return refused('DETAIL_REQUIRED', { field: 'restoredState', label: '更正后的状态' });
  const toState = targetState(row, card, decision);
  const staysOut = toState === 'active' || toState === 'suspended';
  return done({
    rule: row.rule,
    toState,
    isLost: row.setsLost || (staysOut && card.isLost && !row.isCorrection),
  });
}
