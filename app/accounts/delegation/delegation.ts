import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addMonths } from '#app/platform/time/day.ts';
import type { Role } from '../role.ts';
import { ADMIN_ROLES } from '../role.ts';

/** `absence`: 外出期间由他人代办, with an end. `deputy`: B 岗, who stands in whenever A is away. */
export const DELEGATION_KINDS = ['absence', 'deputy'] as const;
export type DelegationKind = (typeof DELEGATION_KINDS)[number];

export const DELEGATION_LABELS: Readonly<Record<DelegationKind, string>> = {
  absence: '离岗代办',
  deputy: 'B 岗',
};

/**
 * Rights that may be lent: the daily work of an office. Not lent are what belongs to a person (learning, the card of a
 * supervisor, 命题 and 审题, the exam room) and the three administrators, who exclude each other (domain.md §9.1).
 */
export const DELEGABLE_ROLES = [
  'unit_liaison',
  'unit_leader',
  'system_department',
  'justice_office',
  'justice_bureau',
] as const satisfies readonly Role[];

/** Longest absence that one entry may cover; whoever is away longer hands over. */
export const MAX_ABSENCE_MONTHS = 6;

export interface DelegationParty {
  readonly accountId: string;
  readonly isActive: boolean;
  readonly roles: readonly Role[];
  /** Units in which the person is at home on the first day; empty for an account without a person. */
  readonly homeUnitIds: readonly string[];
}

export interface DelegationInput {
  readonly kind: DelegationKind;
  readonly fromDay: Day;
  /** First day on which it no longer holds; null while open (B 岗 only). */
  readonly untilDay: Day | null;
}

export type DelegationRefusal =
  | 'SAME_PERSON'
  | 'NOTHING_TO_DELEGATE'
  | 'DEPUTY_NOT_ACTIVE'
  | 'DEPUTY_IS_ADMINISTRATOR'
  | 'DEPUTY_NOT_OF_THE_UNIT'
  | 'STARTS_IN_THE_PAST'
  | 'DAYS_NOT_IN_ORDER'
  | 'END_NEEDED'
  | 'TOO_LONG'
  | 'OVERLAPS';

export interface DelegationCase {
  readonly principal: DelegationParty;
  readonly deputy: DelegationParty;
  /** Units over which the principal's delegable roles reach. */
  readonly reachedUnitIds: ReadonlySet<string>;
  /** Other delegations of this principal to this deputy that still hold or will. */
  readonly standing: readonly { readonly fromDay: Day; readonly untilDay: Day | null }[];
  readonly today: Day;
}

export const isDelegable = (role: Role): boolean => DELEGABLE_ROLES.some((one) => one === role);

const overlap = (
  a: { fromDay: Day; untilDay: Day | null },
  b: { fromDay: Day; untilDay: Day | null },
): boolean =>
  (a.untilDay === null || b.fromDay < a.untilDay) && (b.untilDay === null || a.fromDay < b.untilDay);

/** Whether the deputy may stand in. The refusals say what is wrong, the first that applies. */
export function decideDelegation(
  input: DelegationInput,
  { principal, deputy, reachedUnitIds, standing, today }: DelegationCase,
): Outcome<DelegationInput, DelegationRefusal> {
  const { kind, fromDay, untilDay } = input;
  if (principal.accountId === deputy.accountId) return refused('SAME_PERSON');
  if (!principal.roles.some(isDelegable)) return refused('NOTHING_TO_DELEGATE');
  if (!deputy.isActive) return refused('DEPUTY_NOT_ACTIVE');
  if (deputy.roles.some((role) => ADMIN_ROLES.includes(role))) return refused('DEPUTY_IS_ADMINISTRATOR');
  if (!deputy.homeUnitIds.some((unit) => reachedUnitIds.has(unit))) return refused('DEPUTY_NOT_OF_THE_UNIT');
  if (fromDay < today) return refused('STARTS_IN_THE_PAST');
  if (untilDay !== null && untilDay <= fromDay) return refused('DAYS_NOT_IN_ORDER');
  if (kind === 'absence' && untilDay === null) return refused('END_NEEDED');
  if (kind === 'absence' && untilDay !== null && untilDay > addMonths(fromDay, MAX_ABSENCE_MONTHS))
    return refused('TOO_LONG', { months: MAX_ABSENCE_MONTHS });
  if (standing.some((other) => overlap(other, input))) return refused('OVERLAPS');
  return done(input);
}
