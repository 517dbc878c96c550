import { setTimeout as sleep } from 'node:timers/promises';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { createLogger } from '#app/platform/log/logger.server.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { systemClock } from '#app/platform/time/clock.ts';
import type { FaultyPlatform, Server } from './platform.ts';

/** The sweep closes this long after close_at at the earliest (its settling time). */
export const SETTLE_MS = 1_000;
const POLL_MS = 200;
const AT_ONCE = 8;
const POOL_SIZE = 12;

/** Calls `work` for each item, a few at once. */
export async function inTurns<T, R>(
  items: readonly T[],
  work: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) {
    const some = items.slice(from, from + AT_ONCE);
    results.push(...(await Promise.all(some.map((item, index) => work(item, from + index)))));
  }
  return results;
}

/** One more process of the installation, for what a hall asks of it directly. */
export async function withCtx<T>(platform: FaultyPlatform, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const log = createLogger({ level: 'silent' });
  const database = openDatabase({ url: platform.servingUrl, maxConnections: POOL_SIZE, log });
  const secrets = createSecrets(platform.secret);
  try {
    return await work({
      ...{ ...database, secrets, log },
      ...{ clock: systemClock, actorId: null, requestId: 'faults' },
    });
  } finally {
    await database.close();
  }
}

/** Asks again until there is an answer: the database is killed now and then. */
export async function persist<T>(work: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await work().then(
      (value) => ({ value }),
      () => null,
    );
    if (answer) return answer.value;
    await sleep(POLL_MS);
  }
}

export interface Kills {
  servers: number;
  database: number;
}

/** kill -9, a pause, and the start of the same server at the same address. */
export async function restart(server: Server, pauseMs: number, kills: Kills): Promise<void> {
  kills.servers += 1;
  await server.kill9();
  await sleep(pauseMs);
  await server.start();
}

/** @param at instant in milliseconds since 1970; past ones are now */
export const until = (at: number): Promise<void> =>
  sleep(Math.max(0, at - systemClock.now().getTime())).then(() => undefined);

/** Waits until every attempt is closed; when the last one was. */
export function allClosed(ctx: Ctx, attemptIds: readonly string[]): Promise<Date> {
  return persist(async () => {
    const { rows } = await ctx.pool.query<{ open: number; last: Date }>(
      `select count(*) filter (where state = 'in_progress')::int as open, max(finalised_at) as last
       from attempt where id = any($1::uuid[])`,
      [attemptIds],
    );
    const [row] = rows;
    if (row?.open !== 0) throw new Error('some attempts are still open');
    return row.last;
  });
}

/** Seconds after close_at at which the last attempt was closed; killed servers and their restarts included. */
export const secondsAfter = (closeAt: Date, last: Date): number =>
  Math.max(0, last.getTime() - closeAt.getTime()) / 1_000;
