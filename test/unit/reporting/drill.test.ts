import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildTree } from '#app/organization/tree/tree.ts';
import type { OrgTree, RegionNode, UnitNode } from '#app/organization/tree/tree.ts';
import type { Place } from '#app/reporting/completion/drill.ts';
import {
  NO_PLACE,
  bucketsOf,
  startingPlace,
  trailTo,
  unitsOfPlace,
} from '#app/reporting/completion/drill.ts';

const region = (id: string, parentId: string | null, level: RegionNode['level']): RegionNode => ({
  id,
  code: id,
  parentId,
  name: id,
  level,
  kind: 'administrative',
});
const unit = (id: string, regionId: string, parentId: string | null): UnitNode => ({
  id,
  code: id,
  parentId,
  regionId,
  name: id,
  namePinyin: id,
  unitType: 'department',
  fieldCodes: [],
});

const REGIONS = [
  region('city', null, 'city'),
  region('east', 'city', 'county'),
  region('west', 'city', 'county'),
  region('east-town', 'east', 'township'),
  region('west-town', 'west', 'township'),
  region('city-town', 'city', 'township'),
];

/** Random units in random regions, each under an earlier unit or none: parents may lie in other regions. */
const treeArbitrary = fc
  .array(fc.tuple(fc.nat(REGIONS.length - 1), fc.option(fc.nat(30), { nil: null })), {
    minLength: 1,
    maxLength: 30,
  })
  .map((drawn) =>
    buildTree(
      '2026-11-22',
      REGIONS,
      drawn.map(([regionIndex, parent], index) =>
        unit(
          `u${index}`,
          REGIONS[regionIndex]?.id ?? 'city',
          parent === null || index === 0 ? null : `u${parent % index}`,
        ),
      ),
    ),
  );

/** Walks every place below, asserting that its rows hold each of its units exactly once. */
function expectPartition(tree: OrgTree, place: Place, reached: ReadonlySet<string>, depth = 0): void {
  expect(depth).toBeLessThan(40);
  const units = unitsOfPlace(tree, place, reached);
  const buckets = bucketsOf(tree, place, units);
  expect(buckets.flatMap((bucket) => bucket.unitIds).sort()).toEqual([...units].sort());
  for (const bucket of buckets) {
    if (bucket.place === null) continue;
    expect([...unitsOfPlace(tree, bucket.place, reached)].sort()).toEqual([...bucket.unitIds].sort());
    expectPartition(tree, bucket.place, reached, depth + 1);
  }
}

describe('the drill-down', () => {
  it('puts every unit of a place into exactly one row, and a row leads to exactly its units', () => {
    fc.assert(
      fc.property(
        treeArbitrary,
        fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }),
        (tree, isReached) => {
          const reached = new Set([...tree.units.keys()].filter((_, index) => isReached[index]));
          expectPartition(tree, { ...NO_PLACE, regionId: 'city' }, reached);
          expectPartition(tree, { ...NO_PLACE, regionId: 'east' }, reached);
          expectPartition(tree, { ...NO_PLACE, unitId: 'u0' }, reached);
        },
      ),
      { numRuns: 300, seed: 8 },
    );
  });

  const tree = buildTree('2026-11-22', REGIONS, [
    unit('city-bureau', 'city', null),
    unit('east-bureau', 'east', null),
    unit('east-team', 'east', 'east-bureau'),
    unit('east-posted', 'east-town', 'east-team'),
    unit('west-bureau', 'west', 'city-bureau'),
  ]);
  const all = new Set(tree.units.keys());

  it('shows a city by its counties and its own level, a county by its units, townships included', () => {
    const labels = (place: Place) =>
      bucketsOf(tree, place, unitsOfPlace(tree, place, all)).map((row) => row.label);
    expect(labels({ ...NO_PLACE, regionId: 'city' })).toEqual(['市本级', 'east', 'west']);
    expect(labels({ ...NO_PLACE, regionId: 'east' })).toEqual(['east-bureau']);
    expect(labels({ ...NO_PLACE, regionId: 'east', unitId: 'east-bureau' })).toEqual(['本单位', 'east-team']);
  });

  it('a county and a unit are found without walking through all a province reaches', () => {
    const many = Array.from({ length: 500 }, (_, index) => unit(`far-${index}`, 'west', null));
    const wide = buildTree('2026-11-22', REGIONS, [...tree.units.values(), ...many]);
    let walked = 0;
    const reached: ReadonlySet<string> = Object.assign(new Set(wide.units.keys()), {
      [Symbol.iterator]: () => {
        walked += 1;
        return wide.units.keys();
      },
    });
    const unitsOf = (place: Partial<Place>) => [...unitsOfPlace(wide, { ...NO_PLACE, ...place }, reached)];
    expect(unitsOf({ regionId: 'east' })).toEqual(['east-bureau', 'east-team', 'east-posted']);
    expect(unitsOf({ unitId: 'east-bureau' })).toEqual(['east-bureau', 'east-posted', 'east-team']);
    trailTo(wide, { ...NO_PLACE, regionId: 'city' }, { ...NO_PLACE, unitId: 'east-team' }, reached);
    expect(walked).toBe(0);
  });

  it('keeps a unit inside the region it was reached from, also when its sub-unit lies elsewhere', () => {
    const own: Place = { regionId: 'city', isOwnLevel: true, unitId: 'city-bureau' };
    expect([...unitsOfPlace(tree, own, all)]).toEqual(['city-bureau']);
    expect([...unitsOfPlace(tree, { ...NO_PLACE, unitId: 'city-bureau' }, all)].sort()).toEqual([
      'city-bureau',
      'west-bureau',
    ]);
  });

  it('begins at the one unit of a liaison, at the region of a bureau, and at the common region of a line', () => {
    const reach = (unitIds: string[], regionIds: string[] = []) => ({
      unitIds: new Set(unitIds),
      regionIds: new Set(regionIds),
    });
    expect(startingPlace(tree, reach(['east-bureau', 'east-team'])).unitId).toBe('east-bureau');
    expect(startingPlace(tree, reach(['east-bureau'], ['east', 'east-town'])).regionId).toBe('east');
    expect(startingPlace(tree, reach(['east-bureau', 'west-bureau'])).regionId).toBe('city');
  });

  it('shows nothing above the starting place in the trail', () => {
    const start: Place = { ...NO_PLACE, regionId: 'east' };
    const place: Place = { regionId: 'east', isOwnLevel: false, unitId: 'east-team' };
    expect(trailTo(tree, start, place, all).map((step) => step.label)).toEqual([
      'east',
      'east-bureau',
      'east-team',
    ]);
    const liaison = new Set(['east-team', 'east-posted']);
    const own: Place = { ...NO_PLACE, unitId: 'east-posted' };
    expect(
      trailTo(tree, { ...NO_PLACE, unitId: 'east-team' }, own, liaison).map((step) => step.label),
    ).toEqual(['east-team', 'east-posted']);
  });

  it('holds nothing for a place outside the reach', () => {
    expect(unitsOfPlace(tree, { ...NO_PLACE, unitId: 'west-bureau' }, new Set(['east-bureau'])).size).toBe(0);
  });
});
