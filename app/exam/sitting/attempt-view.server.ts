import type { OwnCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Envelope } from '../ahead/envelope.ts';
import { makeEnvelope } from '../ahead/make-envelope.server.ts';
import type { CandidateItem } from '../paper/frozen-paper.ts';
import { candidateItems } from '../paper/frozen-paper.ts';
import type { AttemptRow } from './attempt.store.server.ts';
import { findOwnAttempt } from './attempt.store.server.ts';
import type { AttemptStart } from './client/state.ts';
import { handInFrom, isClosed } from './deadline.ts';
import { hashDeviceKey } from './device.server.ts';
import type { FocusRule } from './evidence/focus.ts';
import { listMessages } from './evidence/messages.store.server.ts';
import { countSignals } from './evidence/signal.store.server.ts';
import { findFlags } from './flags.store.server.ts';
import { lastEvents } from './fold.ts';
import { findPageJournal } from './journal.store.server.ts';
import type { Sealing } from './sealed/sealed-file.ts';
import { sealingFor } from './sealed/sealing.server.ts';
import type { RoomMessage } from './wire.ts';

/** The exam room as rendered: the paper without its key, and where the answers stand. */
export interface RoomView {
  readonly kind: 'room';
  readonly attemptId: string;
  readonly title: string;
  readonly personName: string;
  readonly items: readonly CandidateItem[];
  readonly fullMarkHundredths: number;
  readonly start: AttemptStart;
  readonly handInFromMs: number;
  /** First number the plain form may use. */
  readonly issuedSeq: number;
  /** With it the page saves its answers to a file when the network never returns. */
  readonly sealing: Sealing;
  /** Questions to come back to, as an earlier device of this attempt said; empty on the first, which notes its own. */
  readonly flags: readonly number[];
  /** What invigilators have told the candidate, newest first. */
  readonly messages: readonly RoomMessage[];
  /** What leaving the page means in this sitting, and how often it happened; null where nobody watches (rehearsal). */
  readonly watch: (FocusRule & { readonly focusLosses: number }) | null;
  /** Where the page goes when the attempt is over. */
  readonly leaveTo: string;
  /** Signed in with a ticket: whose session has ended goes to the exam door, there is no password. */
  readonly isByTicket: boolean;
}

/** The attempt goes on in another browser; it may be moved here. */
export interface ElsewhereView {
  readonly kind: 'elsewhere';
  readonly attemptId: string;
  readonly title: string;
  readonly personName: string;
  readonly commandId: string;
}

/** 候考: the attempt begins with the bell; the paper lies encrypted in the page until then (`ahead/`). */
export interface WaitingView {
  readonly kind: 'waiting';
  readonly attemptId: string;
  readonly title: string;
  readonly personName: string;
  readonly bellAtMs: number;
  readonly serverNowMs: number;
  /** The bell has rung, but the room rests since before it: the paper opens when the exam goes on. */
  readonly isHeld: boolean;
  readonly envelope: Envelope;
}

export type AttemptView =
  | RoomView
  | WaitingView
  | ElsewhereView
  /** Time is over; the sweep closes the attempt within seconds. */
  | { readonly kind: 'closing'; readonly title: string; readonly personName: string }
  | { readonly kind: 'finished' };

/** Asked only where the sitting counts them. */
async function focusLossesOf(ctx: OwnCtx, attempt: AttemptRow): Promise<number> {
  if (attempt.focusPolicy === 'note') return 0;
  return (await countSignals(ctx.db, attempt.id)).focusLosses;
}

async function roomOf(ctx: OwnCtx, attempt: AttemptRow, now: Date): Promise<RoomView> {
  const isMoved = attempt.deviceEpoch > 1;
  const [{ events, lastSeq, savedAt }, sealing, messages, focusLosses, flags] = await Promise.all([
    findPageJournal(ctx.pool, attempt.id, attempt.deviceEpoch),
    sealingFor(ctx, attempt.id, attempt.deviceEpoch),
    listMessages(ctx.pool, attempt.id, ctx.actorId),
    focusLossesOf(ctx, attempt),
    isMoved ? findFlags(ctx.pool, attempt.id) : [],
  ]);
  const answers = [...lastEvents(events).values()].map(({ epoch, seq, position, choice }) => ({
    epoch,
    seq,
    position,
    choice,
  }));
  return {
    kind: 'room',
    attemptId: attempt.id,
    title: attempt.title,
    personName: attempt.personName,
    items: candidateItems(attempt.content),
    fullMarkHundredths: attempt.fullMarkHundredths,
    start: {
      epoch: attempt.deviceEpoch,
      answers,
      lastSeq,
      savedAtMs: savedAt?.getTime() ?? null,
      serverNowMs: now.getTime(),
      deadlineAtMs: attempt.deadlineAt.getTime(),
      closeAtMs: attempt.closeAt.getTime(),
      pausedAtMs: attempt.pausedAt?.getTime() ?? null,
      noticeNo: attempt.noticeNo,
    },
    handInFromMs: handInFrom(attempt.startedAt, attempt.earliestHandInSeconds).getTime(),
    issuedSeq: lastSeq + 1,
    ...{ sealing, flags },
    messages: messages ?? [],
    watch: { focusPolicy: attempt.focusPolicy, focusLimit: attempt.focusLimit, focusLosses },
    leaveTo: `/attempts/${attempt.id}/result`,
    isByTicket: ctx.actor.boundTo !== undefined,
  };
}

/** The page as it will be at the bell, in an envelope. */
async function waitingOf(ctx: OwnCtx, attempt: AttemptRow, now: Date): Promise<WaitingView> {
  const { id: attemptId, deviceEpoch: epoch, title, personName, startedAt } = attempt;
  const room = await roomOf(ctx, attempt, startedAt);
  const envelope = await makeEnvelope(ctx, { attemptId, epoch }, JSON.stringify(room));
  const bellAtMs = startedAt.getTime();
  return {
    kind: 'waiting',
    ...{ attemptId, title, personName, bellAtMs, envelope },
    serverNowMs: now.getTime(),
    isHeld: attempt.isHeld && now.getTime() >= bellAtMs,
  };
}

/**
 * The page of one's own attempt, as it stands now. Reading changes nothing: an attempt whose time is over is closed by
 * the sweep, not by who looks at it. Refuses NOT_FOUND.
 */
export async function viewAttempt(
  ctx: OwnCtx,
  input: { readonly attemptId: string; readonly deviceKey: string },
): Promise<Outcome<AttemptView, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.sit')) return refused('FORBIDDEN');
  const now = ctx.clock.now();
  const attempt = await findOwnAttempt(ctx.pool, input.attemptId, ctx.actorId, ctx.actor.boundTo);
  if (!attempt) return refused('NOT_FOUND');
  const { title, personName } = attempt;
  if (attempt.state !== 'in_progress') return done({ kind: 'finished' });
  if (isClosed(now, attempt.closeAt, attempt.pausedAt)) return done({ kind: 'closing', title, personName });
  if (!attempt.deviceKeyHash.equals(hashDeviceKey(input.deviceKey)))
    return done({ kind: 'elsewhere', attemptId: attempt.id, title, personName, commandId: newId() });
  const hasBegun = !attempt.isHeld && now.getTime() >= attempt.startedAt.getTime();
  return done(hasBegun ? await roomOf(ctx, attempt, now) : await waitingOf(ctx, attempt, now));
}
