import type { RegionLevel, UnitType } from '#app/organization/tree/tree.ts';
import type { Role } from '#app/accounts/role.ts';
import type { Day } from '#app/platform/time/day.ts';
import { yearOf } from '#app/platform/time/day.ts';
import type { CourseFile, TrainedAs } from './course.schema.ts';

/** Whether a course must be studied this year, and on which document it rests (ZY13). */
export interface Requirement {
  readonly basis: string;
  readonly fromDay: Day;
  readonly untilDay: Day;
  /**
   * The document has ended: the course is shown with a warning and no longer binds the year's conclusion until the
   * region states a new document (domain.md §11.1).
   */
  readonly isLapsed: boolean;
}

/** The requirement of a course on a day; null when it is not required, or only from a later year on. */
export function requirementOn(required: CourseFile['required'], day: Day): Requirement | null {
  if (required === null || yearOf(required.from) > yearOf(day)) return null;
  return {
    basis: required.basis,
    fromDay: required.from,
    untilDay: required.to,
    isLapsed: required.to < day,
  };
}

/** What a course's targets are compared with: one person's place and roles on one day. */
export interface Trainee {
  readonly personId: string;
  /** 执法领域 of the home link; null without a home or without a field. */
  readonly fieldCode: string | null;
  /** Type of the home unit; null without a home. */
  readonly unitType: UnitType | null;
  /** Level of the region the home unit lies in; null without a home. */
  readonly regionLevel: RegionLevel | null;
  /** The home link is a 执法岗: its holder is trained as an officer, with or without an account. */
  readonly isEnforcementPost: boolean;
  /** A card ACTIVE or SUSPENDED that day (domain.md §7 M1): its holder is trained as an officer, whatever the post. */
  readonly holdsCard: boolean;
  /** On the register of 法制审核人员 that day (AJ6). */
  readonly isLegalReviewer: boolean;
  /** Roles granted to the person's accounts on the day; what is lent by a colleague does not count. */
  readonly roles: readonly Role[];
}

/**
 * What a person is trained as: the roles granted, officer by a card or on a 执法岗, and 法制审核人员 by the register (AJ6).
 * Of whom M3 counts (domain.md §7) everybody holds a card.
 */
export function trainedRoles(
  trainee: Pick<Trainee, 'isEnforcementPost' | 'holdsCard' | 'isLegalReviewer' | 'roles'>,
): readonly TrainedAs[] {
  const isOfficer = trainee.isEnforcementPost || trainee.holdsCard;
  return [
    ...(isOfficer && !trainee.roles.includes('officer') ? (['officer'] as const) : []),
    ...trainee.roles,
    ...(trainee.isLegalReviewer ? (['legal_reviewer'] as const) : []),
  ];
}

/** As in `course.yaml`; read from the database they are plain words. */
type Targets = Readonly<Record<keyof CourseFile['targets'], readonly string[]>>;

/** An axis that names nothing leaves nobody out; a person of whom nothing is known on a named axis is not meant. */
function admits(named: readonly string[], values: readonly (string | null)[]): boolean {
  return named.length === 0 || values.some((value) => value !== null && named.includes(value));
}

/** The part of the rule that a unit alone decides: its type and the level of the region it lies in. */
export function isMeantForPlace(
  targets: Pick<Targets, 'levels' | 'unitTypes'>,
  place: Pick<Trainee, 'unitType' | 'regionLevel'>,
): boolean {
  return admits(targets.levels, [place.regionLevel]) && admits(targets.unitTypes, [place.unitType]);
}

/**
 * True when the course is meant for the person: field, region level, unit type and role must each be among those it
 * names (issue 4 "targets by field, level, unit type and role"). The completion figures hold the same rule as SQL
 * (reporting/completion/required-course.store.server.ts); a test compares the two.
 */
export function isMeantFor(targets: Targets, trainee: Omit<Trainee, 'personId'>): boolean {
  return (
    isMeantForPlace(targets, trainee) &&
    admits(targets.fields, [trainee.fieldCode]) &&
    admits(targets.roles, trainedRoles(trainee))
  );
}

/** What the rule needs of a course; `LibraryCourse` has it. */
export interface TargetedCourse {
  readonly slug: string;
  readonly title: string;
  readonly targets: Targets;
  readonly required: CourseFile['required'];
}

export interface RequiredCourse {
  readonly slug: string;
  readonly title: string;
  readonly requirement: Requirement;
}

/**
 * The required courses of each person on a day, lapsed ones among them (they warn and do not bind). The one rule behind
 * `/courses`, `/hours` and the yearly standing; a course is done when it was completed in the year of `day` (domain.md
 * §4.2 case 15: in whichever content version).
 * @param trainees as they stand on `day` (`loadTrainees`)
 * @returns by person; persons who owe no course have an empty list
 */
export function requiredCoursesFor(
  courses: readonly TargetedCourse[],
  trainees: Iterable<Trainee>,
  day: Day,
): Map<string, readonly RequiredCourse[]> {
  const required = courses.flatMap((course) => {
    const requirement = requirementOn(course.required, day);
    return requirement ? [{ course, requirement }] : [];
  });
  const result = new Map<string, readonly RequiredCourse[]>();
  for (const trainee of trainees) {
    const own = required.filter(({ course }) => isMeantFor(course.targets, trainee));
    result.set(
      trainee.personId,
      own.map(({ course: { slug, title }, requirement }) => ({ slug, title, requirement })),
    );
  }
  return result;
}

/** True when the year can be 达标 as far as required courses go: every one in force is done; lapsed ones only warn. */
export function areRequiredDone(
  required: readonly RequiredCourse[],
  doneInYear: ReadonlySet<string>,
): boolean {
  return required.every(({ slug, requirement }) => requirement.isLapsed || doneInYear.has(slug));
}
