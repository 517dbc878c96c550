import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { OrgTree, UnitNode } from '#app/organization/tree/tree.ts';
import { unitsInFieldLine, unitsInRegion } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { addDays, dayOf, formatDay } from '#app/platform/time/day.ts';
import { sendNotices } from '../notice/send-notice.server.ts';
import { openTasks } from '../task/open-tasks.server.ts';
import { loadWorkdayExceptions } from '../workday/workday.store.server.ts';
import { MAX_WORKDAYS, answerPath, dueDayOf } from './campaign.ts';
import type { NewCampaign, NewTarget } from './campaign.store.server.ts';
import { appendCampaignEvents, insertCampaign, insertTargets } from './campaign.store.server.ts';
import { answerTask } from './campaign-tasks.ts';
import type { CampaignWork } from './work.server.ts';
import { findWork } from './work.server.ts';

/** How far the calendar is looked through: the longest deadline with its weekends and holidays. */
const DAYS_AHEAD = 300;
const ISSUE_TIMEOUT_MS = 30_000;

export interface IssueInput {
  readonly kind: string;
  readonly regionId: string;
  /** Only units of this field (条); null for all. */
  readonly fieldCode: string | null;
  readonly year: number;
  readonly title: string;
  readonly body: string;
  readonly workdays: number;
  /** Names of single units, as pasted from a list; empty for everyone whom the kind asks. */
  readonly unitNames: readonly string[];
  readonly commandId: string;
}

export type IssueRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'UNITS_UNKNOWN' | 'NO_UNITS' | 'COMMAND_REUSED';

const issuedShape = z.object({ campaignId: z.string(), targets: z.number() });
export type Issued = z.infer<typeof issuedShape>;

/** The last day for answers of a campaign issued on the day, with the 调休 known now. */
export async function lastDayFor(ctx: Pick<Ctx, 'pool'>, issuedDay: Day, workdays: number): Promise<Day> {
  const exceptions = await loadWorkdayExceptions(ctx.pool, issuedDay, addDays(issuedDay, DAYS_AHEAD));
  return dueDayOf(issuedDay, Math.min(workdays, MAX_WORKDAYS), exceptions);
}

/** Units by name as people write them: blanks do not count. */
function chooseByName(
  units: readonly UnitNode[],
  names: readonly string[],
): Outcome<readonly UnitNode[], 'UNITS_UNKNOWN'> {
  const plain = (name: string): string => name.replace(/[\s　]+/gu, '');
  const byName = new Map(units.map((unit) => [plain(unit.name), unit]));
  const asked = [...new Set(names.map(plain).filter((name) => name !== ''))];
  const unknown = asked.filter((name) => !byName.has(name));
  if (unknown.length > 0) return refused('UNITS_UNKNOWN', { names: unknown.slice(0, 5).join('、') });
  return done(asked.flatMap((name) => byName.get(name) ?? []));
}

async function targetsFor(
  ctx: ActorCtx,
  tree: OrgTree,
  work: CampaignWork,
  input: IssueInput,
): Promise<Outcome<readonly UnitNode[], 'UNITS_UNKNOWN' | 'NO_UNITS'>> {
  const ids =
    input.fieldCode === null
      ? unitsInRegion(tree, input.regionId)
      : unitsInFieldLine(tree, input.regionId, input.fieldCode);
  const units = [...ids].flatMap((id) => tree.units.get(id) ?? []);
  const named = input.unitNames.some((name) => name.trim() !== '')
    ? chooseByName(units, input.unitNames)
    : done(units);
  if (!named.ok) return named;
  // A unit asked by name is asked even if the kind would pass it over: a new entity has no entry yet.
  const chosen =
    named.value === units ? await work.chooseTargets(ctx, units, dayOf(ctx.clock.now())) : named.value;
  return chosen.length === 0 ? refused('NO_UNITS') : done(chosen);
}

function toTarget(unit: UnitNode): NewTarget {
  return {
    id: newId<'CampaignTarget'>(),
    unitId: unit.id,
    regionId: unit.regionId,
    unitName: unit.name,
    unitNamePinyin: unit.namePinyin,
    fieldCodes: unit.fieldCodes,
  };
}

/** Writes campaign, targets, tasks and the notice; the caller has authorised it and chosen the units. */
export async function writeCampaign(
  tx: Tx,
  ctx: Ctx,
  issued: {
    readonly campaign: NewCampaign;
    readonly work: CampaignWork;
    readonly units: readonly UnitNode[];
  },
): Promise<Issued> {
  const { campaign, work, units } = issued;
  const targets = units.map(toTarget);
  await insertCampaign(tx, campaign);
  await insertTargets(tx, campaign, targets);
  const deed = { actorId: ctx.actorId, at: campaign.issuedAt };
  const detail = { units: targets.length, dueDay: campaign.dueDay };
  await appendCampaignEvents(tx, [{ campaignId: campaign.id, kind: 'issued', detail }], deed);
  const { dueDay } = campaign;
  await openTasks(
    tx,
    ctx,
    targets.map((target) => answerTask(campaign, work.kind, { ...target, taskNo: 1, dueDay })),
  );
  const only = targets.length === 1 ? targets[0] : undefined;
  await sendNotices(tx, ctx, [
    {
      kind: 'campaign.issued',
      key: campaign.id,
      title: campaign.title.slice(0, 60),
      body: `${campaign.body}\n请于${formatDay(dueDay)}前填报。`,
      path:
        only === undefined ? `/coordinate/campaigns/${campaign.id}` : answerPath(campaign.id, only.unitId),
      to: [{ role: 'unit_liaison', unitIds: targets.map((target) => target.unitId) }],
    },
  ]);
  await appendAudit(tx, ctx, {
    action: 'campaign.issue',
    subjectKind: 'campaign',
    subjectId: campaign.id,
    regionId: campaign.regionId,
    detail: { kind: campaign.kind, year: campaign.year, ...detail },
  });
  return { campaignId: campaign.id, targets: targets.length };
}

/**
 * 下发: asks every unit of the region whom the kind asks, or the units named. Refusals: FORBIDDEN; NOT_FOUND (region
 * outside the reach, unknown kind); UNITS_UNKNOWN (names that no unit of the region bears, listed); NO_UNITS;
 * COMMAND_REUSED.
 */
export async function issueCampaign(
  ctx: ActorCtx,
  input: IssueInput,
): Promise<Outcome<Issued, IssueRefusal>> {
  if (!mayDo(ctx, 'campaign.issue')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'campaign.issue');
  const work = findWork(ctx, input.kind);
  if (!regionIds.has(input.regionId) || work === null) return refused('NOT_FOUND');
  const chosen = await targetsFor(ctx, tree, work, input);
  if (!chosen.ok) return chosen;
  const { commandId, unitNames: _, ...asked } = input;
  const issuedAt = ctx.clock.now();
  const issuedDay = dayOf(issuedAt);
  const dueDay = await lastDayFor(ctx, issuedDay, input.workdays);
  return inTransaction<Issued, IssueRefusal>(
    ctx,
    'issue-campaign',
    async (tx, refuse) =>
      withReceipt(
        tx,
        {
          actorId: ctx.actorId,
          commandId,
          kind: 'campaign.issue',
          input: { ...asked, names: input.unitNames },
        },
        issuedShape,
        refuse,
        () =>
          writeCampaign(tx, ctx, {
            campaign: {
              ...asked,
              id: newId<'Campaign'>(),
              supplementsId: null,
              issuedDay,
              dueDay,
              issuedBy: ctx.actorId,
              issuedAt,
            },
            work,
            units: chosen.value,
          }),
      ),
    { timeoutMs: ISSUE_TIMEOUT_MS },
  );
}
