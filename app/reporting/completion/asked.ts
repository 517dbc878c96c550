import { isId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { formatDay, yearOf } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import type { Place } from './drill.ts';
import { NO_PLACE } from './drill.ts';
import { lastDayOfYear } from './figures.ts';

/** What a link asks for. The place and the day stand in the URL and nowhere else: it survives reload, back and sharing. */
export interface AskedScope {
  readonly place: Place;
  readonly day: Day;
  /** What in the link could not be followed, in words; the page then shows today. */
  readonly problem: string | null;
}

/** Years before the platform's first record are not offered; a link may still ask for them. */
const FIRST_YEAR = 2000;

function askedPlace(params: URLSearchParams): Place {
  const region = params.get('region');
  const unit = params.get('unit');
  return {
    regionId: isId(region) ? region : null,
    isOwnLevel: isId(region) && params.get('level') === 'own',
    unitId: isId(unit) ? unit : null,
  };
}

function askedDay(params: URLSearchParams, today: Day): { day: Day; problem: string | null } {
  const dayText = (params.get('day') ?? '').trim();
  const year = Number(params.get('year') ?? '');
  const ofYear =
    Number.isInteger(year) && year >= FIRST_YEAR && year <= yearOf(today)
      ? lastDayOfYear(year, today)
      : today;
  if (dayText === '') return { day: ofYear, problem: null };
  const day = parseDateText(dayText);
  if (day === null)
    return {
      day: today,
      problem: `“${dayText.slice(0, 20)}”不是有效日期，已按今天统计。请按 2026-06-30 的样式填写。`,
    };
  if (day > today) return { day: today, problem: `${formatDay(day)}尚未到来，已按今天统计。` };
  return { day, problem: null };
}

/** Reads `?region=&level=own&unit=&year=&day=`; the day wins over the year. Ids are checked against the viewer's scope later. */
export function parseAskedScope(params: URLSearchParams, today: Day): AskedScope {
  return { place: askedPlace(params), ...askedDay(params, today) };
}

/** The link to a place on a day; today is left out, so that a shared link to today stays a link to today. */
export function scopeSearch(place: Place, day: Day, today: Day): string {
  const params = new URLSearchParams();
  if (place.regionId !== null) params.set('region', place.regionId);
  if (place.isOwnLevel) params.set('level', 'own');
  if (place.unitId !== null) params.set('unit', place.unitId);
  if (day !== today) params.set('day', day);
  const text = params.toString();
  return text === '' ? '' : `?${text}`;
}

export function hasPlace(place: Place): boolean {
  return place.regionId !== NO_PLACE.regionId || place.unitId !== NO_PLACE.unitId;
}
