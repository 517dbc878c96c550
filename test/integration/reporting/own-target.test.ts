import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { refreshStoredCounts } from '#app/reporting/completion/count-units.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import type { UnitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { yearStandings } from '#app/training/target/year-standing.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, aCardEvent, anExemption, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const TODAY: Day = '2026-11-23';
const HOUR = 2700;
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams('size=100')));
let bureau: ActorCtx;
/** One unit per region, each region with its own switches. */
const units: { id: string; regionId: string }[] = [];

const SWITCHES = [
  {},
  { proRata: false },
  { keyFieldProRata: true },
  { proRata: false, keyFieldProRata: true, keyFieldInsideYearly: false },
] as const;

async function stateSwitches(regionId: string, switches: Readonly<Record<string, boolean>>): Promise<void> {
  const values = Object.fromEntries(
    Object.entries(switches).map(([key, value]) => [key, { value, basis: 'policy', source: '本县文件' }]),
  );
  await world.ctx.pool.query(
    `insert into region_rules (id, region_id, valid_from, values, recorded_at)
     values ($1, $2, '2020-01-01', $3, '2020-01-01')`,
    [newId(), regionId, JSON.stringify(values)],
  );
}

beforeAll(async () => {
  const { ctx } = world;
  const cityId = await aRegion(ctx, { level: 'city', name: '云州市' });
  for (const switches of SWITCHES) {
    const regionId = await aRegion(ctx, { parentId: cityId });
    await stateSwitches(regionId, switches);
    units.push({ id: await aUnit(ctx, { regionId }), regionId });
  }
  forgetTree(ctx);
  bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: cityId }],
  });
});

interface Stretch {
  readonly unit: number;
  readonly fieldCode: string | null;
  readonly isEnforcementPost: boolean;
  readonly validFrom: Day;
  readonly isImported: boolean;
}
/** What the person's cards have been through. */
const CARDS = ['active', 'none', 'expired', 'later', 'suspended_past_validity', 'cancelled'] as const;
interface Career {
  readonly card: (typeof CARDS)[number];
  readonly stretches: readonly Stretch[];
  readonly leftDay: Day | null;
  readonly exemptions: readonly { effect: 'exempt' | 'reduce'; months: number }[];
  readonly hours: number;
}

const DAYS: readonly Day[] = [
  '2024-05-01',
  '2026-01-01',
  '2026-03-31',
  '2026-04-01',
  '2026-07-15',
  '2026-10-01',
];
const stretch: fc.Arbitrary<Stretch> = fc.record({
  unit: fc.nat(3),
  fieldCode: fc.constantFrom('ECO', 'WATER', 'URBAN', null),
  isEnforcementPost: fc.boolean(),
  validFrom: fc.constantFrom(...DAYS),
  isImported: fc.boolean(),
});
const career: fc.Arbitrary<Career> = fc.record({
  card: fc.constantFrom('active' as const, 'active' as const, ...CARDS),
  stretches: fc
    .uniqueArray(stretch, { minLength: 1, maxLength: 3, selector: (one) => one.validFrom })
    .map((list) => [...list].sort((a, b) => (a.validFrom < b.validFrom ? -1 : 1))),
  leftDay: fc.option(fc.constantFrom<Day>('2026-10-15', '2027-02-01'), { nil: null }),
  exemptions: fc.array(
    fc.record({
      effect: fc.constantFrom('reduce' as const, 'reduce' as const, 'exempt' as const),
      months: fc.integer({ min: 1, max: 9 }),
    }),
    { maxLength: 2 },
  ),
  hours: fc.constantFrom(0, 15, 30, 45, 60, 90),
});

async function anImportRun(asOfDay: Day): Promise<string> {
  const { rows } = await world.ctx.pool.query<{ id: string }>(
    `insert into import_run (id, kind, scope, scope_key, state, file_name, file_bytes, file_sha256, started_at, expires_at)
     values ($1, 'roster', $2, 'test', 'received', 'a.xlsx', 1, repeat('0', 64), now(), now()) returning id`,
    [newId(), JSON.stringify({ asOfDay })],
  );
  return rows[0]?.id ?? '';
}

async function giveCard(card: Career['card'], at: { personId: string; unitId: string; regionId: string }) {
  const { ctx } = world;
  if (card === 'none') return;
  const toDay: Day = card === 'expired' || card === 'suspended_past_validity' ? '2026-07-31' : '2030-12-31';
  const certificateId = await aCard(ctx, {
    ...at,
    toDay,
    fromDay: card === 'later' ? '2026-09-01' : '2022-01-01',
  });
  const step = { certificateId, seq: 2, fromDay: '2026-06-01' } as const;
  if (card === 'suspended_past_validity')
    await aCardEvent(ctx, { ...step, kind: 'suspended', toState: 'suspended' });
  if (card === 'cancelled') await aCardEvent(ctx, { ...step, kind: 'cancelled', toState: 'cancelled' });
}

async function settle({ card, stretches, leftDay, exemptions, hours }: Career): Promise<string> {
  const { ctx } = world;
  const first = units[stretches[0]?.unit ?? 0] ?? units[0];
  if (first === undefined) throw new Error('there are units');
  const personId = await aPerson(ctx, { unitId: first.id });
  await ctx.pool.query(
    `update person_unit_link set superseded_at = '2020-01-01T00:00:00Z' where person_id = $1`,
    [personId],
  );
  for (const [index, one] of stretches.entries()) {
    await ctx.pool.query(
      `insert into person_unit_link (id, person_id, unit_id, kind, establishment, is_enforcement_post, field_code,
         valid_from, valid_to, source_kind, source_id, recorded_at)
       values ($1, $2, $3, 'home', 'admin', $4, $5, $6, $7, $8, $9, '2020-01-01')`,
      [
        newId(),
        personId,
        units[one.unit]?.id ?? first.id,
        one.isEnforcementPost,
        one.fieldCode,
        one.validFrom,
        stretches[index + 1]?.validFrom ?? leftDay,
        one.isImported ? 'roster_import' : 'roster_entry',
        one.isImported ? await anImportRun(one.validFrom) : null,
      ],
    );
  }
  await giveCard(card, { personId, unitId: first.id, regionId: first.regionId });
  for (const { effect, months } of exemptions)
    await anExemption(ctx, { personId, unitId: first.id, year: 2026, effect, months });
  for (const category of ['public_law', 'specialised_law'])
    if (hours > 0)
      await anHourEntry(ctx, {
        personId,
        unitId: first.id,
        creditSeconds: (hours * HOUR) / 2,
        category,
        day: '2026-03-03',
      });
  return personId;
}

async function look(unitId: string, day: Day, knownAt: Date | null): Promise<UnitCompletion> {
  const outcome = await unitCompletion(bureau, { place: { ...NO_PLACE, unitId }, day, knownAt, persons });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** The set-based figures say of everybody what the rule says: due or not, how much, met or not. */
async function expectOneRule(personIds: readonly string[], day: Day, knownAt: Date | null): Promise<void> {
  const standings = await yearStandings(world.ctx, personIds, 2026, day);
  const pages = await Promise.all(units.map(({ id }) => look(id, day, knownAt)));
  const rows = new Map(pages.flatMap((page) => page.persons?.rows ?? []).map((row) => [row.personId, row]));
  expect(pages.reduce((sum, page) => sum + page.total.due, 0)).toBe(rows.size);
  for (const personId of personIds) {
    const standing = standings.get(personId);
    const row = rows.get(personId);
    const isDue = standing?.conclusion === 'met' || standing?.conclusion === 'not_met';
    expect([personId, row !== undefined]).toEqual([personId, isDue]);
    if (row === undefined || standing === undefined) continue;
    const yearly = standing.targets.find((target) => target.kind === 'yearly');
    const key = standing.targets.find((target) => target.kind === 'key_field');
    expect(row).toMatchObject({
      ownTargetSeconds: yearly?.targetSeconds,
      totalSeconds: standing.totalSeconds,
      isMet: standing.conclusion === 'met',
      isKey: key !== undefined,
      keyTargetSeconds: key?.targetSeconds ?? 0,
      isKeyMet: key?.isMet ?? false,
    });
  }
}

describe('the figures of a unit and the target of a person are one rule (M3, M4, M5; domain.md §4.2 cases 1–7)', () => {
  it('for random careers, cards, fields, imports, exemptions and regional switches, today and on past days', async () => {
    const everybody: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(career, { minLength: 12, maxLength: 12 }),
        fc.constantFrom<Day>('2026-03-31', '2026-08-20', '2026-10-20'),
        async (careers, day) => {
          for (const one of careers) everybody.push(await settle(one));
          await rebuildOfficerYears(world.ctx.pool);
          await expectOneRule(everybody, day, null);
          await expectOneRule(everybody, TODAY, null);
          await expectOneRule(everybody, TODAY, world.clock.now());
          await refreshStoredCounts(world.ctx);
          await expectOneRule(everybody, TODAY, null);
        },
      ),
      { numRuns: 5, seed: 7 },
    );
  }, 240_000);

  it('case 5 and 7: a suspended card is counted, and a person with two cards once', async () => {
    const { ctx } = world;
    const unit = { id: await aUnit(ctx, { regionId: units[0]?.regionId ?? '' }) };
    forgetTree(ctx);
    world.clock.advanceSeconds(10);
    const personId = await aPerson(ctx, { unitId: unit.id });
    const cardId = await aCard(ctx, { personId, unitId: unit.id, regionId: units[0]?.regionId ?? '' });
    await aCard(ctx, { personId, unitId: unit.id, regionId: units[0]?.regionId ?? '', fieldCode: 'ECO' });
    await aCardEvent(ctx, {
      certificateId: cardId,
      seq: 2,
      kind: 'suspended',
      toState: 'suspended',
      fromDay: '2026-06-01',
    });
    expect((await look(unit.id, TODAY, null)).total.due).toBe(1);
  });

  it('case 6: an exemption counts from the moment it is known, also in stored figures, and not in what was known before', async () => {
    const { ctx } = world;
    const unitId = await aUnit(ctx, { regionId: units[0]?.regionId ?? '' });
    forgetTree(ctx);
    world.clock.advanceSeconds(10);
    const personId = await aPerson(ctx, { unitId });
    await aCard(ctx, { personId, unitId, regionId: units[0]?.regionId ?? '' });
    await refreshStoredCounts(ctx);
    expect((await look(unitId, TODAY, null)).total.due).toBe(1);
    const knownAt = startOfDay('2026-09-01');
    await anExemption(ctx, { personId, unitId, year: 2026, effect: 'exempt', months: 12, knownAt });
    expect((await look(unitId, TODAY, null)).total.due).toBe(0);
    expect((await look(unitId, '2026-06-30', startOfDay('2026-07-01'))).total.due).toBe(1);
    expect((await look(unitId, '2026-06-30', null)).total.due).toBe(0);
  });
});
