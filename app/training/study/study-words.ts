import type { Standing } from './study.ts';

/** `200` → `3 分 20 秒`; whole minutes without seconds. @param seconds integer ≥ 0 */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} 秒`;
  return rest === 0 ? `${minutes} 分钟` : `${minutes} 分 ${rest} 秒`;
}

/** Why a stretch of study was not counted: what its beat said, or what was found when it was settled. */
export type UncountedReason =
  Exclude<Standing, 'opened' | 'verified' | 'asked_again'> | 'over_limit' | 'class_overlap';

/** Why a stretch did not count, as the person reads it. */
export const UNCOUNTED_REASONS: Readonly<Record<UncountedReason, string>> = {
  hidden: '页面不在前台（切换了窗口、标签页或锁屏）',
  idle: '较长时间没有操作',
  too_late: '网络中断，或设备休眠',
  unanswered: '没有按时确认在学',
  wrong_answer: '在学确认两次答错',
  over_nominal: '已学满本课时长',
  over_daily_cap: '已达每日计入上限',
  over_limit: '超出本课时长或每日计入上限的部分',
  class_overlap: '该时段已参加培训班，不重复计算',
};
