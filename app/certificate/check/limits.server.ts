import { createHash } from 'node:crypto';
import type { Pool } from '#app/platform/db/db.server.ts';
import type { RateLimit } from '#app/platform/http/rate-limit.server.ts';
import { createRateLimit } from '#app/platform/http/rate-limit.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    /** Address of whoever asks, as the edge sees it behind the named proxies. */
    clientAddress?: string | undefined;
  }
}

/** A whole office behind one address may check all day; a machine that walks the numbers may not. */
export const CHECKS_PER_ADDRESS_AND_DAY = 3000;
const DAY_SECONDS = 86_400;
/** Tries of names on one number. */
export const CHECKS_PER_NUMBER_AND_HOUR = 60;
const HOUR_SECONDS = 3600;

interface Limits {
  readonly address: RateLimit;
  readonly number: RateLimit;
}
const limitsOf = new WeakMap<Pool, Limits>();

function limitsFor(pool: Pool): Limits {
  const known = limitsOf.get(pool);
  if (known) return known;
  const made: Limits = {
    address: createRateLimit({
      pool,
      name: 'check_address',
      points: CHECKS_PER_ADDRESS_AND_DAY,
      seconds: DAY_SECONDS,
    }),
    number: createRateLimit({
      pool,
      name: 'check_number',
      points: CHECKS_PER_NUMBER_AND_HOUR,
      seconds: HOUR_SECONDS,
    }),
  };
  limitsOf.set(pool, made);
  return made;
}

/** Keys are hashed: the table of counters tells neither who asked nor for whom. */
const keyOf = (...parts: readonly string[]): string =>
  createHash('sha256').update(parts.join('\n')).digest('base64url').slice(0, 32);

type Limited = Outcome<null, 'TOO_MANY_REQUESTS'>;

/** One check from an address. Without an address (no edge before us) only the other limits hold. */
export async function takeAddress(pool: Pool, address: string | undefined, day: Day): Promise<Limited> {
  if (address === undefined || address === '') return done(null);
  return limitsFor(pool).address.take(keyOf(address, day));
}

export async function takeNumber(pool: Pool, certificateNo: string): Promise<Limited> {
  return limitsFor(pool).number.take(keyOf(certificateNo));
}
