import { expect } from 'vitest';
import type { TestWorld } from './database.ts';

/** Commands that meet at a lock: in which order they come is decided by the test, not by the machine. */
export function lockSteps(world: TestWorld) {
  /** Resolves when so many connections of this database wait for a lock. */
  async function waiting(connections: number): Promise<void> {
    await expect
      .poll(async () => {
        const { rows } = await world.ctx.pool.query<{ count: number }>(
          `select count(*)::int from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
        );
        return rows[0]?.count;
      })
      .toBe(connections);
  }

  /** Holds what this statement locks. @returns lets go of it */
  async function hold(statement: string, id: string): Promise<() => Promise<void>> {
    const holder = await world.ctx.pool.connect();
    await holder.query('begin');
    await holder.query(statement, [id]);
    return async () => {
      await holder.query('commit');
      holder.release();
    };
  }

  const holdPerson = (personId: string) => hold('select 1 from person where id = $1 for update', personId);

  /** Two commands about one person that arrive in this order, each before the other has ended. */
  async function inOrder<A, B>(personId: string, first: () => Promise<A>, second: () => Promise<B>) {
    const letGo = await holdPerson(personId);
    const one = first();
    await waiting(1);
    const two = second();
    await waiting(2);
    await letGo();
    return Promise.all([one, two]);
  }

  return { waiting, hold, holdPerson, inOrder };
}
