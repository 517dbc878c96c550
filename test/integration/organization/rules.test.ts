import { beforeAll, describe, expect, it } from 'vitest';
import { viewRules } from '#app/office/rules/rules-view.server.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';
import { loadRules } from '#app/organization/rules/rules.store.server.ts';
import { stateRules } from '#app/organization/rules/state-rules.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let city = '';
let county = '';
let other = '';

const percent = (value: number) => ({ value, basis: 'policy', source: '市司法局文件一号' }) as const;

beforeAll(async () => {
  city = await aRegion(world.ctx, { level: 'city', name: '某市' });
  county = await aRegion(world.ctx, { parentId: city, name: '某县' });
  other = await aRegion(world.ctx, { parentId: city, name: '另一县' });
});

describe('regional rules', () => {
  it('are the defaults where nobody has stated anything', async () => {
    expect(await loadRules(world.ctx.pool, county, '2026-11-01')).toEqual(DEFAULT_RULES);
  });

  it('come from the nearest region above, value by value, in the version of the day', async () => {
    const { ctx } = world;
    await stateRules(ctx, {
      regionId: city,
      validFrom: '2025-01-01',
      values: { checkPassPercent: percent(70), readingDwellPercent: percent(50) },
    });
    await stateRules(ctx, {
      regionId: city,
      validFrom: '2026-01-01',
      values: { checkPassPercent: percent(75) },
    });
    await stateRules(ctx, {
      regionId: county,
      validFrom: '2026-06-01',
      values: { checkPassPercent: percent(90) },
    });
    const on = async (regionId: string, day: string): Promise<[number, number]> => {
      const rules = await loadRules(ctx.pool, regionId, day);
      return [rules.checkPassPercent.value, rules.readingDwellPercent.value];
    };
    expect(await on(county, '2024-12-31')).toEqual([80, 60]);
    expect(await on(county, '2025-12-31')).toEqual([70, 50]);
    expect(await on(county, '2026-01-01')).toEqual([75, 60]);
    expect(await on(county, '2026-06-01')).toEqual([90, 60]);
    expect(await on(other, '2026-06-01')).toEqual([75, 60]);
  });

  it('replace a version that begins on the same day and refuse to go behind a coming one', async () => {
    const { ctx } = world;
    const state = (validFrom: string, value: number) =>
      stateRules(ctx, { regionId: other, validFrom, values: { checkPassPercent: percent(value) } });
    await state('2026-03-01', 61);
    await state('2026-03-01', 62);
    expect((await loadRules(ctx.pool, other, '2026-03-01')).checkPassPercent.value).toBe(62);
    expect(await state('2026-02-01', 63)).toMatchObject({ ok: false, code: 'LATER_RULES_KNOWN' });
  });

  it('stated twice at once leave one version per day', async () => {
    const { ctx } = world;
    const region = await aRegion(ctx, { parentId: city });
    await Promise.all(
      [51, 52, 53].map((value) =>
        stateRules(ctx, {
          regionId: region,
          validFrom: '2026-05-01',
          values: { checkPassPercent: percent(value) },
        }),
      ),
    );
    const { rows } = await ctx.pool.query<{ count: number }>(
      `select count(*)::int as count from region_rules where region_id = $1 and superseded_at is null`,
      [region],
    );
    expect(rows).toEqual([{ count: 1 }]);
  });
});

describe('the 规则 page', () => {
  it('shows an officer the values of the own county with who states them and what has lapsed', async () => {
    const { ctx } = world;
    const unitId = await aUnit(ctx, { regionId: county });
    const personId = await aPerson(ctx, { unitId });
    const officer = await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
    const page = await viewRules(officer, null);
    if (!page.ok) throw new Error(page.code);
    const lines = new Map(page.value.groups.flatMap((group) => group.lines).map((line) => [line.key, line]));
    expect(page.value.region.name).toBe('某县');
    expect(lines.get('checkPassPercent')).toMatchObject({
      value: '90',
      unit: '%',
      statedBy: '某县',
      basis: 'policy',
    });
    expect(lines.get('heartbeatSeconds')).toMatchObject({ statedBy: null, basis: 'proposal' });
    expect(lines.get('yearlyCreditSeconds')).toMatchObject({ value: '60', unit: '学时', standing: 'lapsed' });
    expect(page.value.lapsedCount).toBe(4);
  });

  it('does not show a region the viewer has nothing to do with', async () => {
    const { ctx } = world;
    const bureau = await anActor(ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: county }],
    });
    expect((await viewRules(bureau, county)).ok).toBe(true);
    expect(await viewRules(bureau, other)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const admin = await anActor(ctx, { grants: [{ role: 'system_admin', scopeKind: 'platform' }] });
    expect(await viewRules(admin, null)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
  });
});
