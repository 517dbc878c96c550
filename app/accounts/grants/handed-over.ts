import type { Day } from '#app/platform/time/day.ts';
import { isDelegable } from '../delegation/delegation.ts';
import type { GrantChange, GrantStretch, NewGrant } from './grant-moves.ts';

const samePlace = (a: NewGrant, b: NewGrant): boolean =>
  a.role === b.role &&
  a.scopeKind === b.scopeKind &&
  a.unitId === b.unitId &&
  a.regionId === b.regionId &&
  a.fieldCode === b.fieldCode;

const holdsOn = (grant: NewGrant, day: Day): boolean =>
  grant.validFrom <= day && (grant.validTo === null || grant.validTo > day);

/** The rights that pass with an office: the work of a unit or bureau, not what is a person's own. */
export function passingGrants(grants: readonly GrantStretch[], day: Day): GrantStretch[] {
  return grants.filter((grant) => isDelegable(grant.role) && holdsOn(grant, day));
}

/**
 * Rights of one account that pass to another from `day` on: they end there and begin here, to the same last day. What the
 * receiver holds already is not granted twice.
 */
export function decideHandedOver(
  grants: readonly GrantStretch[],
  receiver: { readonly accountId: string; readonly grants: readonly GrantStretch[] },
  day: Day,
): GrantChange {
  const passing = passingGrants(grants, day);
  const ended = passing
    .filter((grant) => grant.validFrom < day)
    .map(({ grantId: _, ...grant }): NewGrant => ({ ...grant, validTo: day }));
  const begun = passing
    .map(({ grantId: _, ...grant }): NewGrant => ({
      ...grant,
      accountId: receiver.accountId,
      validFrom: day,
    }))
    .filter((grant) => !receiver.grants.some((held) => holdsOn(held, day) && samePlace(held, grant)));
  return { supersede: passing.map((grant) => grant.grantId), insert: [...ended, ...begun] };
}
