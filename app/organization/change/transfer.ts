import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { HomePlace, HomeStretch, LinkSource, TimelineChange } from '../person/home-timeline.ts';
import { decidePlacement, homeOn, orderedTimeline } from '../person/home-timeline.ts';

/**
 * 调动: the old unit files (转出), the new one accepts or returns with a reason (转入). Until it accepts, nothing about the
 * person changes; then the home moves on the day that was filed.
 */
export const TRANSFER_STATES = ['filed', 'accepted', 'returned', 'withdrawn'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];

export const TRANSFER_STATE_LABELS: Readonly<Record<TransferState, string>> = {
  filed: '待转入单位确认',
  accepted: '已转入',
  returned: '已退回',
  withdrawn: '已撤回',
};

export type TransferRefusal = 'SAME_UNIT' | 'NOT_IN_UNIT' | 'LATER_PLACE_KNOWN' | 'MOVES_ON_FIRST_DAY';

export interface TransferCourse {
  readonly fromUnitId: string;
  readonly toUnitId: string;
  /** First day in the new unit. */
  readonly day: Day;
}

/**
 * Whether the person can go from the one unit to the other on the day. Refusals: SAME_UNIT; NOT_IN_UNIT (not at home in
 * the old unit on the day: never was, has moved, has left); LATER_PLACE_KNOWN (another home is already known for a later
 * day); MOVES_ON_FIRST_DAY (came on that very day: the entry itself is to be corrected).
 */
export function checkTransfer(
  history: readonly HomeStretch[],
  course: TransferCourse,
): Outcome<HomeStretch, TransferRefusal> {
  if (course.fromUnitId === course.toUnitId) return refused('SAME_UNIT');
  const timeline = orderedTimeline(history);
  const home = homeOn(timeline, course.day);
  if (home === null || home.unitId !== course.fromUnitId) return refused('NOT_IN_UNIT');
  if (timeline.some((stretch) => stretch.validFrom > course.day)) return refused('LATER_PLACE_KNOWN');
  return home.validFrom === course.day ? refused('MOVES_ON_FIRST_DAY') : done(home);
}

/** The post in the new unit, as its liaison states it. */
export type NewPost = Omit<HomePlace, 'unitId'>;

/** The home moves. Refusals: those of `checkTransfer`, looked at again on the day of acceptance. */
export function decideTransfer(
  history: readonly HomeStretch[],
  course: TransferCourse,
  arrival: { readonly post: NewPost; readonly source: LinkSource },
): Outcome<TimelineChange, TransferRefusal> {
  const checked = checkTransfer(history, course);
  if (!checked.ok) return checked;
  const place = { ...arrival.post, unitId: course.toUnitId };
  return done(decidePlacement(history, { place, fromDay: course.day, source: arrival.source }));
}
