import { describe, expect, it } from 'vitest';
import { reachOf } from '#app/accounts/reach.ts';
import type { Grant } from '#app/accounts/role.ts';
import { buildTree, regionSubtree, unitsInRegion } from '#app/organization/tree/tree.ts';
import type { RegionNode, UnitNode } from '#app/organization/tree/tree.ts';

const region = (id: string, parentId: string | null): RegionNode => ({
  ...{ id, code: id, parentId, name: id, level: parentId === null ? 'city' : 'county' },
  kind: 'administrative',
});
const unit = (id: string, regionId: string): UnitNode => ({
  ...{ id, code: id, parentId: null, regionId, name: id, namePinyin: id },
  unitType: 'department',
  fieldCodes: [],
});
const tree = buildTree(
  '2026-11-22',
  [region('city', null), region('east', 'city'), region('west', 'city')],
  [unit('a', 'city'), unit('b', 'east'), unit('c', 'west')],
);
const bureauOf = (regionId: string): Grant => ({
  ...{ id: `grant-${regionId}`, role: 'justice_bureau', scopeKind: 'region' },
  ...{ unitId: null, regionId, fieldCode: null },
});

describe('what a person reaches', () => {
  it('of one region are its units, found once per tree and not put together for each request', () => {
    const { unitIds, regionIds } = reachOf([bureauOf('city')], 'figures.read', tree);
    expect([...unitIds].sort()).toEqual(['a', 'b', 'c']);
    expect(unitIds).toBe(unitsInRegion(tree, 'city'));
    expect(regionIds).toBe(regionSubtree(tree, 'city'));
  });

  it('of several is all of them together, and leaves what the tree knows as it was', () => {
    const { unitIds, regionIds } = reachOf([bureauOf('east'), bureauOf('west')], 'figures.read', tree);
    expect([[...unitIds].sort(), [...regionIds].sort()]).toEqual([
      ['b', 'c'],
      ['east', 'west'],
    ]);
    expect([...unitsInRegion(tree, 'east')]).toEqual(['b']);
  });

  it('of nothing is nothing', () => {
    expect(reachOf([], 'figures.read', tree)).toEqual({ unitIds: new Set(), regionIds: new Set() });
  });
});
