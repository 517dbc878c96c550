import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { OrgTree } from '#app/organization/tree/tree.ts';
import { regionAncestors } from '#app/organization/tree/tree.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { sitsThere } from '../release/custody.store.server.ts';
import { waitsForSitting } from './own-watch.store.server.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { lockSitting } from './seating.store.server.ts';

const invigilatorRow = z.object({ accountId: z.string(), name: z.string() });
export type Invigilator = z.infer<typeof invigilatorRow>;

/** People who hold the role of an invigilator for a region, or for one above it, on a day. */
export async function listInvigilators(
  pool: Pool,
  tree: OrgTree,
  regionId: string,
  day: Day,
): Promise<Invigilator[]> {
  const { rows } = await pool.query({
    name: 'exam-invigilators',
    text: `select distinct a.id as "accountId", a.display_name as name from role_grant g
           join account a on a.id = g.account_id and a.status = 'active'
           where g.role = 'invigilator' and g.superseded_at is null and g.valid_from <= $2::date
             and (g.valid_to is null or g.valid_to > $2::date)
             and (g.region_id = any($1::uuid[]) or g.scope_kind in ('self', 'platform')
               or g.unit_id in (select v.unit_id from unit_version v where v.region_id = any($1::uuid[])
                 and v.superseded_at is null))
           order by a.display_name, a.id`,
    values: [regionAncestors(tree, regionId).map(({ id }) => id), day],
  });
  return z.array(invigilatorRow).parse(rows);
}

export type AssignRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'CHANGED_MEANWHILE' | 'INVIGILATOR_UNKNOWN' | 'INVIGILATOR_SITS_HERE';

/** Names of those of them who are candidates of the sitting, or may yet be laid out into it, under whatever account. */
async function namesOfSitters(
  tx: Tx,
  sitting: SeatingSitting,
  people: readonly Invigilator[],
): Promise<string[]> {
  const names: string[] = [];
  for (const { accountId, name } of people) {
    const personKey = await personKeyOf(tx, accountId);
    if ((await sitsThere(tx, sitting.id, personKey)) || (await waitsForSitting(tx, sitting, personKey)))
      names.push(name);
  }
  return names;
}

/**
 * 监考人员 of a room; who is not named is taken off. They see the room's 开考口令 and its board. Refusals: FORBIDDEN,
 * NOT_FOUND; INVIGILATOR_UNKNOWN for anybody who is no invigilator of the region today; INVIGILATOR_SITS_HERE for who is a
 * candidate of the sitting, or approved in its batch without a sitting yet; CHANGED_MEANWHILE when the room is no longer as
 * it was shown (the same people again are done).
 * @param input.expectedVersion of the room, as the form showed it
 */
export async function assignInvigilators(
  ctx: ActorCtx,
  input: {
    readonly sittingId: string;
    readonly roomId: string;
    readonly accountIds: readonly string[];
    readonly expectedVersion: number;
  },
): Promise<Outcome<null, AssignRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting, tree } = taken.value;
  const now = ctx.clock.now();
  const known = await listInvigilators(ctx.pool, tree, sitting.regionId, dayOf(now));
  const ids = [...new Set(input.accountIds)];
  const named = known.filter(({ accountId }) => ids.includes(accountId));
  if (named.length !== ids.length) return refused('INVIGILATOR_UNKNOWN');
  return inTransaction<null, AssignRefusal>(ctx, 'assign-invigilators', async (tx, refuse) => {
    await lockSitting(tx, sitting.id);
    const room = await tx.examRoom.findFirst({ where: { id: input.roomId, sittingId: sitting.id } });
    if (!room) return refuse('NOT_FOUND');
    const assigned = await tx.examRoomInvigilator.findMany({ where: { roomId: room.id } });
    // The same click again finds its own work done.
    if (assigned.length === ids.length && assigned.every((one) => ids.includes(one.accountId))) return null;
    if (room.version !== input.expectedVersion) return refuse('CHANGED_MEANWHILE');
    const sitters = await namesOfSitters(tx, sitting, named);
    if (sitters.length > 0) return refuse('INVIGILATOR_SITS_HERE', { names: sitters.join('、') });
    await tx.examRoom.update({ where: { id: room.id }, data: { version: { increment: 1 } } });
    await tx.examRoomInvigilator.deleteMany({ where: { roomId: room.id, accountId: { notIn: ids } } });
    await tx.examRoomInvigilator.createMany({
      data: ids.map((accountId) => ({
        roomId: room.id,
        accountId,
        assignedBy: ctx.actorId,
        assignedAt: now,
      })),
      skipDuplicates: true,
    });
    await appendAudit(tx, ctx, {
      action: 'exam.assign_invigilators',
      subjectKind: 'exam_room',
      subjectId: room.id,
      regionId: sitting.regionId,
      detail: { accountIds: ids },
    });
    return null;
  });
}
