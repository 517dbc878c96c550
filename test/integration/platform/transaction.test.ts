import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { databaseFault, isUniqueViolation } from '#app/platform/db/errors.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();
const counterOf = (series: string) => world.ctx.db.numberCounter.findUnique({ where: { series } });

describe('inTransaction', () => {
  it('turns a refusal into a value and leaves nothing behind', async () => {
    const outcome = await inTransaction<void, 'NO_SEAT'>(world.ctx, 'test', async (tx, refuse) => {
      await tx.numberCounter.create({ data: { series: 'refused', next: 1 } });
      refuse('NO_SEAT', { left: 0 });
    });
    expect(outcome).toEqual({ ok: false, code: 'NO_SEAT', detail: { left: 0 } });
    expect(await counterOf('refused')).toBeNull();
  });

  it('passes faults on after rolling back', async () => {
    const work = inTransaction(world.ctx, 'test', async (tx) => {
      await tx.numberCounter.create({ data: { series: 'broken', next: 1 } });
      throw new Error('a bug');
    });
    await expect(work).rejects.toThrow('a bug');
    expect(await counterOf('broken')).toBeNull();
  });

  it('repeats serializable work that collided, so that both effects stand', async () => {
    await world.ctx.db.numberCounter.create({ data: { series: 'race', next: 1 } });
    const step = () =>
      inTransaction(
        world.ctx,
        'test',
        async (tx) => {
          const { next } = await tx.numberCounter.findUniqueOrThrow({ where: { series: 'race' } });
          await tx.numberCounter.update({ where: { series: 'race' }, data: { next: next + 1 } });
        },
        { isolation: 'serializable' },
      );
    await Promise.all([step(), step(), step()]);
    expect((await counterOf('race'))?.next).toBe(4);
  });

  it('lets one function read what the database refused, from both clients', async () => {
    const { ctx } = world;
    await ctx.db.numberCounter.create({ data: { series: 'twice', next: 1 } });
    const byPrisma = await ctx.db.numberCounter
      .create({ data: { series: 'twice', next: 1 } })
      .catch((error: unknown) => error);
    const byPool = await ctx.pool
      .query(`insert into number_counter values ('twice', 1)`)
      .catch((error: unknown) => error);
    const byCheck = await ctx.pool.query(`update tx_base set id = 2`).catch((error: unknown) => error);
    expect(isUniqueViolation(byPrisma)).toBe(true);
    expect(databaseFault(byPool)).toEqual({ sqlState: '23505', constraint: 'number_counter_pkey' });
    expect(databaseFault(byCheck)).toEqual({ sqlState: '23514', constraint: 'tx_base_single' });
  });
});

describe('command receipts', () => {
  const outcomeSchema = z.object({ number: z.number() });
  const actorId = newId();

  function draw(commandId: string, input: unknown) {
    return inTransaction<{ number: number }, 'COMMAND_REUSED'>(world.ctx, 'test', (tx, refuse) =>
      withReceipt(tx, { actorId, commandId, kind: 'test.draw', input }, outcomeSchema, refuse, async () => {
        const rows = await tx.$queryRaw`
          insert into number_counter (series, next) values ('receipt', 1)
          on conflict (series) do update set next = number_counter.next + 1 returning next as number`;
        return z.array(outcomeSchema).parse(rows)[0] ?? { number: 0 };
      }),
    );
  }

  it('answer a repeat with the first outcome, also when both arrive at once', async () => {
    const commandId = newId();
    const answers = await Promise.all([1, 2, 3].map(() => draw(commandId, { a: 1, b: [2] })));
    expect(answers.map((answer) => answer.ok && answer.value.number)).toEqual([1, 1, 1]);
    expect(await draw(commandId, { b: [2], a: 1 })).toEqual({ ok: true, value: { number: 1 } });
  });

  it('refuse the same id with other input', async () => {
    const commandId = newId();
    await draw(commandId, { a: 1 });
    expect(await draw(commandId, { a: 2 })).toEqual({ ok: false, code: 'COMMAND_REUSED' });
  });
});
