import type { OwnCtx } from '#app/accounts/actor.server.ts';
import { mayDo, ownPersonId } from '#app/accounts/actor.server.ts';
import { askTogether } from '#app/platform/db/ask-together.server.ts';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { randomToken } from '#app/platform/secret/keys.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { liveBank } from '../bank/live-bank.server.ts';
import { fullMarkHundredths } from '../paper/blueprint.ts';
import { blueprintSpec } from '../paper/blueprint.schema.ts';
import { drawPaper } from '../paper/draw-paper.ts';
import { examPorts } from '../ports.server.ts';
import type { GateRefusal } from '../seating/gate.ts';
import { passGate } from '../seating/pass-gate.server.ts';
import { findAttemptClock } from './attempt.store.server.ts';
import { closeAt } from './deadline.ts';
import { deviceKey, hashDeviceKey } from './device.server.ts';
import type { Entry, EntryRefusal } from './entry.ts';
import { decideEntry } from './entry.ts';
import type { EntryRow } from './sitting.store.server.ts';
import { entryFacts, findEntry } from './sitting.store.server.ts';
import type { DrawnPaper, NewAttempt } from './start.store.server.ts';
import { insertAttempts } from './start.store.server.ts';

export type StartRefusal = EntryRefusal | GateRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'BANK_CANNOT_FEED';

export interface StartedAttempt {
  readonly attemptId: string;
  /** Key for this browser's cookie; null when the attempt is running and this form did not start it. */
  readonly deviceKey: string | null;
}

/** What this candidate can do with this sitting now; asks the training slice only where a course is required. */
export async function entryNow(
  ctx: Pick<OwnCtx, 'pool' | 'clock'>,
  row: EntryRow,
  personId: string,
): Promise<Entry> {
  const { preconditionCourse } = row;
  const isPreconditionMet =
    preconditionCourse === null ||
    row.wasPreconditionMet ||
    (await examPorts(ctx.pool).precondition.hasCompleted(ctx.pool, personId, preconditionCourse));
  return decideEntry(entryFacts(row, isPreconditionMet), ctx.clock.now());
}

/** A running attempt is entered again; the form that started it gets its key once more. */
async function resume(ctx: OwnCtx, attemptId: string, key: string): Promise<StartedAttempt> {
  const clock = await findAttemptClock(ctx.pool, attemptId, ctx.actorId, ctx.actor.boundTo);
  const isStarter = clock?.deviceKeyHash.equals(hashDeviceKey(key)) ?? false;
  return { attemptId, deviceKey: isStarter ? key : null };
}

/** The paper of a start that nobody sealed beforehand. */
async function drawNow(
  ctx: OwnCtx,
  row: EntryRow,
  now: Date,
): Promise<Outcome<DrawnPaper, 'BANK_CANNOT_FEED'>> {
  const spec = blueprintSpec.parse(row.blueprintSpec);
  const seed = randomToken();
  const paper = drawPaper(
    { questions: await liveBank(ctx), laws: examPorts(ctx.pool).laws, day: dayOf(now) },
    { code: row.blueprintCode, title: row.blueprintTitle, spec },
    seed,
  );
  if (!paper.ok) return paper;
  const { passMarkHundredths } = spec;
  return done({ seed, paper: paper.value, fullMarkHundredths: fullMarkHundredths(spec), passMarkHundredths });
}

const MAX_STARTS = 50;
const MAX_SITTINGS = 1_000;
const writers = new Map<string, ReturnType<typeof askTogether<NewAttempt, string | null>>>();

/**
 * Starts of one sitting at the same moment share a statement. Not those of several: one whose seats are being laid out,
 * or that is being cancelled, keeps nobody else waiting.
 */
function writeStart(pool: Pool, sittingId: string, start: NewAttempt): Promise<string | null> {
  const key = `${sittingId} ${start.drawn === null ? 'sealed' : 'drawn'}`;
  const known = writers.get(key);
  if (known) return known(pool, start);
  if (writers.size >= MAX_SITTINGS) writers.clear();
  const made = askTogether(MAX_STARTS, insertAttempts);
  writers.set(key, made);
  return made(pool, start);
}

/**
 * Starts an attempt on the paper that was sealed for this try, or on one drawn now: freezes it and opens the clock, in
 * one statement. Before a bell whose papers may lie ahead it is the check-in (候考): the same attempt, whose clock opens
 * with the bell. A second start, at once or later, enters the running attempt. Refuses what `decideEntry` and the gate
 * of the room refuse, NOT_FOUND for a registration that is not one's own, BANK_CANNOT_FEED with what is `missing`.
 * @param input.commandId id of the rendered form; the same form sent twice gets the same device key
 * @param input.accessCode 开考口令 as typed  @param input.clientAddress the machine's, as the platform knows it
 */
export async function startAttempt(
  ctx: OwnCtx,
  input: {
    readonly registrationId: string;
    readonly commandId: string;
    readonly accessCode?: string | undefined;
    readonly clientAddress?: string | undefined;
  },
): Promise<Outcome<StartedAttempt, StartRefusal>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const personId = ownPersonId(ctx);
  const { boundTo } = ctx.actor;
  if (boundTo !== undefined && boundTo !== input.registrationId) return refused('NOT_FOUND');
  const row = await findEntry(ctx.pool, input.registrationId, personId);
  if (!row) return refused('NOT_FOUND');
  const key = deviceKey(ctx.secrets, row.registrationId, input.commandId);
  const entry = await entryNow(ctx, row, personId);
  if (entry.kind === 'refused') return refused(entry.code);
  if (entry.kind === 'running') return done(await resume(ctx, entry.attempt.id, key));
  const passed = await passGate(ctx, row, input);
  if (!passed.ok) return passed;

  const now = ctx.clock.now();
  const drawn = row.sealedPaperId === null ? await drawNow(ctx, row, now) : done(null);
  if (!drawn.ok) return drawn;
  const attemptId = await writeStart(ctx.pool, row.sittingId, {
    requestId: ctx.requestId,
    registrationId: row.registrationId,
    ticketNo: row.ticketNo,
    sittingVersion: row.sittingVersion,
    accountId: ctx.actorId,
    attemptNo: entry.attemptNo,
    regionId: row.regionId,
    unitId: row.unitId,
    drawn: drawn.value,
    occurredAt: now,
    startedAt: entry.kind === 'may_check_in' ? entry.bellAt : now,
    deadlineAt: entry.deadlineAt,
    closeAt: closeAt(entry.deadlineAt, row.graceSeconds),
    deviceKeyHash: hashDeviceKey(key),
  });
  if (attemptId !== null) return done({ attemptId, deviceKey: key });

  // Another request of this candidate was first; its attempt is the one to enter.
  const after = await findEntry(ctx.pool, input.registrationId, personId);
  const winner = after?.attempts.find((attempt) => attempt.attemptNo === entry.attemptNo);
  if (winner) return done(await resume(ctx, winner.id, key));
  // Wrong codes typed at the same moment have used up the tries.
  const gate = after ? await passGate(ctx, after, input) : done(null);
  if (!gate.ok) return gate;
  // Sealed between looking and drawing: the sealed paper is there now. Or held otherwise: decided anew.
  const isOtherwise = after?.sittingVersion !== row.sittingVersion || after.sealedPaperId !== null;
  return after && isOtherwise ? startAttempt(ctx, input) : refused('NOT_FOUND');
}
