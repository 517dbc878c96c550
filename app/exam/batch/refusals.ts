import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { AddSittingRefusal } from './add-sitting.server.ts';
import type { IssueRegistrationRefusal } from './campaign/issue-registration.server.ts';
import type { AssignRemoteRefusal } from './assign-remote.server.ts';
import type { CreateBatchRefusal } from './create-batch.server.ts';
import type { ApproveCleanRefusal } from './registration/approve-clean.server.ts';
import type { DecideRefusal } from './registration/decide-registration.server.ts';
import type { FirstCheckRefusal } from './registration/first-check.server.ts';
import type { RecheckRefusal } from './registration/recheck-eligibility.server.ts';
import type { RegisterRefusal } from './registration/register-people.server.ts';
import type { AskRefusal, WithdrawRefusal } from './registration/unit-acts.server.ts';
import type { ReleaseRefusal } from './results/release-results.server.ts';
import type { ChangeWindowsRefusal, StepBatchOutcomeRefusal } from './step-batch.server.ts';

export type BatchRefusal =
  | AddSittingRefusal
  | ApproveCleanRefusal
  | AssignRemoteRefusal
  | AskRefusal
  | ChangeWindowsRefusal
  | CreateBatchRefusal
  | DecideRefusal
  | FirstCheckRefusal
  | IssueRegistrationRefusal
  | RecheckRefusal
  | RegisterRefusal
  | ReleaseRefusal
  | StepBatchOutcomeRefusal
  | WithdrawRefusal
  | 'SCAN_UNREADABLE'
  | 'NOBODY_CHOSEN';

/** What a person reads when a batch or a registration says no. */
export const BATCH_REFUSALS: RefusalTexts<BatchRefusal> = {
  ...COMMON_REFUSALS,
  CHANGED_MEANWHILE: { status: 409, text: '刚刚有他人办理过，本次操作未生效，请刷新页面核对后再办。' },
  STEP_NOT_POSSIBLE: { status: 409, text: '当前状态下不能办理这一步，请刷新页面核对。' },
  REASON_REQUIRED: { status: 422, text: '请写明理由，单位和本人都会看到。' },
  TIMES_NOT_IN_ORDER: { status: 422, text: '时间的先后不对，请核对开始、最迟入场和结束时间。' },
  LATE_BEFORE_END: { status: 422, text: '补报截止不能早于报名截止。' },
  WITHDRAW_BEFORE_BEGIN: { status: 422, text: '撤报截止须晚于报名开始。' },
  NO_NUMBER_LEFT: { status: 409, text: '{year}年的批次号已用完（最多 99 个）。' },
  BLUEPRINT_UNKNOWN: { status: 422, text: '没有这个组卷方案，请重新选择。' },
  ATTEMPTS_EXIST: { status: 409, text: '已有考生作答，不能再办理这一步。' },
  REGISTRATION_OVER: { status: 409, text: '报名和补报时间都已过，如需继续请先由司法局调整时间。' },
  REGISTRATION_NOT_OPEN: { status: 409, text: '报名还没有开始。' },
  LATE_REASON_REQUIRED: { status: 422, text: '现在是补报时间，请写明补报理由。' },
  NOT_ELIGIBLE: { status: 409, text: '{name}不符合报考条件：{reason}如登记有误，请先更正人员信息。' },
  CHECK_IN_AFTER_OPENING: { status: 422, text: '签到开始时间不能晚于开考时间。' },
  DURATION_BEYOND_END: { status: 422, text: '开考到结束的时间不够作答时长，请推迟结束时间或缩短时长。' },
  BELL_ENDS_BEFORE_ENTRY: {
    status: 422,
    text: '统一开考的，最迟入场时间须早于作答结束时间（开考时间加作答时长）。',
  },
  HAND_IN_BEYOND_DURATION: { status: 422, text: '最早交卷时间不能超过作答时长。' },
  FOCUS_LIMIT_MISSING: { status: 422, text: '请填写离开页面几次后强制交卷。' },
  IP_RANGE_UNREADABLE: {
    status: 422,
    text: '“{range}”不是网络地址。请写成 10.1.2.0/24、10.1.2.10-10.1.2.60 或 10.1.2.7。',
  },
  CODE_NEEDS_ROOMS: { status: 422, text: '开考口令按考场发放，远程考试不能使用。' },
  SITTING_IN_THE_PAST: { status: 422, text: '最迟入场时间已经过去，请重新填写考试时间。' },
  CAMPAIGN_ISSUED: { status: 409, text: '报名通知已经下发过。' },
  NO_UNITS: { status: 422, text: '本地区没有可以下发的单位。' },
  WITHDRAW_OVER: { status: 409, text: '撤报时间已过；确实不能参加的，请申请缓考。' },
  SEATED_ALREADY: { status: 409, text: '考场座位已经编排；确实不能参加的，请申请缓考。' },
  PROOF_REQUIRED: { status: 422, text: '申请免考须上传证明材料。' },
  ENTRY_OVER: {
    status: 409,
    text: '本场考试最迟入场时间已过，未到考的留在名单上按缺考登记；因故未到的可写明理由办理缓考，其他处理不再办理。',
  },
  EXAM_HELD: { status: 409, text: '该场考试已经举行，请参加下一批次。' },
  EXAM_HELD_FOR: { status: 409, text: '{name}所在场次的考试已经举行，请参加下一批次。' },
  OWN_REGISTRATION: { status: 403, text: '本人报的或者本人参加的报名，须由另一名工作人员审核。' },
  NOTHING_TO_APPROVE: {
    status: 409,
    text: '所选人员中没有可以批量通过的；需核实、待初审和有申请的，请逐人办理。',
  },
  NOBODY_APPROVED: { status: 409, text: '没有审核通过而尚未编入场次的人员。' },
  INVIGILATES_HERE: {
    status: 409,
    text: '{names}是本场监考人员，不能编入本场。请先更换监考人员，或编入其他场次。',
  },
  NOTHING_ASKED: { status: 409, text: '没有待答复的缓考、免考申请。' },
  NOTHING_ASKED_FOR_EXEMPTION: { status: 409, text: '单位没有申请免考，不能同意免考。' },
  NOTHING_TO_RELEASE: { status: 409, text: '本场考试交卷后即可查看成绩，不需要发布。' },
  RELEASED_ALREADY: { status: 409, text: '本场考试的成绩已经发布。' },
  SITTING_NOT_OVER: { status: 409, text: '入场尚未截止或者还有考生在作答，考试结束后再发布成绩。' },
  SCAN_UNREADABLE: { status: 422, text: '文件过大或者不是 PDF、JPG、PNG，请重新选择。' },
  NOBODY_CHOSEN: { status: 422, text: '请先勾选人员。' },
};
