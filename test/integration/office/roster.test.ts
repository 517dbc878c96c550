import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { viewRoster } from '#app/office/roster/roster-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const QUERY = { page: 1, size: 20, sort: { field: 'name', direction: 'asc' }, text: '' } as const;
let bureauUnit = '';
let teamUnit = '';
let otherUnit = '';
let liaison: ActorCtx;

beforeAll(async () => {
  const { ctx } = world;
  const regionId = await aRegion(ctx);
  bureauUnit = await aUnit(ctx, { regionId, name: '甲局' });
  teamUnit = await aUnit(ctx, { regionId, parentId: bureauUnit, name: '甲队', unitType: 'team' });
  otherUnit = await aUnit(ctx, { regionId, name: '乙局' });
  for (const unitId of [bureauUnit, teamUnit, otherUnit]) await aPerson(ctx, { unitId });
  liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: bureauUnit }] });
});

describe('the 花名册 of a 单位联络员', () => {
  it('holds the people of the own unit and its team, and of no other', async () => {
    const page = await viewRoster(liaison, QUERY, null);
    expect(page.ok && page.value.rows.map((row) => row.unitName).sort()).toEqual(['甲局', '甲队'].sort());
    expect(page.ok && page.value.units).toHaveLength(2);
    const team = await viewRoster(liaison, QUERY, teamUnit);
    expect(team.ok && team.value.total).toBe(1);
  });

  it('does not open for another unit: it is not found', async () => {
    expect(await viewRoster(liaison, QUERY, otherUnit)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
  });

  it('answers a page beyond the end with the last one', async () => {
    const page = await viewRoster(liaison, { ...QUERY, page: 7, size: 1 }, null);
    expect(page.ok && [page.value.page, page.value.rows.length, page.value.total]).toEqual([2, 1, 2]);
  });

  it('is closed to an officer and to a 特邀监督员 (aggregates only, no names)', async () => {
    for (const grant of [
      { role: 'officer', scopeKind: 'self' },
      { role: 'system_admin', scopeKind: 'platform' },
    ] as const) {
      const actor = await anActor(world.ctx, { grants: [grant] });
      expect(await viewRoster(actor, QUERY, null)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    }
    const invited = await anActor(world.ctx, {
      grants: [{ role: 'invited_supervisor', scopeKind: 'unit', unitId: bureauUnit }],
    });
    expect(await viewRoster(invited, QUERY, null)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
  });
});
