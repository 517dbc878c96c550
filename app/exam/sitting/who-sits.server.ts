import type { Request, Response } from 'express';
import type { OwnCtx } from '#app/accounts/actor.server.ts';
import { ownActorOf } from '#app/accounts/load-actor.server.ts';
import type { Services } from '#app/accounts/part.server.ts';
import { admits } from '#app/accounts/permission.ts';
import type { Asker } from '#app/accounts/who-asks.server.ts';
import { createWhoAsks } from '#app/accounts/who-asks.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Clock } from '#app/platform/time/clock.ts';
import { isAttemptOf } from './attempt.store.server.ts';

/** A session that ends, or a right that is withdrawn, is noticed here after this time at the latest (design.md §3, 13). */
const WHO_CACHE_MS = 5_000;
const WHO_CACHE_ENTRIES = 20_000;

/** Account behind a request that may sit exams, and this exam where it came by the exam door; null for everybody else. */
export type WhoSits = (req: Request, res: Response) => Promise<string | null>;
/** The same by cookie, for the hot door; null also where only the ordinary way can tell. */
export type WhoSitsHot = (cookieHeader: string | undefined, attemptId: string) => Promise<string | null>;

interface Knowledge {
  recall(attemptId: string, sessionId: string): string | null;
  /** Of a session that has been found and an attempt that may exist: nobody fills the memory with made-up ones. */
  keep(attemptId: string, sessionId: string, accountId: string): string;
}

/** Remembers for a few seconds who a session belongs to: a hall of candidates saves many times a second. */
function createKnowledge(clock: Clock): Knowledge {
  const known = new Map<string, { readonly at: number; readonly accountId: string }>();
  const keyOf = (attemptId: string, sessionId: string): string => `${attemptId}\n${sessionId}`;
  return {
    recall: (attemptId, sessionId) => {
      const now = clock.now().getTime();
      const key = keyOf(attemptId, sessionId);
      const hit = known.get(key);
      if (hit && now >= hit.at && now - hit.at < WHO_CACHE_MS) return hit.accountId;
      known.delete(key);
      return null;
    },
    keep: (attemptId, sessionId, accountId) => {
      if (known.size >= WHO_CACHE_ENTRIES) known.clear();
      known.set(keyOf(attemptId, sessionId), { at: clock.now().getTime(), accountId });
      return accountId;
    },
  };
}

/** @param boundTo registration of a session of the exam door: other exams of the same person are closed to it */
const servesAttempt = async (
  { system }: Services,
  attemptId: string,
  boundTo: string | null,
): Promise<boolean> => boundTo === null || isAttemptOf(system.pool, attemptId, boundTo);

function createWhoSits(services: Services, knowledge: Knowledge): WhoSits {
  return async (req, res) => {
    const sessionId = services.sessions.sessionIdOf(req.get('cookie') ?? null);
    const attemptId = req.params.attempt ?? '';
    if (sessionId === null) return null;
    const known = knowledge.recall(attemptId, sessionId);
    if (known !== null) return known;
    const ctx = await services.requestCtx(req, res);
    if (ctx.actorId === null || !admits('exam.sit', ctx.actor?.roles ?? null)) return null;
    // What is no attempt's id is nobody's: who asked is told so, and it is not remembered.
    if (!isId(attemptId)) return ctx.actorId;
    if (!(await servesAttempt(services, attemptId, ctx.actor?.boundTo ?? null))) return null;
    return knowledge.keep(attemptId, sessionId, ctx.actorId);
  };
}

type WhoAsks = (cookieHeader: string | undefined) => Promise<Asker | null>;

function createWhoSitsHot(services: Services, knowledge: Knowledge, whoAsks: WhoAsks): WhoSitsHot {
  return async (cookie, attemptId) => {
    const sessionId = services.sessions.sessionIdOf(cookie ?? null);
    if (sessionId === null || !isId(attemptId)) return null;
    const known = knowledge.recall(attemptId, sessionId);
    if (known !== null) return known;
    const asker = await whoAsks(cookie);
    // A session of the exam door sits as a candidate, whatever else its account may do.
    if (asker === null || (asker.boundTo === null && !admits('exam.sit', asker.roles))) return null;
    if (!(await servesAttempt(services, attemptId, asker.boundTo))) return null;
    return knowledge.keep(attemptId, sessionId, asker.accountId);
  };
}

/** Context of a request's own doing, by its cookie; null where only the ordinary way can tell. */
export type OwnCtxHot = (cookieHeader: string | undefined, requestId: string) => Promise<OwnCtx | null>;

interface Asked {
  readonly whoSits: WhoSits;
  readonly whoSitsHot: WhoSitsHot;
  readonly ownCtxHot: OwnCtxHot;
}

const asked = new WeakMap<Services, Asked>();

function askedOf(services: Services): Asked {
  const known = asked.get(services);
  if (known) return known;
  const { system } = services;
  const knowledge = createKnowledge(system.clock);
  const whoAsks = createWhoAsks(system, services.sessions, { takesBound: true });
  const made: Asked = {
    whoSits: createWhoSits(services, knowledge),
    whoSitsHot: createWhoSitsHot(services, knowledge, whoAsks),
    ownCtxHot: async (cookie, requestId) => {
      const asker = await whoAsks(cookie);
      return asker && { ...system, requestId, actorId: asker.accountId, actor: ownActorOf(asker) };
    },
  };
  asked.set(services, made);
  return made;
}

/** The one memory of these services: every endpoint of the exam page asks it. */
export const whoSits = (services: Services): WhoSits => askedOf(services).whoSits;

/** As `whoSits`, with the same memory; who is asked about at the same moment shares a statement. */
export const whoSitsHot = (services: Services): WhoSitsHot => askedOf(services).whoSitsHot;

/** Who starts or hands in, asked anew each time; a hall that does so in the same moment shares a statement, too. */
export const ownCtxHot = (services: Services): OwnCtxHot => askedOf(services).ownCtxHot;
