import { describe, expect, it } from 'vitest';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();

describe('a connection that the server ends', () => {
  it('between two statements of its user ends neither the process nor the next question', async () => {
    const { pool } = world.ctx;
    const client = await pool.connect();
    const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
    // Not `once` of node:events: it would listen to errors itself, and hide what is tested.
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()));
    await pool.query('select pg_terminate_backend($1)', [rows[0]?.pid]);
    await ended;
    const refused: unknown = await client.query('select 1').then(
      () => null,
      (error: unknown) => error,
    );
    client.release(true);
    expect(isDatabaseAway(refused)).toBe(true);
    expect((await pool.query<{ one: number }>('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });
});
