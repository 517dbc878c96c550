import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Outcome, RefusalDetail } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Tx } from './db.server.ts';
import { isRetryable } from './errors.server.ts';

/** Rolls the transaction back and becomes a value again; never seen outside this file. */
class RefusalSignal extends Error {
  constructor(
    readonly refusalCode: string,
    readonly detail: RefusalDetail | undefined,
  ) {
    super(refusalCode);
  }
}

export type Refuse<C extends string> = (code: C, detail?: RefusalDetail) => never;

export interface TransactionOptions {
  /** `serializable` only where a set is checked; then tried up to three times. Default read committed. */
  readonly isolation?: 'read_committed' | 'serializable' | undefined;
  /** Longest life in milliseconds, default 10,000; bulk work names its own. */
  readonly timeoutMs?: number | undefined;
}

const MAX_TRIES = 3;
const WAIT_FOR_CONNECTION_MS = 5_000;

/**
 * The only way a command opens a transaction. `refuse(code)` rolls everything back and comes out as a refusal value;
 * any other throw rolls back and passes on. Keep it short: no network, no rendering, no hashing of passwords inside.
 * The callback may run again after a serialization failure or deadlock, so it has no effects outside the database.
 */
export async function inTransaction<T, C extends string = never>(
  ctx: Pick<Ctx, 'db' | 'log'>,
  name: string,
  work: (tx: Tx, refuse: Refuse<C>) => Promise<T>,
  options: TransactionOptions = {},
): Promise<Outcome<T, C>> {
  const refuse: Refuse<C> = (code, detail) => {
    throw new RefusalSignal(code, detail);
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      const value = await ctx.db.$transaction((tx) => work(tx, refuse), {
        isolationLevel: options.isolation === 'serializable' ? 'Serializable' : 'ReadCommitted',
        maxWait: WAIT_FOR_CONNECTION_MS,
        timeout: options.timeoutMs ?? 10_000,
      });
      return done(value);
    } catch (error) {
      // The code was given to `refuse` as a C a few lines above.
      if (error instanceof RefusalSignal) return refused(error.refusalCode as C, error.detail);
      if (!isRetryable(error) || attempt >= MAX_TRIES) throw error;
      ctx.log.info({ transaction: name, attempt }, 'transaction retried');
    }
  }
}
