import { describe, expect, it } from 'vitest';
import { fewRows } from '#app/platform/db/few-rows.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';

const world = useWorld();

/** PostgreSQL makes a plan for the parameters at hand this often before it thinks of one for all. */
const TRIES = 5;

/** Plans made for given parameters, of ten executions of a named statement on one connection. */
async function customPlans(from: string, sizes: readonly number[]): Promise<number> {
  const client = await world.ctx.pool.connect();
  const name = `plans-${newId()}`;
  // Each row costs a thousand others: ten guessed rows look ten times as dear as one that is seen.
  const text = `select o.n::int, x.many from ${from} as o(id, n)
    cross join lateral (select count(*)::int as many from generate_series(1, 1000) one where one > o.n) x
    where $2::int > 0`;
  try {
    for (const size of sizes)
      await client.query({ name, text, values: [Array.from({ length: size }, () => newId()), size] });
    const { rows } = await client.query<{ plans: number }>(
      'select custom_plans::int as plans from pg_prepared_statements where name = $1',
      [name],
    );
    return rows[0]?.plans ?? -1;
  } finally {
    client.release(true);
  }
}

const SIZES = [1, 1, 2, 1, 3, 1, 40, 1, 2, 1];

describe('a statement over given rows', () => {
  it('is planned anew for every group when PostgreSQL has to guess how many they are', async () => {
    expect(await customPlans('unnest($1::uuid[]) with ordinality', SIZES)).toBe(SIZES.length);
  });

  it('keeps one plan once it knows that they are few', async () => {
    expect(await customPlans(fewRows('unnest($1::uuid[]) with ordinality', '$2'), SIZES)).toBe(TRIES);
  });

  it('gives every row, however many', async () => {
    const { rows } = await world.ctx.pool.query<{ n: number }>(
      `select n::int from ${fewRows('unnest($1::int[])', '$2')} as o(n) order by n`,
      [[3, 1, 2, 2], 4],
    );
    expect(rows.map(({ n }) => n)).toEqual([1, 2, 2, 3]);
  });
});
