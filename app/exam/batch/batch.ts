import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { ExamPurpose } from '../eligibility/eligibility.ts';

/** 考试批次: one call for registration of a region (domain.md §5.5, §11.4). */
export const BATCH_STATUSES = ['draft', 'open', 'closed', 'cancelled'] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** State of a batch in words and shape. */
export const BATCH_STATUS_WORDS = {
  draft: { label: '草稿', shape: 'dot', tone: 'pending' },
  open: { label: '报名中', shape: 'solid', tone: 'positive' },
  closed: { label: '报名结束', shape: 'hollow', tone: 'neutral' },
  cancelled: { label: '已取消', shape: 'hollow', tone: 'danger' },
} as const satisfies Record<BatchStatus, { label: string; shape: string; tone: string }>;

export interface BatchWindows {
  readonly registerFrom: Date;
  readonly registerUntil: Date;
  /** 补报 after the registration until this instant; null: none. */
  readonly lateUntil: Date | null;
  /** 撤报 until this instant. */
  readonly withdrawUntil: Date;
}

export type WindowsRefusal = 'TIMES_NOT_IN_ORDER' | 'LATE_BEFORE_END' | 'WITHDRAW_BEFORE_BEGIN';

/** Refusals: TIMES_NOT_IN_ORDER (begin ≥ end), LATE_BEFORE_END (补报 ends before 报名), WITHDRAW_BEFORE_BEGIN. */
export function checkWindows(windows: BatchWindows): Outcome<null, WindowsRefusal> {
  const { registerFrom, registerUntil, lateUntil, withdrawUntil } = windows;
  if (registerFrom >= registerUntil) return refused('TIMES_NOT_IN_ORDER');
  if (lateUntil !== null && lateUntil < registerUntil) return refused('LATE_BEFORE_END');
  return withdrawUntil <= registerFrom ? refused('WITHDRAW_BEFORE_BEGIN') : done(null);
}

export type Phase = 'not_yet' | 'regular' | 'late' | 'over';

/** What a unit may do now: register, register late with a reason, or nothing. An end belongs to its window. */
export function phaseOf(batch: BatchWindows & { readonly status: BatchStatus }, now: Date): Phase {
  if (batch.status === 'draft' || (batch.status === 'open' && now < batch.registerFrom)) return 'not_yet';
  if (batch.status !== 'open') return 'over';
  if (now <= batch.registerUntil) return 'regular';
  return batch.lateUntil !== null && now <= batch.lateUntil ? 'late' : 'over';
}

export const PHASE_LABELS: Readonly<Record<Phase, string>> = {
  not_yet: '未开始报名',
  regular: '报名中',
  late: '补报中',
  over: '报名结束',
};

/** A withdrawal is possible until its own instant, also after registration is over; not in a cancelled batch. */
export function mayWithdraw(batch: BatchWindows & { readonly status: BatchStatus }, now: Date): boolean {
  return (batch.status === 'open' || batch.status === 'closed') && now <= batch.withdrawUntil;
}

export const BATCH_STEPS = ['open', 'close', 'reopen', 'cancel'] as const;
export type BatchStep = (typeof BATCH_STEPS)[number];

const FROM: Readonly<Record<BatchStep, readonly BatchStatus[]>> = {
  open: ['draft'],
  close: ['open'],
  reopen: ['closed'],
  cancel: ['draft', 'open', 'closed'],
};
const TO: Readonly<Record<BatchStep, BatchStatus>> = {
  open: 'open',
  close: 'closed',
  reopen: 'open',
  cancel: 'cancelled',
};

export type BatchStepRefusal =
  'STEP_NOT_POSSIBLE' | 'CHANGED_MEANWHILE' | 'REASON_REQUIRED' | 'ATTEMPTS_EXIST' | 'REGISTRATION_OVER';

/**
 * A step of the whole batch. Refusals: STEP_NOT_POSSIBLE (not from this state), CHANGED_MEANWHILE, REASON_REQUIRED (to
 * cancel or reopen), ATTEMPTS_EXIST (somebody has sat: nothing is cancelled any more), REGISTRATION_OVER (open or
 * reopen after the last instant of registering: the dates are changed first).
 */
export function decideBatchStep(
  batch: BatchWindows & { readonly status: BatchStatus; readonly version: number },
  asked: {
    readonly step: BatchStep;
    readonly reason: string | null;
    readonly expectedVersion: number;
    readonly attempts: number;
    readonly now: Date;
  },
): Outcome<BatchStatus, BatchStepRefusal> {
  const { step, reason, expectedVersion, attempts, now } = asked;
  if (!FROM[step].includes(batch.status)) return refused('STEP_NOT_POSSIBLE');
  if (batch.version !== expectedVersion) return refused('CHANGED_MEANWHILE');
  const needsReason = step === 'cancel' || step === 'reopen';
  if (needsReason && (reason ?? '').trim() === '') return refused('REASON_REQUIRED');
  if (step === 'cancel' && attempts > 0) return refused('ATTEMPTS_EXIST', { count: attempts });
  const ends = step === 'open' || step === 'reopen';
  if (ends && now > (batch.lateUntil ?? batch.registerUntil)) return refused('REGISTRATION_OVER');
  return done(TO[step]);
}

export const BATCH_EVENT_LABELS: Readonly<Record<string, string>> = {
  created: '建立批次',
  changed: '调整时间',
  opened: '开放报名',
  closed: '结束报名',
  reopened: '恢复报名',
  cancelled: '取消批次',
  campaign_issued: '下发报名通知',
  sitting_added: '增加场次',
  results_released: '发布成绩',
  eligibility_rechecked: '重新核对资格',
  region_followed: '随区划调整移交',
};

/** Blueprints for holders of a card (domain.md §5.2: P2 换证/年度考试); every other is for those who have none. */
const RENEWAL_BLUEPRINTS: readonly string[] = ['P2'];

export const purposeOf = (batch: { readonly blueprintCode: string }): ExamPurpose =>
  RENEWAL_BLUEPRINTS.includes(batch.blueprintCode) ? 'renewal' : 'qualification';

export const batchPath = (batchId: string): string => `/bureau/exams/batches/${batchId}`;
export const recheckPath = (batchId: string): string => `${batchPath(batchId)}/eligibility`;
export const unitBatchPath = (batchId: string): string => `/coordinate/registrations/${batchId}`;
export const registrationPath = (registrationId: string): string =>
  `/coordinate/registrations/person/${registrationId}`;
