import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { askForTasks } from '#app/office/task/ask-task.server.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { loadRulesOfRegions } from '../target/rules-of-regions.store.server.ts';
import { closingDueDay, decideOpening } from './closing.ts';
import { closingReach } from './closing-scope.server.ts';
import type { ClosingUnit } from './ended-units.ts';
import { appendOpenings, insertClosings } from './closing.store.server.ts';
import { publishTask } from './closing-messages.ts';
import { countYearPeople } from './year-list.store.server.ts';

export type OpenRefusal =
  'FORBIDDEN' | 'YEAR_NOT_OVER' | 'YEAR_TOO_OLD' | 'NOTHING_TO_OPEN' | 'COMMAND_REUSED';
const openedShape = z.object({ units: z.number() });

/** Days by which each unit's year is to be closed, from the rules of its region. */
export async function dueDaysOf(
  ctx: Pick<ActorCtx, 'pool'>,
  units: readonly Pick<UnitNode, 'id' | 'regionId'>[],
  year: number,
  today: Day,
): Promise<Map<string, Day>> {
  const rules = await loadRulesOfRegions(ctx.pool, [...new Set(units.map((unit) => unit.regionId))], today);
  return new Map(
    units.map(({ id, regionId }) => {
      const { yearClosingDueDays } = rules.get(regionId) ?? DEFAULT_RULES;
      return [id, closingDueDay(year, yearClosingDueDays.value)];
    }),
  );
}

/** Begins what is not begun; the caller's transaction. @returns the units that were begun now */
export async function beginClosings(
  tx: Tx,
  ctx: ActorCtx,
  units: readonly ClosingUnit[],
  asked: { readonly year: number; readonly dueDays: ReadonlyMap<string, Day> },
): Promise<ClosingUnit[]> {
  const { year, dueDays } = asked;
  const at = ctx.clock.now();
  const dueOf = (unitId: string): Day =>
    dueDays.get(unitId) ?? closingDueDay(year, DEFAULT_RULES.yearClosingDueDays.value);
  const begun = await insertClosings(
    tx,
    units.map(({ id }) => ({ unitId: id, year, dueDay: dueOf(id), openedBy: ctx.actorId, openedAt: at })),
  );
  await appendOpenings(tx, begun, ctx.actorId, at);
  const byUnit = new Map(begun.map((closing) => [closing.unitId, closing.id]));
  const opened = units.filter((unit) => byUnit.has(unit.id));
  await askForTasks(
    tx,
    ctx,
    opened.map((unit) => {
      const closingId = byUnit.get(unit.id) ?? '';
      const { id: unitId, officeId, name: unitName } = unit;
      return publishTask({ closingId, unitId, officeId, unitName, year }, dueOf(unitId));
    }),
  );
  return opened;
}

/**
 * The bureau opens the yearly confirmation: every unit of its reach that had people on the last day of the year and has
 * not begun by itself. Refusals: FORBIDDEN; YEAR_NOT_OVER, YEAR_TOO_OLD; NOTHING_TO_OPEN; COMMAND_REUSED.
 */
export async function openClosings(
  ctx: ActorCtx,
  input: { readonly year: number; readonly commandId: string },
): Promise<Outcome<z.infer<typeof openedShape>, OpenRefusal>> {
  if (!mayDo(ctx, 'hours.close')) return refused('FORBIDDEN');
  const { year, commandId } = input;
  const today = dayOf(ctx.clock.now());
  const decided = decideOpening(year, today);
  if (!decided.ok) return decided;
  const reach = (await closingReach(ctx, 'hours.close', year)).units;
  const people = await countYearPeople(ctx.pool, [...reach.keys()], year);
  const units = [...people.keys()].flatMap((id) => reach.get(id) ?? []);
  const dueDays = await dueDaysOf(ctx, units, year, today);
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.open_closings', input: { year } };
  return inTransaction(ctx, 'open-closings', (tx, refuse: Refuse<OpenRefusal>) =>
    withReceipt(tx, key, openedShape, refuse, async () => {
      const opened = await beginClosings(tx, ctx, units, { year, dueDays });
      if (opened.length === 0) return refuse('NOTHING_TO_OPEN');
      await appendAudit(tx, ctx, {
        action: 'hours.open_closings',
        subjectKind: 'year_closing',
        subjectId: null,
        detail: { year, units: opened.length },
      });
      return { units: opened.length };
    }),
  );
}
