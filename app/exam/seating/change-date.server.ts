import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { askForNotices } from '#app/office/notice/send-notice.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import { takeBackAdmissions } from './admission.store.server.ts';
import { renewTickets } from './renew-tickets.server.ts';
import { sealedCode } from './room-code.server.ts';
import { takeSitting } from './scope.server.ts';
import type { SeatingSitting } from './seating.store.server.ts';
import { freeSeatsOfExcused, hasStarted, lockRooms, lockSitting } from './seating.store.server.ts';
import type { Holder } from './ticket.store.server.ts';
import { listHolders } from './ticket.store.server.ts';

type DateRule =
  'SITTING_NOT_OPEN' | 'SITTING_STARTED' | 'CHANGED_MEANWHILE' | 'DATE_PAST' | 'DATE_SAME' | 'COMMAND_REUSED';
export type ChangeDateRefusal = DateRule | 'FORBIDDEN' | 'NOT_FOUND';

const changed = z.object({ tickets: z.number() });
/** How many tickets were replaced. */
export type DateChanged = z.infer<typeof changed>;

const TIMEOUT_MS = 60_000;

interface Change {
  readonly opensAt: Date;
  readonly reason: string;
  readonly expectedVersion: number;
}

const shifted = (instant: Date, byMs: number): Date => new Date(instant.getTime() + byMs);

/** All times of the sitting move by the same span. */
async function moveTimes(
  tx: Tx,
  ctx: ActorCtx,
  sitting: SeatingSitting,
  change: Change,
  refuse: Refuse<DateRule>,
): Promise<void> {
  if (sitting.status !== 'published') refuse('SITTING_NOT_OPEN');
  if (await hasStarted(tx, sitting.id)) refuse('SITTING_STARTED');
  const byMs = change.opensAt.getTime() - sitting.opensAt.getTime();
  if (byMs === 0) refuse('DATE_SAME');
  if (change.opensAt.getTime() <= ctx.clock.now().getTime()) refuse('DATE_PAST');
  const { count } = await tx.examSitting.updateMany({
    where: { id: sitting.id, version: change.expectedVersion, opensAt: sitting.opensAt },
    data: {
      opensAt: change.opensAt,
      latestEntryAt: shifted(sitting.latestEntryAt, byMs),
      hardEndAt: shifted(sitting.hardEndAt, byMs),
      checkInFrom: sitting.checkInFrom === null ? null : shifted(sitting.checkInFrom, byMs),
      pausedAt: null,
      version: { increment: 1 },
    },
  });
  if (count !== 1) refuse('CHANGED_MEANWHILE');
}

/** What was announced and who was let in belong to the old date: codes are made anew, admissions fall away. */
async function forgetDay(
  tx: Tx,
  ctx: ActorCtx,
  { sittingId, roomIds, reason }: { sittingId: string; roomIds: readonly string[]; reason: string },
): Promise<void> {
  const admitted = await tx.examRegistration.findMany({
    where: { sittingId, admittedAt: { not: null } },
    select: { id: true },
  });
  const ids = admitted.map(({ id }) => id);
  await takeBackAdmissions(tx, ids, { note: reason, actorId: ctx.actorId, at: ctx.clock.now() });
  for (const id of roomIds)
    await tx.examRoom.update({
      where: { id },
      data: { accessCodeCipher: sealedCode(ctx.secrets, id), pausedAt: null, version: { increment: 1 } },
    });
}

/** One notice to the people and one to their units; the new number stands on the exam page and on the ticket. */
async function tell(
  tx: Tx,
  ctx: ActorCtx,
  sitting: SeatingSitting,
  holders: readonly Holder[],
  change: Change,
): Promise<void> {
  if (holders.length === 0) return;
  const key = `${sitting.id}:${change.expectedVersion + 1}`;
  const body = `${sitting.title}改期：原定${formatInstant(sitting.opensAt)}，改为${formatInstant(change.opensAt)}开考。\n原因：${change.reason}。\n原准考证号作废，请以新的准考证为准。`;
  const title = '考试改期，准考证已更换';
  await askForNotices(tx, ctx, [
    {
      kind: 'exam.date_changed',
      key: `${key}:people`,
      title,
      body,
      path: '/exams',
      to: [{ personIds: [...new Set(holders.map((one) => one.personId))] }],
    },
    {
      kind: 'exam.date_changed',
      key: `${key}:units`,
      title,
      body: `${body}\n请通知本单位考生，并重新打印准考证。`,
      path: null,
      to: [{ role: 'unit_liaison', unitIds: [...new Set(holders.map((one) => one.unitId))] }],
    },
  ]);
}

/**
 * 改期: moves a sitting to another time with everybody in it. Seats stay, every ticket is replaced, the old ones are void
 * and open no door; people and units are told. Refusals: FORBIDDEN, NOT_FOUND; SITTING_STARTED once somebody has begun or waits for the bell (void attempts are none);
 * SITTING_NOT_OPEN, DATE_PAST, DATE_SAME; CHANGED_MEANWHILE (of two changes at once one wins); COMMAND_REUSED.
 */
export async function changeDate(
  ctx: ActorCtx,
  input: Change & { readonly sittingId: string; readonly commandId: string },
): Promise<Outcome<DateChanged, ChangeDateRefusal>> {
  const taken = await takeSitting(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const { sitting } = taken.value;
  const { sittingId, opensAt, reason, commandId } = input;
  const key = {
    actorId: ctx.actorId,
    commandId,
    kind: 'exam.change_date',
    input: { sittingId, opensAt: opensAt.toISOString(), reason },
  };
  return inTransaction<DateChanged, ChangeDateRefusal>(
    ctx,
    'change-exam-date',
    (tx, refuse) =>
      withReceipt(tx, key, changed, refuse, async () => {
        // As a start and a pause take them: sitting → rooms → registrations. Nobody starts from here on.
        await lockSitting(tx, sitting.id);
        const roomIds = await lockRooms(tx, sitting.id);
        await moveTimes(tx, ctx, sitting, input, refuse);
        const holders = await listHolders(tx, sitting.id);
        await renewTickets(tx, ctx, { sittingId: sitting.id, reason }, holders);
        await forgetDay(tx, ctx, { sittingId: sitting.id, roomIds, reason });
        await freeSeatsOfExcused(tx, sitting.id);
        await tx.examSeatingEvent.create({
          data: {
            id: newId(),
            sittingId: sitting.id,
            kind: 'date_changed',
            note: reason,
            detail: {
              from: sitting.opensAt.toISOString(),
              to: opensAt.toISOString(),
              tickets: holders.length,
            },
            actorId: ctx.actorId,
            occurredAt: ctx.clock.now(),
          },
        });
        await appendAudit(tx, ctx, {
          action: 'exam.change_date',
          subjectKind: 'exam_sitting',
          subjectId: sitting.id,
          regionId: sitting.regionId,
          detail: { to: opensAt.toISOString(), tickets: holders.length, reason },
        });
        await tell(tx, ctx, sitting, holders, input);
        return { tickets: holders.length };
      }),
    { timeoutMs: TIMEOUT_MS },
  );
}
