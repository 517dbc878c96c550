import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { DELEGABLE_ROLES } from '#app/accounts/delegation/delegation.ts';
import { listGrantsOfAccount } from '#app/accounts/grants/grant.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { HandoverItem } from './handover.ts';
import { GRANT_ITEM, TASK_ITEM } from './handover.ts';
import { handoverSources } from './handover-desk.server.ts';
import { handoverScope } from './handover-scope.server.ts';
import type { HandoverRow } from './handover.store.server.ts';
import { listHandovers, listItems, listPersons } from './handover.store.server.ts';
import { passingItems } from './passing-items.server.ts';

const MAX_PERSONS = 500;
const MAX_HANDOVERS = 200;

export interface HandoverChoice {
  readonly accountId: string;
  readonly label: string;
}

/** Things of one kind under their heading. */
export interface HandoverGroup {
  readonly kind: string;
  readonly label: string;
  readonly items: readonly HandoverItem[];
}

export interface NewHandoverView {
  readonly day: Day;
  readonly from: readonly HandoverChoice[];
  readonly to: readonly HandoverChoice[];
  readonly fromAccountId: string | null;
  readonly groups: readonly HandoverGroup[];
  readonly itemCount: number;
}

function grouped(ctx: ActorCtx, items: readonly HandoverItem[]): HandoverGroup[] {
  const labels = new Map([
    [GRANT_ITEM, '岗位职责'],
    [TASK_ITEM, '待办任务'],
    ...handoverSources(ctx.pool).map((source): [string, string] => [source.kind, source.label]),
  ]);
  return [...labels].flatMap(([kind, label]) => {
    const own = items.filter((item) => item.kind === kind);
    return own.length === 0 ? [] : [{ kind, label, items: own }];
  });
}

/**
 * What would pass from one person, and to whom it may. Refusals: FORBIDDEN, NOT_FOUND (the person is not among those
 * whose office the actor may hand over).
 */
export async function viewNewHandover(
  ctx: ActorCtx,
  asked: string | null,
): Promise<Outcome<NewHandoverView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'handover.file')) return refused('FORBIDDEN');
  const { tree, unitIds, mayForOthers } = await handoverScope(ctx);
  const day = dayOf(ctx.clock.now());
  const persons = { unitIds: [...unitIds], day, roles: DELEGABLE_ROLES, limit: MAX_PERSONS };
  const [holders, everybody] = await Promise.all([
    listPersons(ctx.pool, { ...persons, onlyHolders: true }),
    listPersons(ctx.pool, { ...persons, onlyHolders: false }),
  ]);
  const choice = (one: (typeof holders)[number]): HandoverChoice => ({
    accountId: one.accountId,
    label: `${one.displayName}（${tree.units.get(one.unitId)?.name ?? ''}）`,
  });
  const from = holders.filter((one) => mayForOthers || one.accountId === ctx.actorId).map(choice);
  const fromAccountId = asked ?? (from.length === 1 ? (from[0]?.accountId ?? null) : null);
  if (asked !== null && !from.some((one) => one.accountId === asked)) return refused('NOT_FOUND');
  const grants = fromAccountId === null ? [] : await listGrantsOfAccount(ctx.pool, fromAccountId);
  const items =
    fromAccountId === null ? [] : await passingItems(ctx, { accountId: fromAccountId, grants, tree, day });
  return done({
    day,
    from,
    to: everybody.filter((one) => one.accountId !== fromAccountId).map(choice),
    fromAccountId,
    groups: grouped(ctx, items),
    itemCount: items.length,
  });
}

export interface HandoverLine extends HandoverRow {
  readonly unitName: string;
}

/** Handovers of the actor's units and those in which the actor took part, the latest first. Refusal: FORBIDDEN. */
export async function viewHandovers(
  ctx: ActorCtx,
): Promise<Outcome<{ rows: readonly HandoverLine[] }, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'handover.file')) return refused('FORBIDDEN');
  const { tree, unitIds } = await handoverScope(ctx);
  const rows = await listHandovers(ctx.pool, {
    unitIds: [...unitIds],
    accountId: ctx.actorId,
    id: null,
    limit: MAX_HANDOVERS,
  });
  return done({ rows: rows.map((row) => ({ ...row, unitName: tree.units.get(row.unitId)?.name ?? '' })) });
}

export interface HandoverView extends HandoverLine {
  readonly groups: readonly HandoverGroup[];
}

/** One handover with everything that passed: the 交接单. Refusals: FORBIDDEN, NOT_FOUND. */
export async function viewHandover(
  ctx: ActorCtx,
  id: string,
): Promise<Outcome<HandoverView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'handover.file')) return refused('FORBIDDEN');
  const { tree, unitIds } = await handoverScope(ctx);
  const asked = { unitIds: [...unitIds], accountId: ctx.actorId, id, limit: 1 };
  const [row] = await listHandovers(ctx.pool, asked);
  if (row === undefined) return refused('NOT_FOUND');
  const items = await listItems(ctx.pool, id);
  return done({ ...row, unitName: tree.units.get(row.unitId)?.name ?? '', groups: grouped(ctx, items) });
}
