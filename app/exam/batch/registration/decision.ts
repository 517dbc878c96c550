import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Verdict } from '../../eligibility/eligibility.ts';
import type { RegistrationStatus } from '../../sitting/registration.ts';
import { afterAct } from '../../sitting/registration.ts';
import type { BatchStatus } from '../batch.ts';

/** What the bureau may say about one registration; decline answers a request for 缓考 or 免考 with no, revoke ends a 免考. */
export const DECISIONS = [
  'approve',
  'return',
  'refuse',
  'defer',
  'exempt',
  'decline',
  'reopen',
  'revoke',
] as const;
export type Decision = (typeof DECISIONS)[number];

export const DECISION_LABELS: Readonly<Record<Decision, string>> = {
  approve: '审核通过',
  return: '退回单位',
  refuse: '审核不通过',
  defer: '同意缓考',
  exempt: '同意免考',
  decline: '不同意申请',
  reopen: '恢复审核',
  revoke: '撤销免考',
};

export interface DecisionFacts {
  readonly status: RegistrationStatus;
  readonly version: number;
  readonly asked: 'defer' | 'exempt' | null;
  readonly batchStatus: BatchStatus;
  /** As the rules say now, with their first reason. */
  readonly verdict: Verdict;
  readonly firstReason: string;
  /** Lies in a township: the 司法所 checks first (HY13). */
  readonly isTownship: boolean;
  /** The actor registered the person, or is the person. */
  readonly isOwn: boolean;
  readonly hasAttempt: boolean;
  /** The last entry to the sitting in which the person has a place is over: who has not come is 缺考 in its list. */
  readonly isEntryOver: boolean;
}

export type DecideRegistrationRefusal =
  | 'CHANGED_MEANWHILE'
  | 'STEP_NOT_POSSIBLE'
  | 'ATTEMPTS_EXIST'
  | 'ENTRY_OVER'
  | 'EXAM_HELD'
  | 'OWN_REGISTRATION'
  | 'NOT_ELIGIBLE'
  | 'NOTHING_ASKED'
  | 'NOTHING_ASKED_FOR_EXEMPTION'
  | 'REASON_REQUIRED';

/** 免考 stands for the exam: who may not sit it is not spared it either. */
export const needsEligible = (decision: Decision): boolean => decision === 'approve' || decision === 'exempt';

const needsReason = (facts: DecisionFacts, decision: Decision): boolean => {
  if (decision === 'approve')
    return facts.verdict === 'needs_look' || (facts.isTownship && facts.status === 'registered');
  if (decision === 'defer' && facts.isEntryOver) return true;
  return !((decision === 'defer' || decision === 'exempt') && facts.asked === decision);
};

/** What would put somebody into the list of a sitting: as expected, as excused, or on the way there. */
const LEADS_INTO_LIST: readonly Decision[] = ['approve', 'defer', 'reopen'];

/**
 * Why a decision would rewrite the list of an exam that was held; null where it leaves the list alone. ENTRY_OVER: who is in
 * it stays in it, 缺考 stays 缺考; an absence that is excused afterwards is 缓考, which the list says. EXAM_HELD: who is not in
 * it does not come into it any more.
 */
export function refusalOfHeldExam(
  facts: Pick<DecisionFacts, 'status' | 'isEntryOver'>,
  decision: Decision,
): 'ENTRY_OVER' | 'EXAM_HELD' | null {
  if (!facts.isEntryOver) return null;
  if (facts.status === 'approved')
    return decision === 'defer' || decision === 'decline' ? null : 'ENTRY_OVER';
  return LEADS_INTO_LIST.includes(decision) ? 'EXAM_HELD' : null;
}

/** In a cancelled batch only a 免考 is still taken back: it counts beyond the batch. */
const isPossibleIn = (status: BatchStatus, decision: Decision): boolean =>
  status === 'open' || status === 'closed' || (status === 'cancelled' && decision === 'revoke');

/** Neither an answer with no nor the end of a 免考 touches what somebody has answered in the exam. */
const LEAVES_ATTEMPTS: readonly Decision[] = ['decline', 'revoke'];

/**
 * Whether the bureau may decide so now. What the rules refuse is neither approved nor exempted (the register is corrected
 * first); what needs a look, or was not checked first by the 司法所, is approved with a reason. 免考 needs the unit's request
 * with its proof, and is taken back at any time, also after the exam and in a cancelled batch. Who has begun to answer is not
 * decided on, but a request may be declined. Refusals: CHANGED_MEANWHILE; STEP_NOT_POSSIBLE; ATTEMPTS_EXIST; ENTRY_OVER and
 * EXAM_HELD (see `refusalOfHeldExam`); OWN_REGISTRATION; NOT_ELIGIBLE; NOTHING_ASKED; NOTHING_ASKED_FOR_EXEMPTION;
 * REASON_REQUIRED.
 */
export function decideRegistration(
  facts: DecisionFacts,
  asked: { readonly decision: Decision; readonly note: string | null; readonly expectedVersion: number },
): Outcome<{ readonly note: string | null }, DecideRegistrationRefusal> {
  const { decision } = asked;
  if (facts.version !== asked.expectedVersion) return refused('CHANGED_MEANWHILE');
  if (!isPossibleIn(facts.batchStatus, decision)) return refused('STEP_NOT_POSSIBLE');
  if (decision === 'decline') {
    if (facts.asked === null) return refused('NOTHING_ASKED');
  } else if (afterAct(facts.status, decision) === null) return refused('STEP_NOT_POSSIBLE');
  if (facts.hasAttempt && !LEAVES_ATTEMPTS.includes(decision)) return refused('ATTEMPTS_EXIST');
  const held = refusalOfHeldExam(facts, decision);
  if (held !== null) return refused(held);
  if (facts.isOwn) return refused('OWN_REGISTRATION');
  if (needsEligible(decision) && facts.verdict === 'refused')
    return refused('NOT_ELIGIBLE', { reason: facts.firstReason });
  if (decision === 'exempt' && facts.asked !== 'exempt') return refused('NOTHING_ASKED_FOR_EXEMPTION');
  const note = asked.note?.trim() ? asked.note.trim() : null;
  return note === null && needsReason(facts, decision) ? refused('REASON_REQUIRED') : done({ note });
}

/** Whether the bulk approval takes it: eligible, checked first where that is needed, nothing asked for. */
export function isClean(
  facts: Pick<DecisionFacts, 'status' | 'verdict' | 'isTownship' | 'asked' | 'isOwn'>,
): boolean {
  if (facts.verdict !== 'eligible' || facts.asked !== null || facts.isOwn) return false;
  return facts.status === 'first_checked' || (facts.status === 'registered' && !facts.isTownship);
}
