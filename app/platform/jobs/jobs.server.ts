import PgBoss from 'pg-boss';
import type { z } from 'zod';
import type { Pool, Tx } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { sayDatabaseAway } from '#app/platform/log/database-away.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';

export const JOBS_SCHEMA = 'pgboss';
const POLL_SECONDS = 1;
/** Further tries of a job that failed; after them the queue gives it up. */
export const RETRY_LIMIT = 5;
const RETRY_DELAY_SECONDS = 5;
const STOP_TIMEOUT_MS = 20_000;

/** Durable work off the request's path. Never on the path of a deadline: those have due-time sweeps of their own. */
export interface Job<P> {
  readonly name: string;
  readonly schema: z.ZodType<P>;
  /** Longest run in seconds; after it the job counts as lost and is tried again. */
  readonly expireSeconds: number;
  /** Must be idempotent: a job whose process was killed runs again. */
  run(payload: P): Promise<void>;
}

/** A job with its payload type forgotten, for lists. */
export interface AnyJob {
  readonly name: string;
  readonly expireSeconds: number;
  perform(raw: unknown): Promise<void>;
}

export function anyJob<P>(job: Job<P>): AnyJob {
  return {
    name: job.name,
    expireSeconds: job.expireSeconds,
    perform: (raw) => job.run(job.schema.parse(raw)),
  };
}

export interface Jobs {
  /** Queues in the transaction of the change: no job without its cause, no cause without its job. */
  enqueue<P extends object>(
    tx: Tx,
    job: { readonly name: string; readonly schema: z.ZodType<P> },
    payload: P,
  ): Promise<void>;
  start(jobs: readonly AnyJob[]): Promise<void>;
  stop(): Promise<void>;
}

function sharedPool(pool: Pool): PgBoss.Db {
  return {
    executeSql: async (text, values) => {
      const { rows } = await pool.query<Record<string, unknown>>(text, values);
      return { rows };
    },
  };
}

/** Runs pg-boss on the shared pool; its schema is installed by the owner role at migration time. */
export function createJobs(options: { pool: Pool; log: Logger }): Jobs {
  const boss = new PgBoss({
    db: sharedPool(options.pool),
    schema: JOBS_SCHEMA,
    migrate: false,
    schedule: false,
  });
  boss.on('error', (error) => {
    if (isDatabaseAway(error)) sayDatabaseAway(options.log, 'job queue');
    else options.log.warn({ err: error }, 'job queue');
  });
  return {
    enqueue: async (tx, job, payload) => {
      const db: PgBoss.Db = {
        executeSql: async (text, values) => ({
          rows: await tx.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values),
        }),
      };
      await boss.send(job.name, job.schema.parse(payload), {
        db,
        retryLimit: RETRY_LIMIT,
        retryDelay: RETRY_DELAY_SECONDS,
        retryBackoff: true,
      });
    },
    start: async (jobs) => {
      await boss.start();
      for (const job of jobs) {
        await boss.work(
          job.name,
          { pollingIntervalSeconds: POLL_SECONDS },
          async (batch: PgBoss.Job<unknown>[]) => {
            for (const one of batch) await job.perform(one.data);
          },
        );
      }
    },
    stop: () => boss.stop({ graceful: true, wait: true, timeout: STOP_TIMEOUT_MS, close: false }),
  };
}

/** Installs or upgrades the queue tables and makes one queue per job. Runs as the owner role, under the migration lock. */
export async function installJobs(
  owner: { query(text: string, values?: unknown[]): Promise<{ rows: Record<string, unknown>[] }> },
  jobs: readonly Pick<AnyJob, 'name' | 'expireSeconds'>[],
): Promise<void> {
  const boss = new PgBoss({
    db: { executeSql: async (text, values) => ({ rows: (await owner.query(text, values)).rows ?? [] }) },
    schema: JOBS_SCHEMA,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  for (const job of jobs) {
    const queue = { name: job.name, expireInSeconds: job.expireSeconds, retryLimit: RETRY_LIMIT };
    if ((await boss.getQueue(job.name)) === null) await boss.createQueue(job.name, queue);
  }
  await boss.stop({ graceful: false, wait: false, close: false });
}
