import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { appendAudits } from '#app/platform/audit/audit.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import { LEFT_CODES } from './act.ts';
import { endConfirmation } from './act-target.ts';
import type { LockedCandidate, RestingPlace } from './act.store.server.ts';
import { listPausedAlone, lockPlaces, lockTargets, setPlacePaused } from './act.store.server.ts';
import { decideAct } from './decide-act.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';
import type { ActInput, Decided } from './write-act.server.ts';
import { writeAct } from './write-act.server.ts';

/** Most candidates of one act: a whole sitting of the size the board is made for. */
export const MOST_AT_ONCE = 600;
const ACT_TIMEOUT_MS = 30_000;

const outcomeSchema = z.object({
  done: z.number(),
  /** Those it does not apply to, each with its reason; they keep nobody else from it. */
  left: z.array(z.object({ registrationId: z.string(), code: z.enum(LEFT_CODES) })),
});
export type ActOutcome = z.infer<typeof outcomeSchema>;

export type ActRefusal =
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'COMMAND_REUSED'
  | 'OWN_ATTEMPT'
  | 'NOBODY_CHOSEN'
  | 'TOO_MANY_AT_ONCE'
  | 'NOTE_REQUIRED'
  | 'CONFIRMATION_REQUIRED';

/** The room's own pause stops and starts its people; who was paused alone before it stays so. */
async function meantByRoom(tx: Tx, candidates: readonly LockedCandidate[]): Promise<LockedCandidate[]> {
  const paused = candidates.filter(({ attempt }) => attempt?.pausedAt);
  const alone = await listPausedAlone(
    tx,
    paused.flatMap(({ attempt }) => attempt?.attemptId ?? []),
  );
  return paused.filter(({ attempt }) => attempt && !alone.has(attempt.attemptId));
}

interface AskedAct {
  readonly input: ActInput;
  readonly watch: Watch;
}

async function takeTargets(
  tx: Tx,
  ctx: ActorCtx,
  { input, watch }: AskedAct,
  refuse: Refuse<ActRefusal>,
): Promise<{ candidates: LockedCandidate[]; places: readonly RestingPlace[] }> {
  const { sittingId, target, act } = input;
  const isOfPlaces = target.kind !== 'people' && (act.kind === 'pause' || act.kind === 'resume');
  // Order of locks, as of a start: places → registrations → attempts.
  const places = isOfPlaces ? await lockPlaces(tx, sittingId, target) : [];
  const isAdmission = act.kind === 'admit' || act.kind === 'withdraw_admission';
  const roomIds = roomIdsOf(watch);
  const personKey = await personKeyOf(tx, ctx.actorId);
  const found = await lockTargets(tx, { sittingId, target, personKey, roomIds, isAdmission });
  if (target.kind === 'people') {
    if (found.length !== new Set(target.registrationIds).size) return refuse('NOT_FOUND');
    if (found.every(({ isOwn }) => isOwn)) return refuse('OWN_ATTEMPT');
  }
  const isOfRestingRoom = act.kind === 'resume' && target.kind === 'room' && places[0]?.pausedAt;
  return { candidates: isOfRestingRoom ? await meantByRoom(tx, found) : found, places };
}

/** Somebody of this place was left paused, because going on would pass the hard end: the place goes on resting with them. */
const isHeldBack = ({ id, kind }: RestingPlace, decided: readonly Decided[]): boolean =>
  decided.some(
    ({ candidate, decision }) =>
      decision.kind === 'left' &&
      decision.code === 'BEYOND_HARD_END' &&
      (kind === 'exam_sitting' || candidate.roomId === id),
  );

/**
 * A room rests from its pause until everybody it has stopped goes on; a pause of the whole sitting is one of each room, and
 * of the sitting itself where it is remote.
 */
async function settlePlaces(
  tx: Tx,
  ctx: ActorCtx,
  { input, watch }: AskedAct,
  places: readonly RestingPlace[],
  decided: readonly Decided[],
  now: Date,
): Promise<void> {
  const { act } = input;
  const changed = places.filter((place) =>
    act.kind === 'pause'
      ? place.pausedAt === null
      : act.kind === 'resume' && place.pausedAt !== null && !isHeldBack(place, decided),
  );
  for (const place of changed) await setPlacePaused(tx, place, act.kind === 'pause' ? now : null);
  // On record also where nobody has started yet: who starts later rests because of this.
  await appendAudits(
    tx,
    ctx,
    changed.map(({ id, kind }) => ({
      action: `${kind === 'exam_room' ? 'exam.room' : 'exam.sitting'}_${act.kind}`,
      subjectKind: kind,
      subjectId: id,
      regionId: watch.sitting.regionId,
      detail: { reason: input.reason.code, note: input.reason.note, commandId: input.commandId },
    })),
  );
}

async function actInTransaction(
  tx: Tx,
  ctx: ActorCtx,
  watch: Watch,
  input: ActInput,
  refuse: Refuse<ActRefusal>,
): Promise<ActOutcome> {
  const { candidates, places } = await takeTargets(tx, ctx, { input, watch }, refuse);
  // After the locks: what was done before is seen, and nothing is decided with a time that has passed meanwhile.
  const now = ctx.clock.now();
  const decided = candidates.map((candidate) => ({
    candidate,
    decision: decideAct(input.act, candidate, watch.sitting, now),
  }));
  await writeAct(tx, ctx, { input, decided, now, regionId: watch.sitting.regionId });
  await settlePlaces(tx, ctx, { input, watch }, places, decided, now);
  const left = decided.flatMap(({ candidate, decision }) =>
    decision.kind === 'left' ? [{ registrationId: candidate.registrationId, code: decision.code }] : [],
  );
  return { done: decided.length - left.length, left };
}

function refusalOf({ target, reason, act }: ActInput, watch: Watch): ActRefusal | null {
  if (reason.code === 'other' && reason.note === null) return 'NOTE_REQUIRED';
  if (act.kind === 'end' && reason.note === null) return 'NOTE_REQUIRED';
  switch (target.kind) {
    case 'people':
      if (target.registrationIds.length === 0) return 'NOBODY_CHOSEN';
      return target.registrationIds.length > MOST_AT_ONCE ? 'TOO_MANY_AT_ONCE' : null;
    case 'room':
      return watch.rooms.some((room) => room.id === target.roomId) ? null : 'NOT_FOUND';
    case 'sitting':
      return watch.isBureau ? null : 'FORBIDDEN';
  }
}

/**
 * One act of an invigilator on chosen candidates, a room, or (bureau) the whole sitting: admission, pause, resume,
 * extension, message, release of the device, mark, end. In one transaction under the attempts' locks, so that of act,
 * hand-in and sweep each attempt sees one after the other; whom it does not apply to is left with the reason. Each
 * candidate gets an event and an audit row. The same command sent twice acts once. Nobody acts on the own exam: of a room
 * it is left out. Refuses FORBIDDEN, NOT_FOUND (also for anybody outside one's rooms), OWN_ATTEMPT, NOBODY_CHOSEN,
 * TOO_MANY_AT_ONCE, NOTE_REQUIRED, CONFIRMATION_REQUIRED for the end of several, a room or a sitting, COMMAND_REUSED.
 */
export async function actOnCandidates(
  ctx: ActorCtx,
  input: ActInput,
): Promise<Outcome<ActOutcome, ActRefusal>> {
  const taken = await takeWatch(ctx, input.sittingId);
  if (!taken.ok) return taken;
  const refusal = refusalOf(input, taken.value);
  if (refusal !== null) return refused(refusal);
  const word = input.act.kind === 'end' ? endConfirmation(input.target, taken.value.rooms) : null;
  if (word !== null && input.confirmation !== word) return refused('CONFIRMATION_REQUIRED', { word });
  const { commandId, ...asked } = input;
  return inTransaction<ActOutcome, ActRefusal>(
    ctx,
    'act-on-candidates',
    (tx, refuse) =>
      withReceipt(
        tx,
        { actorId: ctx.actorId, commandId, kind: 'exam.invigilate', input: asked },
        outcomeSchema,
        refuse,
        () => actInTransaction(tx, ctx, taken.value, input, refuse),
      ),
    { timeoutMs: ACT_TIMEOUT_MS },
  );
}
