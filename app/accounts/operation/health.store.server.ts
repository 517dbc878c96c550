import { z } from 'zod';
import type { Pool } from '#app/platform/db/db.server.ts';

const versionRow = z.object({
  version: z.string(),
  bytes: z.number(),
  connections: z.number(),
  maxConnections: z.number(),
  startedAt: z.date(),
});

/** The database itself: version, size, use of connections. */
export async function readDatabase(pool: Pool): Promise<z.infer<typeof versionRow>> {
  const { rows } = await pool.query(
    `select current_setting('server_version') as version, pg_database_size(current_database()) as bytes,
       (select count(*) from pg_stat_activity where datname = current_database()) as connections,
       current_setting('max_connections')::int as "maxConnections", pg_postmaster_start_time() as "startedAt"`,
  );
  return versionRow.parse(rows[0]);
}

const migrationRow = z.object({ name: z.string(), at: z.date() });

/** The newest migration that was applied. */
export async function readSchemaVersion(pool: Pool): Promise<z.infer<typeof migrationRow> | null> {
  const { rows } = await pool.query(
    `select migration_name as name, finished_at as at from _prisma_migrations
     where finished_at is not null and rolled_back_at is null order by migration_name desc limit 1`,
  );
  return z.array(migrationRow).parse(rows)[0] ?? null;
}

const consumerRow = z.object({
  consumer: z.string(),
  movedAt: z.date(),
  failures: z.number(),
  lastError: z.string().nullable(),
  parked: z.number(),
});
export type ConsumerStanding = z.infer<typeof consumerRow>;

/** Each consumer of facts: when it last moved on, how often the next one failed, how many lie aside for a person. */
export async function listConsumers(pool: Pool): Promise<ConsumerStanding[]> {
  const { rows } = await pool.query(
    `select c.consumer, c.moved_at as "movedAt", c.failures, c.last_error as "lastError",
       (select count(*) from outbox_parked p where p.consumer = c.consumer) as parked
     from outbox_cursor c order by c.consumer`,
  );
  return z.array(consumerRow).parse(rows);
}

const waitingRow = z.object({ consumer: z.string(), waiting: z.number(), oldestAt: z.date().nullable() });

/** Facts that wait for each consumer and since when the oldest does. @param topics by consumer */
export async function listWaitingFacts(
  pool: Pool,
  consumers: readonly { readonly name: string; readonly topics: readonly string[] }[],
): Promise<z.infer<typeof waitingRow>[]> {
  const found = await Promise.all(
    consumers.map(({ name, topics }) =>
      pool.query(
        `select c.consumer, count(e.id) as waiting, min(e.recorded_at) as "oldestAt"
         from outbox_cursor c left join outbox_event e
           on (e.recorded_tx, e.id) > (c.position_tx, c.position_id) and e.topic = any($2::text[])
         where c.consumer = $1 group by c.consumer`,
        [name, topics],
      ),
    ),
  );
  return z.array(waitingRow).parse(found.flatMap((result) => result.rows));
}

const queueRow = z.object({ name: z.string(), state: z.string(), count: z.number(), oldestAt: z.date() });
export type QueueStanding = z.infer<typeof queueRow>;

/** Jobs that wait, run or have failed for good; finished ones are left out. */
export async function listQueues(pool: Pool): Promise<QueueStanding[]> {
  const { rows } = await pool.query(
    `select name, state::text as state, count(*) as count, min(created_on) as "oldestAt" from pgboss.job
     where state in ('created', 'retry', 'active', 'failed') and name not like '\\_\\_%'
     group by name, state order by name, state`,
  );
  return z.array(queueRow).parse(rows);
}

const sealRow = z.object({ no: z.number(), rows: z.number(), sealedAt: z.date() });

/** The newest seal; null before the first. */
export async function readLastSeal(pool: Pool): Promise<z.infer<typeof sealRow> | null> {
  const { rows } = await pool.query(
    `select no, row_count as rows, sealed_at as "sealedAt" from seal order by no desc limit 1`,
  );
  return z.array(sealRow).parse(rows)[0] ?? null;
}
