import { beforeAll, describe, expect, it } from 'vitest';
import type { Place } from '#app/reporting/completion/drill.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const TODAY = '2026-11-23';
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams()));
let regionId = '';
let otherRegionId = '';
let ownUnit = '';
let otherUnit = '';

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx);
  otherRegionId = await aRegion(ctx);
  ownUnit = await aUnit(ctx, { regionId });
  otherUnit = await aUnit(ctx, { regionId: otherRegionId });
  for (const unitId of [ownUnit, otherUnit]) {
    const personId = await aPerson(ctx, { unitId });
    await aCard(ctx, { personId, unitId, regionId: unitId === ownUnit ? regionId : otherRegionId });
  }
});

describe('who sees what', () => {
  const asked = (place: Place) => ({ place, day: TODAY, persons });

  it('an invited supervisor sees figures and no names (YC11)', async () => {
    const invited = await anActor(world.ctx, {
      grants: [{ role: 'invited_supervisor', scopeKind: 'region', regionId }],
    });
    const page = await unitCompletion(invited, asked({ ...NO_PLACE, unitId: ownUnit }));
    expect(page.ok && page.value.total.due).toBeGreaterThan(0);
    expect(page.ok && page.value.persons).toBeNull();
  });

  it('a liaison begins at the own unit and does not find others', async () => {
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: ownUnit }],
    });
    const page = await unitCompletion(liaison, asked(NO_PLACE));
    expect(page.ok && page.value.place.unitId).toBe(ownUnit);
    expect(page.ok && page.value.persons?.total).toBeGreaterThan(0);
    expect(await unitCompletion(liaison, asked({ ...NO_PLACE, unitId: otherUnit }))).toMatchObject({
      ok: false,
      code: 'NOT_FOUND',
    });
    const region = await unitCompletion(liaison, asked({ ...NO_PLACE, regionId: otherRegionId }));
    expect(region).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('an officer has no figures', async () => {
    const officer = await anActor(world.ctx, { grants: [{ role: 'officer', scopeKind: 'self' }] });
    expect(await unitCompletion(officer, asked(NO_PLACE))).toMatchObject({ ok: false, code: 'FORBIDDEN' });
  });
});
