import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { hoursView } from '#app/training/ledger/hours-view.server.ts';
import { warnBeforeYearEnd } from '#app/training/target/warn-due.server.ts';
import { ownWhyView, personWhyView } from '#app/training/target/why-view.server.ts';
import { yearStandings } from '#app/training/target/year-standing.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { aCard, anExemption, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld('2026-09-20T01:00:00.000Z');
const HOUR = 2700;
let regionId = '';
let unitId = '';

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx);
  unitId = await aUnit(ctx, { regionId });
  forgetTree(ctx);
  await registerConsumers(ctx, [noticeConsumer(ctx)]);
});

const officerOf = (personId: string): Promise<ActorCtx> =>
  anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });

describe('/hours and 为什么', () => {
  it('say the same figures, each the sum of its entries, with reasons, values and clauses', async () => {
    const { ctx } = world;
    const personId = await aPerson(ctx, { unitId, fieldCode: 'ECO' });
    const officer = await officerOf(personId);
    const entry = { personId, unitId, day: '2026-03-03', creditSeconds: 8 * HOUR };
    await anHourEntry(ctx, entry);
    const taken = await anHourEntry(ctx, { ...entry, category: 'specialised_law', creditSeconds: 1001 });
    await anHourEntry(ctx, { ...entry, category: 'specialised_law', creditSeconds: -1001, reverses: taken });
    await anHourEntry(ctx, { ...entry, category: 'skill', creditSeconds: 3333 });
    await anExemption(ctx, { personId, unitId, year: 2026, effect: 'reduce', months: 3 });
    const hours = value(await hoursView(officer, null));
    const why = value(await ownWhyView(officer, null));
    expect(hours.totalSeconds).toBe(8 * HOUR + 3333);
    expect(why.totalSeconds).toBe(hours.totalSeconds);
    expect(why.targets).toEqual(hours.targets);
    expect(why.forecast).toEqual(hours.forecast);
    expect(why.categories.map(({ category, seconds }) => [category, seconds])).toEqual([
      ['public_law', 8 * HOUR],
      ['specialised_law', 0],
      ['business', 0],
      ['skill', 3333],
    ]);
    expect(
      why.categories
        .flatMap((one) => one.entries)
        .map((one) => one.id)
        .sort(),
    ).toEqual(hours.entries.map((one) => one.id).sort());
    expect(hours.targets.map((target) => [target.kind, target.targetSeconds])).toEqual([
      ['yearly', 45 * HOUR],
      ['key_field', 22.5 * HOUR],
    ]);
    expect(hours.targets[0]?.reasons).toEqual([expect.stringContaining('经批准核减 3 个月')]);
    expect(why.rules.find((rule) => rule.key === 'yearlyCreditSeconds')).toMatchObject({
      value: '60 学时',
      basisLabel: '政策文件',
      isLapsed: true,
    });
  });

  it('a liaison sees why for people of the own unit, and nobody else', async () => {
    const { ctx } = world;
    const personId = await aPerson(ctx, { unitId });
    const other = await aPerson(ctx, { unitId: await aUnit(ctx, { regionId }) });
    forgetTree(ctx);
    const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
    expect(value(await personWhyView(liaison, personId, 2026)).personId).toBe(personId);
    expect(await personWhyView(liaison, other, 2026)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await personWhyView(await officerOf(personId), personId, 2026)).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('warnings before the end of the year', () => {
  const count = (kind: string): Promise<number> => world.ctx.db.notice.count({ where: { kind } });
  const settle = async (): Promise<void> => {
    while ((await warnBeforeYearEnd(world.ctx)) > 0);
    await drainConsumer(world.ctx, noticeConsumer(world.ctx));
  };

  it('come once for each threshold, to those who are behind and to their liaison, also with two processes', async () => {
    const { ctx } = world;
    const unit = await aUnit(ctx, { regionId });
    const silent = await aRegion(ctx);
    const quiet = await aUnit(ctx, { regionId: silent });
    await ctx.pool.query(
      `insert into region_rules (id, region_id, valid_from, values, recorded_at)
       values ($1, $2, '2026-01-01', $3, '2026-01-01')`,
      [
        newId(),
        silent,
        JSON.stringify({ yearWarnings: { value: false, basis: 'policy', source: '本县文件' } }),
      ],
    );
    await aPerson(ctx, { unitId: quiet });
    forgetTree(ctx);
    const [behind, met, exempt, waiting] = await Promise.all(
      [1, 2, 3, 4].map(() => aPerson(ctx, { unitId: unit })),
    );
    for (const personId of [behind, met, exempt])
      await aCard(ctx, { personId: personId ?? '', unitId: unit, regionId });
    await anHourEntry(ctx, {
      personId: met ?? '',
      unitId: unit,
      creditSeconds: 60 * HOUR,
      day: '2026-02-02',
    });
    await anExemption(ctx, {
      personId: exempt ?? '',
      unitId: unit,
      year: 2026,
      effect: 'exempt',
      months: 12,
    });
    expect(await warnBeforeYearEnd(ctx)).toBe(0);

    world.clock.set('2026-10-05T01:00:00.000Z');
    forgetTree(ctx);
    await Promise.all([warnBeforeYearEnd(ctx), warnBeforeYearEnd(ctx)]);
    await expect
      .poll(async () => (await settle(), ctx.db.notice.count({ where: { key: `2026:90:${unit}` } })))
      .toBe(1);
    const keys = await ctx.db.notice.findMany({ where: { kind: 'hours.warning' }, select: { key: true } });
    const warned = keys.map(({ key }) => key);
    expect(warned).toContain(`2026:90:${behind ?? ''}`);
    expect(warned).not.toContain(`2026:90:${met ?? ''}`);
    expect(warned).not.toContain(`2026:90:${exempt ?? ''}`);
    expect(warned).not.toContain(`2026:90:${waiting ?? ''}`);
    expect(await ctx.db.hoursWarning.count({ where: { unitId: quiet } })).toBe(0);
    const sent = [await count('hours.warning'), await count('hours.digest')];
    await settle();
    expect([await count('hours.warning'), await count('hours.digest')]).toEqual(sent);

    world.clock.set('2026-12-20T01:00:00.000Z');
    forgetTree(ctx);
    await expect
      .poll(async () => (await settle(), ctx.db.notice.count({ where: { key: `2026:30:${unit}` } })))
      .toBe(1);
    expect(await ctx.db.notice.count({ where: { key: `2026:60:${unit}` } })).toBe(0);
  });
});

describe('standings of many persons', () => {
  it('are set-based: two thousand persons in one go, in the time of a page', async () => {
    const { ctx } = world;
    const unit = await aUnit(ctx, { regionId });
    const { rows } = await ctx.pool.query<{ id: string }>(
      `with made as (
         insert into person (id, name, name_pinyin, name_initials, sex, id_number_hash, id_number_masked)
         select gen_random_uuid(), '张某', 'zhangmou', 'zm', 'male', sha256(('many' || n)::bytea), '9900**********0000'
         from generate_series(1, 2000) n returning id)
       insert into person_unit_link (id, person_id, unit_id, kind, establishment, is_enforcement_post, field_code,
         valid_from, source_kind, recorded_at)
       select gen_random_uuid(), id, $1, 'home', 'admin', true, 'ECO', '2020-01-01', 'test', '2020-01-01' from made
       returning person_id as id`,
      [unit],
    );
    const ids = rows.map((row) => row.id);
    await ctx.pool.query(
      `with cards as (
         insert into certificate (id, person_id, unit_id, region_id, certificate_no, field_code, area, issuing_authority,
           state, state_since_day, issued_day, valid_from_day, valid_to_day, check_token)
         select gen_random_uuid(), p, $2, $3, 'M' || p, 'ECO', '本辖区', '某省人民政府', 'active', '2022-01-01',
           '2022-01-01', '2022-01-01', '2030-12-31', 'token-' || p from unnest($1::uuid[]) p returning id)
       insert into certificate_event (id, certificate_id, seq, kind, to_state, reason_code, legal_basis,
         deciding_authority, decision_day, effective_from_day, detail, occurred_at)
       select gen_random_uuid(), id, 1, 'handed_over', 'active', 'TEST', '测试', '某局', '2022-01-01', '2022-01-01', '{}',
         now() from cards`,
      [ids, unit, regionId],
    );
    await ctx.pool.query(
      `insert into hour_entry (id, entry_key, person_id, unit_id, credit_seconds, category, occurred_day, kind, source_kind,
         source_id, title, basis)
       select gen_random_uuid(), 'many:' || p || n, p, $2, 2700, (array['public_law', 'specialised_law'])[1 + n % 2],
         make_date(2026, 1 + n % 9, 5), 'session', 'test', 'x', '集中学习', '{}'
       from unnest($1::uuid[]) p, generate_series(1, 20) n`,
      [ids, unit],
    );
    await yearStandings(ctx, ids.slice(0, 10), 2026, '2026-11-20');
    const begun = performance.now();
    const standings = await yearStandings(ctx, ids, 2026, '2026-11-20');
    const took = performance.now() - begun;
    expect(standings.size).toBe(2000);
    expect(standings.get(ids[0] ?? '')).toMatchObject({ totalSeconds: 20 * HOUR, conclusion: 'not_met' });
    expect(took).toBeLessThan(2_000);
    process.stdout.write(`standings of 2000 persons: ${Math.round(took)} ms\n`);
  });
});
