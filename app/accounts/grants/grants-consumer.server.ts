import { z } from 'zod';
import { loadTree } from '#app/organization/tree/tree.store.server.ts';
import { unitAncestors } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { OutboxConsumer, OutboxMessage } from '#app/platform/outbox/outbox.server.ts';
import type { GrantChange } from './grant-moves.ts';
import { decideEndOfAll, decideMove, decideSuccession } from './grant-moves.ts';
import { lockGrantsOfPerson, lockGrantsOver, writeGrantChange } from './grant.store.server.ts';

const succession = z.object({ from: z.string(), to: z.string().nullable() });

const unitsChanged = z.object({
  changeId: z.string(),
  day: z.string(),
  successors: z.array(succession),
  regionSuccessors: z.array(succession),
});
const personLeft = z.object({ personId: z.string(), awayFromDay: z.string() });
const personMoved = z.object({ personId: z.string(), toUnitId: z.string(), fromDay: z.string() });

const mapOf = (pairs: readonly z.infer<typeof succession>[]): Map<string, string | null> =>
  new Map(pairs.map(({ from, to }) => [from, to]));

async function decide(ctx: Ctx, tx: Tx, { topic, payload }: OutboxMessage): Promise<GrantChange> {
  if (topic === 'organization.units_changed') {
    const { day, successors, regionSuccessors } = unitsChanged.parse(payload);
    const places = [...successors, ...regionSuccessors].map((pair) => pair.from);
    const grants = await lockGrantsOver(tx, places);
    return decideSuccession(grants, { units: mapOf(successors), regions: mapOf(regionSuccessors) }, day);
  }
  if (topic === 'organization.person_left') {
    const { personId, awayFromDay } = personLeft.parse(payload);
    return decideEndOfAll(await lockGrantsOfPerson(tx, personId), awayFromDay);
  }
  const { personId, toUnitId, fromDay } = personMoved.parse(payload);
  const tree = await loadTree(ctx.pool, fromDay, ctx.clock.now());
  const above = new Set(unitAncestors(tree, toUnitId).map((unit) => unit.id));
  return decideMove(await lockGrantsOfPerson(tx, personId), above, fromDay);
}

/**
 * Rights follow the organisation: over a unit that ends they go to its successor, of a leaver they end, of somebody who
 * moves the offices end. Exactly once by the cursor, and again without effect: what has been moved is no longer found.
 */
export function grantsConsumer(ctx: Ctx): OutboxConsumer {
  return {
    name: 'accounts.grants',
    topics: ['organization.units_changed', 'organization.person_left', 'organization.person_moved'],
    handle: async (tx, message) => {
      const change = await decide(ctx, tx, message);
      if (change.supersede.length === 0) return;
      await writeGrantChange(tx, change, ctx.clock.now());
      await appendAudit(tx, ctx, {
        action: 'grants.follow_organisation',
        subjectKind: 'outbox_event',
        subjectId: message.id,
        detail: { topic: message.topic, key: message.key, ended: change.supersede.length },
      });
    },
  };
}
