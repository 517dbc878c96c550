import type { RegionRules, StatedRules } from '#app/organization/rules/region-rules.ts';
import { DEFAULT_RULES, mergeRules } from '#app/organization/rules/region-rules.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { targetPolicyOf } from '#app/training/policy.ts';
import type { YearTarget } from './figures.ts';

/** Values in force in one region: the defaults, then what each region from the top down states itself. */
export function rulesOfRegion(
  tree: OrgTree,
  stated: ReadonlyMap<string, StatedRules>,
  regionId: string,
): RegionRules {
  const line = regionAncestors(tree, regionId).reverse();
  return mergeRules(DEFAULT_RULES, ...line.flatMap((region) => stated.get(region.id) ?? []));
}

export function targetFromRules(rules: RegionRules): YearTarget {
  return { ...targetPolicyOf(rules), keyFields: rules.keyFields.value };
}

/** What is owed in each of the units, by the rules of the region each lies in. */
export function targetsOfUnits(
  tree: OrgTree,
  stated: ReadonlyMap<string, StatedRules>,
  unitIds: Iterable<string>,
): { unitId: string; target: YearTarget }[] {
  const byRegion = new Map<string, YearTarget>();
  const targetIn = (regionId: string): YearTarget => {
    const known = byRegion.get(regionId);
    if (known) return known;
    const target = targetFromRules(rulesOfRegion(tree, stated, regionId));
    byRegion.set(regionId, target);
    return target;
  };
  return [...unitIds].flatMap((unitId) => {
    const unit = tree.units.get(unitId);
    return unit ? [{ unitId, target: targetIn(unit.regionId) }] : [];
  });
}
