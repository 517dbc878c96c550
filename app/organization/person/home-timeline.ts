import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Establishment } from './person.ts';

/**
 * A person's home in the organisation as stretches of days `[validFrom, validTo)`. The rule of this file: on every day
 * from coming to leaving a person has exactly one home, before and after none. Corrections and late news cut, replace
 * or extend stretches; they never lay one over another.
 */

/** Why a stretch ended: moves inside the organisation, and the ways of leaving post (domain.md §6.3 T9). */
export const END_REASONS = [
  'transferred',
  'post_changed',
  'retired',
  'dismissed',
  'resigned',
  'expelled',
  'deceased',
  'unit_abolished',
  'other',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** A unit and what goes with the post in it. Two places are the same when all of this is. */
export interface HomePlace {
  readonly unitId: string;
  readonly establishment: Establishment;
  readonly position: string | null;
  readonly department: string | null;
  readonly isEnforcementPost: boolean;
  readonly fieldCode: string | null;
  readonly enforcementArea: string | null;
}

/** Where the news came from: an import run, a decision, … */
export interface LinkSource {
  readonly sourceKind: string;
  readonly sourceId: string | null;
}

export interface NewStretch extends HomePlace, LinkSource {
  readonly validFrom: Day;
  /** First day that no longer belongs to the stretch; null while open. */
  readonly validTo: Day | null;
  readonly endReason: EndReason | null;
}

export interface HomeStretch extends NewStretch {
  readonly linkId: string;
}

/** What is to be written: rows that no longer hold as known, and those that take their place. Empty = nothing new. */
export interface TimelineChange {
  readonly supersede: readonly string[];
  readonly insert: readonly NewStretch[];
}

export interface Placement {
  readonly place: HomePlace;
  /** First day at the place. */
  readonly fromDay: Day;
  readonly source: LinkSource;
}

export interface Leaving {
  /** First day on which the person no longer belongs to the unit. */
  readonly awayFromDay: Day;
  readonly reason: EndReason;
  readonly source: LinkSource;
}

export type LeavingRefusal = 'NOT_IN_POST' | 'LATER_PLACE_KNOWN' | 'LEAVES_ON_FIRST_DAY';

const NO_CHANGE: TimelineChange = { supersede: [], insert: [] };

export function isSamePlace(a: HomePlace, b: HomePlace): boolean {
  return (
    a.unitId === b.unitId &&
    a.establishment === b.establishment &&
    a.position === b.position &&
    a.department === b.department &&
    a.isEnforcementPost === b.isEnforcementPost &&
    a.fieldCode === b.fieldCode &&
    a.enforcementArea === b.enforcementArea
  );
}

const covers = (stretch: NewStretch, day: Day): boolean =>
  stretch.validFrom <= day && (stretch.validTo === null || day < stretch.validTo);

/** The home on a day; null before coming and after leaving. */
export function homeOn<S extends NewStretch>(timeline: readonly S[], day: Day): S | null {
  return timeline.find((stretch) => covers(stretch, day)) ?? null;
}

/** Stretches in order, checked: two homes on one day are a broken database, not a refusal. */
export function orderedTimeline<S extends NewStretch>(stretches: readonly S[]): readonly S[] {
  const ordered = [...stretches].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
  ordered.forEach((stretch, index) => {
    const next = ordered[index + 1];
    if (next === undefined) return;
    invariant(
      stretch.validTo !== null && stretch.validTo <= next.validFrom,
      `a person has two homes on ${next.validFrom}`,
    );
  });
  return ordered;
}

const moveReason = (from: HomePlace, to: HomePlace): EndReason =>
  from.unitId === to.unitId ? 'post_changed' : 'transferred';

const ended = (stretch: HomeStretch, validTo: Day, endReason: EndReason, source: LinkSource): NewStretch => {
  const { linkId: _, ...rest } = stretch;
  return { ...rest, ...source, validTo, endReason };
};

/**
 * The person is at `place` from `fromDay` on, until what was already known to come after it: the end of the stretch
 * that covers the day, else the next stretch, else open. Never refuses; a place that is already known changes nothing.
 * The same place known from a later day is extended backwards instead of being joined by a second row.
 */
export function decidePlacement(history: readonly HomeStretch[], placement: Placement): TimelineChange {
  const { place, fromDay, source } = placement;
  const timeline = orderedTimeline(history);
  const current = homeOn(timeline, fromDay);
  if (current === null) return placeInGap(timeline, placement);
  if (isSamePlace(current, place)) return NO_CHANGE;
  const rest: NewStretch = {
    ...place,
    ...source,
    validFrom: fromDay,
    validTo: current.validTo,
    endReason: current.endReason,
  };
  const before =
    current.validFrom < fromDay ? [ended(current, fromDay, moveReason(current, place), source)] : [];
  return { supersede: [current.linkId], insert: [...before, rest] };
}

function placeInGap(timeline: readonly HomeStretch[], placement: Placement): TimelineChange {
  const { place, fromDay, source } = placement;
  const next = timeline.find((stretch) => stretch.validFrom > fromDay) ?? null;
  const opening = { ...place, ...source, validFrom: fromDay };
  if (next === null) return { supersede: [], insert: [{ ...opening, validTo: null, endReason: null }] };
  if (isSamePlace(next, place)) {
    return {
      supersede: [next.linkId],
      insert: [{ ...opening, validTo: next.validTo, endReason: next.endReason }],
    };
  }
  return {
    supersede: [],
    insert: [{ ...opening, validTo: next.validFrom, endReason: moveReason(place, next) }],
  };
}

/**
 * The person no longer belongs anywhere from `awayFromDay` on. Refusals: NOT_IN_POST (no home on the day before),
 * LATER_PLACE_KNOWN (a home is known for a later day: that has to be put right first), LEAVES_ON_FIRST_DAY (the
 * stretch would have no day). Leaving again on the same day for the same reason changes nothing.
 */
export function decideLeaving(
  history: readonly HomeStretch[],
  leaving: Leaving,
): Outcome<TimelineChange, LeavingRefusal> {
  const { awayFromDay, reason, source } = leaving;
  const timeline = orderedTimeline(history);
  if (timeline.some((stretch) => stretch.validFrom > awayFromDay)) return refused('LATER_PLACE_KNOWN');
  const current = homeOn(timeline, awayFromDay);
  if (current === null) {
    const last = timeline.at(-1);
    const alreadySo = last !== undefined && last.validTo === awayFromDay && last.endReason === reason;
    return alreadySo ? done(NO_CHANGE) : refused('NOT_IN_POST');
  }
  if (current.validFrom === awayFromDay) return refused('LEAVES_ON_FIRST_DAY');
  return done({
    supersede: [current.linkId],
    insert: [ended(current, awayFromDay, reason, source)],
  });
}

/** The timeline after a change: what the database will say. Ids of new rows are given by the caller. */
export function applyChange(
  history: readonly HomeStretch[],
  change: TimelineChange,
  linkIdOf: (stretch: NewStretch) => string,
): readonly HomeStretch[] {
  const gone = new Set(change.supersede);
  const kept = history.filter((stretch) => !gone.has(stretch.linkId));
  const added = change.insert.map((stretch) => ({ ...stretch, linkId: linkIdOf(stretch) }));
  return orderedTimeline([...kept, ...added]);
}
