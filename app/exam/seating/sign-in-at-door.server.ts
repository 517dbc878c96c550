import { timingSafeEqual } from 'node:crypto';
import { accountOfPerson } from '#app/accounts/account-of-person.server.ts';
import type { RequestCtx } from '#app/accounts/actor.server.ts';
import type { Sessions } from '#app/accounts/session.server.ts';
import { idNumberHash } from '#app/organization/roster/person-secret.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';
import type { DoorSignInRefusal } from './refusals.ts';
import type { DoorFacts, DoorRefusal } from './door-rules.ts';
import {
  checkSessionUntil,
  checksFrom,
  decideDoor,
  doorOpensAt,
  readIdNumber,
  readTicketNo,
  sessionUntil,
} from './door-rules.ts';
import { knownDoorDevice } from './door-device.server.ts';
import { takeTry } from './door-limits.server.ts';
import { isInRanges } from './ip-range.ts';
import type { TicketRow } from './door.store.server.ts';
import { findTicket } from './door.store.server.ts';

export interface DoorInput {
  /** As typed. */
  readonly ticketNo: string;
  readonly idNumber: string;
  /** The browser's cookies: one of them may tell that it has signed in with this ticket before. */
  readonly cookieHeader: string | null;
  readonly clientAddress: string | null;
}

export interface SignedInAtDoor {
  /** A session that serves this registration and nothing else. */
  readonly setCookie: string;
  /** What it was opened for: the exam, or before its 签到 a check of the machine. */
  readonly serves: 'exam' | 'check';
  /** As typed, but for blanks. */
  readonly ticketNo: string;
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

/** The account the exam is sat under, with the traces of having come in; a check of the machine is no 签到. */
async function comeIn(ctx: RequestCtx, ticket: TicketRow, serves: SignedInAtDoor['serves']): Promise<string> {
  const outcome = await inTransaction(ctx, 'exam-door', async (tx) => {
    const { registrationId, personId, personName: name } = ticket;
    const accountId = ticket.attemptAccountId ?? (await accountOfPerson(tx, ctx, { personId, name }));
    if (serves === 'exam')
      await tx.registrationEvent.create({
        data: {
          id: newId(),
          registrationId,
          kind: 'signed_in' satisfies RegistrationEventKind,
          actorId: accountId,
          occurredAt: ctx.clock.now(),
        },
      });
    await appendAudit(
      tx,
      { ...ctx, actorId: accountId },
      {
        action: serves === 'exam' ? 'exam.door_sign_in' : 'exam.door_check',
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

/** What a holder may come in for now, and how long the session lasts. Refuses what `decideDoor` refuses. */
function openTo(facts: DoorFacts): Outcome<Pick<SignedInAtDoor, 'serves'> & { until: Date }, DoorRefusal> {
  const refusal = decideDoor(facts);
  if (refusal === null) return done({ serves: 'exam', until: sessionUntil(facts) });
  if (refusal !== 'DOOR_NOT_OPEN') return refused(refusal);
  const from = checksFrom(facts);
  if (facts.now.getTime() >= from.getTime())
    return done({ serves: 'check', until: checkSessionUntil(facts) });
  return refused(refusal, { time: formatInstant(doorOpensAt(facts)), checksFrom: formatInstant(from) });
}

/**
 * 签到: signs in with ticket number and ID number, for this sitting alone, in its window, from its network; within the
 * two weeks before it, from anywhere, for a check of the machine (`checksFrom`), which is no 签到. Refusals:
 * TICKET_OR_ID_WRONG (the same for unknown and void tickets and for wrong numbers), TOO_MANY_REQUESTS; and, only to who
 * has shown both, what `decideDoor` refuses (DOOR_NOT_OPEN with `time` and `checksFrom`).
 */
export async function signInAtDoor(
  ctx: RequestCtx,
  sessions: Sessions,
  input: DoorInput,
): Promise<Outcome<SignedInAtDoor, DoorSignInRefusal>> {
  const { clientAddress, cookieHeader } = input;
  const ticketNo = readTicketNo(input.ticketNo);
  const ticket = ticketNo === null ? null : await findTicket(ctx.pool, ticketNo);
  const ipRanges = ticket?.ipRanges ?? [];
  const tried = await takeTry(ctx.pool, {
    ticketNo,
    clientAddress,
    isInNamedNetwork: ipRanges.length > 0 && isInRanges(clientAddress, ipRanges),
    isAdmitted: (ticket?.admittedAt ?? null) !== null,
    knownDevice: ticketNo === null ? null : knownDoorDevice(ctx.secrets, cookieHeader, ticketNo),
  });
  if (!tried.ok) return tried;
  if (!isHolder(ctx, ticket, input.idNumber)) {
    await noteFailure(ctx, ticket);
    return refused('TICKET_OR_ID_WRONG');
  }
  await tried.value.right();
  const opened = openTo({
    ...ticket,
    registrationStatus: ticket.status,
    ranges: ipRanges,
    ip: clientAddress,
    now: ctx.clock.now(),
  });
  if (!opened.ok) return opened;
  const { serves, until } = opened.value;
  const accountId = await comeIn(ctx, ticket, serves);
  const session = await sessions.create(accountId, { to: ticket.registrationId, until });
  return done({ ...session, serves, ticketNo: ticketNo ?? '' });
}
