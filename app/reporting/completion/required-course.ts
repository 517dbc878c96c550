import type { RegionLevel, UnitType } from '#app/organization/tree/tree.ts';
import type { Day } from '#app/platform/time/day.ts';
import { isMeantForPlace } from '#app/training/course/requirement.ts';

/** A 必修课程 (ZY13) as the figures know it. */
export interface RequiredCourse {
  readonly courseId: string;
  readonly title: string;
  /** The document that makes it required, and until when that document holds. */
  readonly basis: string;
  readonly until: Day;
  readonly targets: {
    readonly fields: readonly string[];
    readonly levels: readonly string[];
    readonly unitTypes: readonly string[];
    readonly roles: readonly string[];
  };
}

/** What is left to ask of a person of a unit once the unit itself is known to be meant: field and role. */
export interface OwedCourse {
  readonly courseId: string;
  readonly fields: readonly string[];
  readonly roles: readonly string[];
}

/**
 * Courses that are meant for people of such a unit, by its type and the level of its region. Units of one type and level
 * share one list, so that it is made and sent once.
 */
export function owedByPlace(
  courses: readonly RequiredCourse[],
): (place: { unitType: UnitType; regionLevel: RegionLevel }) => readonly OwedCourse[] {
  const known = new Map<string, readonly OwedCourse[]>();
  return (place) => {
    const key = `${place.unitType}|${place.regionLevel}`;
    const list =
      known.get(key) ??
      courses
        .filter((course) => isMeantForPlace(course.targets, place))
        .map(({ courseId, targets: { fields, roles } }) => ({ courseId, fields, roles }))
        .sort((a, b) => (a.courseId < b.courseId ? -1 : 1));
    known.set(key, list);
    return list;
  };
}
