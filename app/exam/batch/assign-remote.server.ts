import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { listWatching, namesOf } from '../seating/own-watch.store.server.ts';
import { nextTickets, recordTickets } from '../seating/ticket.store.server.ts';
import { appendRegistrationEvents } from './registration/registration.store.server.ts';

export type AssignRemoteRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'STEP_NOT_POSSIBLE'
  | 'SITTING_IN_THE_PAST'
  | 'NOBODY_APPROVED'
  | 'INVIGILATES_HERE'
  | 'COMMAND_REUSED';

const assignedShape = z.object({ assigned: z.number() });
const ASSIGN_TIMEOUT_MS = 60_000;

const waitingRows = z.array(z.object({ id: z.string() }));

/** Approved people of the batch without a sitting, by unit and name, locked; the sitting's own invigilators are left out. */
async function lockWaiting(
  tx: Tx,
  { sittingId, batchId }: { sittingId: string; batchId: string },
  refuse: Refuse<AssignRemoteRefusal>,
): Promise<string[]> {
  const rows = await tx.$queryRaw`
    select r.id::text as id from exam_registration r join person p on p.id = r.person_id
    where r.batch_id = ${batchId}::uuid and r.status = 'approved' and r.sitting_id is null
    order by r.unit_id, p.name_pinyin, r.id for update of r`;
  const ids = waitingRows.parse(rows).map((row) => row.id);
  if (ids.length === 0) return refuse('NOBODY_APPROVED');
  const watching = await listWatching(tx, sittingId, ids);
  if (watching.length === ids.length) return refuse('INVIGILATES_HERE', { names: namesOf(watching) });
  return ids.filter((id) => watching.every((one) => one.id !== id));
}

/**
 * 编入远程场次: everybody approved in the batch who has no sitting yet gets this one and a ticket; no room and no seat.
 * Run again it takes those who came later. Of two at once the second reads NOBODY_APPROVED. Refusals: FORBIDDEN;
 * NOT_FOUND; STEP_NOT_POSSIBLE (in rooms, without a batch, or not held); SITTING_IN_THE_PAST; NOBODY_APPROVED;
 * INVIGILATES_HERE where only invigilators of the sitting wait, who are otherwise left out;
 * COMMAND_REUSED.
 */
export async function assignRemote(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly commandId: string },
): Promise<Outcome<{ assigned: number }, AssignRemoteRefusal>> {
  if (!mayDo(ctx, 'exam.manage')) return refused('FORBIDDEN');
  const { regionIds } = await reachFor(ctx, 'exam.manage');
  const { sittingId, commandId } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.assign_remote', input: { sittingId } };
  return inTransaction<{ assigned: number }, AssignRemoteRefusal>(
    ctx,
    'assign-remote-sitting',
    (tx, refuse) =>
      withReceipt(tx, key, assignedShape, refuse, async () => {
        await tx.$executeRaw`select 1 from exam_sitting where id = ${sittingId}::uuid for update`;
        const sitting = await tx.examSitting.findUnique({ where: { id: sittingId } });
        if (sitting === null || !regionIds.has(sitting.regionId)) return refuse('NOT_FOUND');
        const { batchId, placeMode, status, latestEntryAt } = sitting;
        if (batchId === null || placeMode !== 'remote' || status !== 'published')
          return refuse('STEP_NOT_POSSIBLE');
        const at = ctx.clock.now();
        if (latestEntryAt <= at) return refuse('SITTING_IN_THE_PAST');
        const ids = await lockWaiting(tx, { sittingId, batchId }, refuse);
        const tickets = await nextTickets(tx, sittingId, ids.length);
        await tx.$executeRaw`
          update exam_registration r set sitting_id = ${sittingId}::uuid, ticket_no = n.ticket, version = r.version + 1
          from unnest(${ids}::uuid[], ${tickets}::text[]) as n(id, ticket) where r.id = n.id`;
        const given = ids.map((registrationId, index) => ({
          registrationId,
          ticketNo: tickets[index] ?? '',
        }));
        await recordTickets(tx, ctx, sittingId, given);
        await appendRegistrationEvents(
          tx,
          given.map(({ registrationId, ticketNo }) => ({
            registrationId,
            kind: 'seated',
            note: `${sitting.title}，准考证号 ${ticketNo}`,
            detail: { sittingId, ticketNo },
          })),
          { actorId: ctx.actorId, at },
        );
        await appendAudit(tx, ctx, {
          action: 'exam.assign_remote',
          subjectKind: 'exam_sitting',
          subjectId: sittingId,
          regionId: sitting.regionId,
          detail: { assigned: ids.length },
        });
        return { assigned: ids.length };
      }),
    { timeoutMs: ASSIGN_TIMEOUT_MS },
  );
}
