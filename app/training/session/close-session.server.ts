import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { askToSettle } from '#app/office/task/ask-task.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { NewEntry } from '../ledger/entry.ts';
import { appendHourEntries } from '../ledger/hour-entry.store.server.ts';
import { secondOf, secondsByDay } from '../ledger/interval.ts';
import type { LessonKey, SettleContext } from '../study/settle-lesson.server.ts';
import { loadSettleContext, settleInTx } from '../study/settle-lesson.server.ts';
import { foldMarks } from './attendance.ts';
import type { CloseRefusal, CreditPolicy, PersonCredit } from './credits.ts';
import { creditKey, decideCredits } from './credits.ts';
import { BUREAU_CLOSE_TASK } from './ask-bureau.server.ts';
import type { Participant } from './roster.store.server.ts';
import {
  listMarks,
  listOverlappedStudy,
  listParticipants,
  setEnrolmentStatus,
} from './roster.store.server.ts';
import { CLOSE_TASK } from './due-sessions.server.ts';
import type { Makers } from './sealed-credit.ts';
import type { SealGate } from './sealed-years.server.ts';
import { findSealed, holdForSeal, loadSealGate, passSeal } from './sealed-years.server.ts';
import type { TrainingSession } from './session.ts';
import { findOwnSession, loadCreditPolicy } from './session-scope.server.ts';
import { appendSessionEvents, lockSession, markSessionClosed } from './session.store.server.ts';

/** Longest a close may take; 2,000 people need a few seconds. */
const CLOSE_TIMEOUT_MS = 60_000;

export type CloseSessionRefusal =
  | CloseRefusal
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'CHANGED_MEANWHILE'
  | 'COMMAND_REUSED'
  | 'YEAR_CLOSED'
  | 'MAKER_IS_CHECKER';

const closedSchema = z.object({ credited: z.number(), creditSeconds: z.number() });
export type Closed = z.infer<typeof closedSchema>;

/**
 * Closes a class and credits its hours, exactly once: the row is locked, the state moves by condition, every entry has
 * its key. What the person saw in the preview is what is credited, or CHANGED_MEANWHILE. Online study of people who sat
 * in the class at that time is taken back by reversal, because one person has one clock. Into a sealed year (封账) only the
 * bureau closes, and not who noted the attendance: YEAR_CLOSED and MAKER_IS_CHECKER name the people.
 */
export async function closeTrainingSession(
  ctx: ActorCtx,
  input: { sessionId: string; expectedVersion: number; commandId: string },
): Promise<Outcome<Closed, CloseSessionRefusal>> {
  if (!mayDo(ctx, 'session.close')) return refused('FORBIDDEN');
  const found = await findOwnSession(ctx, 'session.close', input.sessionId);
  if (!found) return refused('NOT_FOUND');
  const policy = await loadCreditPolicy(ctx, found.session, found.tree);
  const overlaps = await loadOverlaps(ctx, input.sessionId);
  const gate = await loadSealGate(ctx, found.session);
  const { commandId, ...rest } = input;
  return inTransaction<Closed, CloseSessionRefusal>(
    ctx,
    'close-training-session',
    (tx, refuse) => {
      const key = { actorId: ctx.actorId, commandId, kind: 'close-training-session', input: rest };
      return withReceipt(tx, key, closedSchema, refuse, async () => {
        const held = await holdForSeal(tx, input.sessionId, gate);
        const session = await lockSession(tx, input.sessionId);
        if (!session) return refuse('NOT_FOUND');
        const decided = await decide(tx, ctx, session, policy, input.expectedVersion, refuse);
        // Somebody who came onto the list while the people were being held.
        if (held !== null && decided.people.some(({ personId }) => !held.has(personId)))
          return refuse('CHANGED_MEANWHILE');
        const studied = new Set(overlaps.map(({ key: lesson }) => lesson.personId));
        const makers = await makersOf(tx, session, decided, { gate, studied }, refuse);
        const closed = await writeClose(tx, ctx, session, { ...decided, makers }, refuse);
        for (const { key: lesson, context } of overlaps) await settleInTx(tx, lesson, context);
        return closed;
      });
    },
    { timeoutMs: CLOSE_TIMEOUT_MS },
  );
}

/**
 * Lessons that may lose time to this class, with what settling them needs. Read before the transaction: the blocks are
 * over by then, so no further study can fall into them.
 */
async function loadOverlaps(
  ctx: ActorCtx,
  sessionId: string,
): Promise<{ key: LessonKey; context: SettleContext }[]> {
  const keys = await listOverlappedStudy(ctx.pool, sessionId);
  const overlaps: { key: LessonKey; context: SettleContext }[] = [];
  for (const key of keys) overlaps.push({ key, context: await loadSettleContext(ctx, key) });
  return overlaps;
}

async function decide(
  tx: Tx,
  ctx: ActorCtx,
  session: TrainingSession,
  policy: CreditPolicy,
  expectedVersion: number,
  refuse: Refuse<CloseSessionRefusal>,
): Promise<{ credits: PersonCredit[]; people: Participant[] }> {
  const people = await listParticipants(tx, session.id);
  const marks = await listMarks(tx, session.id);
  const attendances = foldMarks(
    people.map((person) => person.personId),
    marks,
  );
  const credits = decideCredits(session, attendances, policy, secondOf(ctx.clock.now()));
  if (!credits.ok) return refuse(credits.code, credits.detail);
  if (session.version !== expectedVersion) return refuse('CHANGED_MEANWHILE');
  return { credits: credits.value, people };
}

/** Who noted the attendance of people whose year is sealed, once the actor may write into it. */
async function makersOf(
  tx: Tx,
  session: TrainingSession,
  { credits, people }: { readonly credits: readonly PersonCredit[]; readonly people: readonly Participant[] },
  { gate, studied }: { readonly gate: SealGate; readonly studied: ReadonlySet<string> },
  refuse: Refuse<CloseSessionRefusal>,
): Promise<Makers> {
  const sealed = await findSealed(tx, gate.years, credits, people, studied);
  return passSeal(tx, session, sealed, gate, refuse);
}

interface DecidedClose {
  readonly credits: readonly PersonCredit[];
  readonly people: readonly Participant[];
  readonly makers: Makers;
}

async function writeClose(
  tx: Tx,
  ctx: ActorCtx,
  session: TrainingSession,
  decided: DecidedClose,
  refuse: Refuse<'SESSION_ALREADY_CLOSED'>,
): Promise<Closed> {
  const { credits } = decided;
  const now = ctx.clock.now();
  if (!(await markSessionClosed(tx, session.id, now))) return refuse('SESSION_ALREADY_CLOSED');
  const entries = entriesOf(session, decided, ctx.actorId);
  const written = await appendHourEntries(tx, entries, now);
  invariant(written.size === entries.length, 'a class that was open has no entries yet');
  await setEnrolmentStatus(
    tx,
    session.id,
    credits.map(({ personId, state }) => ({ personId, status: state })),
  );
  const credited = credits.filter((credit) => credit.creditSeconds > 0).length;
  const creditSeconds = credits.reduce((sum, credit) => sum + credit.creditSeconds, 0);
  const detail = { people: credits.length, credited, creditSeconds, intoSealed: decided.makers.size };
  await appendSessionEvents(tx, [{ sessionId: session.id, personId: null, kind: 'closed', detail }], {
    actorId: ctx.actorId,
    now,
  });
  for (const kind of [CLOSE_TASK, BUREAU_CLOSE_TASK] as const)
    await askToSettle(tx, ctx, { kind, keys: [session.id], outcome: 'done' });
  await appendAudit(tx, ctx, {
    action: 'session.close',
    subjectKind: 'training_session',
    subjectId: session.id,
    unitId: session.unitId,
    detail,
  });
  return { credited, creditSeconds };
}

function entriesOf(
  session: TrainingSession,
  { credits, people, makers }: DecidedClose,
  actorId: string,
): NewEntry[] {
  const unitOf = new Map(people.map((person) => [person.personId, person.unitId]));
  const isSeveralDays = secondsByDay(session.blocks.map((block) => block.interval)).size > 1;
  return credits.flatMap((credit) =>
    credit.days.map(({ day, creditSeconds }): NewEntry => {
      const unitId = unitOf.get(credit.personId);
      invariant(unitId, 'credits are decided for people on the list');
      return {
        entryKey: creditKey(session.id, credit, day, isSeveralDays),
        personId: credit.personId,
        unitId,
        creditSeconds,
        category: session.category,
        occurredDay: day,
        kind: 'session',
        sourceKind: 'training_session',
        sourceId: session.id,
        title: session.title,
        basis: credit.basis,
        reversesEntryId: null,
        reasonCode: null,
        ...handsOf(makers.get(credit.personId), day, actorId),
      };
    }),
  );
}

/** Into a sealed year two persons write: who noted the attendance, and the bureau that closes. */
function handsOf(
  makers: ReadonlyMap<Day, string> | undefined,
  day: Day,
  actorId: string,
): Pick<NewEntry, 'recordedBy' | 'approvedBy'> {
  if (makers === undefined) return { recordedBy: actorId, approvedBy: null };
  const maker = makers.get(day);
  invariant(maker, 'a day that is credited has marks');
  return { recordedBy: maker, approvedBy: actorId };
}
