import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { holdPersons } from '#app/organization/person/home-timeline.store.server.ts';
import type { PeopleQuery } from '#app/organization/person/person.ts';
import { homeLinksOn, listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { lockPeople } from '../study/study.store.server.ts';
import {
  insertEnrolments,
  listBusyPeople,
  listMarks,
  listParticipants,
  setEnrolmentStatus,
} from './roster.store.server.ts';
import type { TrainingSession } from './session.ts';
import { MAX_CAPACITY } from './session.ts';
import { findOwnSession } from './session-scope.server.ts';
import { appendSessionEvents, bumpSessionVersion, lockSession } from './session.store.server.ts';

/** Ticked people, or everybody a filter finds. */
export type Chosen =
  | { readonly kind: 'people'; readonly personIds: readonly string[] }
  | { readonly kind: 'matching'; readonly query: Omit<PeopleQuery, 'page' | 'size' | 'sort'> };

type OpenRefusal =
  'FORBIDDEN' | 'NOT_FOUND' | 'SESSION_ALREADY_CLOSED' | 'SESSION_CANCELLED' | 'COMMAND_REUSED';
export type EnrolRefusal = OpenRefusal | 'NOBODY_CHOSEN' | 'SESSION_FULL';

/** Longest an enrolment may take; 5,000 people need a few seconds. */
const ENROL_TIMEOUT_MS = 60_000;

const enrolledSchema = z.object({
  enrolled: z.number(),
  /** Who was on the list already. */
  known: z.number(),
  /** Who sits in another class at that time, and in which: not enrolled. */
  busy: z.array(z.object({ name: z.string(), title: z.string() })),
});
export type Enrolled = z.infer<typeof enrolledSchema>;

/**
 * Puts people of the actor's reach on the list. Who has another class at the same time is left out and named, so that
 * nobody can be in two classes at once; the rest is enrolled. More people than seats are refused as a whole.
 */
export async function enrolPeople(
  ctx: ActorCtx,
  input: { sessionId: string; chosen: Chosen; commandId: string },
): Promise<Outcome<Enrolled, EnrolRefusal>> {
  if (!mayDo(ctx, 'session.schedule')) return refused('FORBIDDEN');
  const found = await findOwnSession(ctx, 'session.schedule', input.sessionId);
  if (!found) return refused('NOT_FOUND');
  const people = await choosePeople(ctx, input.chosen);
  if (people === null) return refused('NOT_FOUND');
  if (people.length === 0) return refused('NOBODY_CHOSEN');
  const { commandId, ...rest } = input;
  const personIds = people.map((person) => person.personId);
  return inTransaction<Enrolled, EnrolRefusal>(
    ctx,
    'enrol-people',
    (tx, refuse) => {
      const key = { actorId: ctx.actorId, commandId, kind: 'enrol-people', input: rest };
      return withReceipt(tx, key, enrolledSchema, refuse, async () => {
        // People before the class (order of locks): two lists that take the same person come one after the other.
        await lockPeople(tx, personIds);
        const session = await lockOpenSession(tx, input.sessionId, refuse);
        return enrolInTx(tx, ctx, session, people, refuse);
      });
    },
    { timeoutMs: ENROL_TIMEOUT_MS },
  );
}

interface Candidate {
  readonly personId: string;
  readonly unitId: string;
}

/** The people with their home units today; null when one of them is outside the actor's reach. */
async function choosePeople(ctx: ActorCtx, chosen: Chosen): Promise<Candidate[] | null> {
  const { unitIds } = await reachFor(ctx, 'session.schedule');
  const today = dayOf(ctx.clock.now());
  if (chosen.kind === 'matching') {
    const query = {
      ...chosen.query,
      page: 1,
      size: MAX_CAPACITY + 1,
      sort: { field: 'name', direction: 'asc' },
    } as const;
    const { rows } = await listPeopleOfUnits(ctx.pool, [...unitIds], today, query);
    return rows.map((row) => ({ personId: row.id, unitId: row.unitId }));
  }
  const links = await homeLinksOn(ctx.pool, chosen.personIds, today);
  const people = chosen.personIds.map((personId) => ({
    personId,
    unitId: links.get(personId)?.unitId ?? '',
  }));
  return people.every((person) => unitIds.has(person.unitId)) ? people : null;
}

async function lockOpenSession(
  tx: Tx,
  sessionId: string,
  refuse: Refuse<'NOT_FOUND' | 'SESSION_ALREADY_CLOSED' | 'SESSION_CANCELLED'>,
): Promise<TrainingSession> {
  const session = await lockSession(tx, sessionId);
  if (!session) return refuse('NOT_FOUND');
  if (session.status === 'closed') return refuse('SESSION_ALREADY_CLOSED');
  if (session.status === 'cancelled') return refuse('SESSION_CANCELLED');
  return session;
}

async function enrolInTx(
  tx: Tx,
  ctx: ActorCtx,
  session: TrainingSession,
  people: readonly Candidate[],
  refuse: Refuse<'SESSION_FULL'>,
): Promise<Enrolled> {
  const onList = new Set((await listParticipants(tx, session.id)).map((one) => one.personId));
  const wanted = people.filter((person) => !onList.has(person.personId));
  const busy = await listBusyPeople(
    tx,
    session.id,
    wanted.map((person) => person.personId),
  );
  const busyIds = new Set(busy.map((one) => one.personId));
  const free = wanted.filter((person) => !busyIds.has(person.personId));
  const left = session.capacity - onList.size;
  if (free.length > left) refuse('SESSION_FULL', { capacity: session.capacity, left, chosen: free.length });
  const now = ctx.clock.now();
  const enrolled = free.length > 0 ? await insertEnrolments(tx, session.id, free, now) : [];
  await appendSessionEvents(
    tx,
    enrolled.map((personId) => ({ sessionId: session.id, personId, kind: 'enrolled', detail: {} })),
    { actorId: ctx.actorId, now },
  );
  await bumpSessionVersion(tx, session.id);
  await appendAudit(tx, ctx, {
    action: 'session.enrol',
    subjectKind: 'training_session',
    subjectId: session.id,
    unitId: session.unitId,
    detail: { enrolled: enrolled.length },
  });
  return {
    enrolled: enrolled.length,
    known: people.length - wanted.length,
    busy: busy.map(({ name, title }) => ({ name, title })),
  };
}

export type RemoveRefusal = OpenRefusal | 'NOBODY_CHOSEN' | 'HAS_ATTENDANCE';

const removedSchema = z.object({ removed: z.number() });

/** Takes people off the list. Refused when one of them has attendance: what was noted is not made to vanish. */
export async function removePeople(
  ctx: ActorCtx,
  input: { sessionId: string; personIds: readonly string[]; commandId: string },
): Promise<Outcome<z.infer<typeof removedSchema>, RemoveRefusal>> {
  if (!mayDo(ctx, 'session.schedule')) return refused('FORBIDDEN');
  if (!(await findOwnSession(ctx, 'session.schedule', input.sessionId))) return refused('NOT_FOUND');
  if (input.personIds.length === 0) return refused('NOBODY_CHOSEN');
  const { commandId, ...rest } = input;
  return inTransaction<z.infer<typeof removedSchema>, RemoveRefusal>(ctx, 'remove-people', (tx, refuse) => {
    const key = { actorId: ctx.actorId, commandId, kind: 'remove-people', input: rest };
    return withReceipt(tx, key, removedSchema, refuse, async () => {
      // Order of locks: persons → class.
      await holdPersons(tx, input.personIds);
      const session = await lockOpenSession(tx, input.sessionId, refuse);
      const onList = new Set((await listParticipants(tx, session.id)).map((one) => one.personId));
      const leaving = [...new Set(input.personIds)].filter((personId) => onList.has(personId));
      const marks = await listMarks(tx, session.id);
      if (marks.some((mark) => leaving.includes(mark.personId))) return refuse('HAS_ATTENDANCE');
      const now = ctx.clock.now();
      await setEnrolmentStatus(
        tx,
        session.id,
        leaving.map((personId) => ({ personId, status: 'cancelled' })),
      );
      await appendSessionEvents(
        tx,
        leaving.map((personId) => ({ sessionId: session.id, personId, kind: 'removed', detail: {} })),
        { actorId: ctx.actorId, now },
      );
      await bumpSessionVersion(tx, session.id);
      await appendAudit(tx, ctx, {
        action: 'session.remove_people',
        subjectKind: 'training_session',
        subjectId: session.id,
        unitId: session.unitId,
        detail: { removed: leaving.length },
      });
      return { removed: leaving.length };
    });
  });
}
