import type { Day } from '#app/platform/time/day.ts';
import type { Role, ScopeKind } from '../role.ts';

/** A grant as known now. */
export interface GrantStretch {
  readonly grantId: string;
  readonly accountId: string;
  readonly role: Role;
  readonly scopeKind: ScopeKind;
  readonly unitId: string | null;
  readonly regionId: string | null;
  readonly fieldCode: string | null;
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

export type NewGrant = Omit<GrantStretch, 'grantId'>;

export interface GrantChange {
  readonly supersede: readonly string[];
  readonly insert: readonly NewGrant[];
}

/** What a place becomes: its successor, or null when the right over it ends with it. */
type Becomes = (grant: GrantStretch) => { unitId: string | null; regionId: string | null } | 'ends' | 'stays';

function change(grants: readonly GrantStretch[], day: Day, becomes: Becomes): GrantChange {
  const supersede: string[] = [];
  const insert: NewGrant[] = [];
  for (const grant of grants) {
    if (grant.validTo !== null && grant.validTo <= day) continue;
    const place = becomes(grant);
    if (place === 'stays') continue;
    const { grantId, ...rest } = grant;
    supersede.push(grantId);
    if (grant.validFrom < day) insert.push({ ...rest, validTo: day });
    if (place !== 'ends')
      insert.push({ ...rest, ...place, validFrom: grant.validFrom < day ? day : grant.validFrom });
  }
  return { supersede, insert: insert.filter(isFirstOfItsKind) };
}

/** Two units merge into one: whoever held a role over both holds it once. */
function isFirstOfItsKind(grant: NewGrant, index: number, all: readonly NewGrant[]): boolean {
  const key = (one: NewGrant): string =>
    [one.accountId, one.role, one.scopeKind, one.unitId, one.regionId, one.fieldCode, one.validFrom].join(
      '|',
    );
  return all.findIndex((other) => key(other) === key(grant)) === index;
}

export interface Successions {
  /** Units that ended, each with what took its place (null: nothing). */
  readonly units: ReadonlyMap<string, string | null>;
  readonly regions: ReadonlyMap<string, string | null>;
}

/**
 * Rights over a unit or region that ends go over to what takes its place, with the same role and from the same day; where
 * nothing does, they end. Every other right stays.
 */
export function decideSuccession(
  grants: readonly GrantStretch[],
  successions: Successions,
  day: Day,
): GrantChange {
  return change(grants, day, (grant) => {
    const { unitId, regionId } = grant;
    const unit = unitId === null ? undefined : successions.units.get(unitId);
    const region = regionId === null ? undefined : successions.regions.get(regionId);
    if (unit === undefined && region === undefined) return 'stays';
    if (unit === null || region === null) return 'ends';
    return { unitId: unit ?? unitId, regionId: region ?? regionId };
  });
}

/** Everything a person may do ends with the leaving, also what was granted for one's own learning. */
export function decideEndOfAll(grants: readonly GrantStretch[], day: Day): GrantChange {
  return change(grants, day, () => 'ends');
}

/**
 * An office belongs to the unit: who goes to another unit keeps what is given to every learner (self) and offices over
 * units that contain the new home; every other office ends and is granted anew where needed.
 * @param above the new unit and the units above it
 */
export function decideMove(
  grants: readonly GrantStretch[],
  above: ReadonlySet<string>,
  day: Day,
): GrantChange {
  return change(grants, day, ({ scopeKind, unitId }) => {
    const stays = scopeKind === 'self' || scopeKind === 'platform' || (unitId !== null && above.has(unitId));
    return stays ? 'stays' : 'ends';
  });
}
