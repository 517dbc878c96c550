import { describe, expect, it } from 'vitest';
import { databaseFault } from '#app/platform/db/errors.server.ts';
import { appendAudit } from '#app/platform/audit/audit.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();

async function sqlStateOf(work: Promise<unknown>): Promise<string | null> {
  try {
    await work;
    return null;
  } catch (error) {
    return databaseFault(error)?.sqlState ?? 'not a database fault';
  }
}

describe('append-only tables', () => {
  it('refuse UPDATE, DELETE and TRUNCATE on a row that was inserted', async () => {
    const { ctx } = world;
    await inTransaction(ctx, 'test', (tx) =>
      appendAudit(tx, ctx, { action: 'test.done', subjectKind: 'test', subjectId: 'a' }),
    );
    expect(await sqlStateOf(ctx.pool.query(`update audit_event set action = 'other'`))).toBe('ZA001');
    expect(await sqlStateOf(ctx.pool.query(`delete from audit_event`))).toBe('ZA001');
    expect(await sqlStateOf(ctx.pool.query(`truncate audit_event cascade`))).toBe('ZA001');
    expect(await sqlStateOf(ctx.db.auditEvent.deleteMany())).toBe('ZA001');
  });

  it('all carry the three triggers and a stamped hash', async () => {
    const { rows } = await world.ctx.pool.query<{ table_name: string; triggers: number }>(
      `select c.table_name, (select count(*) from pg_trigger t where t.tgrelid = c.table_name::regclass
          and t.tgname in ('append_only_stamp', 'append_only_guard', 'append_only_truncate')) as triggers
       from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'row_hash'`,
    );
    expect(rows.length).toBeGreaterThan(15);
    expect(rows.filter((row) => row.triggers !== 3)).toEqual([]);
  });
});
