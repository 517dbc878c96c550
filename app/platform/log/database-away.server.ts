import type { Logger } from './logger.server.ts';

/** Everything that works in the background notices at once; once a minute is enough for a person. */
const QUIET_MS = 60_000;
const lastSaid = new WeakMap<Logger, number>();

/**
 * Says that the database does not answer: one line a minute, whoever notices, without a stack. Nothing is lost by
 * waiting, and a log full of the same line hides the next one.
 * @param source who noticed first: a loop, the job queue, the pool
 */
export function sayDatabaseAway(log: Logger, source: string): void {
  const now = performance.now();
  const before = lastSaid.get(log);
  if (before !== undefined && now - before < QUIET_MS) return;
  lastSaid.set(log, now);
  log.warn({ source }, 'database away: background work waits and goes on by itself (said once a minute)');
}
