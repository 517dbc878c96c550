import { unitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { decidingUnit } from '../year/deciding-unit.server.ts';

/**
 * Classes that are still to be held go over to the unit that takes the place of their organiser, without one to whoever
 * decides for it since (`decidingUnit`); closed ones keep the unit that held them, as the ledger does. Again without effect: what has gone over no longer names the old unit.
 */
export function followUnitsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'training.follow_units',
    topics: ['organization.units_changed'],
    handle: async (tx, message) => {
      const { changeId, successors } = unitsChangedFact.parse(message.payload);
      // The units of a tree that was read before the change may still stand in it.
      forgetTree(ctx);
      for (const { from, to: successor } of successors) {
        const to = successor ?? (await decidingUnit(ctx, from))?.officeId ?? from;
        if (to === from) continue;
        const { count } = await tx.trainingSession.updateMany({
          where: { unitId: from, status: 'scheduled' },
          data: { unitId: to, version: { increment: 1 } },
        });
        await followClaims(tx, from, to);
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

/** What waits for a decision waits at the successor; what was decided keeps the unit that decided it. */
async function followClaims(tx: Tx, from: string, to: string): Promise<void> {
  await tx.externalClaim.updateMany({
    where: { unitId: from, state: { in: ['filed', 'returned'] } },
    data: { unitId: to },
  });
  await tx.hourCorrection.updateMany({
    where: { unitId: from, state: { in: ['objected', 'filed'] } },
    data: { unitId: to },
  });
  // An approved exemption may still be ended, by the office that answers for the person now.
  await tx.exemptionRequest.updateMany({
    where: { unitId: from, state: { in: ['filed', 'approved'] } },
    data: { unitId: to },
  });
}
