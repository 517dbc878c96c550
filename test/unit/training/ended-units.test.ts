import { describe, expect, it } from 'vitest';
import type { RegionNode, UnitNode } from '#app/organization/tree/tree.ts';
import { buildTree } from '#app/organization/tree/tree.ts';
import { endedUnit } from '#app/training/year/ended-units.ts';

const region = (id: string): RegionNode => ({
  id,
  code: id,
  parentId: null,
  name: id,
  level: 'county',
  kind: 'administrative',
});
const unit = (id: string, over: Partial<UnitNode> = {}): UnitNode => ({
  id,
  code: id,
  parentId: null,
  regionId: 'county',
  name: `${id}局`,
  namePinyin: id,
  unitType: 'department',
  fieldCodes: [],
  ...over,
});
const tree = buildTree(
  '2026-01-20',
  [region('county'), region('newtown')],
  [unit('heir'), unit('parent'), unit('office', { regionId: 'newtown' })],
);
const ended = (one: UnitNode, successions: readonly (readonly [string, string | null])[]) =>
  endedUnit(one, new Map(successions), tree);

describe('a unit that ended after 31 December (domain.md §4.2 cases 2, 14)', () => {
  it('is answered for by what took its place, also over several acts', () => {
    expect(ended(unit('old'), [['old', 'heir']])).toMatchObject({
      officeId: 'heir',
      name: 'old局',
      shownName: 'old局（已撤并，由heir局办理）',
    });
    const twice = [
      ['old', 'between'],
      ['between', 'heir'],
    ] as const;
    expect(ended(unit('old'), twice)?.officeId).toBe('heir');
  });

  it('without a successor by the unit it belonged to, else by the bureau of its region', () => {
    expect(ended(unit('team', { parentId: 'parent' }), [['team', null]])?.officeId).toBe('parent');
    expect(ended(unit('alone'), [['alone', null]])).toMatchObject({
      officeId: 'alone',
      regionId: 'county',
      shownName: 'alone局（已撤并）',
    });
  });

  it('of a region that ended counts in the region that took its place', () => {
    const town = unit('town', { regionId: 'oldtown' });
    expect(
      ended(town, [
        ['town', 'office'],
        ['oldtown', 'newtown'],
      ])?.regionId,
    ).toBe('newtown');
    expect(ended(town, [['town', 'office']])?.regionId).toBe('newtown');
    expect(ended(town, [['town', null]])).toBeNull();
  });

  it('a ring of successions ends the search', () => {
    const ring = [
      ['a', 'b'],
      ['b', 'a'],
    ] as const;
    expect(ended(unit('a'), ring)?.officeId).toBe('a');
  });
});
