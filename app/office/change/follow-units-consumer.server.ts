import { unitsChangedFact } from '#app/organization/change/organisation-facts.ts';
import { listReturnedTransfers } from '#app/organization/change/transfer.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { settleTasks } from '../task/open-tasks.server.ts';
import { readdressTasks } from '../task/readdress-tasks.server.ts';

/** After an act: transfers it has returned no longer wait, everything else that waits finds the unit that took over. */
export function followUnitsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'office.follow_units',
    topics: ['organization.units_changed'],
    handle: async (tx, message) => {
      const { unitIds, successors, regionSuccessors } = unitsChangedFact.parse(message.payload);
      const keys = await listReturnedTransfers(tx, unitIds);
      await settleTasks(tx, ctx, { kind: 'transfer.accept', keys, outcome: 'withdrawn' });
      await readdressTasks(tx, { units: successors, regions: regionSuccessors });
    },
  };
}
