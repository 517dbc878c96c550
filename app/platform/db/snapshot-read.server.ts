import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Pool, PoolClient } from './db.server.ts';

/**
 * Several queries over one and the same state of the database: `work` gets a pool whose queries all run in one
 * repeatable-read transaction, so nothing that is written meanwhile is half seen. Read only; nothing else can be opened
 * on it. Use it where a figure and the rows behind it must agree.
 */
export async function readInOneSnapshot<T>(
  ctx: Pick<Ctx, 'pool'>,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const client = await ctx.pool.connect();
  let isBroken = true;
  try {
    await client.query('begin isolation level repeatable read read only');
    const value = await work(poolOver(ctx.pool, client));
    await client.query('commit');
    isBroken = false;
    return value;
  } finally {
    // A connection whose transaction did not end is not given to anybody else.
    client.release(isBroken);
  }
}

/** One connection speaks one query at a time: askers at once are served in turn. */
function poolOver(pool: Pool, client: PoolClient): Pool {
  let last: Promise<unknown> = Promise.resolve();
  const query = (...asked: Parameters<PoolClient['query']>): Promise<unknown> => {
    const run = last.then(() => client.query(...asked));
    last = run.then(
      () => undefined,
      () => undefined,
    );
    return run;
  };
  return new Proxy(pool, {
    get: (target, key): unknown => {
      invariant(key !== 'connect', 'a snapshot has one connection');
      return key === 'query' ? query : Reflect.get(target, key);
    },
  });
}
