import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { yearOf } from '#app/platform/time/day.ts';
import { officerYearProjector } from '#app/reporting/completion/officer-year-projector.server.ts';
import { findProjectionLag } from '#app/reporting/completion/officer-year.store.server.ts';
import {
  checkOfficerYears,
  rebuildOfficerYears,
} from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { useWorld } from '#test/support/database.ts';
import { anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit } from '#test/support/world.ts';

const world = useWorld();
const persons: string[] = [];
let unitId = '';

beforeAll(async () => {
  const regionId = await aRegion(world.ctx);
  unitId = await aUnit(world.ctx, { regionId });
  for (let index = 0; index < 5; index += 1) persons.push(await aPerson(world.ctx, { unitId }));
  await registerConsumers(world.ctx, [officerYearProjector]);
});

async function tellHours(personId: string, year: number): Promise<void> {
  await inTransaction(world.ctx, 'test', (tx) =>
    appendOutbox(tx, [
      {
        topic: 'training.hours_recorded',
        key: newId(),
        payload: { personId, year, entryId: newId() },
        occurredAt: world.clock.now(),
      },
    ]),
  );
}

/** Drains until nothing waits; facts of transactions still open elsewhere on the server hold the horizon for a moment. */
async function drainAll(): Promise<void> {
  await expect
    .poll(
      async () => {
        await drainConsumer(world.ctx, officerYearProjector);
        return (await findProjectionLag(world.ctx.pool)).oldest;
      },
      { timeout: 20_000 },
    )
    .toBeNull();
}

const step = fc.record({
  person: fc.nat(4),
  seconds: fc.integer({ min: 1, max: 40_000 }),
  category: fc.constantFrom('public_law', 'specialised_law', 'business', 'skill'),
  day: fc.constantFrom('2024-12-31', '2025-01-01', '2025-07-01', '2026-03-15', '2026-11-20'),
  isReversed: fc.boolean(),
  isToldTwice: fc.boolean(),
});

describe('the officer-year projection', () => {
  it('equals a computation from scratch after any stream of entries, late, reversed or told twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
        for (const { person, seconds, category, day, isReversed, isToldTwice } of steps) {
          const personId = persons[person] ?? '';
          const entry = { personId, unitId, day, category, knownAt: world.clock.now() };
          const id = await anHourEntry(world.ctx, { ...entry, creditSeconds: seconds });
          if (isReversed) await anHourEntry(world.ctx, { ...entry, creditSeconds: -seconds, reverses: id });
          await tellHours(personId, yearOf(day));
          if (isToldTwice) await tellHours(personId, yearOf(day));
        }
        await drainAll();
        expect(await checkOfficerYears(world.ctx.pool)).toMatchObject({ differences: 0 });
      }),
      { numRuns: 8, seed: 2026 },
    );
  });

  it('is found wrong by the check when entries were loaded without facts, and right again after a rebuild', async () => {
    const personId = persons[0] ?? '';
    await anHourEntry(world.ctx, { personId, unitId, creditSeconds: 2700, day: '2023-05-05' });
    expect(await checkOfficerYears(world.ctx.pool, 2023)).toEqual({
      compared: 1,
      differences: 1,
      first: [{ personId, year: 2023, projectedSeconds: null, ledgerSeconds: 2700 }],
    });
    expect(await rebuildOfficerYears(world.ctx.pool, 2023)).toBe(1);
    expect(await checkOfficerYears(world.ctx.pool)).toMatchObject({ differences: 0 });
  });

  it('loses nothing when a rebuild runs beside the projector', async () => {
    const personId = persons[1] ?? '';
    for (let index = 0; index < 5; index += 1) {
      await anHourEntry(world.ctx, { personId, unitId, creditSeconds: 100 + index, day: '2026-06-01' });
      await tellHours(personId, 2026);
      await Promise.all([
        drainConsumer(world.ctx, officerYearProjector),
        rebuildOfficerYears(world.ctx.pool),
      ]);
    }
    await drainAll();
    expect(await checkOfficerYears(world.ctx.pool)).toMatchObject({ differences: 0 });
  });

  it('says since when the oldest hours have been waiting', async () => {
    expect(await findProjectionLag(world.ctx.pool)).toEqual({ oldest: null, parked: 0 });
    await tellHours(persons[2] ?? '', 2026);
    expect((await findProjectionLag(world.ctx.pool)).oldest).toBeInstanceOf(Date);
    await drainAll();
  });
});
