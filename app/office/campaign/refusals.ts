import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import { APPROVAL_REFUSALS } from '../approval/refusals.ts';
import type { SubmitAnswerRefusal } from './answer-target.server.ts';
import { MAX_FILE_BYTES } from './campaign-file.ts';
import type { IssueRefusal } from './issue-campaign.server.ts';
import type { KeepFileRefusal } from './keep-files.server.ts';
import type { AcceptUnchangedRefusal, ReviewAnswerRefusal } from './review-answer.server.ts';
import type { ApproveRefusal } from './step-campaign.server.ts';
import type { SupplementRefusal } from './supplement-campaign.server.ts';
import type { ExtendDeadlineRefusal, RemindRefusal } from './urge-units.server.ts';

export type CampaignRefusal =
  | IssueRefusal
  | SubmitAnswerRefusal
  | ReviewAnswerRefusal
  | AcceptUnchangedRefusal
  | RemindRefusal
  | ExtendDeadlineRefusal
  | ApproveRefusal
  | SupplementRefusal
  | KeepFileRefusal
  | 'SCAN_UNREADABLE';

const MEGABYTE = 1024 * 1024;

export const CAMPAIGN_REFUSALS: RefusalTexts<CampaignRefusal> = {
  ...COMMON_REFUSALS,
  ...APPROVAL_REFUSALS,
  CHANGED_MEANWHILE: {
    status: 409,
    text: '这份填报刚刚被他人提交或审核，您填写的内容未生效，请刷新页面核对。',
  },
  UNITS_UNKNOWN: { status: 422, text: '以下单位名称在所选地区和领域中没有找到，请核对：{names}' },
  NO_UNITS: { status: 422, text: '所选范围内没有需要填报的单位。' },
  CAMPAIGN_CLOSED: { status: 409, text: '这项任务已截止填报，如需更改请联系司法局。' },
  ACCEPTED_ALREADY: { status: 409, text: '填报已经审核通过，如需更改请联系司法局退回。' },
  STAMPED_FORM_MISSING: { status: 422, text: '请先上传{form}的扫描件，再提交。' },
  NOT_UNDER_REVIEW: { status: 409, text: '这份填报现在不在待审状态，请刷新页面核对。' },
  REASON_REQUIRED: { status: 422, text: '退回时须写明理由。' },
  CAMPAIGN_DECIDED: { status: 409, text: '这项任务已经批准，不能再审核或退回。' },
  NOTHING_TO_ACCEPT: { status: 409, text: '没有等待批量通过的填报。' },
  NOBODY_OWES: { status: 409, text: '没有尚未填报的单位。' },
  NOT_LATER: { status: 422, text: '新的截止日期应晚于现在的截止日期，且不早于今天。' },
  NOT_CLOSED: { status: 409, text: '只有已截止的任务可以恢复填报。' },
  CALLED_OFF: { status: 409, text: '所办事项已取消，不再填报、退回或登记批准。' },
  REVIEW_PENDING: { status: 409, text: '还有 {count} 份填报没有审核，请先审核完毕。' },
  NOTHING_ACCEPTED: { status: 409, text: '还没有审核通过的填报，不能登记批准。' },
  NOT_APPROVED: { status: 409, text: '任务尚未批准，请先登记批准文件。' },
  EFFECT_REFUSED: { status: 409, text: '不能登记批准：{reason}。' },
  DAY_IN_FUTURE: { status: 422, text: '日期不能晚于今天。' },
  DAY_BEFORE_ISSUE: { status: 422, text: '生效日期不能早于任务下发日期。' },
  NO_SUPPLEMENTS: { status: 409, text: '这类任务没有年中变更。' },
  FILE_EMPTY: { status: 422, text: '文件是空的，请重新选择。' },
  FILE_TOO_LARGE: { status: 413, text: `单个文件不得超过 ${MAX_FILE_BYTES / MEGABYTE} MB。` },
  FILE_TYPE_UNKNOWN: { status: 422, text: '只接受 PDF、JPG、PNG 文件。' },
  TOO_MANY_FILES: { status: 422, text: '附件最多 {most} 个，请先移除不需要的。' },
};
