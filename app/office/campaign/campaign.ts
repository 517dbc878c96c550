import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { WorkdayExceptions } from '../workday/workday.ts';
import { addWorkdays } from '../workday/workday.ts';

/** open: units answer, the bureau reviews · closed: filling is over · approved: the document is there · announced. */
export const CAMPAIGN_STATES = ['open', 'closed', 'approved', 'announced'] as const;
export type CampaignState = (typeof CAMPAIGN_STATES)[number];

export const CAMPAIGN_STATE_LABELS: Readonly<Record<CampaignState, string>> = {
  open: '填报中',
  closed: '已截止',
  approved: '已批准',
  announced: '已公告',
};

/** 未报 · 已报 · 退回 · 已审. */
export const TARGET_STATES = ['waiting', 'submitted', 'returned', 'accepted'] as const;
export type TargetState = (typeof TARGET_STATES)[number];

export const TARGET_STATE_LABELS: Readonly<Record<TargetState, string>> = {
  waiting: '未报',
  submitted: '已报',
  returned: '退回',
  accepted: '已审',
};

/** Targets from which an answer is still owed. */
export const OWING_STATES: readonly TargetState[] = ['waiting', 'returned'];

export const CAMPAIGN_EVENT_LABELS = {
  issued: '下发',
  reminded: '催报',
  submitted: '填报',
  returned: '退回',
  accepted: '审核通过',
  extended: '延期',
  closed: '截止填报',
  reopened: '恢复填报',
  approved: '批准',
  announced: '公告',
  paper_drawn: '生成文书',
} as const;
export type CampaignEventKind = keyof typeof CAMPAIGN_EVENT_LABELS;

/** Longest deadline of one campaign, in 工作日. */
export const MAX_WORKDAYS = 120;

/** Last day for answers: so many 工作日 after the day of issue, which is not counted itself (§11.4; 调休 counted). */
export function dueDayOf(issuedDay: Day, workdays: number, exceptions: WorkdayExceptions): Day {
  return addWorkdays(issuedDay, workdays, exceptions);
}

export interface CampaignFacts {
  readonly state: CampaignState;
  readonly dueDay: Day;
  readonly version: number;
}

export interface TargetFacts {
  readonly state: TargetState;
  readonly dueDay: Day;
  readonly version: number;
  readonly answerNo: number;
}

/** Late: an answer is owed and its last day has passed. */
export function isOverdue(target: Pick<TargetFacts, 'state' | 'dueDay'>, today: Day): boolean {
  return OWING_STATES.includes(target.state) && today > target.dueDay;
}

export type SubmitRefusal = 'CAMPAIGN_CLOSED' | 'ACCEPTED_ALREADY' | 'CHANGED_MEANWHILE';

/**
 * Whether a unit may answer now. An answer that waits for review may be replaced by a better one; an accepted one may
 * not. After the last day it is taken and marked late, until the bureau closes the campaign.
 */
export function decideSubmit(
  campaign: Pick<CampaignFacts, 'state'>,
  target: TargetFacts,
  asked: { readonly expectedVersion: number; readonly today: Day },
): Outcome<{ readonly answerNo: number; readonly isLate: boolean }, SubmitRefusal> {
  if (campaign.state !== 'open') return refused('CAMPAIGN_CLOSED');
  if (target.state === 'accepted') return refused('ACCEPTED_ALREADY');
  if (target.version !== asked.expectedVersion) return refused('CHANGED_MEANWHILE');
  return done({ answerNo: target.answerNo + 1, isLate: asked.today > target.dueDay });
}

export type ReviewVerdict = 'accepted' | 'returned';
export type ReviewRefusal = 'NOT_UNDER_REVIEW' | 'REASON_REQUIRED' | 'CHANGED_MEANWHILE' | 'CAMPAIGN_DECIDED';

/** Accepting takes an answer that waits; returning also one already accepted, as long as nothing is approved. */
export function decideReview(
  campaign: Pick<CampaignFacts, 'state'>,
  target: TargetFacts,
  asked: {
    readonly verdict: ReviewVerdict;
    readonly reason: string | null;
    readonly expectedVersion: number;
  },
): Outcome<{ readonly state: TargetState }, ReviewRefusal> {
  if (campaign.state === 'approved' || campaign.state === 'announced') return refused('CAMPAIGN_DECIDED');
  const from: readonly TargetState[] =
    asked.verdict === 'accepted' ? ['submitted'] : ['submitted', 'accepted'];
  if (!from.includes(target.state)) return refused('NOT_UNDER_REVIEW');
  if (target.version !== asked.expectedVersion) return refused('CHANGED_MEANWHILE');
  if (asked.verdict === 'returned' && !asked.reason?.trim()) return refused('REASON_REQUIRED');
  return done({ state: asked.verdict });
}

export type ExtendRefusal = 'CAMPAIGN_CLOSED' | 'NOT_LATER';

/** A later last day. Refusals: CAMPAIGN_CLOSED; NOT_LATER (not after today and after the present last day). */
export function decideExtension(
  campaign: Pick<CampaignFacts, 'state'>,
  days: { readonly present: Day; readonly asked: Day; readonly today: Day },
): Outcome<Day, ExtendRefusal> {
  if (campaign.state !== 'open') return refused('CAMPAIGN_CLOSED');
  if (days.asked <= days.present || days.asked < days.today)
    return refused('NOT_LATER', { day: days.present });
  return done(days.asked);
}

export type StepRefusal =
  | 'CAMPAIGN_CLOSED'
  | 'NOT_CLOSED'
  | 'CHANGED_MEANWHILE'
  | 'REVIEW_PENDING'
  | 'NOTHING_ACCEPTED'
  | 'NOT_APPROVED'
  | 'CALLED_OFF';

export type CampaignStep = 'close' | 'reopen' | 'approve' | 'announce';

const FROM: Readonly<Record<CampaignStep, readonly CampaignState[]>> = {
  close: ['open'],
  reopen: ['closed'],
  approve: ['open', 'closed'],
  announce: ['approved'],
};
const TO: Readonly<Record<CampaignStep, CampaignState>> = {
  close: 'closed',
  reopen: 'open',
  approve: 'approved',
  announce: 'announced',
};
const WRONG_STATE: Readonly<Record<CampaignStep, StepRefusal>> = {
  close: 'CAMPAIGN_CLOSED',
  reopen: 'NOT_CLOSED',
  approve: 'CAMPAIGN_CLOSED',
  announce: 'NOT_APPROVED',
};

/** Steps that a campaign does not take any more whose matter was called off: nobody is asked again for nothing. */
export const endsWithMatter = (step: CampaignStep): boolean => step === 'reopen' || step === 'approve';

/**
 * A step of the whole campaign. Approval needs every answer reviewed and at least one accepted; units that have not
 * answered are left out of it and stay as they were. What was called off is neither opened again nor approved.
 */
export function decideStep(
  campaign: CampaignFacts,
  step: CampaignStep,
  asked: {
    readonly expectedVersion: number;
    readonly counts: Readonly<Record<TargetState, number>>;
    readonly isCalledOff: boolean;
  },
): Outcome<CampaignState, StepRefusal> {
  if (!FROM[step].includes(campaign.state)) return refused(WRONG_STATE[step]);
  if (campaign.version !== asked.expectedVersion) return refused('CHANGED_MEANWHILE');
  if (asked.isCalledOff && endsWithMatter(step)) return refused('CALLED_OFF');
  if (step === 'approve') {
    if (asked.counts.submitted > 0) return refused('REVIEW_PENDING', { count: asked.counts.submitted });
    if (asked.counts.accepted === 0) return refused('NOTHING_ACCEPTED');
  }
  return done(TO[step]);
}

/** Names of the tasks a unit's part opens: each return and each extension is another round. */
export const answerTaskKey = (targetId: string, taskNo: number): string => `${targetId}:${taskNo}`;
export const reviewTaskKey = (targetId: string, answerNo: number): string => `${targetId}:${answerNo}`;

export const answerPath = (campaignId: string, unitId: string): string =>
  `/coordinate/campaigns/${campaignId}?unit=${unitId}`;
export const approvalPath = (campaignId: string): string => `/bureau/campaigns/${campaignId}/approval`;
export const boardPath = (campaignId: string): string => `/bureau/campaigns/${campaignId}`;
export const reviewPath = (campaignId: string, unitId: string): string =>
  `/bureau/campaigns/${campaignId}/targets/${unitId}`;
