import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { refreshStoredCounts } from '#app/reporting/completion/count-units.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import type { CompletionCounts } from '#app/reporting/completion/figures.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, aMove, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const HOUR = 2700;
const TODAY = '2026-11-23';
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams()));
let bureau: ActorCtx;
let countyId = '';
let otherUnitId = '';

beforeAll(async () => {
  const { ctx } = world;
  const cityId = await aRegion(ctx, { level: 'city' });
  countyId = await aRegion(ctx, { parentId: cityId });
  otherUnitId = await aUnit(ctx, { regionId: cityId });
  bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: cityId }],
  });
});

describe('stored unit figures', () => {
  let unitId = '';
  let personId = '';
  const total = async (day = TODAY): Promise<CompletionCounts> => {
    const outcome = await unitCompletion(bureau, { place: { ...NO_PLACE, unitId }, day, persons });
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.value.total;
  };

  beforeAll(async () => {
    const { ctx } = world;
    unitId = await aUnit(ctx, { regionId: countyId });
    personId = await aPerson(ctx, { unitId });
    await aCard(ctx, { personId, unitId, regionId: countyId, toDay: '2026-11-30' });
    world.clock.advanceSeconds(10);
    await refreshStoredCounts(ctx);
  });

  it('need counting once; nothing is counted again while nothing changes', async () => {
    expect(await refreshStoredCounts(world.ctx)).toBe(0);
    expect((await total()).due).toBe(1);
    // Kept with every unit and read for every page of a province: a fingerprint, not what it stands for.
    const { rows } = await world.ctx.pool.query(
      `select distinct length(basis) as length from unit_completion`,
    );
    expect(rows).toEqual([{ length: 64 }]);
  });

  it('are passed over from the moment hours, a card or a home change, and are right again after a refresh', async () => {
    const { ctx } = world;
    await anHourEntry(ctx, { personId, unitId, creditSeconds: 60 * HOUR, day: '2026-04-04' });
    await rebuildOfficerYears(ctx.pool);
    expect(await total()).toMatchObject({ due: 1, met: 1 });
    const newcomer = await aPerson(ctx, { unitId });
    expect((await total()).due).toBe(1);
    await aCard(ctx, { personId: newcomer, unitId, regionId: countyId });
    expect((await total()).due).toBe(2);
    await refreshStoredCounts(ctx);
    await aMove(ctx, {
      personId: newcomer,
      unitId: otherUnitId,
      fromDay: '2026-11-01',
      knownAt: world.clock.now(),
    });
    expect((await total()).due).toBe(1);
    expect(await refreshStoredCounts(ctx)).toBe(2);
    expect(await total()).toMatchObject({ due: 1, met: 1 });
  });

  it('follow the rules of the region from the day they change', async () => {
    const { ctx } = world;
    await ctx.pool.query(
      `insert into region_rules (id, region_id, valid_from, values, recorded_at) values ($1, $2, '2026-11-01', $3, '2026-11-01')`,
      [
        newId(),
        countyId,
        JSON.stringify({
          yearlyCreditSeconds: { value: 61 * HOUR, basis: 'policy', source: '本县文件' },
        }),
      ],
    );
    expect(await total()).toMatchObject({ due: 1, met: 0 });
    await refreshStoredCounts(ctx);
    expect(await total()).toMatchObject({ due: 1, met: 0 });
  });

  it('are counted again on a new day, when a card has expired overnight', async () => {
    const { ctx } = world;
    const now = world.clock.now();
    world.clock.set('2026-12-01T00:30:00+08:00');
    expect((await total('2026-12-01')).due).toBe(0);
    expect(await refreshStoredCounts(ctx)).toBe(2);
    expect((await total('2026-12-01')).due).toBe(0);
    world.clock.set(now);
  });

  it('are never wrong with several processes refreshing while people are moved', async () => {
    const { ctx } = world;
    world.clock.advanceSeconds(10);
    for (let round = 0; round < 5; round += 1) {
      const mover = await aPerson(ctx, { unitId });
      await Promise.all([
        aCard(ctx, { personId: mover, unitId, regionId: countyId }),
        refreshStoredCounts(ctx),
        refreshStoredCounts(ctx),
      ]);
      await refreshStoredCounts(ctx);
      expect((await total()).due).toBe(2 + round);
    }
  });
});
