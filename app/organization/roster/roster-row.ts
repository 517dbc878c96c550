import type { HomePlace } from '#app/organization/person/home-timeline.ts';
import type { Establishment, Sex } from '#app/organization/person/person.ts';
import type { Day } from '#app/platform/time/day.ts';

/** One person as a 花名册 states them, after reading. What the file leaves blank is null. */
export interface RosterRow {
  readonly name: string;
  /** Eighteen characters, checked. */
  readonly idNumber: string;
  /** From the ID number, which outweighs the columns 性别 and 出生年月. */
  readonly sex: Sex;
  readonly birthDay: Day;
  readonly education: string | null;
  readonly hasLegalQualification: boolean | null;
  readonly phone: string | null;
  /** As written; resolved against the units of the region. */
  readonly unitText: string;
  readonly department: string | null;
  readonly position: string | null;
  readonly establishment: Establishment;
  readonly isEnforcementPost: boolean | null;
  /** As written; resolved against 执法领域. */
  readonly fieldText: string | null;
  readonly enforcementArea: string | null;
}

/** A person of the register that a row's ID number belongs to. */
export interface KnownPerson {
  readonly personId: string;
  readonly name: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phone: string | null;
  /** Home on the roster's day; null when the person has none (left, or not yet come). */
  readonly home: HomePlace | null;
}

/** What is written for a row that is new or changes something. Values are complete: what the file left blank keeps
 *  what the register has. */
export interface RosterFact {
  /** Null for a new person. */
  readonly personId: string | null;
  readonly name: string;
  readonly idNumber: string;
  readonly sex: Sex;
  /** YYYY-MM */
  readonly birthMonth: string;
  readonly education: string | null;
  readonly hasLegalQualification: boolean;
  readonly phone: string | null;
  /** Whether name, education, qualification or phone are news; a new place alone is no new revision of the person. */
  readonly hasNewDetails: boolean;
  readonly place: HomePlace;
}
