import { homeLinksOn } from '#app/organization/person/person.store.server.ts';

import type { RuleKey } from '#app/organization/rules/region-rules.ts';
import { DEFAULT_RULES, LAPSING_DAYS, mergeRules, standingOf } from '#app/organization/rules/region-rules.ts';
import type { RulesVersion } from '#app/organization/rules/rules.store.server.ts';
import { listRulesVersions } from '#app/organization/rules/rules.store.server.ts';
import { listFields } from '#app/organization/tree/tree.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import type { RuleLine } from './rule-words.ts';
import { RULE_GROUPS, RULE_LABELS, showRule } from './rule-words.ts';

export interface RulesPage {
  readonly day: Day;
  readonly region: { readonly id: string; readonly name: string };
  readonly regions: readonly { readonly id: string; readonly name: string }[];
  readonly groups: readonly { readonly title: string; readonly lines: readonly RuleLine[] }[];
  readonly lapsedCount: number;
}

/** Regions the viewer belongs to or answers for, the most direct first, then those above and below. */
async function regionsOf(
  ctx: ActorCtx,
  tree: OrgTree,
  reachedIds: Iterable<string>,
  day: Day,
): Promise<string[]> {
  const { grants, personId } = ctx.actor;
  const home = personId === null ? undefined : (await homeLinksOn(ctx.pool, [personId], day)).get(personId);
  const direct = [
    ...grants.map((grant) => grant.regionId),
    ...grants.map((grant) =>
      grant.unitId === null ? null : (tree.units.get(grant.unitId)?.regionId ?? null),
    ),
    home?.regionId ?? null,
  ].filter((id) => id !== null);
  const above = direct.flatMap((id) => regionAncestors(tree, id).map((region) => region.id));
  return [...new Set([...direct, ...above, ...reachedIds])].filter((id) => tree.regions.has(id));
}

/**
 * All values in force today in one region the viewer belongs to, with what each rests on.
 * Refusals: FORBIDDEN; NOT_FOUND (no such region, or not one of the viewer's).
 * @param regionId null for the viewer's own region
 */
export async function viewRules(
  ctx: ActorCtx,
  regionId: string | null,
): Promise<Outcome<RulesPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'rules.read')) return refused('FORBIDDEN');
  const day = dayOf(ctx.clock.now());
  const { tree, regionIds } = await reachFor(ctx, 'rules.read');
  const offered = await regionsOf(ctx, tree, regionIds, day);
  const shownId = regionId ?? offered[0];
  const region = shownId === undefined || !offered.includes(shownId) ? undefined : tree.regions.get(shownId);
  if (region === undefined) return refused('NOT_FOUND');
  const versions = await listRulesVersions(ctx.pool, region.id, day);
  const fieldNames = new Map((await listFields(ctx.pool)).map((field) => [field.code, field.name]));
  const groups = ruleGroups({ versions, tree, fieldNames, day });
  return done({
    day,
    region: { id: region.id, name: region.name },
    regions: offered.flatMap((id) => {
      const node = tree.regions.get(id);
      return node ? [{ id, name: node.name }] : [];
    }),
    groups,
    lapsedCount: groups.flatMap((group) => group.lines).filter((line) => line.standing === 'lapsed').length,
  });
}

function ruleGroups(known: {
  versions: readonly RulesVersion[];
  tree: OrgTree;
  fieldNames: ReadonlyMap<string, string>;
  day: Day;
}): RulesPage['groups'] {
  const { versions, tree, fieldNames, day } = known;
  const rules = mergeRules(DEFAULT_RULES, ...versions.map((version) => version.values));
  const dayOfWarning = addDays(day, LAPSING_DAYS);
  const lineOf = (key: RuleKey): RuleLine => {
    const rule = rules[key];
    const version = versions.findLast((one) => one.values[key] !== undefined);
    const shown = showRule(key, rules, fieldNames);
    return {
      key,
      label: RULE_LABELS[key],
      value: shown.text,
      unit: shown.unit,
      basis: rule.basis,
      source: rule.source,
      statedBy: version === undefined ? null : (tree.regions.get(version.regionId)?.name ?? null),
      validFrom: version?.validFrom ?? null,
      until: rule.until ?? null,
      standing: standingOf(rule, day, dayOfWarning),
    };
  };
  return RULE_GROUPS.map(({ title, keys }) => ({ title, lines: keys.map(lineOf) }));
}
