import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { BankQuestion } from './question.ts';
import { listLiveQuestions } from './question.store.server.ts';

/** A change made by another process is seen after this time at the latest (design.md §3, 13). */
const CACHE_MS = 5_000;

const cache = new WeakMap<object, { readonly at: number; readonly questions: Promise<BankQuestion[]> }>();

/** The live questions, at most five seconds old: a start storm reads the bank once, not once per candidate. */
export function liveBank(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<readonly BankQuestion[]> {
  const now = ctx.clock.now().getTime();
  const known = cache.get(ctx.pool);
  if (known && now >= known.at && now - known.at < CACHE_MS) return known.questions;
  const questions = listLiveQuestions(ctx.pool);
  cache.set(ctx.pool, { at: now, questions });
  // A failed load must not be served to the next candidate.
  questions.catch(() => cache.delete(ctx.pool));
  return questions;
}
