import { describe, expect, it } from 'vitest';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();

async function write(topic: string, key: string): Promise<void> {
  const { ctx } = world;
  await inTransaction(ctx, 'test', (tx) =>
    appendOutbox(tx, [{ topic, key, payload: { key }, occurredAt: ctx.clock.now() }]),
  );
}

/** A consumer whose effect is a row, so that rolled-back work leaves nothing. */
function recorder(
  name: string,
  topic: string,
  failOn: (key: string) => boolean = () => false,
): OutboxConsumer {
  return {
    name,
    topics: [topic],
    handle: async (tx, message) => {
      if (failOn(message.key)) throw new Error(`cannot handle ${message.key}`);
      await tx.numberCounter.create({ data: { series: `${name}:${message.key}`, next: 1 } });
    },
  };
}

async function handledBy(name: string): Promise<string[]> {
  const rows = await world.ctx.db.numberCounter.findMany({ where: { series: { startsWith: `${name}:` } } });
  return rows.map((row) => row.series.slice(name.length + 1)).sort();
}

async function drainUntil(consumer: OutboxConsumer, count: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await drainConsumer(world.ctx, consumer);
        return (await handledBy(consumer.name)).length;
      },
      { timeout: 20_000 },
    )
    .toBe(count);
}

describe('the outbox', () => {
  it('hands every fact to a consumer exactly once, with two dispatchers at work', async () => {
    const consumer = recorder('once', 'test.once');
    await registerConsumers(world.ctx, [consumer]);
    const keys = Array.from({ length: 120 }, (_, index) => `k${String(index).padStart(3, '0')}`);
    await Promise.all(keys.map((key) => write('test.once', key)));
    await Promise.all([drainConsumer(world.ctx, consumer), drainConsumer(world.ctx, consumer)]);
    await drainUntil(consumer, keys.length);
    expect(await handledBy('once')).toEqual(keys);
  });

  it('never skips a fact whose transaction commits after later ones were read', async () => {
    const { ctx } = world;
    const consumer = recorder('late', 'test.late');
    await registerConsumers(ctx, [consumer]);
    await ctx.db.$transaction(async (slow) => {
      await appendOutbox(slow, [
        { topic: 'test.late', key: 'early-but-slow', payload: {}, occurredAt: ctx.clock.now() },
      ]);
      await write('test.late', 'later-but-fast');
      await drainConsumer(ctx, consumer);
    });
    await drainUntil(consumer, 2);
    expect(await handledBy('late')).toEqual(['early-but-slow', 'later-but-fast']);
  });

  it('writes a fact known by its key only once', async () => {
    const key = newId();
    await write('test.known', key);
    await write('test.known', key);
    expect(await world.ctx.db.outboxEvent.count({ where: { topic: 'test.known' } })).toBe(1);
  });

  it('parks a fact that fails again and again, and goes on with the others', async () => {
    const { ctx } = world;
    const consumer = recorder('parking', 'test.parking', (key) => key === 'b-poison');
    await registerConsumers(ctx, [consumer]);
    for (const key of ['a-good', 'b-poison', 'c-good']) await write('test.parking', key);
    await expect
      .poll(
        async () => {
          await drainConsumer(ctx, consumer);
          await ctx.pool.query(`update outbox_cursor set retry_at = null where consumer = 'parking'`);
          return handledBy('parking');
        },
        { timeout: 30_000 },
      )
      .toEqual(['a-good', 'c-good']);
    const parked = await ctx.db.outboxParked.findMany({ where: { consumer: 'parking' } });
    expect(parked).toHaveLength(1);
    expect(parked[0]?.error).toContain('b-poison');
  });
});
