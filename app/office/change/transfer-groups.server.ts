import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { listGrantsOfPerson } from '#app/accounts/grants/grant.store.server.ts';
import { ROLE_LABELS } from '#app/accounts/role.ts';
import { ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import { listAbsencesOf } from '#app/organization/change/absence.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { unitAncestors } from '#app/organization/tree/tree.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import type { Fact } from './facts.server.ts';
import { changePorts } from './facts.server.ts';

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
}

interface Moving {
  readonly personId: string;
  /** Null while the new unit is still to be chosen. */
  readonly toUnitId: string | null;
}

/** Rights of the person and what the move does to them (accounts/grants). */
async function rightsGroup(ctx: ActorCtx, tree: OrgTree, moving: Moving, today: Day): Promise<FactGroup> {
  const { personId, toUnitId } = moving;
  const above = new Set(toUnitId === null ? [] : unitAncestors(tree, toUnitId).map((unit) => unit.id));
  const grants = await listGrantsOfPerson(ctx.pool, personId, today);
  const ends =
    toUnitId === null
      ? '转入单位不在其范围内的，转入之日起终止'
      : '转入之日起终止，如需继续由安全管理员另行授权';
  const facts = grants.map((grant) => {
    const place =
      tree.units.get(grant.unitId ?? '')?.name ?? tree.regions.get(grant.regionId ?? '')?.name ?? '本人';
    const stays = grant.scopeKind === 'self' || (grant.unitId !== null && above.has(grant.unitId));
    return { label: `${ROLE_LABELS[grant.role]}（${place}）`, value: stays ? '调动后保留' : ends };
  });
  return { title: '授权', facts };
}

async function awayGroup(ctx: ActorCtx, personId: string, today: Day): Promise<FactGroup> {
  const open = (await listAbsencesOf(ctx.pool, personId)).filter(
    (absence) => absence.validTo === null || absence.validTo > today,
  );
  return {
    title: '离岗情况',
    facts: open.map((absence) => ({
      label: ABSENCE_LABELS[absence.kind],
      value: `${formatDay(absence.validFrom)}起，预计 ${formatDay(absence.expectedReturnDay)}返岗${absence.cardKeeper === null ? '' : `，证件由${absence.cardKeeper}代管`}`,
    })),
  };
}

/**
 * Everything that goes with a person who moves: card, hours, registrations, classes (from the slices above), rights and
 * absences. The same for who files, before filing, and for who takes in. The caller has authorised the person.
 */
export async function transferGroups(ctx: ActorCtx, tree: OrgTree, moving: Moving): Promise<FactGroup[]> {
  const today = dayOf(ctx.clock.now());
  const groups: FactGroup[] = [];
  for (const port of changePorts(ctx.pool).transferFacts)
    groups.push({ title: port.title, facts: await port.list(ctx.pool, moving.personId, today) });
  groups.push(await rightsGroup(ctx, tree, moving, today), await awayGroup(ctx, moving.personId, today));
  return groups;
}
