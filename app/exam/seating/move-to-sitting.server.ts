import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { endBoundSessions } from '#app/accounts/session.store.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { unitBatchPath } from '../batch/batch.ts';
import { takeBackAdmissions } from './admission.store.server.ts';
import { listWatching, namesOf } from './own-watch.store.server.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { lockSitting } from './seating.store.server.ts';
import { nextTickets, recordTickets } from './ticket.store.server.ts';

export type MoveToSittingRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'SITTING_NOT_OPEN'
  | 'SITTING_IN_THE_PAST'
  | 'SITTING_HELD'
  | 'SITTING_STARTED'
  | 'PAPER_SEALED'
  | 'OWN_REGISTRATION'
  | 'INVIGILATES_HERE'
  | 'COMMAND_REUSED';

const moved = z.object({ ticketNo: z.string() });
/** The new ticket. */
export type MovedToSitting = z.infer<typeof moved>;

interface Move {
  readonly sittingId: string;
  readonly registrationId: string;
  readonly toSittingId: string;
  readonly reason: string;
}

interface Leaving {
  readonly personId: string;
  readonly personName: string;
  readonly unitId: string;
  readonly ticketNo: string | null;
}

/** Whoever may still leave the sitting; nobody takes a paper along that somebody else may have seen by then. */
async function takeLeaving(
  tx: Tx,
  ctx: ActorCtx,
  move: Move,
  refuse: Refuse<MoveToSittingRefusal>,
): Promise<Leaving> {
  const { registrationId: id, sittingId } = move;
  await tx.$executeRaw`select 1 from exam_registration where id = ${id}::uuid for update`;
  const person = await tx.examRegistration.findFirst({
    where: { id, sittingId, status: 'approved' },
    select: {
      ...{ personId: true, unitId: true, ticketNo: true, person: { select: { name: true } } },
      _count: { select: { attempts: true, papers: true } },
    },
  });
  if (!person) return refuse('NOT_FOUND');
  if (person.personId === (await personKeyOf(tx, ctx.actorId))) return refuse('OWN_REGISTRATION');
  if (person._count.attempts > 0) return refuse('SITTING_STARTED');
  if (person._count.papers > 0) return refuse('PAPER_SEALED');
  const watching = await listWatching(tx, move.toSittingId, [id]);
  if (watching.length > 0) return refuse('INVIGILATES_HERE', { names: namesOf(watching) });
  return { ...person, personName: person.person.name };
}

/**
 * Both sittings in the order of their ids: two moves in opposite directions never wait for each other. Whoever missed an
 * exam that was held stays there: the list of its results must not change.
 */
async function lockBoth(
  tx: Tx,
  ctx: ActorCtx,
  move: Move,
  refuse: Refuse<MoveToSittingRefusal>,
): Promise<void> {
  const ids = [move.sittingId, move.toSittingId].sort();
  const held = new Map<string, Awaited<ReturnType<typeof lockSitting>>>();
  for (const id of ids) held.set(id, await lockSitting(tx, id));
  const [from, to] = [held.get(move.sittingId), held.get(move.toSittingId)];
  if (from?.status !== 'published') return refuse('SITTING_NOT_OPEN');
  if (from.latestEntryAt <= ctx.clock.now()) return refuse('SITTING_HELD');
  if (to?.status !== 'published') return refuse('SITTING_NOT_OPEN');
  if (to.latestEntryAt <= ctx.clock.now()) return refuse('SITTING_IN_THE_PAST');
}

interface Change {
  readonly from: SeatingSitting;
  readonly to: SeatingSitting;
  readonly person: Leaving;
  readonly ticketNo: string;
  readonly move: Move;
}

async function write(tx: Tx, ctx: ActorCtx, { from, to, person, ticketNo, move }: Change): Promise<void> {
  const { registrationId, reason } = move;
  const at = ctx.clock.now();
  await takeBackAdmissions(tx, [registrationId], { note: reason, actorId: ctx.actorId, at });
  await tx.examRegistration.update({
    where: { id: registrationId },
    data: {
      ...{ sittingId: to.id, ticketNo, roomId: null, seatNo: null },
      version: { increment: 1 },
    },
  });
  await recordTickets(tx, ctx, to.id, [{ registrationId, ticketNo }]);
  await tx.registrationEvent.create({
    data: {
      ...{ id: newId(), registrationId, note: reason },
      kind: 'sitting_changed' satisfies RegistrationEventKind,
      detail: { from: from.id, to: to.id, void: person.ticketNo, ticketNo },
      ...{ actorId: ctx.actorId, occurredAt: at },
    },
  });
  await endBoundSessions(tx, [registrationId]);
  await appendAudit(tx, ctx, {
    ...{ action: 'exam.move_to_sitting', subjectKind: 'exam_registration', subjectId: registrationId },
    ...{ regionId: from.regionId, unitId: person.unitId },
    detail: { from: from.id, to: to.id, ticketNo, reason },
  });
}

async function tell(
  tx: Tx,
  ctx: ActorCtx,
  { from, to, person, move }: Change,
  commandId: string,
): Promise<void> {
  const common = { kind: 'exam.date_changed' as const, title: '考试场次调整，准考证已更换' };
  const body = `原定${from.title}（${formatInstant(from.opensAt)}），改为${to.title}（${formatInstant(to.opensAt)}）。\n原因：${move.reason}。\n原准考证号作废，请以新的准考证为准。`;
  await askForNotices(tx, ctx, [
    {
      ...{ ...common, key: `${commandId}:people`, body, path: '/exams' },
      to: [{ personIds: [person.personId] }],
    },
    {
      ...{ ...common, key: `${commandId}:units`, path: from.batchId && unitBatchPath(from.batchId) },
      body: `${person.personName}：${body}\n请通知本人，并重新打印准考证。`,
      to: [{ role: 'unit_liaison', unitIds: [person.unitId] }],
    },
  ]);
}

/**
 * 改到其他场次: one person goes to another sitting of the same batch with a new ticket and waits there for a seat; person and
 * unit are told. Refusals: FORBIDDEN; NOT_FOUND (not approved here, or no other sitting of the batch); SITTING_NOT_OPEN
 * (either); SITTING_HELD once nobody may enter this one any more; SITTING_IN_THE_PAST (the other one); OWN_REGISTRATION;
 * SITTING_STARTED once the person has begun; PAPER_SEALED once a paper was drawn, which belongs to this sitting;
 * INVIGILATES_HERE for an invigilator of the other one; COMMAND_REUSED.
 */
export async function moveToSitting(
  ctx: ActorCtx,
  input: Move & { readonly commandId: string },
): Promise<Outcome<MovedToSitting, MoveToSittingRefusal>> {
  const [here, there] = [await takeSitting(ctx, input.sittingId), await takeSitting(ctx, input.toSittingId)];
  if (!here.ok) return here;
  if (!there.ok) return there;
  const [from, to] = [here.value.sitting, there.value.sitting];
  const { commandId, ...move } = input;
  const key = { actorId: ctx.actorId, commandId, kind: 'exam.move_to_sitting', input: move };
  return inTransaction<MovedToSitting, MoveToSittingRefusal>(ctx, 'move-to-sitting', (tx, refuse) =>
    withReceipt(tx, key, moved, refuse, async () => {
      if (from.id === to.id || from.batchId === null || from.batchId !== to.batchId)
        return refuse('NOT_FOUND');
      await lockBoth(tx, ctx, move, refuse);
      const person = await takeLeaving(tx, ctx, move, refuse);
      const [ticketNo] = await nextTickets(tx, to.id, 1);
      invariant(ticketNo, 'one ticket was asked for');
      const change = { from, to, person, ticketNo, move };
      await write(tx, ctx, change);
      await tell(tx, ctx, change, commandId);
      return { ticketNo };
    }),
  );
}
