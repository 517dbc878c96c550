import { unitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { moveBatches } from '../batch/batch.store.server.ts';
import { lockExamsOf } from './follow-units.store.server.ts';

/** Registrations for sittings to come, and those without a sitting of batches that are not over, go to another unit. */
async function moveRegistrationsOf(
  tx: Tx,
  { from, to }: { readonly from: string; readonly to: string },
  now: Date,
): Promise<number> {
  const ahead = { hardEndAt: { gt: now } };
  const notOver = {
    OR: [
      { status: { in: ['draft', 'open'] } },
      { status: 'closed', OR: [{ sittings: { none: {} } }, { sittings: { some: ahead } }] },
    ],
  };
  const { count } = await tx.examRegistration.updateMany({
    where: { unitId: from, OR: [{ sitting: ahead }, { sittingId: null, batch: notOver }] },
    data: { unitId: to },
  });
  return count;
}

/**
 * Registrations name the unit that takes the place of the one that ended, whether they wait for a decision, for a seat or
 * for the day; batches and sittings of a region that ended belong to its successor. What has been sat keeps the unit of
 * its day.
 */
export function followUnitsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'exam.follow_units',
    topics: ['organization.units_changed'],
    handle: async (tx, message) => {
      const { changeId, successors, regionSuccessors } = unitsChangedFact.parse(message.payload);
      const now = ctx.clock.now();
      await lockExamsOf(tx, {
        unitIds: successors.filter((one) => one.to !== null).map((one) => one.from),
        regionIds: regionSuccessors.filter((one) => one.to !== null).map((one) => one.from),
      });
      let count = 0;
      for (const { from, to } of regionSuccessors) {
        if (to === null) continue;
        count += await moveBatches(tx, { from, to, actorId: ctx.actorId, at: now });
        const sittings = await tx.examSitting.updateMany({
          where: { regionId: from },
          data: { regionId: to },
        });
        count += sittings.count;
      }
      // Last: a region is locked for its numbers before registrations are written, as in 编排.
      for (const { from, to } of successors)
        if (to !== null) count += await moveRegistrationsOf(tx, { from, to }, now);
      if (count === 0) return;
      await appendAudit(tx, ctx, {
        action: 'exam.follow_units',
        subjectKind: 'organisation_change',
        subjectId: changeId,
        detail: { count },
      });
    },
  };
}
