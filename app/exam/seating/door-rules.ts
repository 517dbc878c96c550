import { CHECK_LIFE_DAYS } from '../device-check/check-life.ts';
import type { RegistrationStatus } from '../sitting/registration.ts';
import type { SittingStatus } from '../sitting/sitting-list.ts';
import { isInRanges } from './ip-range.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** What decides whether a person who has shown ticket and ID number may sign in for this sitting now. */
export interface DoorFacts {
  readonly registrationStatus: RegistrationStatus;
  readonly sittingStatus: SittingStatus;
  readonly opensAt: Date;
  /** null: with the opening */
  readonly checkInFrom: Date | null;
  readonly hardEndAt: Date;
  /** Somebody who is answering comes back at any time: time may have been added beyond the end. */
  readonly isRunning: boolean;
  readonly ip: string | null;
  readonly ranges: readonly string[];
  readonly now: Date;
}

export type DoorRefusal =
  'SITTING_NOT_HELD' | 'REGISTRATION_NOT_APPROVED' | 'DOOR_NOT_OPEN' | 'DOOR_CLOSED' | 'WRONG_NETWORK';

/** 签到 begins then (domain.md §5.5: half an hour before, as the sitting says). */
export const doorOpensAt = (facts: Pick<DoorFacts, 'checkInFrom' | 'opensAt'>): Date =>
  facts.checkInFrom ?? facts.opensAt;

/** Why the door stays shut, null when it opens. Window: from 签到 to the hard end, both included. */
export function decideDoor(facts: DoorFacts): DoorRefusal | null {
  if (facts.sittingStatus !== 'published') return 'SITTING_NOT_HELD';
  if (facts.registrationStatus !== 'approved') return 'REGISTRATION_NOT_APPROVED';
  if (facts.now.getTime() < doorOpensAt(facts).getTime()) return 'DOOR_NOT_OPEN';
  if (facts.now.getTime() > facts.hardEndAt.getTime() && !facts.isRunning) return 'DOOR_CLOSED';
  return isInRanges(facts.ip, facts.ranges) ? null : 'WRONG_NETWORK';
}

/**
 * Before 签到 the door opens for a device check, from the first day on which a check says something about the exam
 * (behaviour.md part 4, idea 16). Asked where `decideDoor` refuses nothing but the time; the network is not asked: whether
 * the machine stands in the right one is a point of the check.
 */
export const checksFrom = ({ opensAt }: Pick<DoorFacts, 'opensAt'>): Date =>
  new Date(opensAt.getTime() - CHECK_LIFE_DAYS * DAY_MS);

/** Whether somebody who came in for a check still has a 签到 to wait for; else the page of the seat says what is the matter. */
export const waitsForSignIn = (
  facts: Pick<DoorFacts, 'registrationStatus' | 'sittingStatus' | 'checkInFrom' | 'opensAt'>,
  now: Date,
): boolean =>
  facts.sittingStatus === 'published' &&
  facts.registrationStatus === 'approved' &&
  now.getTime() < doorOpensAt(facts).getTime();

/** A session for a device check ends so long after it began, and when 签到 begins: nobody has signed in by it. */
export const CHECK_SESSION_MINUTES = 60;

export function checkSessionUntil(facts: Pick<DoorFacts, 'checkInFrom' | 'opensAt' | 'now'>): Date {
  const longest = facts.now.getTime() + CHECK_SESSION_MINUTES * MINUTE_MS;
  return new Date(Math.min(longest, doorOpensAt(facts).getTime()));
}

/** Ticket number as printed, whatever blanks and full-width digits were typed; null when it cannot be one. */
export function readTicketNo(text: string): string | null {
  const digits = text.normalize('NFKC').replace(/[\s\-–—]/g, '');
  return /^\d{12,20}$/.test(digits) ? digits : null;
}

/** ID number as it is hashed: no blanks, full-width characters as plain ones, X large. */
export function readIdNumber(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
}

/**
 * A session of the door ends so long after the hard end, and after who comes back then to an exam that still runs: long
 * interruptions are given back beyond the hard end.
 */
export const SESSION_AFTER_END_HOURS = 4;

export function sessionUntil({
  hardEndAt,
  isRunning,
  now,
}: Pick<DoorFacts, 'hardEndAt' | 'isRunning' | 'now'>): Date {
  const from = Math.max(hardEndAt.getTime(), isRunning ? now.getTime() : 0);
  return new Date(from + SESSION_AFTER_END_HOURS * 3_600_000);
}
