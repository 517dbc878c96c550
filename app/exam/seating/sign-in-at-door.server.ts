import { timingSafeEqual } from 'node:crypto';
import { accountOfPerson } from '#app/accounts/account-of-person.server.ts';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import type { Sessions } from '#app/accounts/session.server.ts';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import type { DoorSignInRefusal } from './refusals.ts';
import { decideDoor, doorOpensAt, readIdNumber, readTicketNo, sessionUntil } from './door-rules.ts';
import { isInRanges } from './ip-range.ts';
import type { TicketRow } from './door.store.server.ts';
import { findTicket } from './door.store.server.ts';

/**
 * Limits of tries without success. A hall shares one address, so an address alone is never limited: by ticket (guessing
 * somebody's ID number) and by device (trying many tickets).
 */
const TICKET_TRIES = 10;
const DEVICE_TRIES = 30;
const TRIES_SECONDS = 600;

export interface DoorInput {
  /** As typed. */
  readonly ticketNo: string;
  readonly idNumber: string;
  /** Of this browser, from its cookie of the door. */
  readonly deviceId: string;
  readonly clientAddress: string | null;
}

/** Compares also where there is no ticket, so that time tells nothing about which numbers exist. */
function isHolder(
  ctx: Pick<Ctx, 'secrets'>,
  ticket: TicketRow | null,
  idNumber: string,
): ticket is TicketRow {
  const given = Buffer.from(idNumberHash(ctx.secrets, readIdNumber(idNumber)), 'hex');
  const known = ticket?.idNumberHash ?? Buffer.alloc(given.length);
  return timingSafeEqual(given, known) && ticket !== null;
}

/** A wrong number is noted where it concerns a ticket that exists; the answer is the same for all. */
async function noteFailure(ctx: RequestCtx, ticket: TicketRow | null): Promise<void> {
  if (!ticket) return;
  await inTransaction(ctx, 'exam-door-failed', (tx) =>
    appendAudit(tx, ctx, {
      action: 'exam.door_failed',
      subjectKind: 'exam_registration',
      subjectId: ticket.registrationId,
      regionId: ticket.regionId,
      unitId: ticket.unitId,
    }),
  );
}

/** The account the exam is sat under, with the traces of having come in. */
async function comeIn(ctx: RequestCtx, ticket: TicketRow): Promise<string> {
  const outcome = await inTransaction(ctx, 'exam-door', async (tx) => {
    const { registrationId, personId, personName: name } = ticket;
    const accountId = ticket.attemptAccountId ?? (await accountOfPerson(tx, ctx, { personId, name }));
    await tx.registrationEvent.create({
      data: {
        id: newId(),
        registrationId,
        kind: 'signed_in',
        actorId: accountId,
        occurredAt: ctx.clock.now(),
      },
    });
    await appendAudit(
      tx,
      { ...ctx, actorId: accountId },
      {
        action: 'exam.door_sign_in',
        subjectKind: 'exam_registration',
        subjectId: registrationId,
        regionId: ticket.regionId,
        unitId: ticket.unitId,
      },
    );
    return accountId;
  });
  invariant(outcome.ok, 'coming in refuses nothing once the door is open');
  return outcome.value;
}

/**
 * 签到: signs in with ticket number and ID number, for this sitting alone, in its window, from its network. Refusals:
 * TICKET_OR_ID_WRONG (the same for unknown and void tickets and for wrong numbers), TOO_MANY_REQUESTS; and, only to who
 * has shown both, what `decideDoor` refuses (DOOR_NOT_OPEN with `time`).
 * @returns the cookie of a session that serves this registration and nothing else
 */
export async function signInAtDoor(
  ctx: RequestCtx,
  sessions: Sessions,
  input: DoorInput,
): Promise<Outcome<{ setCookie: string }, DoorSignInRefusal>> {
  const ticketNo = readTicketNo(input.ticketNo);
  const limitOf = (name: string, points: number) =>
    createRateLimit({ pool: ctx.pool, name, points, seconds: TRIES_SECONDS });
  const byTicket = limitOf('exam_door_ticket', TICKET_TRIES);
  const byDevice = limitOf('exam_door_device', DEVICE_TRIES);
  const ticket = ticketNo === null ? null : await findTicket(ctx.pool, ticketNo);
  // Tries from outside the room's network are counted apart: nobody out there can lock a candidate out.
  const isInside = ticket !== null && isInRanges(input.clientAddress, ticket.ipRanges);
  const ticketKey = `${ticketNo ?? 'none'}:${isInside ? 'in' : 'out'}`;
  const device = await byDevice.take(input.deviceId);
  if (!device.ok) return device;
  if (ticketNo !== null) {
    const tries = await byTicket.take(ticketKey);
    if (!tries.ok) return tries;
  }
  if (!isHolder(ctx, ticket, input.idNumber)) {
    await noteFailure(ctx, ticket);
    return refused('TICKET_OR_ID_WRONG');
  }
  await Promise.all([byTicket.forget(ticketKey), byDevice.forget(input.deviceId)]);
  const { ipRanges: ranges, status: registrationStatus } = ticket;
  const facts = { ...ticket, registrationStatus, ranges, ip: input.clientAddress, now: ctx.clock.now() };
  const refusal = decideDoor(facts);
  if (refusal !== null) return refused(refusal, { time: formatInstant(doorOpensAt(ticket)) });
  const accountId = await comeIn(ctx, ticket);
  return done(await sessions.create(accountId, { to: ticket.registrationId, until: sessionUntil(facts) }));
}
