import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { appendAudits } from '#app/platform/audit/audit.server.ts';
import type { JsonInput, Tx } from '#app/platform/db/db.server.ts';
import { appendAttemptEvents } from '../sitting/close-attempt.store.server.ts';
import { gradeClosed } from '../sitting/close-attempts.server.ts';
import type { Act, Reason } from './act.ts';
import { EVENT_OF_ACT } from './act.ts';
import type { LockedCandidate } from './act.store.server.ts';
import type { Target } from './act-target.ts';
import {
  appendAdmissionEvents,
  appendMessages,
  forgetTries,
  raiseNotice,
  setAdmission,
  setClocks,
  setEnded,
  setReleased,
} from './act.store.server.ts';
import type { ActDecision } from './decide-act.ts';

export interface ActInput {
  readonly sittingId: string;
  readonly target: Target;
  readonly act: Act;
  readonly reason: Reason;
  /** Written out for the end of several, a room or a sitting (`endConfirmation`). */
  readonly confirmation?: string | null | undefined;
  readonly commandId: string;
}

/** One candidate with what the act makes of them. */
export interface Decided {
  readonly candidate: LockedCandidate;
  readonly decision: ActDecision;
}

interface WrittenAct {
  readonly input: ActInput;
  readonly decided: readonly Decided[];
  readonly now: Date;
  readonly regionId: string;
}

const attemptIdOf = ({ candidate }: Decided): string[] =>
  candidate.attempt ? [candidate.attempt.attemptId] : [];

/** What the event says beside reason and command: the times before and after, the words that were sent. */
function detailOf({ input }: WrittenAct, { candidate, decision }: Decided): JsonInput {
  const said = {
    reason: input.reason.code,
    note: input.reason.note,
    commandId: input.commandId,
    by: input.target.kind,
  };
  const { attempt } = candidate;
  if (decision.kind === 'clock' && attempt)
    return {
      ...said,
      addedMs: decision.addedMs,
      pausedAt: (decision.clock.pausedAt ?? attempt.pausedAt)?.toISOString() ?? null,
      deadlineBefore: attempt.deadlineAt.toISOString(),
      deadlineAt: decision.clock.deadlineAt.toISOString(),
    };
  return input.act.kind === 'message' ? { ...said, text: input.act.text } : said;
}

async function writeMessages(tx: Tx, ctx: ActorCtx, act: WrittenAct, to: readonly Decided[]): Promise<void> {
  const { input, now } = act;
  if (input.act.kind !== 'message') return;
  const { target, sittingId } = input;
  const receivers =
    target.kind === 'people'
      ? to.flatMap(attemptIdOf).map((attemptId) => ({ roomId: null, attemptId }))
      : [{ roomId: target.kind === 'room' ? target.roomId : null, attemptId: null }];
  await appendMessages(
    tx,
    { sittingId, text: input.act.text, actorId: ctx.actorId, occurredAt: now },
    receivers,
  );
  await raiseNotice(tx, to.flatMap(attemptIdOf));
}

async function writeChanges(
  tx: Tx,
  ctx: ActorCtx,
  act: WrittenAct,
  acted: readonly Decided[],
): Promise<void> {
  const of = (kind: Decided['decision']['kind']): Decided[] =>
    acted.filter(({ decision }) => decision.kind === kind);
  await setClocks(
    tx,
    acted.flatMap(({ candidate, decision }) =>
      decision.kind === 'clock' && candidate.attempt
        ? [{ attemptId: candidate.attempt.attemptId, ...decision.clock }]
        : [],
    ),
  );
  const released = of('release').flatMap(attemptIdOf);
  if (released.length > 0) await setReleased(tx, released, act.now);
  await writeMessages(tx, ctx, act, of('note'));
}

async function writeAdmission(
  tx: Tx,
  ctx: ActorCtx,
  act: WrittenAct,
  acted: readonly Decided[],
): Promise<void> {
  const { input, now } = act;
  const ids = acted.flatMap(({ candidate, decision }) =>
    decision.kind === 'admission' ? [candidate.registrationId] : [],
  );
  if (ids.length === 0) return;
  await setAdmission(tx, ids, input.act.kind === 'admit' ? now : null);
  await forgetTries(tx, ids);
  await appendAdmissionEvents(
    tx,
    ids.map((registrationId) => ({
      registrationId,
      kind: input.act.kind === 'admit' ? 'admitted' : 'admission_withdrawn',
      reasonCode: input.reason.code,
      note: input.reason.note,
      actorId: ctx.actorId,
      occurredAt: now,
    })),
  );
}

/**
 * Writes what an act makes of each candidate, in the act's transaction: the change itself, one event and one audit row
 * each; for `end` also the grading, exactly as for any other closing. Whom the act does not apply to is not touched.
 */
export async function writeAct(tx: Tx, ctx: ActorCtx, act: WrittenAct): Promise<void> {
  const { input, now, regionId } = act;
  const acted = act.decided.filter(({ decision }) => decision.kind !== 'left');
  const onAttempts = acted.filter(({ decision }) => decision.kind !== 'admission');
  await writeAdmission(tx, ctx, act, acted);
  await writeChanges(tx, ctx, act, acted);
  await appendAttemptEvents(
    tx,
    onAttempts.flatMap((one) =>
      one.candidate.attempt
        ? [
            {
              attemptId: one.candidate.attempt.attemptId,
              kind: EVENT_OF_ACT[input.act.kind],
              epoch: one.candidate.attempt.epoch,
              detail: detailOf(act, one),
              actorId: ctx.actorId,
              occurredAt: now,
            },
          ]
        : [],
    ),
  );
  await appendAudits(
    tx,
    ctx,
    acted.map((one) => ({
      action: `exam.${input.act.kind}`,
      subjectKind: 'exam_registration',
      subjectId: one.candidate.registrationId,
      regionId,
      unitId: one.candidate.unitId,
      detail: detailOf(act, one),
    })),
  );
  const ended = acted.filter(({ decision }) => decision.kind === 'end').flatMap(attemptIdOf);
  if (ended.length === 0) return;
  await setEnded(tx, ended, now);
  await gradeClosed(tx, ctx, ended, 'ended');
}
