import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { Role } from '#app/accounts/role.ts';
import type { CourseFile } from './course.schema.ts';

/** Whether a course must be studied this year, and on which document it rests (ZY13). */
export interface Requirement {
  readonly basis: string;
  readonly untilDay: Day;
  /** The document has ended: the region decides whether it still holds; the page warns (domain.md §11.1). */
  readonly isLapsed: boolean;
}

/** The requirement of a course on a day; null when it is not required, or only from a later year on. */
export function requirementOn(required: CourseFile['required'], today: Day): Requirement | null {
  if (required === null || yearOf(required.from) > yearOf(today)) return null;
  return { basis: required.basis, untilDay: required.to, isLapsed: required.to < today };
}

/** True when the course is meant for one of these roles; without named roles it is meant for everybody. */
export function isMeantFor(targets: CourseFile['targets'], roles: readonly Role[]): boolean {
  return targets.roles.length === 0 || roles.some((role) => targets.roles.includes(role));
}
