import { describe, expect, it } from 'vitest';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { sealDue } from '#app/platform/seal/sealer.server.ts';
import { verifySeals } from '#app/platform/seal/verify.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();

async function record(subjectId: string): Promise<void> {
  const { ctx } = world;
  await inTransaction(ctx, 'test', (tx) =>
    appendAudit(tx, ctx, { action: 'test.done', subjectKind: 'test', subjectId }),
  );
}

/** Other databases of the server may hold the horizon for a moment; a seal is due when it has passed. */
async function sealAll(): Promise<number> {
  let sealed = 0;
  await expect
    .poll(
      async () => {
        sealed += await sealDue(world.ctx);
        return (await verifySeals(world.ctx)).rowsUnsealed;
      },
      { timeout: 20_000 },
    )
    .toBe(0);
  return sealed;
}

describe('the sealer and verify', () => {
  it('puts every row into exactly one seal, also rows of a transaction that commits late', async () => {
    const { ctx } = world;
    await record('a');
    await ctx.db.$transaction(async (slow) => {
      await appendAudit(slow, ctx, { action: 'test.slow', subjectKind: 'test', subjectId: 'slow' });
      await record('b');
      // The open transaction holds the horizon: nothing that might still be overtaken is sealed.
      await sealDue(ctx);
    });
    await sealAll();
    const report = await verifySeals(ctx);
    expect(report).toMatchObject({ finding: null, rowsUnsealed: 0, rowsChecked: 3 });
  });

  it('does not seal twice when two processes seal at once', async () => {
    await record('c');
    await Promise.all([sealDue(world.ctx), sealDue(world.ctx)]);
    await sealAll();
    expect((await verifySeals(world.ctx)).finding).toBeNull();
  });

  it('names the first row that somebody altered behind the triggers', async () => {
    const { ctx } = world;
    await record('d');
    await sealAll();
    const { rows } = await ctx.pool.query<{ id: string }>(
      `select id from audit_event where subject_id = 'a'`,
    );
    await ctx.pool.query('alter table audit_event disable trigger append_only_guard');
    await ctx.pool.query(`update audit_event set action = 'forged' where subject_id = 'a'`);
    expect((await verifySeals(ctx)).finding).toEqual({
      kind: 'row_altered',
      table: 'audit_event',
      rowId: rows[0]?.id,
    });
  });

  it('notices a forged row whose hash was recomputed, and a removed row', async () => {
    const { ctx } = world;
    await ctx.pool.query(
      `update audit_event t set row_hash = row_hash_of(to_jsonb(t)) where subject_id = 'a'`,
    );
    expect((await verifySeals(ctx)).finding).toMatchObject({ kind: 'window_altered', table: 'audit_event' });
    await ctx.pool.query(
      `delete from audit_payload where audit_event_id in (select id from audit_event where subject_id = 'b')`,
    );
    await ctx.pool.query(`delete from audit_event where subject_id = 'b'`);
    expect((await verifySeals(ctx)).finding).toMatchObject({ kind: 'window_altered' });
  });
});
