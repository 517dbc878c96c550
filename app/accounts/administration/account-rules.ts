import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { Role, ScopeKind } from '../role.ts';
import { ADMIN_ROLES, ROLES } from '../role.ts';
import type { NewGrant } from '../grants/grant-moves.ts';

/**
 * Roles that a justice bureau gives to people of its own region: learners and the everyday offices of units. Everything
 * that decides over others, examines or supervises is for the security administrator to give, on the bureau's paper.
 */
export const BUREAU_GRANTABLE: readonly Role[] = [
  'officer',
  'applicant',
  'auxiliary',
  'unit_liaison',
  'unit_leader',
  'system_department',
  'justice_office',
];

/** Roles that belong to a natural person: what one learns, sits and is certified for is one's own. */
const PERSONAL_ROLES: readonly Role[] = ['officer', 'applicant', 'auxiliary'];

/** What a role reaches over; every role has one kind of scope. */
export function scopeKindOf(role: Role): ScopeKind {
  if (ADMIN_ROLES.includes(role)) return 'platform';
  if (PERSONAL_ROLES.includes(role)) return 'self';
  if (role === 'unit_liaison' || role === 'unit_leader') return 'unit';
  return role === 'system_department' ? 'field' : 'region';
}

/** Who gives: the security administrator over the platform, or a justice bureau over its region. */
export interface Giver {
  readonly kind: 'security' | 'bureau';
  /** The natural person (an account of nobody stands for itself). */
  readonly personKey: string;
  /** Reached units and regions of a bureau; the security administrator reaches all. */
  readonly unitIds: ReadonlySet<string>;
  readonly regionIds: ReadonlySet<string>;
}

export interface Receiver {
  readonly accountId: string;
  readonly personKey: string;
  readonly hasPerson: boolean;
  readonly isActive: boolean;
  /** Rights of the person as known now, through whatever account. */
  readonly grants: readonly NewGrant[];
}

export type GrantRefusal =
  | 'OWN_ACCOUNT'
  | 'ACCOUNT_DISABLED'
  | 'ROLE_NOT_YOURS_TO_GIVE'
  | 'PERSON_NEEDED'
  | 'PLACE_OUT_OF_REACH'
  | 'STARTS_IN_THE_PAST'
  | 'DAYS_NOT_IN_ORDER'
  | 'ADMINISTRATORS_APART'
  | 'ALREADY_GRANTED';

export const grantableBy = (kind: Giver['kind']): readonly Role[] =>
  kind === 'security' ? ROLES : BUREAU_GRANTABLE;

const overlap = (a: NewGrant, b: NewGrant): boolean =>
  (a.validTo === null || b.validFrom < a.validTo) && (b.validTo === null || a.validFrom < b.validTo);

const samePlace = (a: NewGrant, b: NewGrant): boolean =>
  a.unitId === b.unitId && a.regionId === b.regionId && a.fieldCode === b.fieldCode;

/** 三员分立 (domain.md §9.1): an administrator holds nothing else at the same time. */
function areApart(grant: NewGrant, held: readonly NewGrant[]): boolean {
  return held.every(
    (other) =>
      !overlap(grant, other) ||
      other.role === grant.role ||
      !(ADMIN_ROLES.includes(grant.role) || ADMIN_ROLES.includes(other.role)),
  );
}

function isInReach({ unitId, regionId }: NewGrant, giver: Giver): boolean {
  if (giver.kind === 'security') return true;
  return (
    (unitId === null || giver.unitIds.has(unitId)) && (regionId === null || giver.regionIds.has(regionId))
  );
}

/** Whether this right may be given; the first reason against it otherwise. @param today first day it may hold */
export function decideGrant(
  grant: NewGrant,
  receiver: Receiver,
  giver: Giver,
  today: Day,
): Outcome<NewGrant, GrantRefusal> {
  if (receiver.personKey === giver.personKey) return refused('OWN_ACCOUNT');
  if (!receiver.isActive) return refused('ACCOUNT_DISABLED');
  if (!grantableBy(giver.kind).includes(grant.role)) return refused('ROLE_NOT_YOURS_TO_GIVE');
  if (PERSONAL_ROLES.includes(grant.role) && !receiver.hasPerson) return refused('PERSON_NEEDED');
  if (!isInReach(grant, giver)) return refused('PLACE_OUT_OF_REACH');
  if (grant.validFrom < today) return refused('STARTS_IN_THE_PAST');
  if (grant.validTo !== null && grant.validTo <= grant.validFrom) return refused('DAYS_NOT_IN_ORDER');
  if (!areApart(grant, receiver.grants)) return refused('ADMINISTRATORS_APART');
  const isDouble = receiver.grants.some(
    (held) => held.role === grant.role && samePlace(held, grant) && overlap(held, grant),
  );
  return isDouble ? refused('ALREADY_GRANTED') : done(grant);
}

/**
 * Whether the viewer may change this account (link, standing, rights): never the own one; for a bureau only accounts
 * that hold nothing beyond what a bureau gives, so that nobody gets at a colleague's or a superior's office through it.
 */
export function mayChange(
  viewer: Giver,
  account: Pick<Receiver, 'personKey' | 'grants'>,
  today: Day,
): boolean {
  if (account.personKey === viewer.personKey) return false;
  if (viewer.kind === 'security') return true;
  return account.grants
    .filter((grant) => grant.validTo === null || grant.validTo > today)
    .every((grant) => BUREAU_GRANTABLE.includes(grant.role) && isInReach(grant, viewer));
}
