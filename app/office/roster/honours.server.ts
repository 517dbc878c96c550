import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { HonourRow } from '#app/organization/register/honour.store.server.ts';
import {
  appendHonour,
  findStandingHonour,
  listHonours,
} from '#app/organization/register/honour.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { asCommand } from './as-command.server.ts';
import { personInReach, unitChoices } from './person-scope.server.ts';

export type HonourRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'DAY_OUT_OF_RANGE' | 'COMMAND_REUSED';

const FIRST_DAY: Day = '1949-10-01';
const idShape = z.object({ honourId: z.string() });

export interface HonourInput {
  /** Null for an honour of the unit itself. */
  readonly personId: string | null;
  readonly unitId: string;
  readonly title: string;
  readonly awardedBy: string;
  readonly awardedDay: Day;
  readonly documentNo: string | null;
  readonly commandId: string;
}

/** 表彰 of a unit or one of its people (ZY12). Refusals: FORBIDDEN; NOT_FOUND; DAY_OUT_OF_RANGE; COMMAND_REUSED. */
export async function awardHonour(
  ctx: ActorCtx,
  input: HonourInput,
): Promise<Outcome<z.infer<typeof idShape>, HonourRefusal>> {
  const { commandId, ...honour } = input;
  const { personId, unitId, awardedDay, title } = honour;
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  if (!(await reachFor(ctx, 'roster.manage')).unitIds.has(unitId)) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  if (awardedDay < FIRST_DAY || awardedDay > today)
    return refused('DAY_OUT_OF_RANGE', { earliest: formatDay(FIRST_DAY), latest: formatDay(today) });
  return asCommand<z.infer<typeof idShape>, 'NOT_FOUND'>(
    ctx,
    { kind: 'honour.award', commandId, input: honour },
    idShape,
    async (tx, refuse) => {
      const honourId = await appendHonour(
        tx,
        { ...honour, state: 'stands', correctsId: null, reason: null },
        { actorId: ctx.actorId, at: ctx.clock.now() },
      );
      if (honourId === null) return refuse('NOT_FOUND');
      await appendAudit(tx, ctx, {
        action: 'honour.award',
        subjectKind: personId === null ? 'unit' : 'person',
        subjectId: personId ?? unitId,
        unitId,
        detail: { honourId, title, awardedDay },
      });
      return { honourId };
    },
  );
}

/** An honour of a person, for the unit the person belongs to. */
export async function awardPerson(
  ctx: ActorCtx,
  personId: string,
  input: Omit<HonourInput, 'personId' | 'unitId'>,
): Promise<Outcome<z.infer<typeof idShape>, HonourRefusal>> {
  const stand = await personInReach(ctx, 'roster.manage', personId);
  if (!stand.ok) return stand;
  return awardHonour(ctx, { ...input, personId, unitId: stand.value.unitId });
}

/** Takes an entry back, with the reason; whoever comes second finds nothing. Refusals: FORBIDDEN; NOT_FOUND; COMMAND_REUSED. */
export async function withdrawHonour(
  ctx: ActorCtx,
  input: { readonly honourId: string; readonly reason: string; readonly commandId: string },
): Promise<Outcome<z.infer<typeof idShape>, HonourRefusal>> {
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'roster.manage');
  const { honourId, reason, commandId } = input;
  return asCommand<z.infer<typeof idShape>, 'NOT_FOUND'>(
    ctx,
    { kind: 'honour.withdraw', commandId, input: { honourId, reason } },
    idShape,
    async (tx, refuse) => {
      const standing = await findStandingHonour(tx, honourId);
      if (standing === null || !unitIds.has(standing.unitId)) return refuse('NOT_FOUND');
      const { personId, unitId, title, awardedBy, awardedDay, documentNo } = standing;
      const what = { personId, unitId, title, awardedBy, awardedDay, documentNo };
      const withdrawn = await appendHonour(
        tx,
        { ...what, state: 'withdrawn', correctsId: honourId, reason },
        { actorId: ctx.actorId, at: ctx.clock.now() },
      );
      if (withdrawn === null) return refuse('NOT_FOUND');
      await appendAudit(tx, ctx, {
        action: 'honour.withdraw',
        subjectKind: personId === null ? 'unit' : 'person',
        subjectId: personId ?? unitId,
        unitId,
        detail: { honourId, reason },
      });
      return { honourId };
    },
  );
}

export interface HonoursPage {
  readonly today: Day;
  readonly rows: readonly HonourRow[];
  readonly total: number;
  readonly page: number;
  readonly units: readonly { readonly id: string; readonly name: string }[] | null;
  readonly mayAward: boolean;
}

const MAX_UNIT_CHOICES = 200;

/** Honours of the units the viewer reaches. Refusal: FORBIDDEN. */
export async function viewHonours(
  ctx: ActorCtx,
  query: {
    readonly who: 'all' | 'units' | 'persons';
    readonly text: string;
    readonly page: number;
    readonly size: number;
  },
): Promise<Outcome<HonoursPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'organization.read')) return refused('FORBIDDEN');
  const reach = await reachFor(ctx, 'organization.read');
  const unitIds = [...reach.unitIds];
  const { who, text, page, size } = query;
  const ask = (asked: number) =>
    listHonours(ctx.pool, { unitIds, who, text, limit: size, offset: (asked - 1) * size });
  const first = await ask(page);
  const bounds = pageBounds(first.total, page, size);
  const list = bounds.page === page ? first : await ask(bounds.page);
  const mayAward = mayDo(ctx, 'roster.manage');
  return done({
    today: dayOf(ctx.clock.now()),
    ...list,
    page: bounds.page,
    units: mayAward ? unitChoices(await reachFor(ctx, 'roster.manage'), MAX_UNIT_CHOICES) : null,
    mayAward,
  });
}
