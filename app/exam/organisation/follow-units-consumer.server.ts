import { unitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';

/**
 * Registrations for sittings to come name the unit that takes the place of the one that ended; sittings of a region that
 * ended belong to its successor. What has been sat keeps the unit of its day.
 */
export function followUnitsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'exam.follow_units',
    topics: ['organization.units_changed'],
    handle: async (tx, message) => {
      const { changeId, successors, regionSuccessors } = unitsChangedFact.parse(message.payload);
      const now = ctx.clock.now();
      let count = 0;
      for (const { from, to } of successors)
        if (to !== null)
          count += (
            await tx.examRegistration.updateMany({
              where: { unitId: from, sitting: { hardEndAt: { gt: now } } },
              data: { unitId: to },
            })
          ).count;
      for (const { from, to } of regionSuccessors)
        if (to !== null)
          count += (await tx.examSitting.updateMany({ where: { regionId: from }, data: { regionId: to } }))
            .count;
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
