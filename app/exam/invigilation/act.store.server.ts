import { z } from 'zod';
import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { CODE_LIMIT } from '../seating/code-tries.ts';
import { DOOR_LIMIT, EVERYWHERE_LIMIT } from '../seating/door-tries.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import type { Target } from './act-target.ts';
import type { AttemptClock } from './clock-acts.ts';

const candidateRow = z.object({
  /** The candidate is the person who asks. */
  isOwn: z.boolean(),
  registrationId: z.string(),
  unitId: z.string(),
  roomId: z.string().nullable(),
  admittedAt: z.date().nullable(),
  attemptId: z.string().nullable(),
});
const attemptRow = z.object({
  attemptId: z.string(),
  state: z.string(),
  epoch: z.number(),
  startedAt: z.date(),
  deadlineAt: z.date(),
  closeAt: z.date(),
  pausedAt: z.date().nullable(),
  deviceReleasedAt: z.date().nullable(),
});
export type LockedAttempt = z.infer<typeof attemptRow>;
export type LockedCandidate = Omit<z.infer<typeof candidateRow>, 'attemptId'> & {
  readonly attempt: LockedAttempt | null;
};

/**
 * The candidates of a target with their latest attempts. Registrations are locked for admission, attempts for everything
 * else, in the order of their ids, as the journal locks them: what is decided now still holds when it is written.
 * @param personKey natural person who asks
 * @param roomIds only within these rooms; null = the whole sitting
 */
export async function lockTargets(
  tx: Tx,
  input: {
    sittingId: string;
    target: Target;
    personKey: string;
    roomIds: readonly string[] | null;
    isAdmission: boolean;
  },
): Promise<LockedCandidate[]> {
  const { sittingId, target, personKey, roomIds, isAdmission } = input;
  const people = target.kind === 'people' ? [...target.registrationIds] : null;
  const roomId = target.kind === 'room' ? target.roomId : null;
  if (isAdmission)
    await tx.$executeRaw`
      select 1 from exam_registration r where r.sitting_id = ${sittingId}::uuid and r.status = 'approved'
        and (${people}::uuid[] is null or r.id = any(${people}::uuid[]))
        and (${roomId}::uuid is null or r.room_id = ${roomId}::uuid)
      order by r.id for no key update`;
  const rows = await tx.$queryRaw`
    select r.id::text as "registrationId", r.unit_id::text as "unitId", r.room_id::text as "roomId",
      r.admitted_at as "admittedAt", r.person_id = ${personKey}::uuid as "isOwn", (select a.id::text from attempt a where a.registration_id = r.id
        order by a.attempt_no desc limit 1) as "attemptId"
    from exam_registration r where r.sitting_id = ${sittingId}::uuid and r.status = 'approved'
      and (${people}::uuid[] is null or r.id = any(${people}::uuid[]))
      and (${roomId}::uuid is null or r.room_id = ${roomId}::uuid)
      and (${roomIds ? [...roomIds] : null}::uuid[] is null or r.room_id = any(${roomIds ? [...roomIds] : null}::uuid[]))
    order by r.id`;
  const candidates = z.array(candidateRow).parse(rows);
  const attempts = await lockAttempts(
    tx,
    candidates.flatMap((one) => one.attemptId ?? []),
  );
  return candidates.map(({ attemptId, ...one }) => ({
    ...one,
    attempt: attemptId === null ? null : (attempts.get(attemptId) ?? null),
  }));
}

async function lockAttempts(tx: Tx, attemptIds: readonly string[]): Promise<Map<string, LockedAttempt>> {
  if (attemptIds.length === 0) return new Map();
  const rows = await tx.$queryRaw`
    select a.id::text as "attemptId", a.state, a.device_epoch as epoch, a.started_at as "startedAt", a.deadline_at as "deadlineAt",
      a.close_at as "closeAt", a.paused_at as "pausedAt", a.device_released_at as "deviceReleasedAt"
    from attempt a where a.id = any(${[...attemptIds]}::uuid[]) order by a.id for no key update`;
  return new Map(
    z
      .array(attemptRow)
      .parse(rows)
      .map((row) => [row.attemptId, row]),
  );
}

/**
 * Those of these paused attempts whose pause was meant for them alone: by their last pause, not by its instant, which is
 * the bell for all who were paused before it.
 */
export async function listPausedAlone(tx: Tx, attemptIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw`
    select "attemptId" from (
      select distinct on (e.attempt_id) e.attempt_id::text as "attemptId", e.detail->>'by' as by
      from attempt_event e where e.attempt_id = any(${[...attemptIds]}::uuid[]) and e.kind = 'paused'
      order by e.attempt_id, e.occurred_at desc, e.id desc) last
    where last.by = 'people'`;
  return new Set(
    z
      .array(z.object({ attemptId: z.string() }))
      .parse(rows)
      .map((row) => row.attemptId),
  );
}

/** New clocks of locked attempts; each tells its page that something has changed. */
export async function setClocks(
  tx: Tx,
  clocks: readonly ({ readonly attemptId: string } & AttemptClock)[],
): Promise<void> {
  if (clocks.length === 0) return;
  await tx.$executeRaw`
    update attempt a set deadline_at = v.deadline_at, close_at = v.close_at, paused_at = v.paused_at,
      notice_no = a.notice_no + 1
    from unnest(${clocks.map((one) => one.attemptId)}::uuid[], ${clocks.map((one) => one.deadlineAt)}::timestamptz[],
      ${clocks.map((one) => one.closeAt)}::timestamptz[], ${clocks.map((one) => one.pausedAt)}::timestamptz[])
      as v(id, deadline_at, close_at, paused_at)
    where a.id = v.id`;
}

export async function raiseNotice(tx: Tx, attemptIds: readonly string[]): Promise<void> {
  await tx.attempt.updateMany({
    where: { id: { in: [...attemptIds] } },
    data: { noticeNo: { increment: 1 } },
  });
}

export async function setReleased(tx: Tx, attemptIds: readonly string[], at: Date): Promise<void> {
  await tx.attempt.updateMany({ where: { id: { in: [...attemptIds] } }, data: { deviceReleasedAt: at } });
}

/** Closes locked, running attempts on the spot; nobody handed them in. */
export async function setEnded(tx: Tx, attemptIds: readonly string[], at: Date): Promise<void> {
  await tx.attempt.updateMany({
    where: { id: { in: [...attemptIds] }, state: 'in_progress' },
    data: { state: 'finalised', finalisedAt: at, pausedAt: null, noticeNo: { increment: 1 } },
  });
}

export async function setAdmission(
  tx: Tx,
  registrationIds: readonly string[],
  admittedAt: Date | null,
): Promise<void> {
  await tx.examRegistration.updateMany({
    where: { id: { in: [...registrationIds] } },
    data: { admittedAt, version: { increment: 1 } },
  });
}

export async function appendAdmissionEvents(
  tx: Tx,
  events: readonly {
    registrationId: string;
    kind: RegistrationEventKind;
    reasonCode: string;
    note: string | null;
    actorId: string;
    occurredAt: Date;
  }[],
): Promise<void> {
  await tx.registrationEvent.createMany({ data: events.map((event) => ({ id: newId(), ...event })) });
}

const restingRow = z.object({ id: z.string(), pausedAt: z.date().nullable() });
/** What rests as a whole: a room, or a remote sitting, which has none. */
export type RestingPlace = z.infer<typeof restingRow> & { readonly kind: 'exam_room' | 'exam_sitting' };

/**
 * Locks a room, or all that the sitting consists of (its rooms; itself when it is remote), and tells since when each
 * rests; none when it is no room of this sitting.
 */
export async function lockPlaces(
  tx: Tx,
  sittingId: string,
  target: { readonly kind: 'room'; readonly roomId: string } | { readonly kind: 'sitting' },
): Promise<RestingPlace[]> {
  const roomId = target.kind === 'room' ? target.roomId : null;
  const remote =
    roomId !== null
      ? []
      : await tx.$queryRaw`
          select id::text, paused_at as "pausedAt" from exam_sitting
          where id = ${sittingId}::uuid and place_mode = 'remote' for no key update`;
  const rooms = await tx.$queryRaw`
    select id::text, paused_at as "pausedAt" from exam_room
    where sitting_id = ${sittingId}::uuid and (${roomId}::uuid is null or id = ${roomId}::uuid)
    order by id for no key update`;
  const placesOf = (rows: unknown, kind: RestingPlace['kind']): RestingPlace[] =>
    z
      .array(restingRow)
      .parse(rows)
      .map((row) => ({ ...row, kind }));
  return [...placesOf(remote, 'exam_sitting'), ...placesOf(rooms, 'exam_room')];
}

export async function setPlacePaused(
  tx: Tx,
  { kind, id }: RestingPlace,
  pausedAt: Date | null,
): Promise<void> {
  if (kind === 'exam_room') await tx.examRoom.update({ where: { id }, data: { pausedAt } });
  else await tx.examSitting.update({ where: { id }, data: { pausedAt } });
}

/**
 * Whoever is admitted, or no longer, has all tries of the own registration again: with the code of the room, and with the
 * ticket at the exam door, from every place. What an address has tried with whatever tickets stays counted.
 */
export async function forgetTries(tx: Tx, registrationIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    delete from rate_limit l using exam_registration r
    where r.id = any(${[...registrationIds]}::uuid[])
      and (l.key = ${CODE_LIMIT} || ':' || r.id or l.key = ${EVERYWHERE_LIMIT} || ':' || r.ticket_no
        or starts_with(l.key, ${DOOR_LIMIT} || ':' || r.ticket_no || ':'))`;
}

/** What invigilators say: once for a room or a sitting, once for each person otherwise. */
export async function appendMessages(
  tx: Tx,
  message: { sittingId: string; text: string; actorId: string; occurredAt: Date },
  to: readonly { readonly roomId: string | null; readonly attemptId: string | null }[],
): Promise<void> {
  await tx.examMessage.createMany({ data: to.map((one) => ({ id: newId(), ...message, ...one })) });
}
