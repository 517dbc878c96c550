import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import { takeSitting } from './scope.server.ts';
import { neighboursOf } from './seat-grid.ts';
import { lockSitting } from './seating.store.server.ts';

export type MoveRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'SEAT_TAKEN'
  | 'SEAT_UNKNOWN'
  | 'SAME_SET_BESIDE'
  | 'SITTING_STARTED'
  | 'COMMAND_REUSED';

const moved = z.object({ roomNo: z.number(), seatNo: z.number() });
export type Moved = z.infer<typeof moved>;

interface Move {
  readonly sittingId: string;
  readonly registrationId: string;
  readonly roomId: string;
  readonly seatNo: number;
  readonly reason: string;
}

async function moveIn(tx: Tx, ctx: ActorCtx, input: Move, refuse: Refuse<MoveRefusal>): Promise<Moved> {
  const { sittingId, registrationId, roomId, seatNo, reason } = input;
  await lockSitting(tx, sittingId);
  const person = await tx.examRegistration.findFirst({
    where: { id: registrationId, sittingId, status: 'approved', roomId: { not: null } },
    select: { seatNo: true, room: { select: { no: true } }, attempts: { select: { id: true }, take: 1 } },
  });
  if (!person) return refuse('NOT_FOUND');
  // Whoever has begun is moved to another machine by the invigilator, not to another seat of the plan.
  if (person.attempts.length > 0) refuse('SITTING_STARTED');
  const room = await tx.examRoom.findFirst({ where: { id: roomId, sittingId } });
  if (!room || seatNo > room.seatRows * room.seatColumns) return refuse('SEAT_UNKNOWN');
  const taken = await tx.examRegistration.count({ where: { roomId, seatNo } });
  if (taken > 0) refuse('SEAT_TAKEN');
  const grid = { id: roomId, rows: room.seatRows, columns: room.seatColumns };
  const beside = await findSameSet(tx, { registrationId, roomId, seatNos: neighboursOf(grid, seatNo) });
  if (beside !== null) refuse('SAME_SET_BESIDE', beside);
  await tx.examRegistration.update({
    where: { id: registrationId },
    data: { roomId, seatNo, version: { increment: 1 } },
  });
  await tx.registrationEvent.create({
    data: {
      id: newId(),
      registrationId,
      kind: 'seat_moved' satisfies RegistrationEventKind,
      note: reason,
      detail: {
        from: { roomNo: person.room?.no ?? 0, seatNo: person.seatNo ?? 0 },
        to: { roomNo: room.no, seatNo },
      },
      actorId: ctx.actorId,
      occurredAt: ctx.clock.now(),
    },
  });
  return { roomNo: room.no, seatNo };
}

/** Of A、B sets: a neighbour whose sealed paper is the very same as this person's; null where there is none. */
async function findSameSet(
  tx: Tx,
  place: {
    readonly registrationId: string;
    readonly roomId: string;
    readonly seatNos: readonly number[];
  },
): Promise<{ seatNo: number; set: string } | null> {
  const { registrationId, roomId, seatNos } = place;
  const own = await tx.paper.findFirst({ where: { registrationId, attemptNo: 1, variant: { not: null } } });
  if (own === null) return null;
  const other = await tx.examRegistration.findFirst({
    where: {
      ...{ roomId, seatNo: { in: [...seatNos] }, id: { not: registrationId }, status: 'approved' },
      papers: { some: { attemptNo: 1, contentHash: own.contentHash } },
    },
    select: { seatNo: true },
  });
  return other === null ? null : { seatNo: other.seatNo ?? 0, set: own.variant ?? '' };
}

/**
 * Moves one person to a free seat, with the reason; the ticket stays. Of two people sent to one seat at once one gets
 * it. Refusals: FORBIDDEN; NOT_FOUND (no seat yet, or not of this sitting); SEAT_TAKEN, SEAT_UNKNOWN; SAME_SET_BESIDE
 * where the same of two sealed sets lies next to it; SITTING_STARTED once the person has begun; COMMAND_REUSED.
 */
export async function moveSeat(
  ctx: ActorCtx,
  input: Move & { readonly commandId: string },
): Promise<Outcome<Moved, MoveRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { regionId } = taken.value.sitting;
  const { commandId, ...move } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.move_seat', input: move };
  return inTransaction<Moved, MoveRefusal>(ctx, 'move-seat', (tx, refuse) =>
    withReceipt(tx, key, moved, refuse, async () => {
      const place = await moveIn(tx, ctx, move, refuse);
      await appendAudit(tx, ctx, {
        action: 'exam.move_seat',
        subjectKind: 'exam_registration',
        subjectId: move.registrationId,
        regionId,
        detail: { ...place, reason: move.reason },
      });
      return place;
    }),
  );
}
