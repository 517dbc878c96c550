import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { holdPersons } from '#app/organization/person/home-timeline.store.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { secondOf } from '../ledger/interval.ts';
import type { MarkInput, MarkRefusal } from './attendance.ts';
import { decideMark } from './attendance.ts';
import { appendMarks, listMarks, listParticipants } from './roster.store.server.ts';
import type { TrainingSession } from './session.ts';
import { findOwnSession } from './session-scope.server.ts';
import { appendSessionEvents, bumpSessionVersion, lockSession } from './session.store.server.ts';

/** Single marks, or 「其余全部到场」 for the people of a block nobody has said anything about. */
export type MarkOrder =
  | { readonly kind: 'marks'; readonly marks: readonly MarkInput[] }
  | { readonly kind: 'others_present'; readonly blockIds: readonly string[] };

export type MarkAttendanceRefusal =
  MarkRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'SESSION_ALREADY_CLOSED' | 'SESSION_CANCELLED' | 'COMMAND_REUSED';

/** Longest a marking may take; 5,000 people in one block need a few seconds. */
const MARK_TIMEOUT_MS = 60_000;

const markedSchema = z.object({ marked: z.number() });

/**
 * Notes who was there, block by block; a mark of the same person and block replaces the one before, which stays in the
 * history. Marks that say nothing new are left out. After closing, attendance changes by correction only.
 */
export async function markAttendance(
  ctx: ActorCtx,
  input: { sessionId: string; order: MarkOrder; commandId: string },
): Promise<Outcome<z.infer<typeof markedSchema>, MarkAttendanceRefusal>> {
  if (!mayDo(ctx, 'session.mark')) return refused('FORBIDDEN');
  if (!(await findOwnSession(ctx, 'session.mark', input.sessionId))) return refused('NOT_FOUND');
  const { commandId, ...rest } = input;
  return inTransaction<z.infer<typeof markedSchema>, MarkAttendanceRefusal>(
    ctx,
    'mark-attendance',
    (tx, refuse) => {
      const key = { actorId: ctx.actorId, commandId, kind: 'mark-attendance', input: rest };
      return withReceipt(tx, key, markedSchema, refuse, async () => {
        // Order of locks: persons → class.
        await holdPersons(tx, await personsToHold(tx, input));
        const session = await lockSession(tx, input.sessionId);
        if (!session) return refuse('NOT_FOUND');
        if (session.status === 'closed') return refuse('SESSION_ALREADY_CLOSED');
        if (session.status === 'cancelled') return refuse('SESSION_CANCELLED');
        const marks = await decideMarks(tx, session, input.order, secondOf(ctx.clock.now()), refuse);
        if (marks.length > 0) await writeMarks(tx, ctx, session, marks);
        return { marked: marks.length };
      });
    },
    { timeoutMs: MARK_TIMEOUT_MS },
  );
}

/** Everybody the marks may be about. */
async function personsToHold(
  tx: Tx,
  { sessionId, order }: { readonly sessionId: string; readonly order: MarkOrder },
): Promise<string[]> {
  if (order.kind === 'marks') return order.marks.map((mark) => mark.personId);
  return (await listParticipants(tx, sessionId)).map((person) => person.personId);
}

async function decideMarks(
  tx: Tx,
  session: TrainingSession,
  order: MarkOrder,
  now: number,
  refuse: Refuse<MarkRefusal | 'NOT_FOUND'>,
): Promise<MarkInput[]> {
  const names = new Map((await listParticipants(tx, session.id)).map((one) => [one.personId, one.name]));
  const known = new Map((await listMarks(tx, session.id)).map((mark) => [keyOf(mark), mark]));
  const asked =
    order.kind === 'marks' ? order.marks : othersPresent(order.blockIds, [...names.keys()], known);
  const blocks = new Map(session.blocks.map((block) => [block.id, block]));
  return asked.flatMap((mark) => {
    const name = names.get(mark.personId);
    if (name === undefined) return refuse('NOT_FOUND');
    const decided = decideMark(mark, blocks.get(mark.blockId), now);
    if (!decided.ok) return refuse(decided.code, { name });
    const before = known.get(keyOf(mark));
    return before && isSame(before, decided.value) ? [] : [decided.value];
  });
}

const keyOf = (mark: { personId: string; blockId: string }): string => `${mark.personId}|${mark.blockId}`;

const isSame = (a: MarkInput, b: MarkInput): boolean =>
  a.standing === b.standing &&
  a.part?.from === b.part?.from &&
  a.part?.to === b.part?.to &&
  (a.reason ?? '') === (b.reason ?? '');

function othersPresent(
  blockIds: readonly string[],
  personIds: readonly string[],
  known: ReadonlyMap<string, MarkInput>,
): MarkInput[] {
  return blockIds.flatMap((blockId) =>
    personIds
      .filter((personId) => !known.has(keyOf({ personId, blockId })))
      .map((personId) => ({ personId, blockId, standing: 'present', part: null, reason: null })),
  );
}

async function writeMarks(
  tx: Tx,
  ctx: ActorCtx,
  session: TrainingSession,
  marks: readonly MarkInput[],
): Promise<void> {
  const by = { actorId: ctx.actorId, now: ctx.clock.now() };
  await appendMarks(tx, session.id, marks, by);
  const detail = { marks: marks.length };
  await appendSessionEvents(tx, [{ sessionId: session.id, personId: null, kind: 'marked', detail }], by);
  await bumpSessionVersion(tx, session.id);
  await appendAudit(tx, ctx, {
    action: 'session.mark',
    subjectKind: 'training_session',
    subjectId: session.id,
    unitId: session.unitId,
    detail,
  });
}
