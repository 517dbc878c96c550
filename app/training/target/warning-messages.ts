import type { NewNotice } from '#app/office/notice/notice.ts';
import { formatHours } from '#app/platform/ui/text/format.ts';
import type { Forecast } from './forecast.ts';
import { missingWords } from './missing-words.ts';
import type { YearStanding } from './year-standing.ts';

/** One person who is behind, with what is missing. */
export interface Behind {
  readonly personId: string;
  readonly name: string;
  readonly standing: YearStanding;
  readonly forecast: Forecast | null;
}

interface Occasion {
  readonly unitId: string;
  readonly year: number;
  /** The threshold that was reached, and the days that are really left. */
  readonly daysBefore: number;
  readonly daysLeft: number;
}

/** What the person reads; once for each threshold, wherever the person's home is meanwhile. */
export function personWarning(behind: Behind, { year, daysBefore, daysLeft }: Occasion): NewNotice {
  const { standing, forecast } = behind;
  const yearly = standing.targets.find((target) => target.kind === 'yearly');
  const goal = yearly === undefined ? '' : `年度目标 ${formatHours(yearly.targetSeconds)}，`;
  const outlook =
    forecast === null
      ? ''
      : `\n按目前进度（含已报名的培训班），预计年底 ${formatHours(forecast.totalSeconds)}。`;
  return {
    kind: 'hours.warning',
    key: `${year}:${daysBefore}:${behind.personId}`,
    title: `距${year}年底还有 ${daysLeft} 天，学时尚未达标`,
    body: `${goal}已有 ${formatHours(Math.max(standing.totalSeconds, 0))}：${missingWords(standing)}。${outlook}`,
    path: '/hours',
    to: [{ personIds: [behind.personId] }],
  };
}

/** Names in one digest; the page has the rest. */
const NAMED = 30;

/** What the unit's liaison reads: how many are behind, and who. */
export function unitDigest(
  behind: readonly Behind[],
  { unitId, year, daysBefore, daysLeft }: Occasion,
): NewNotice {
  const lines = behind.slice(0, NAMED).map(({ name, standing }) => `${name}：${missingWords(standing)}`);
  const rest = behind.length > NAMED ? [`另有 ${behind.length - NAMED} 人，见达标情况。`] : [];
  return {
    kind: 'hours.digest',
    key: `${year}:${daysBefore}:${unitId}`,
    title: `距${year}年底还有 ${daysLeft} 天，本单位 ${behind.length} 人尚未达标`,
    body: [...lines, ...rest].join('\n').slice(0, 5_000),
    path: `/supervise/completion?unit=${unitId}`,
    to: [{ role: 'unit_liaison', unitIds: [unitId] }],
  };
}
