import { formatTime } from '#app/platform/time/day.ts';
import { REASON_CODES, REASON_LABELS } from './act.ts';
import { VOID_GROUNDS, VOID_GROUND_LABELS } from './void.ts';

/** Events of an attempt and of its registration on the day, in the words of the exam office. */
export const EVENT_LABELS: Readonly<Record<string, string>> = {
  started: '开始作答',
  checked_in: '入场候考',
  taken_over: '换到另一台设备',
  handed_in: '交卷',
  expired: '到时收卷',
  ended: '收卷',
  finalised: '评分',
  admitted: '准予入场',
  admission_withdrawn: '取消入场',
  paused: '暂停作答',
  resumed: '恢复作答',
  extended: '延长时间',
  messaged: '通知考生',
  device_released: '允许换机',
  marked_irregular: '标记异常',
  ended_by_invigilator: '监考人员结束作答',
  void_proposed: '提请作废',
  voided: '作答作废',
  void_declined: '未同意作废',
  focus_lost: '离开考试页面',
  focus_back: '回到考试页面',
  copied: '复制题面',
  reconnected: '恢复连接',
  gap: '计时中断（设备休眠或停顿）',
  focus_rule_applied: '按离开页面的规则交卷',
};

/** Noticed by the page itself: evidence for people to weigh, never a verdict. */
export const SIGN_KINDS: readonly string[] = ['focus_lost', 'focus_back', 'copied', 'reconnected', 'gap'];

export const eventLabel = (kind: string): string => EVENT_LABELS[kind] ?? '其他事项';

function minutesText(ms: number): string {
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds} 秒` : `${Math.floor(seconds / 60)} 分 ${seconds % 60} 秒`;
}

/** What stands in an event's detail, as one line; empty when it says nothing more. */
export function eventText(kind: string, detail: Readonly<Record<string, unknown>>): string {
  const parts: string[] = [];
  const reason = REASON_CODES.find((code) => code === detail.reason);
  if (reason) parts.push(REASON_LABELS[reason]);
  else if (typeof detail.reason === 'string' && detail.reason !== '') parts.push(detail.reason);
  const ground = VOID_GROUNDS.find((one) => one === detail.ground);
  if (ground) parts.unshift(VOID_GROUND_LABELS[ground]);
  if (typeof detail.note === 'string' && detail.note !== '') parts.push(detail.note);
  if (typeof detail.text === 'string') parts.push(`“${detail.text}”`);
  if (typeof detail.addedMs === 'number' && detail.addedMs > 0)
    parts.push(`${kind === 'resumed' ? '补回' : '延长'} ${minutesText(detail.addedMs)}`);
  if (typeof detail.saidAt === 'string' && !Number.isNaN(Date.parse(detail.saidAt)))
    parts.push(`页面所记时间 ${formatTime(new Date(detail.saidAt))}`);
  if (typeof detail.lastedMs === 'number') parts.push(`持续 ${minutesText(detail.lastedMs)}`);
  if (typeof detail.characters === 'number') parts.push(`${detail.characters} 字`);
  if (typeof detail.answered === 'number') parts.push(`已答 ${detail.answered} 题`);
  if (typeof detail.scoreHundredths === 'number') parts.push(`${detail.scoreHundredths / 100} 分`);
  if (detail.paused === true) parts.push('暂停期间');
  return parts.join('；');
}
