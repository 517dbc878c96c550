import { formatHours } from '#app/platform/ui/text/format.ts';
import type { EntryBasis, EntryKind } from './entry.ts';

export const KIND_LABELS: Readonly<Record<EntryKind, string>> = {
  lesson: '网络学习',
  course: '网络课程',
  session: '培训班',
  external: '外出培训',
  exam: '考试',
  lecture: '授课',
  correction: '更正',
  reversal: '冲销',
};

const whole = (value: EntryBasis[string] | undefined): number => (typeof value === 'number' ? value : 0);
const minutes = (seconds: EntryBasis[string] | undefined): string =>
  `${Math.floor(whole(seconds) / 60)} 分钟`;

/** How a figure was reached, in one sentence for the person it belongs to. */
export function basisText(basis: EntryBasis): string {
  if (typeof basis.reason === 'string') return basis.reason;
  if (basis.rule === 'verified_study')
    return `核验学习时间计入，本课时长 ${minutes(basis.nominalSeconds)}，${whole(basis.minutesPerCreditHour)} 分钟折算 1 学时`;
  if (basis.rule === 'attended_time')
    return `未注明学时，按到课时间折算：应到 ${minutes(basis.scheduledSeconds)}，实到 ${minutes(basis.presentSeconds)}`;
  if (basis.rule === 'stated_hours') return statedText(basis);
  return typeof basis.text === 'string' ? basis.text : '历史记录导入';
}

function statedText(basis: EntryBasis): string {
  if (typeof basis.statedHundredths === 'number')
    return `规定 ${formatHours(basis.statedHundredths * 27)}，学完计入`;
  const stated = formatHours(whole(basis.statedCreditSeconds));
  return `规定 ${stated}，按出勤比例计入：应到 ${minutes(basis.scheduledSeconds)}，实到 ${minutes(basis.presentSeconds)}`;
}
