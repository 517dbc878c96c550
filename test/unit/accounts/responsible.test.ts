import { describe, expect, it } from 'vitest';
import type { RolePlaces } from '#app/accounts/responsible.ts';
import { responsibilitiesOf } from '#app/accounts/responsible.ts';
import type { Grant, Role } from '#app/accounts/role.ts';
import type { RegionNode, UnitNode } from '#app/organization/tree/tree.ts';
import { buildTree } from '#app/organization/tree/tree.ts';

const region = (id: string, parentId: string | null): RegionNode => ({
  id,
  code: id,
  parentId,
  name: id,
  level: 'county',
  kind: 'administrative',
});
const unit = (id: string, regionId: string, parentId: string | null = null): UnitNode => ({
  id,
  code: id,
  parentId,
  regionId,
  name: id,
  namePinyin: id,
  unitType: 'department',
  fieldCodes: [],
});

/** city ─ county ─ town; bureau ─ team ─ station and office ─ desk in the county, hall in the town. */
const tree = buildTree(
  '2026-11-23',
  [region('city', null), region('county', 'city'), region('town', 'county')],
  [
    unit('bureau', 'county'),
    unit('team', 'county', 'bureau'),
    unit('station', 'county', 'team'),
    unit('office', 'county'),
    unit('desk', 'county', 'office'),
    unit('hall', 'town'),
  ],
);

function places(
  units: Partial<Record<Role, string[]>>,
  regions: Partial<Record<Role, string[]>>,
): RolePlaces {
  const sets = (of: Partial<Record<Role, string[]>>) =>
    new Map(Object.entries(of).map(([role, ids]) => [role as Role, new Set(ids)]));
  return { units: sets(units), regions: sets(regions) };
}
const grant = (role: Role, at: Partial<Grant>): Grant => ({
  role,
  scopeKind: at.unitId ? 'unit' : 'region',
  unitId: null,
  regionId: null,
  fieldCode: null,
  ...at,
});
const fallsTo = (grants: Grant[], held: RolePlaces) =>
  responsibilitiesOf(grants, held, tree).map(({ role, unitIds, regionIds }) => ({
    role,
    units: [...unitIds].sort(),
    regions: [...regionIds].sort(),
  }));

describe('on whose desk a thing lands', () => {
  it('falls to the nearest holder of the role: units below are left to their own liaison', () => {
    const held = places({ unit_liaison: ['bureau', 'team'] }, {});
    expect(fallsTo([grant('unit_liaison', { unitId: 'bureau' })], held)).toEqual([
      { role: 'unit_liaison', units: ['bureau'], regions: [] },
    ]);
    expect(fallsTo([grant('unit_liaison', { unitId: 'team' })], held)).toEqual([
      { role: 'unit_liaison', units: ['station', 'team'], regions: [] },
    ]);
  });

  it('reaches down where nobody holds the role', () => {
    const held = places({ unit_liaison: ['bureau'] }, {});
    expect(fallsTo([grant('unit_liaison', { unitId: 'bureau' })], held)[0]?.units).toEqual([
      'bureau',
      'station',
      'team',
    ]);
  });

  it('gives a region to its own bureau and the rest to the bureau above', () => {
    const held = places({}, { justice_bureau: ['city', 'county'] });
    expect(fallsTo([grant('justice_bureau', { regionId: 'city' })], held)[0]?.regions).toEqual(['city']);
    expect(fallsTo([grant('justice_bureau', { regionId: 'county' })], held)[0]?.regions).toEqual([
      'county',
      'town',
    ]);
  });

  it('leaves a unit with its own holder out of what falls to the holder of the region', () => {
    const held = places({ unit_liaison: ['office'] }, { unit_liaison: ['county'] });
    const [found] = fallsTo([grant('unit_liaison', { regionId: 'county' })], held);
    expect(found?.units).toEqual(['bureau', 'hall', 'station', 'team']);
  });

  it('two holders of one place share it', () => {
    const held = places({ unit_leader: ['office'] }, {});
    expect(fallsTo([grant('unit_leader', { unitId: 'office' })], held)[0]?.units).toEqual(['desk', 'office']);
  });

  it('a place that no longer exists gives nothing', () => {
    expect(fallsTo([grant('unit_liaison', { unitId: 'gone' })], places({}, {}))).toEqual([]);
  });
});
