import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { type Tx, sql } from '#app/platform/db/db.server.ts';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { z } from 'zod';
import type { OutboxConsumer, OutboxMessage } from './outbox.server.ts';
import { outboxRow } from './outbox.server.ts';

const BATCH_EVENTS = 50;
const MAX_TRIES = 8;
const RETRY_BASE_SECONDS = 2;
const BATCH_TIMEOUT_MS = 60_000;

const cursorRow = z.object({
  position_tx: z.coerce.number(),
  position_id: z.string(),
  failures: z.number(),
  waiting: z.boolean(),
});

/** Locks the consumer's cursor; null when another process holds it or it waits for a retry. */
async function lockCursor(tx: Tx, consumer: string): Promise<z.infer<typeof cursorRow> | null> {
  const rows = await tx.$queryRaw`
    select position_tx, position_id::text, failures, coalesce(retry_at > now(), false) as waiting
    from outbox_cursor where consumer = ${consumer} for update skip locked`;
  const [row] = z.array(cursorRow).parse(rows);
  return row && !row.waiting ? row : null;
}

/**
 * Facts after the cursor that can no longer be overtaken: below the horizon every transaction has ended, so reading in
 * the order (recorded_tx, id) can never skip one that commits late.
 */
async function readBatch(
  tx: Tx,
  consumer: OutboxConsumer,
  cursor: { position_tx: number; position_id: string },
  limit: number,
): Promise<z.infer<typeof outboxRow>[]> {
  const rows = await tx.$queryRaw(sql`
    select id::text, topic, key, payload, occurred_at, recorded_tx from outbox_event
    where (recorded_tx, id) > (${cursor.position_tx}::bigint, ${cursor.position_id}::uuid)
      and recorded_tx < ledger_horizon() and topic = any(${[...consumer.topics]}::text[])
    order by recorded_tx, id limit ${limit}`);
  return z.array(outboxRow).parse(rows);
}

async function moveCursor(tx: Tx, consumer: string, to: { recorded_tx: number; id: string }): Promise<void> {
  await tx.outboxCursor.update({
    where: { consumer },
    data: {
      positionTx: BigInt(to.recorded_tx),
      positionId: to.id,
      failures: 0,
      retryAt: null,
      lastError: null,
      movedAt: new Date(),
    },
  });
}

const toMessage = (row: z.infer<typeof outboxRow>): OutboxMessage => ({
  id: row.id,
  topic: row.topic,
  key: row.key,
  payload: row.payload,
  occurredAt: row.occurred_at,
});

/** One batch of one consumer, all or nothing. Returns how many facts were handled. */
async function runBatch(
  ctx: Pick<Ctx, 'db' | 'log'>,
  consumer: OutboxConsumer,
  limit: number,
): Promise<number> {
  const outcome = await inTransaction(
    ctx,
    `outbox ${consumer.name}`,
    async (tx) => {
      const cursor = await lockCursor(tx, consumer.name);
      if (!cursor) return 0;
      const rows = await readBatch(tx, consumer, cursor, limit);
      for (const row of rows) await consumer.handle(tx, toMessage(row));
      const last = rows.at(-1);
      if (last) await moveCursor(tx, consumer.name, last);
      return rows.length;
    },
    { timeoutMs: BATCH_TIMEOUT_MS },
  );
  return outcome.ok ? outcome.value : 0;
}

/** Counts a failure of the next fact; after MAX_TRIES the fact is parked for a person and the others go on. */
async function recordFailure(
  ctx: Pick<Ctx, 'db' | 'log'>,
  consumer: OutboxConsumer,
  error: unknown,
): Promise<void> {
  const text = error instanceof Error ? error.message.slice(0, 500) : 'unknown';
  await inTransaction(ctx, `outbox ${consumer.name} failure`, async (tx) => {
    const cursor = await lockCursor(tx, consumer.name);
    if (!cursor) return;
    const failures = cursor.failures + 1;
    if (failures < MAX_TRIES) {
      await tx.$executeRaw`
        update outbox_cursor set failures = ${failures}, last_error = ${text},
          retry_at = now() + make_interval(secs => ${RETRY_BASE_SECONDS * 2 ** (failures - 1)})
        where consumer = ${consumer.name}`;
      return;
    }
    const [next] = await readBatch(tx, consumer, cursor, 1);
    if (!next) return;
    await tx.outboxParked.create({ data: { consumer: consumer.name, eventId: next.id, error: text } });
    await moveCursor(tx, consumer.name, next);
  });
}

/**
 * Works off what is due for one consumer; returns the number of facts handled. A failing fact does not take its batch
 * with it: the batch is repeated one by one, and only the failing fact waits, is tried again and at last parked.
 */
export async function drainConsumer(ctx: Pick<Ctx, 'db' | 'log'>, consumer: OutboxConsumer): Promise<number> {
  let handled = 0;
  let limit = BATCH_EVENTS;
  for (;;) {
    try {
      const count = await runBatch(ctx, consumer, limit);
      handled += count;
      if (count < limit) return handled;
    } catch (error) {
      // No fact is at fault: the loop waits until the database is back.
      if (isDatabaseAway(error)) throw error;
      if (limit > 1) {
        limit = 1;
        continue;
      }
      ctx.log.error({ err: error, consumer: consumer.name }, 'outbox fact failed');
      await recordFailure(ctx, consumer, error);
      return handled;
    }
  }
}

/** Makes sure every consumer has its cursor; a new consumer starts at the first fact ever written. */
export async function registerConsumers(
  ctx: Pick<Ctx, 'db'>,
  consumers: readonly OutboxConsumer[],
): Promise<void> {
  await ctx.db.outboxCursor.createMany({
    data: consumers.map((consumer) => ({ consumer: consumer.name })),
    skipDuplicates: true,
  });
}
