import type { Standing } from './study.ts';

/** `200` → `3 分 20 秒`; whole minutes without seconds. @param seconds integer ≥ 0 */
export function formatDuration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const rest = seconds % 60;
  if (minutes === 0) return `${rest} 秒`;
  return rest === 0 ? `${minutes} 分钟` : `${minutes} 分 ${rest} 秒`;
}

/** Why a stretch did not count, as the person reads it. */
export const UNCOUNTED_REASONS: Readonly<Record<Standing, string>> = {
  opened: '',
  verified: '',
  hidden: '页面不在前台（切换了窗口、标签页或锁屏）',
  idle: '较长时间没有操作',
  too_late: '网络中断，或设备休眠',
  unanswered: '没有按时确认在学',
  over_nominal: '已学满本课时长',
  over_daily_cap: '已达每日计入上限',
};
