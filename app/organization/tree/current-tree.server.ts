import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { dayOf } from '#app/platform/time/day.ts';
import type { OrgTree } from './tree.ts';
import { loadTree } from './tree.store.server.ts';

/** A change made by another process is seen after this time at the latest (design: session caches ≤ 5 s). */
const CACHE_MS = 5_000;

interface Cached {
  readonly at: number;
  readonly tree: Promise<OrgTree>;
}
const cache = new WeakMap<object, Cached>();

/** Today's tree as known now, at most five seconds old. One load serves all requests that wait for it. */
export function currentTree(ctx: Pick<Ctx, 'pool' | 'clock'>): Promise<OrgTree> {
  const now = ctx.clock.now();
  const today = dayOf(now);
  const known = cache.get(ctx.pool);
  const age = known === undefined ? Infinity : now.getTime() - known.at;
  if (known && age >= 0 && age < CACHE_MS) return known.tree;
  const tree = loadTree(ctx.pool, today, now);
  cache.set(ctx.pool, { at: now.getTime(), tree });
  // A failed load must not be served to the next request.
  tree.catch(() => cache.delete(ctx.pool));
  return tree;
}

/** Commands that change the organisation call this after their commit, so that this process sees it at once. */
export function forgetTree(ctx: Pick<Ctx, 'pool'>): void {
  cache.delete(ctx.pool);
}
