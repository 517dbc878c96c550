import type { RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type {
  BeginAbsenceRefusal,
  ChangeAbsenceRefusal,
} from '#app/organization/change/absent-person.server.ts';
import type { LeavePostRefusal } from '#app/organization/change/leave-post.server.ts';
import type {
  AnswerTransferRefusal,
  FileTransferRefusal,
} from '#app/organization/change/transfer-person.server.ts';
import { APPROVAL_REFUSALS } from '../approval/refusals.ts';
import type { AttachChangeScanRefusal } from './attach-change-scan.server.ts';
import type { ActOnChangeRefusal } from './confirm-change.server.ts';
import type { FileChangeRefusal } from './file-change.server.ts';

export type ChangePageRefusal =
  | FileChangeRefusal
  | ActOnChangeRefusal
  | AttachChangeScanRefusal
  | 'SCAN_UNREADABLE'
  | FileTransferRefusal
  | AnswerTransferRefusal
  | BeginAbsenceRefusal
  | ChangeAbsenceRefusal
  | LeavePostRefusal;

/** Status and sentence of every refusal of this room; the single place that words them. */
export const CHANGE_REFUSALS: RefusalTexts<ChangePageRefusal> = {
  ...COMMON_REFUSALS,
  ...APPROVAL_REFUSALS,
  NOT_STANDING: { status: 422, text: '所选单位或区划在生效日期已不存在，请核对生效日期或重新选择。' },
  NAME_UNCHANGED: { status: 422, text: '新名称与现名称相同，请核对。' },
  MODE_UNCHANGED: { status: 422, text: '该乡镇（街道）在生效日期已是此执法模式。' },
  PLACE_UNCHANGED: { status: 422, text: '该单位在生效日期已隶属于所选上级，请核对。' },
  NOTHING_TO_MERGE: { status: 422, text: '合并至少涉及两个单位，请补充被合并的单位。' },
  TARGET_AMONG_CLOSED: { status: 422, text: '承接单位不能是被撤并的单位或其下级，请另选。' },
  UNIT_IN_TWO_GROUPS: { status: 422, text: '同一单位只能有一个去向，请核对所属单位的安排。' },
  UNIT_OUTSIDE_REGIONS: { status: 422, text: '合并的单位须都在所选乡镇（街道）内，请核对。' },
  REST_NOT_A_PART: { status: 422, text: '人员只能分配到本次新设的单位，请重新分配。' },
  SUBUNITS_WITHOUT_PLACE: { status: 422, text: '该单位还有下级单位，请选择承接单位，或先划转下级单位。' },
  NOT_A_TOWNSHIP: { status: 422, text: '执法模式只适用于乡镇（街道）及其综合行政执法队。' },
  LEVEL_DIFFERS: { status: 422, text: '合并的区划须为同一层级，请核对。' },
  WOULD_MAKE_CYCLE: { status: 422, text: '所选上级是该单位自己的下级，不能这样划转。' },
  WOULD_LOSE_PARENT: {
    status: 422,
    text: '变更后有单位将失去上级或所属区划（可能与之后已登记的变更冲突），请核对。',
  },
  ENDS_LATER: { status: 422, text: '承接单位之后已登记撤并，请改由其承接单位接收，或核对生效日期。' },
  CODE_TAKEN: { status: 422, text: '单位代码 {code} 已被使用，请另填。' },
  PEOPLE_WITHOUT_PLACE: {
    status: 422,
    text: '还有 {count} 人（{name} 等）没有去向，请先办理调动、离岗，或在本次一并安置。',
  },
  PERSON_NOT_OF_UNIT: { status: 422, text: '名单中有人在生效日期已不在该单位，请刷新后重新分配。' },
  DAY_OUT_OF_RANGE: { status: 422, text: '生效日期应在 {earliest} 至 {latest} 之间。' },
  CONFLICTS_WITH_PLANNED: {
    status: 409,
    text: '与尚未办结的“{title}”（{day}生效）涉及同一单位，请待其生效或撤销后再办理。',
  },
  STATE_DOES_NOT_ALLOW: { status: 409, text: '该事项已办理到下一环节，请刷新页面查看。' },
  NO_FILE: { status: 422, text: '请选择要上传的扫描件。' },
  NOTE_REQUIRED: { status: 422, text: '请写明理由。' },
  SAME_UNIT: { status: 422, text: '转入单位与现单位相同，请重新选择。' },
  NOT_IN_UNIT: { status: 409, text: '该人员在所填日期已不在本单位（已调动或已离岗），请刷新页面核对。' },
  LATER_PLACE_KNOWN: { status: 409, text: '该人员之后已有登记的任职变动，请先核对人员履历。' },
  MOVES_ON_FIRST_DAY: { status: 422, text: '该人员当日刚到本单位，请核对日期；登记有误的，请更正花名册。' },
  TRANSFER_OPEN: { status: 409, text: '该人员已有一项调动等待确认，请先办结或撤回。' },
  TARGET_GONE: { status: 409, text: '转入单位在所填日期已被撤并，请退回后重新选择单位。' },
  TRANSFER_ANSWERED: { status: 409, text: '该调动已由他人办结，请刷新页面查看结果。' },
  NOT_IN_POST: { status: 409, text: '该人员在所填日期已离岗，请刷新页面核对。' },
  LEAVES_ON_FIRST_DAY: { status: 422, text: '离岗日期与到岗日期为同一天；登记有误的，请更正花名册。' },
  AWAY_ALREADY: { status: 409, text: '该人员已有一项未结束的离岗登记，请先登记返岗。' },
  RETURN_BEFORE_BEGIN: { status: 422, text: '返岗日期须晚于离岗起始日期。' },
  RETURN_IN_FUTURE: { status: 422, text: '返岗日期不能晚于今天；尚未返岗的，请调整预计返岗日期。' },
  NOT_LATER: { status: 422, text: '延长后的预计返岗日期须晚于原日期（{day}）。' },
  BACK_ALREADY: { status: 409, text: '该人员已登记返岗，请刷新页面查看。' },
  NOTHING_CORRECTED: { status: 422, text: '没有需要更正的内容。' },
};
