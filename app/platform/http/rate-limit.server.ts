import { RateLimiterPostgres, RateLimiterRes } from 'rate-limiter-flexible';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

export interface RateLimit {
  /** One use of the key. TOO_MANY_REQUESTS names the seconds until the next is allowed. */
  take(key: string): Promise<Outcome<null, 'TOO_MANY_REQUESTS'>>;
  /** Uses of the key in the running window and seconds until it ends, without using it; none where nothing is counted. */
  standing(key: string): Promise<{ readonly used: number; readonly seconds: number }>;
  /** Takes one use back that has turned out to be none. */
  giveBack(key: string): Promise<void>;
  /** Forgets what was counted for the key: whoever has proved to be in the right starts anew. */
  forget(key: string): Promise<void>;
}

/**
 * The moment against which `rate_limit.expire` is to be compared, in ms: whoever reads the table in SQL passes it, because
 * the rows are written by the clock of this process and not by the database's.
 */
export const limitNow = (): number => Date.now();

/**
 * A limit shared by all processes (counted in PostgreSQL). Keys are accounts, logins or attempts first: an exam hall
 * shares one address, so a limit by address alone would lock out a class.
 */
export function createRateLimit(options: {
  pool: Pool;
  name: string;
  points: number;
  seconds: number;
}): RateLimit {
  const limiter = new RateLimiterPostgres({
    storeClient: options.pool,
    tableName: 'rate_limit',
    tableCreated: true,
    keyPrefix: options.name,
    points: options.points,
    duration: options.seconds,
    clearExpiredByTimeout: false,
  });
  return {
    take: async (key) => {
      try {
        await limiter.consume(key);
        return done(null);
      } catch (rejection) {
        // The library rejects with a plain result when the limit is reached, and with an Error when it cannot count.
        if (rejection instanceof RateLimiterRes)
          return refused('TOO_MANY_REQUESTS', { seconds: Math.ceil(rejection.msBeforeNext / 1000) });
        throw rejection;
      }
    },
    standing: async (key) => {
      const found = await limiter.get(key);
      return {
        used: found?.consumedPoints ?? 0,
        seconds: Math.max(0, Math.ceil((found?.msBeforeNext ?? 0) / 1000)),
      };
    },
    giveBack: async (key) => {
      await options.pool.query({
        name: 'rate-limit-give-back',
        text: 'update rate_limit set points = points - 1 where key = $1 and points > 0',
        values: [`${options.name}:${key}`],
      });
    },
    forget: async (key) => {
      await limiter.delete(key);
    },
  };
}
