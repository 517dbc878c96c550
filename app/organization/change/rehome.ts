import type { Day } from '#app/platform/time/day.ts';
import type {
  EndReason,
  HomeStretch,
  LinkSource,
  NewStretch,
  TimelineChange,
} from '../person/home-timeline.ts';

/** Where a person's stretch in a unit goes from the act's day on; null = it stays. */
export interface Rehoming {
  readonly day: Day;
  readonly goesTo: (unitId: string) => string | null;
  readonly reason: (unitId: string) => EndReason;
  readonly source: LinkSource;
}

/**
 * Every stretch in a unit that ends is continued in the unit that takes its place, from the act's day or, for whoever
 * came later, from that later day. Days before the act are not touched; gaps stay gaps; a known end keeps its day and
 * reason. So a person who has one home on a day has one home on it afterwards.
 */
export function decideRehoming(history: readonly HomeStretch[], rehoming: Rehoming): TimelineChange {
  const { day, goesTo, reason, source } = rehoming;
  const supersede: string[] = [];
  const insert: NewStretch[] = [];
  for (const { linkId, ...stretch } of history) {
    const unitId = goesTo(stretch.unitId);
    const reaches = stretch.validTo === null || stretch.validTo > day;
    if (!reaches || unitId === null || unitId === stretch.unitId) continue;
    supersede.push(linkId);
    if (stretch.validFrom < day)
      insert.push({ ...stretch, ...source, validTo: day, endReason: reason(stretch.unitId) });
    insert.push({
      ...stretch,
      ...source,
      unitId,
      validFrom: stretch.validFrom < day ? day : stretch.validFrom,
    });
  }
  return { supersede, insert };
}
