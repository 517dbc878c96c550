import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { randomToken } from '#app/platform/secret/keys.server.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import { layOutSeats } from './layout.ts';
import { listWaitingApart, namesOf } from './own-watch.store.server.ts';
import { takeSitting } from './scope.server.ts';
import type { RoomRow, SeatingSitting, WaitingSitter } from './seating.store.server.ts';
import { findLayoutSeed, listRooms, listSeated, lockSitting, writeSeats } from './seating.store.server.ts';
import { nextTickets, recordTickets } from './ticket.store.server.ts';

const laidOut = z.object({ placed: z.number(), left: z.number(), neighbourPairs: z.number() });
/** How many got a seat, how many found none, and how many pairs of one unit sit side by side now. */
export type LaidOut = z.infer<typeof laidOut>;

type LayOutRule =
  | 'SITTING_NOT_OPEN'
  | 'SITTING_IN_THE_PAST'
  | 'NO_ROOMS'
  | 'NO_SEATS_LEFT'
  | 'NOBODY_WAITS'
  | 'INVIGILATES_HERE'
  | 'CHANGED_MEANWHILE';
export type LayOutRefusal = LayOutRule | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/** Seats of a layout come in one statement each; a hall of two thousand takes seconds. */
const TIMEOUT_MS = 60_000;

const gridOf = ({ id, rows, columns }: RoomRow) => ({ id, rows, columns });

/** New numbers for those who have none; a sitting without batch gave them at registration. */
async function ticketsFor(
  tx: Tx,
  sittingId: string,
  people: readonly WaitingSitter[],
): Promise<ReadonlyMap<string, string>> {
  const without = people.filter((one) => one.ticketNo === null);
  const fresh = without.length === 0 ? [] : await nextTickets(tx, sittingId, without.length);
  const given = new Map(without.map((one, index) => [one.id, fresh[index] ?? '']));
  return new Map(people.map((one) => [one.id, one.ticketNo ?? given.get(one.id) ?? '']));
}

/**
 * Seats approved people of a sitting, or of its batch, in the caller's transaction. Whoever sits stays; the seed of the
 * first layout is kept and used again; the sitting's own invigilators are left out. Refuses NO_ROOMS, NO_SEATS_LEFT;
 * NOBODY_WAITS, INVIGILATES_HERE where only they wait; SITTING_NOT_OPEN, and SITTING_IN_THE_PAST when nobody could enter
 * any more, both as the lock finds them; CHANGED_MEANWHILE when a registration was changed while seats were worked out.
 * Also for the demo city.
 */
export async function layOutIn(
  tx: Tx,
  ctx: Ctx,
  input: {
    readonly sitting: SeatingSitting;
    readonly registrationIds?: readonly string[] | null | undefined;
    /** Only where seats must come out the same again (demo city). */
    readonly seed?: string | undefined;
  },
  refuse: Refuse<LayOutRule>,
): Promise<LaidOut> {
  const { sitting } = input;
  const held = await lockSitting(tx, sitting.id);
  if (held?.status !== 'published') return refuse('SITTING_NOT_OPEN');
  if (held.latestEntryAt <= ctx.clock.now()) refuse('SITTING_IN_THE_PAST');
  const rooms = await listRooms(tx, sitting.id);
  if (rooms.length === 0) refuse('NO_ROOMS');
  const { sitters: waiting, watching } = await listWaitingApart(tx, sitting, input.registrationIds ?? null);
  if (waiting.length === 0 && watching.length > 0) refuse('INVIGILATES_HERE', { names: namesOf(watching) });
  if (waiting.length === 0) refuse('NOBODY_WAITS');
  const seated = await listSeated(tx, sitting.id);
  const free = rooms.reduce((sum, room) => sum + room.rows * room.columns, 0) - seated.length;
  if (free <= 0) refuse('NO_SEATS_LEFT');
  const seed = (await findLayoutSeed(tx, sitting.id)) ?? input.seed ?? randomToken();
  // Where seats are few, the earliest registered get them.
  const sitters = waiting.slice(0, free);
  const layout = layOutSeats({ rooms: rooms.map(gridOf), seated, sitters, seed });
  const byId = new Map(sitters.map((one) => [one.id, one]));
  const inSeatOrder = layout.placed.flatMap((one) => byId.get(one.id) ?? []);
  const tickets = await ticketsFor(tx, sitting.id, inSeatOrder);
  const seats = layout.placed.map(({ id, roomId, seatNo }) => {
    const ticketNo = tickets.get(id);
    invariant(ticketNo, 'everybody who is seated has a ticket');
    return { registrationId: id, sittingId: sitting.id, roomId, seatNo, ticketNo };
  });
  if ((await writeSeats(tx, seats)) !== seats.length) refuse('CHANGED_MEANWHILE');
  await recordTickets(tx, ctx, sitting.id, seats);
  const result = {
    placed: seats.length,
    left: waiting.length - seats.length,
    neighbourPairs: layout.neighbourPairs,
  };
  await writeTrace(tx, ctx, { sitting, rooms, seats, seed, result });
  return result;
}

interface Trace {
  readonly sitting: SeatingSitting;
  readonly rooms: readonly RoomRow[];
  readonly seats: readonly { registrationId: string; roomId: string; seatNo: number; ticketNo: string }[];
  readonly seed: string;
  readonly result: LaidOut;
}

/** An event for each person, one for the sitting, and the audit row. */
async function writeTrace(tx: Tx, ctx: Ctx, trace: Trace): Promise<void> {
  const { sitting, seats, seed, result } = trace;
  const occurredAt = ctx.clock.now();
  const roomNo = new Map(trace.rooms.map((room) => [room.id, room.no]));
  await tx.registrationEvent.createMany({
    data: seats.map(({ registrationId, roomId, seatNo, ticketNo }) => ({
      id: newId(),
      registrationId,
      kind: 'seated' satisfies RegistrationEventKind,
      detail: { ticketNo, roomNo: roomNo.get(roomId) ?? 0, seatNo },
      actorId: ctx.actorId,
      occurredAt,
    })),
  });
  await tx.examSeatingEvent.create({
    data: {
      id: newId(),
      sittingId: sitting.id,
      kind: 'laid_out',
      seed,
      detail: result,
      actorId: ctx.actorId,
      occurredAt,
    },
  });
  await appendAudit(tx, ctx, {
    action: 'exam.lay_out',
    subjectKind: 'exam_sitting',
    subjectId: sitting.id,
    regionId: sitting.regionId,
    detail: { ...result },
  });
}

/**
 * 考场编排: gives every approved person without a seat a room, a seat and a ticket, in one transaction. Run again it
 * seats only who came later. Of two layouts at once the second finds nobody left. Refusals: FORBIDDEN, NOT_FOUND,
 * COMMAND_REUSED and those of `layOutIn`.
 * @param input.registrationIds only these people; left out: everybody who waits
 */
export async function layOut(
  ctx: ActorCtx,
  input: {
    readonly sittingId: string;
    readonly registrationIds?: readonly string[] | undefined;
    readonly commandId: string;
  },
): Promise<Outcome<LaidOut, LayOutRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const registrationIds = input.registrationIds ?? null;
  const key = {
    actorId: ctx.actorId,
    commandId: input.commandId,
    kind: 'exam.lay_out',
    input: { sittingId: sitting.id, registrationIds },
  };
  return inTransaction<LaidOut, LayOutRefusal>(
    ctx,
    'lay-out-seats',
    (tx, refuse) =>
      withReceipt(tx, key, laidOut, refuse, () => layOutIn(tx, ctx, { sitting, registrationIds }, refuse)),
    { timeoutMs: TIMEOUT_MS },
  );
}
