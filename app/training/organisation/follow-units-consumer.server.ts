import { unitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';

/**
 * Classes that are still to be held go over to the unit that takes the place of their organiser; closed ones keep the unit
 * that held them, as the ledger does. Again without effect: what has gone over no longer names the old unit.
 */
export function followUnitsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'training.follow_units',
    topics: ['organization.units_changed'],
    handle: async (tx, message) => {
      const { changeId, successors } = unitsChangedFact.parse(message.payload);
      for (const { from, to } of successors) {
        if (to === null) continue;
        const { count } = await tx.trainingSession.updateMany({
          where: { unitId: from, status: 'scheduled' },
          data: { unitId: to, version: { increment: 1 } },
        });
        if (count === 0) continue;
        await appendAudit(tx, ctx, {
          action: 'session.follow_unit',
          subjectKind: 'organisation_change',
          subjectId: changeId,
          unitId: to,
          detail: { from, count },
        });
      }
    },
  };
}
