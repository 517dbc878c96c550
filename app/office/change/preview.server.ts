import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { listGrantsOver } from '#app/accounts/grants/grant.store.server.ts';
import { ROLE_LABELS } from '#app/accounts/role.ts';
import type { ChangePlan } from '#app/organization/change/change-plan.ts';
import type { Member } from '#app/organization/change/change-people.store.server.ts';
import { listMembers } from '#app/organization/change/change-people.store.server.ts';
import type { ChangeEffect } from '#app/organization/change/decide-change.ts';
import { countOpenTransfers } from '#app/organization/change/transfer.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { loadSecondPersons } from '../approval/load-second-persons.server.ts';
import { openWays, tellWays } from '../approval/second-person.ts';
import { regionOfPlan } from './change-scope.server.ts';
import type { Consequence, ConsequenceSection } from './describe-change.ts';
import { describeChange } from './describe-change.ts';
import { changePorts } from './facts.server.ts';
import type { JudgedPlan, PlanRefusal } from './file-change.server.ts';
import { judgePlan, namesIn, refuseDay } from './file-change.server.ts';

export interface ChangePreview {
  readonly title: string;
  readonly day: Day;
  readonly documentNo: string;
  readonly sections: readonly ConsequenceSection[];
  /** Who may be the second person, in one sentence. */
  readonly waitsFor: string;
  readonly isPlanned: boolean;
}

const namedUnit = (plan: ChangePlan): string | null =>
  plan.kind === 'split' || plan.kind === 'abolish' ? plan.unitId : null;

/** How many go from where to where: by name first, then with their unit. */
function peopleRows(
  members: readonly Member[],
  plan: ChangePlan,
  effect: ChangeEffect,
  nameOf: (id: string) => string,
): Consequence[] {
  const from = namedUnit(plan);
  const named = new Map(effect.assignments.map((one) => [one.personId, one.unitId]));
  const successor = new Map(effect.closedUnits.map(({ from: unit, to }) => [unit, to]));
  const counts = new Map<
    string,
    { unitId: string; to: string | null; kind: Member['kind']; count: number }
  >();
  for (const { personId, unitId, kind } of members) {
    const to = (unitId === from ? named.get(personId) : undefined) ?? successor.get(unitId) ?? null;
    const key = `${unitId}:${to ?? ''}:${kind}`;
    const known = counts.get(key) ?? { unitId, to, kind, count: 0 };
    counts.set(key, { ...known, count: known.count + 1 });
  }
  return [...counts].map(([key, { unitId, to, kind, count }]) => ({
    key,
    what: `${nameOf(unitId)}${kind === 'home' ? '在编在册' : '派驻、借用'}人员 ${count} 人`,
    outcome:
      to === null
        ? successor.has(unitId)
          ? '尚无去向'
          : '留在原单位'
        : `${kind === 'home' ? '归属' : '工作单位'}改为${nameOf(to)}，学时、证件、履历随人不变`,
  }));
}

async function rightsRows(
  ctx: ActorCtx,
  effect: ChangeEffect,
  day: Day,
  nameOf: (id: string) => string,
): Promise<Consequence[]> {
  const successor = new Map(
    [...effect.closedUnits, ...effect.closedRegions].map(({ from, to }) => [from, to]),
  );
  const grants = await listGrantsOver(ctx.pool, [...successor.keys()], day);
  return grants.map((grant, index) => {
    const place = grant.unitId ?? grant.regionId ?? '';
    const to = successor.get(place) ?? null;
    return {
      key: String(index),
      what: `${grant.accountName}：${nameOf(place)}${ROLE_LABELS[grant.role]}`,
      outcome: to === null ? '授权终止' : `授权自生效之日转为${nameOf(to)}`,
    };
  });
}

async function otherRows(ctx: ActorCtx, effect: ChangeEffect): Promise<Consequence[]> {
  const unitIds = effect.closedUnits.map((one) => one.from);
  const regionIds = effect.closedRegions.map((one) => one.from);
  if (unitIds.length + regionIds.length === 0) return [];
  const today = dayOf(ctx.clock.now());
  const facts = [];
  for (const port of changePorts(ctx.pool).changeFacts)
    facts.push(...(await port.list(ctx.pool, { unitIds, regionIds }, today)));
  const transfers = await countOpenTransfers(ctx.pool, unitIds);
  const rows = facts
    .filter((fact) => fact.count > 0)
    .map((fact) => ({ key: fact.what, what: `${fact.what} ${fact.count} 项`, outcome: fact.outcome }));
  if (transfers > 0)
    rows.push({
      key: 'transfers',
      what: `待确认的调动 ${transfers} 项`,
      outcome: '退回转出单位，注明单位已变更',
    });
  return rows;
}

/** The preview of a plan that has been judged: everything it touches and what becomes of it. */
export async function previewJudged(
  ctx: ActorCtx,
  plan: ChangePlan,
  judged: JudgedPlan,
  day: Day,
): Promise<ConsequenceSection[]> {
  const { state: before, effect } = judged;
  const nameOf = namesIn([before, effect.state], day);
  const from = namedUnit(plan);
  const unitIds = [...effect.closedUnits.map((one) => one.from), ...(from === null ? [] : [from])];
  const members = await listMembers(ctx.pool, [...new Set(unitIds)], day);
  const sections = [
    ...describeChange({ before, effect, day, nameOf }),
    { title: '人员', rows: peopleRows(members, plan, effect, nameOf) },
    { title: '授权', rows: await rightsRows(ctx, effect, day, nameOf) },
    { title: '在办事项', rows: await otherRows(ctx, effect) },
  ];
  return sections.filter((section) => section.rows.length > 0);
}

/** What filing the plan would do, before anything is written. Refusals: those of filing. */
export async function previewChange(
  ctx: ActorCtx,
  asked: {
    readonly plan: ChangePlan;
    readonly day: Day;
    readonly documentNo: string;
    readonly exceptId: string;
  },
): Promise<Outcome<ChangePreview, PlanRefusal>> {
  const { plan, day, documentNo } = asked;
  const regionId = await regionOfPlan(ctx, plan, 'organization.change');
  if (regionId === null) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const inRange = refuseDay(day, today);
  if (!inRange.ok) return inRange;
  const judged = await judgePlan(ctx.pool, asked);
  if (!judged.ok) return judged;
  const { scene } = await loadSecondPersons(ctx, { makerId: ctx.actorId, regionId });
  if (openWays(scene).length === 0) return refused('NO_SECOND_PERSON');
  return done({
    title: judged.value.title,
    day,
    documentNo,
    sections: await previewJudged(ctx, plan, judged.value, day),
    waitsFor: tellWays(scene),
    isPlanned: day > today,
  });
}
