import { z } from 'zod';

/** What the database said: SQLSTATE and the constraint, if any. Read from pg's and Prisma's error shapes alike. */
export interface DatabaseFault {
  readonly sqlState: string;
  readonly constraint: string | null;
}

const pgError = z.object({ code: z.string().length(5), constraint: z.string().optional() });
const adapterCause = z.object({
  originalCode: z.string().optional(),
  kind: z.string().optional(),
  constraint: z.object({ index: z.string().optional(), fields: z.array(z.string()).optional() }).optional(),
});
const prismaError = z.object({
  code: z.string(),
  meta: z
    .object({
      code: z.string().optional(),
      driverAdapterError: z.object({ cause: adapterCause.optional() }).optional(),
    })
    .optional(),
});

const STATE_OF_PRISMA_CODE: Readonly<Record<string, string>> = {
  P2002: '23505',
  P2003: '23503',
  P2034: '40001',
};

/** Null when the error did not come from the database. */
export function databaseFault(error: unknown): DatabaseFault | null {
  const direct = pgError.safeParse(error);
  if (direct.success && !direct.data.code.startsWith('P2')) {
    return { sqlState: direct.data.code, constraint: direct.data.constraint ?? null };
  }
  const wrapped = prismaError.safeParse(error);
  if (!wrapped.success) return null;
  const cause = wrapped.data.meta?.driverAdapterError?.cause;
  const sqlState =
    cause?.originalCode ?? wrapped.data.meta?.code ?? STATE_OF_PRISMA_CODE[wrapped.data.code] ?? null;
  return sqlState === null ? null : { sqlState, constraint: cause?.constraint?.index ?? null };
}

export function isUniqueViolation(error: unknown): boolean {
  return databaseFault(error)?.sqlState === '23505';
}

/** Serialization failure or deadlock: the whole transaction may be tried again. */
export function isRetryable(error: unknown): boolean {
  const state = databaseFault(error)?.sqlState;
  return state === '40001' || state === '40P01';
}

const NETWORK_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);

/** How `pg` puts a lost connection where it gives no code: while asking, afterwards on the same client, or when the pool has none left. */
const AWAY_WORDS =
  /terminat|ended|not queryable|timeout expired|timeout exceeded when trying to connect|server has closed/i;

/** The database is away (stopped, starting, network): the page answers 503 and recovers by itself. */
export function isDatabaseAway(error: unknown): boolean {
  const seen = new Set<unknown>();
  let current: unknown = error;
  while (current instanceof Error && !seen.has(current)) {
    seen.add(current);
    const code = 'code' in current ? String(current.code) : '';
    const state = databaseFault(current)?.sqlState ?? '';
    if (NETWORK_CODES.has(code) || code === 'P1001' || code === 'P1008' || code === 'P1017') return true;
    if (state.startsWith('08') || state === '57P01' || state === '57P02' || state === '57P03') return true;
    if (AWAY_WORDS.test(current.message)) return true;
    if (current instanceof AggregateError && current.errors.some(isDatabaseAway)) return true;
    current = current.cause;
  }
  return false;
}
