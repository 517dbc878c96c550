import { formatHours, formatHoursFigure, formatPercent } from '#app/platform/ui/text/format.ts';
import { basisText } from '../ledger/basis-text.ts';
import type { EntryBasis } from '../ledger/entry.ts';

const numberOf = (value: EntryBasis[string] | undefined): number => (typeof value === 'number' ? value : 0);
const minutes = (seconds: number): string => `${Math.floor(seconds / 60)} 分钟`;

/** A figure as credit seconds and as 学时, so that the conversion can be followed. */
export function convertedText(creditSeconds: number): string {
  const sign = creditSeconds < 0 ? '−' : '';
  const minutesText = `${sign}${(Math.abs(creditSeconds) / 60).toFixed(1).replace(/\.0$/, '')} 分钟`;
  return `${minutesText} ÷ 45 ＝ ${formatHoursFigure(creditSeconds)} 学时`;
}

function studySteps(basis: EntryBasis, creditSeconds: number): string[] {
  const nominal = numberOf(basis.nominalSeconds);
  const dwell = numberOf(basis.dwellPercent);
  return [
    `已核验的学习时间计入，本课最多计 ${minutes(nominal)}`,
    `停留不少于 ${minutes(Math.ceil((nominal * dwell) / 100))}（${dwell}%）且自测达到 ${numberOf(basis.checkPercent)}% 方可计入`,
    `${numberOf(basis.minutesPerCreditHour)} 分钟折算 1 学时：${convertedText(creditSeconds)}`,
  ];
}

function attendanceSteps(basis: EntryBasis): string[] {
  const [scheduled, present] = [numberOf(basis.scheduledSeconds), numberOf(basis.presentSeconds)];
  return [
    `应到 ${minutes(scheduled)}，实到 ${minutes(present)}，出勤 ${formatPercent(present, scheduled)}`,
    `出勤不足 ${numberOf(basis.minimumPercent)}% 的不计学时`,
  ];
}

function classSteps(basis: EntryBasis, creditSeconds: number): string[] {
  if (basis.rule === 'attended_time')
    return [...attendanceSteps(basis), `未注明学时，按到课时间折算：${convertedText(creditSeconds)}`];
  if (typeof basis.statedHundredths === 'number')
    return [`规定 ${formatHours(basis.statedHundredths * 27)}，学完一次性计入，每年每个版本一次`];
  const stated = numberOf(basis.statedCreditSeconds);
  const [scheduled, present] = [numberOf(basis.scheduledSeconds), numberOf(basis.presentSeconds)];
  const share = present === scheduled ? '全勤' : `${minutes(present)} ÷ ${minutes(scheduled)}`;
  return [...attendanceSteps(basis), `规定 ${formatHours(stated)} × ${share}；跨日的班按天分开计入`];
}

/** How an entry's figure came about, step by step, from the values that are kept with it for ever. */
export function entrySteps(basis: EntryBasis, creditSeconds: number): string[] {
  if (typeof basis.reason === 'string') return [basis.reason];
  const { rule } = basis;
  if (rule === 'verified_study') return studySteps(basis, creditSeconds);
  if (rule === 'attended_time' || rule === 'stated_hours') return classSteps(basis, creditSeconds);
  return [basisText(basis), convertedText(creditSeconds)];
}
