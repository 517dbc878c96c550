import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { candidateItems } from '../paper/frozen-paper.ts';
import type { ReplayStory } from './replay.ts';
import type { ReplayAttempt } from './replay.store.server.ts';
import {
  findOwnStanding,
  findReplayAttempt,
  findVisit,
  listJournal,
  listReplayEvents,
  listReplayMessages,
} from './replay.store.server.ts';

/** A stated reason serves for this long; then it is asked again. */
const VISIT_MS = 8 * 3_600_000;

/** Who it is about; shown before a reason is given, too. */
export interface ReplaySubject extends Omit<ReplayAttempt, 'content' | 'regionId'> {
  readonly officeName: string;
}

export interface ReplayPage {
  readonly subject: ReplaySubject;
  /** Null until a reason is given. */
  readonly open: {
    readonly story: ReplayStory;
    readonly reason: string;
    readonly viewerName: string;
    readonly openedAt: Date;
  } | null;
}

export type ReplayRefusal = 'FORBIDDEN' | 'NOT_FOUND' | 'OWN_EXAM';

/** Whoever is examined does not see the questions a colleague has before everybody is through, and never judges the own case. */
async function isOwnExam(ctx: ActorCtx, attemptId: string): Promise<boolean> {
  const personKey = await personKeyOf(ctx.db, ctx.actorId);
  const standing = await findOwnStanding(ctx.pool, { attemptId, personKey, now: ctx.clock.now() });
  return standing.isOwn || (standing.sitsThere && standing.isOpen);
}

async function takeAttempt(
  ctx: ActorCtx,
  attemptId: string,
): Promise<Outcome<{ attempt: ReplayAttempt; officeName: string }, ReplayRefusal>> {
  if (!mayDo(ctx, 'exam.replay')) return refused('FORBIDDEN');
  const { regionIds, tree } = await reachFor(ctx, 'exam.replay');
  const attempt = await findReplayAttempt(ctx.pool, attemptId);
  if (!attempt || !regionIds.has(attempt.regionId)) return refused('NOT_FOUND');
  // Before its bell a paper is shown to nobody, and there is nothing to replay.
  if (ctx.clock.now().getTime() < attempt.startedAt.getTime()) return refused('NOT_FOUND');
  if (await isOwnExam(ctx, attemptId)) return refused('OWN_EXAM');
  const office = (tree.unitsOfRegion.get(attempt.regionId) ?? [])
    .map((id) => tree.units.get(id))
    .find((unit) => unit?.unitType === 'justice');
  return done({ attempt, officeName: office?.name ?? tree.regions.get(attempt.regionId)?.name ?? '' });
}

/** True when this person may replay this attempt. */
export async function mayReplay(
  ctx: ActorCtx,
  attemptId: string,
): Promise<Outcome<{ regionId: string }, ReplayRefusal>> {
  const taken = await takeAttempt(ctx, attemptId);
  return taken.ok ? done({ regionId: taken.value.attempt.regionId }) : taken;
}

async function storyOf(ctx: ActorCtx, attempt: ReplayAttempt): Promise<ReplayStory> {
  const [answers, events, messages] = await Promise.all([
    listJournal(ctx.pool, attempt.attemptId),
    listReplayEvents(ctx.pool, attempt.attemptId),
    listReplayMessages(ctx.pool, attempt.attemptId),
  ]);
  return {
    startedAtMs: attempt.startedAt.getTime(),
    items: candidateItems(attempt.content),
    answers: answers.map(({ receivedAt, countedLateAt, clientTime, ...answer }) => ({
      ...answer,
      receivedAtMs: receivedAt.getTime(),
      countsFromMs: (answer.standing === 'counted' ? receivedAt : countedLateAt)?.getTime() ?? null,
      clientAtMs: readClientTime(clientTime),
    })),
    events: events.map(({ occurredAt, ...event }) => ({ ...event, atMs: occurredAt.getTime() })),
    messages: messages.map(({ occurredAt, ...message }) => ({ ...message, atMs: occurredAt.getTime() })),
  };
}

/** A device may write anything there; what is no time says nothing. */
function readClientTime(text: string | null): number | null {
  const ms = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * An attempt for an appeal: without a reason only who it is about; with one, everything the replay needs. Refuses
 * FORBIDDEN, NOT_FOUND (also outside the bureau's region), OWN_EXAM for the own attempt, and for whoever is registered for
 * the sitting while anybody of it may still start or write.
 * @param visitId from `openReplay`; another person's, another attempt's or an old one counts as none
 */
export async function viewReplay(
  ctx: ActorCtx,
  attemptId: string,
  visitId: string | null,
): Promise<Outcome<ReplayPage, ReplayRefusal>> {
  const taken = await takeAttempt(ctx, attemptId);
  if (!taken.ok) return taken;
  const { attempt, officeName } = taken.value;
  const { content: _, regionId: __, ...facts } = attempt;
  const subject = { ...facts, officeName };
  const since = new Date(ctx.clock.now().getTime() - VISIT_MS);
  const visit =
    visitId === null
      ? null
      : await findVisit(ctx.pool, { id: visitId, attemptId, accountId: ctx.actorId, since });
  if (!visit) return done({ subject, open: null });
  return done({ subject, open: { story: await storyOf(ctx, attempt), ...visit } });
}
