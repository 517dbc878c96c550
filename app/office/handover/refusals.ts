import type { CommonRefusal, RefusalTexts } from '#app/platform/http/answer.ts';
import { COMMON_REFUSALS } from '#app/platform/http/answer.ts';
import type { HandoverRefusal } from './handover.ts';

export type HandoverCode = HandoverRefusal | CommonRefusal;

export const HANDOVER_REFUSALS = {
  ...COMMON_REFUSALS,
  SAME_PERSON: { status: 422, text: '移交人与接收人不能是同一人。' },
  RECEIVER_NOT_ACTIVE: { status: 422, text: '接收人的账号已停用，请另选一人。' },
  RECEIVER_IS_ADMINISTRATOR: { status: 422, text: '系统、安全、审计管理员不得兼办业务，请另选接收人。' },
  NOT_OF_THE_UNIT: { status: 422, text: '接收人须是管辖单位的在岗人员。' },
  NOTHING_TO_HAND_OVER: { status: 422, text: '移交人名下没有需要交接的职责和事项。' },
} as const satisfies RefusalTexts<HandoverCode>;
