import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { readIpRanges } from './ip-range.ts';
import { sealedCode } from './room-code.server.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { hasStarted, lockSitting } from './seating.store.server.ts';

/** A city examines some two thousand people at once, thirty a room. */
export const MAX_ROOMS = 100;

export interface RoomFields {
  readonly name: string;
  readonly place: string;
  readonly rows: number;
  readonly columns: number;
  /** As typed. */
  readonly ipRanges: string;
}

type RoomRule =
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'SITTING_STARTED'
  | 'SITTING_NOT_OPEN'
  | 'ROOM_IN_USE'
  | 'TOO_MANY_ROOMS'
  | 'COMMAND_REUSED';
export type SaveRoomRefusal = RoomRule | 'FORBIDDEN' | 'IP_RANGE_UNREADABLE';

const saved = z.object({ roomId: z.string() });
const countRow = z.object({ rooms: z.number(), last: z.number() });

interface RoomValues extends Omit<RoomFields, 'ipRanges'> {
  readonly ranges: readonly string[];
}

/** Adds a room at the end, with a 开考口令 of its own. For commands that have authorised their person, and the demo. */
export async function addRoom(
  tx: Tx,
  ctx: Pick<ActorCtx, 'clock' | 'secrets'>,
  sittingId: string,
  room: RoomValues,
  refuse: Refuse<'TOO_MANY_ROOMS'>,
): Promise<string> {
  const rows = await tx.$queryRaw`
    select count(*)::int as rooms, coalesce(max(no), 0)::int as last from exam_room where sitting_id = ${sittingId}::uuid`;
  const { rooms, last } = z.array(countRow).parse(rows)[0] ?? { rooms: 0, last: 0 };
  if (rooms >= MAX_ROOMS) refuse('TOO_MANY_ROOMS', { most: MAX_ROOMS });
  const id = newId<'ExamRoom'>();
  await tx.examRoom.create({
    data: {
      id,
      sittingId,
      no: last + 1,
      name: room.name,
      place: room.place,
      seatRows: room.rows,
      seatColumns: room.columns,
      ipRanges: [...room.ranges],
      accessCodeCipher: sealedCode(ctx.secrets, id),
      createdAt: ctx.clock.now(),
    },
  });
  return id;
}

/** The grid of a room in which people sit stands: another number of rows would move everybody's neighbours. */
async function changeRoom(
  tx: Tx,
  sittingId: string,
  change: { readonly roomId: string; readonly version: number; readonly room: RoomValues },
  refuse: Refuse<RoomRule>,
): Promise<void> {
  const { roomId, version, room } = change;
  const known = await tx.examRoom.findFirst({
    where: { id: roomId, sittingId },
    select: { seatRows: true, seatColumns: true, _count: { select: { registrations: true } } },
  });
  if (!known) return refuse('NOT_FOUND');
  const isRegridded = known.seatRows !== room.rows || known.seatColumns !== room.columns;
  if (isRegridded && (await hasStarted(tx, sittingId))) refuse('SITTING_STARTED');
  const people = known._count.registrations;
  if (isRegridded && people > 0) refuse('ROOM_IN_USE', { people });
  const { count } = await tx.examRoom.updateMany({
    where: { id: roomId, version },
    data: {
      name: room.name,
      place: room.place,
      seatRows: room.rows,
      seatColumns: room.columns,
      ipRanges: [...room.ranges],
      version: { increment: 1 },
    },
  });
  if (count !== 1) refuse('CHANGED_MEANWHILE');
}

async function writeRoom(
  tx: Tx,
  ctx: ActorCtx,
  asked: {
    readonly sitting: SeatingSitting;
    readonly roomId: string | null;
    readonly version: number;
    readonly room: RoomValues;
  },
  refuse: Refuse<RoomRule>,
): Promise<{ roomId: string }> {
  const { sitting, room, version } = asked;
  const held = await lockSitting(tx, sitting.id);
  if (held?.status !== 'published') refuse('SITTING_NOT_OPEN');
  const roomId = asked.roomId ?? (await addRoom(tx, ctx, sitting.id, room, refuse));
  if (asked.roomId !== null) await changeRoom(tx, sitting.id, { roomId, version, room }, refuse);
  await appendAudit(tx, ctx, {
    action: asked.roomId === null ? 'exam.add_room' : 'exam.change_room',
    subjectKind: 'exam_room',
    subjectId: roomId,
    regionId: sitting.regionId,
    detail: { sittingId: sitting.id, rows: room.rows, columns: room.columns, ranges: room.ranges.length },
  });
  return { roomId };
}

/**
 * Adds a room to a sitting or changes one. Networks may be changed at any time, also on the day; rows and columns only
 * while nobody sits there. Refusals: FORBIDDEN, NOT_FOUND, IP_RANGE_UNREADABLE (`wrong`), ROOM_IN_USE, TOO_MANY_ROOMS,
 * SITTING_STARTED, SITTING_NOT_OPEN, CHANGED_MEANWHILE, COMMAND_REUSED.
 */
export async function saveRoom(
  ctx: ActorCtx,
  input: RoomFields & {
    readonly sittingId: string;
    /** Absent for a new room. */
    readonly roomId?: string | undefined;
    readonly expectedVersion?: number | undefined;
    readonly commandId: string;
  },
): Promise<Outcome<{ roomId: string }, SaveRoomRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { ranges, wrong } = readIpRanges(input.ipRanges);
  if (wrong !== null) return refused('IP_RANGE_UNREADABLE', { wrong });
  const { sittingId, roomId = null, expectedVersion = 0, commandId, name, place, rows, columns } = input;
  const room = { name, place, rows, columns, ranges };
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: 'exam.save_room',
    input: { sittingId, roomId, room: { ...room, ranges: [...ranges] } },
  };
  return inTransaction<{ roomId: string }, SaveRoomRefusal>(ctx, 'save-exam-room', (tx, refuse) =>
    withReceipt(tx, key, saved, refuse, () =>
      writeRoom(tx, ctx, { sitting: taken.value.sitting, roomId, version: expectedVersion, room }, refuse),
    ),
  );
}

/** Removes a room in which nobody sits. Refusals: FORBIDDEN, NOT_FOUND, ROOM_HAS_PEOPLE. */
export async function removeRoom(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly roomId: string },
): Promise<Outcome<null, 'FORBIDDEN' | 'NOT_FOUND' | 'ROOM_HAS_PEOPLE'>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  return inTransaction<null, 'NOT_FOUND' | 'ROOM_HAS_PEOPLE'>(ctx, 'remove-exam-room', async (tx, refuse) => {
    await lockSitting(tx, sitting.id);
    const room = await tx.examRoom.findFirst({ where: { id: input.roomId, sittingId: sitting.id } });
    if (!room) return refuse('NOT_FOUND');
    const people = await tx.examRegistration.count({ where: { roomId: room.id } });
    const messages = await tx.examMessage.count({ where: { roomId: room.id } });
    if (people + messages > 0) refuse('ROOM_HAS_PEOPLE');
    await tx.examRoomInvigilator.deleteMany({ where: { roomId: room.id } });
    await tx.examRoom.delete({ where: { id: room.id } });
    await appendAudit(tx, ctx, {
      action: 'exam.remove_room',
      subjectKind: 'exam_room',
      subjectId: room.id,
      regionId: sitting.regionId,
      detail: { sittingId: sitting.id, no: room.no, name: room.name },
    });
    return null;
  });
}

/** A new 开考口令 for a room; the old one opens nothing from then on. Refusals: FORBIDDEN, NOT_FOUND. */
export async function renewCode(
  ctx: ActorCtx,
  input: { readonly sittingId: string; readonly roomId: string },
): Promise<Outcome<null, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const outcome = await inTransaction<null, 'NOT_FOUND'>(ctx, 'renew-room-code', async (tx, refuse) => {
    const { count } = await tx.examRoom.updateMany({
      where: { id: input.roomId, sittingId: sitting.id },
      data: { accessCodeCipher: sealedCode(ctx.secrets, input.roomId) },
    });
    if (count !== 1) refuse('NOT_FOUND');
    await appendAudit(tx, ctx, {
      action: 'exam.renew_code',
      subjectKind: 'exam_room',
      subjectId: input.roomId,
      regionId: sitting.regionId,
    });
    return null;
  });
  return outcome.ok ? done(null) : outcome;
}
