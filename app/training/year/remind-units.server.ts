import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { decideOpening } from './closing.ts';
import { listClosings } from './closing.store.server.ts';
import { reminderNotice } from './closing-messages.ts';
import { closingReach } from './closing-scope.server.ts';
import { dueDaysOf } from './open-closings.server.ts';
import { countYearPeople } from './year-list.store.server.ts';

export type RemindUnitsRefusal =
  'FORBIDDEN' | 'YEAR_NOT_OVER' | 'YEAR_TOO_OLD' | 'NOBODY_OWES' | 'COMMAND_REUSED';
const remindedShape = z.object({ units: z.number() });

/**
 * 催办: one notice for each last day to liaison and leader of every unit of the reach that has not confirmed. Refusals:
 * FORBIDDEN; YEAR_NOT_OVER, YEAR_TOO_OLD; NOBODY_OWES; COMMAND_REUSED.
 */
export async function remindUnits(
  ctx: ActorCtx,
  input: { readonly year: number; readonly commandId: string },
): Promise<Outcome<z.infer<typeof remindedShape>, RemindUnitsRefusal>> {
  if (!mayDo(ctx, 'hours.close')) return refused('FORBIDDEN');
  const { year, commandId } = input;
  const today = dayOf(ctx.clock.now());
  const decided = decideOpening(year, today);
  if (!decided.ok) return decided;
  const reach = (await closingReach(ctx, 'hours.close', year)).units;
  const people = await countYearPeople(ctx.pool, [...reach.keys()], year);
  const settled = new Set(
    (await listClosings(ctx.pool, [...people.keys()], year))
      .filter(({ state }) => state === 'confirmed' || state === 'frozen')
      .map((closing) => closing.unitId),
  );
  const owing = [...people.keys()].flatMap((id) => (settled.has(id) ? [] : (reach.get(id) ?? [])));
  if (owing.length === 0) return refused('NOBODY_OWES');
  const dueDays = await dueDaysOf(ctx, owing, year, today);
  const key = { actorId: ctx.actorId, commandId, kind: 'hours.remind_units', input: { year } };
  return inTransaction(ctx, 'remind-units', (tx, refuse: Refuse<RemindUnitsRefusal>) =>
    withReceipt(tx, key, remindedShape, refuse, async () => {
      const notices = [...new Set(dueDays.values())].map((dueDay) => {
        const ids = owing.filter(({ id }) => dueDays.get(id) === dueDay).map(({ officeId }) => officeId);
        return reminderNotice(year, [...new Set(ids)], `${commandId}:${dueDay}`, dueDay);
      });
      await askForNotices(tx, ctx, notices);
      await appendAudit(tx, ctx, {
        action: 'hours.remind_units',
        subjectKind: 'year_closing',
        subjectId: null,
        detail: { year, units: owing.length },
      });
      return { units: owing.length };
    }),
  );
}
