import type { RegionRules, StatedRules } from '#app/organization/rules/region-rules.ts';
import { DEFAULT_RULES, mergeRules } from '#app/organization/rules/region-rules.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { targetRulesOf } from '#app/training/policy.ts';
import type { TargetRules } from '#app/training/target/year-target.ts';
import type { OwedCourse, RequiredCourse } from './required-course.ts';
import { owedByPlace } from './required-course.ts';

/** Values in force in one region: the defaults, then what each region from the top down states itself. */
export function rulesOfRegion(
  tree: OrgTree,
  stated: ReadonlyMap<string, StatedRules>,
  regionId: string,
): RegionRules {
  const line = regionAncestors(tree, regionId).reverse();
  return mergeRules(DEFAULT_RULES, ...line.flatMap((region) => stated.get(region.id) ?? []));
}

/** What is owed in each of the units: hours by the rules of the region each lies in, and required courses in force. */
export function targetsOfUnits(
  tree: OrgTree,
  stated: ReadonlyMap<string, StatedRules>,
  unitIds: Iterable<string>,
  required: readonly RequiredCourse[],
): { unitId: string; target: TargetRules; owedCourses: readonly OwedCourse[] }[] {
  const owedBy = owedByPlace(required);
  const byRegion = new Map<string, TargetRules>();
  /** Few regions state anything: those with the same ones above them share one target, which is made and compared once. */
  const byStating = new Map<string, TargetRules>();
  const targetIn = (regionId: string): TargetRules => {
    const known = byRegion.get(regionId);
    if (known) return known;
    const stating = regionAncestors(tree, regionId).filter((region) => stated.has(region.id));
    const key = stating.map((region) => region.id).join(',');
    const target = byStating.get(key) ?? targetRulesOf(rulesOfRegion(tree, stated, regionId));
    byStating.set(key, target);
    byRegion.set(regionId, target);
    return target;
  };
  return [...unitIds].flatMap((unitId) => {
    const unit = tree.units.get(unitId);
    const region = unit && tree.regions.get(unit.regionId);
    if (!unit || !region) return [];
    const owedCourses = owedBy({ unitType: unit.unitType, regionLevel: region.level });
    return [{ unitId, target: targetIn(unit.regionId), owedCourses }];
  });
}
