import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { isInRanges } from '../seating/ip-range.ts';
import type { AttemptClock } from './attempt.store.server.ts';
import { findAttemptClock } from './attempt.store.server.ts';
import { isClosed } from './deadline.ts';
import { deviceKey, hashDeviceKey } from './device.server.ts';

export type TakeOverRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'ATTEMPT_CLOSED' | 'DEVICE_NOT_RELEASED' | 'WRONG_NETWORK';

const epochRow = z.object({ epoch: z.number() });

/**
 * Compare-and-set: the running attempt goes on under this key; a release by the invigilator is used up by it. Null when
 * it has ended, is held by this key already, or must be released first.
 */
async function moveHere(
  tx: Tx,
  input: { attemptId: string; accountId: string; keyHash: Uint8Array<ArrayBuffer>; now: Date },
): Promise<{ epoch: number } | null> {
  const rows = await tx.$queryRaw`
    update attempt a set device_epoch = a.device_epoch + 1, device_key_hash = ${input.keyHash},
      device_released_at = null
    from exam_registration r join exam_sitting s on s.id = r.sitting_id
    where a.id = ${input.attemptId}::uuid and a.account_id = ${input.accountId}::uuid and a.state = 'in_progress'
      and (a.close_at >= ${input.now} or a.paused_at is not null) and a.device_key_hash <> ${input.keyHash}
      and r.id = a.registration_id and (not s.needs_device_release or a.device_released_at is not null)
    returning a.device_epoch as epoch`;
  return z.array(epochRow).parse(rows)[0] ?? null;
}

/** Networks from which an attempt may be sat: the room's, else the sitting's; none = everywhere. */
async function findNetworks(pool: Pool, attemptId: string): Promise<readonly string[]> {
  const { rows } = await pool.query({
    name: 'exam-take-over-networks',
    text: `select case when cardinality(o.ip_ranges) > 0 then o.ip_ranges else s.ip_ranges end as ranges
           from attempt a join exam_registration r on r.id = a.registration_id
           join exam_sitting s on s.id = r.sitting_id left join exam_room o on o.id = r.room_id
           where a.id = $1`,
    values: [attemptId],
  });
  return z.array(z.object({ ranges: z.array(z.string()) })).parse(rows)[0]?.ranges ?? [];
}

/** Why it did not move: decided by how the attempt stands now. */
function refusalAfter(after: AttemptClock | null, now: Date): TakeOverRefusal {
  const isOpen = after?.state === 'in_progress' && !isClosed(now, after.closeAt, after.pausedAt);
  return isOpen ? 'DEVICE_NOT_RELEASED' : 'ATTEMPT_CLOSED';
}

/**
 * Moves a running attempt to this device: its epoch rises, and what the other device still sends is kept as foreign
 * evidence. The same form sent twice moves it once. Where the sitting says so, an invigilator must have released the
 * device, and each release serves for one move. Refuses NOT_FOUND, DEVICE_NOT_RELEASED, WRONG_NETWORK outside the room's network, and
 * ATTEMPT_CLOSED once the attempt has ended.
 */
export async function takeOver(
  ctx: ActorCtx,
  input: {
    readonly attemptId: string;
    readonly commandId: string;
    /** Where the request comes from, as the edge knows it. */
    readonly clientAddress?: string | undefined;
  },
): Promise<Outcome<{ deviceKey: string }, TakeOverRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const key = deviceKey(ctx.secrets, input.attemptId, input.commandId);
  const keyHash = hashDeviceKey(key);
  const attempt = await findAttemptClock(ctx.pool, input.attemptId, ctx.actorId, ctx.actor.boundTo);
  if (!attempt) return refused('NOT_FOUND');
  if (attempt.deviceKeyHash.equals(keyHash)) return done({ deviceKey: key });
  const networks = await findNetworks(ctx.pool, input.attemptId);
  if (!isInRanges(input.clientAddress ?? null, networks)) return refused('WRONG_NETWORK');
  return inTransaction<{ deviceKey: string }, TakeOverRefusal>(
    ctx,
    'take-over-attempt',
    async (tx, refuse) => {
      const now = ctx.clock.now();
      const moved = await moveHere(tx, {
        attemptId: input.attemptId,
        accountId: ctx.actorId,
        keyHash: new Uint8Array(keyHash),
        now,
      });
      if (!moved) {
        const after = await findAttemptClock(ctx.pool, input.attemptId, ctx.actorId, ctx.actor.boundTo);
        // The same form, sent twice at once: the first has moved the attempt already.
        if (after?.deviceKeyHash.equals(keyHash)) return { deviceKey: key };
        return refuse(refusalAfter(after, now));
      }
      await tx.attemptEvent.create({
        data: {
          id: newId(),
          attemptId: input.attemptId,
          kind: 'taken_over',
          epoch: moved.epoch,
          detail: {},
          actorId: ctx.actorId,
          occurredAt: now,
        },
      });
      await appendAudit(tx, ctx, {
        action: 'exam.take_over',
        subjectKind: 'attempt',
        subjectId: input.attemptId,
        detail: { epoch: moved.epoch },
      });
      return { deviceKey: key };
    },
  );
}
