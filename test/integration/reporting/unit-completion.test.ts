import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { startOfDay } from '#app/platform/time/day.ts';
import { refreshStoredCounts } from '#app/reporting/completion/count-units.server.ts';
import type { Place } from '#app/reporting/completion/drill.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import type { CompletionCounts } from '#app/reporting/completion/figures.ts';
import { countOfficer, sumCounts } from '#app/reporting/completion/figures.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { rebuildOfficerYears } from '#app/reporting/completion/rebuild-officer-years.server.ts';
import type { UnitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard, aCardEvent, aMove, anHourEntry } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const TODAY: Day = '2026-11-23';
const HOUR = 2700;
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams('size=100')));

interface City {
  readonly cityId: string;
  readonly counties: readonly string[];
  readonly units: readonly { id: string; regionId: string }[];
}
let city: City;
let bureau: ActorCtx;

beforeAll(async () => {
  const { ctx } = world;
  const cityId = await aRegion(ctx, { level: 'city', name: '云州市' });
  const counties = [await aRegion(ctx, { parentId: cityId }), await aRegion(ctx, { parentId: cityId })];
  const township = await aRegion(ctx, { parentId: counties[0] ?? '', level: 'township' });
  const units: { id: string; regionId: string }[] = [];
  for (const regionId of [cityId, ...counties, township]) {
    const parentId = await aUnit(ctx, { regionId });
    const childId = await aUnit(ctx, { regionId, parentId });
    units.push({ id: parentId, regionId }, { id: childId, regionId });
  }
  city = { cityId, counties, units };
  bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: cityId }],
  });
});

async function look(place: Place, day: Day = TODAY, knownAt: Date | null = null): Promise<UnitCompletion> {
  const outcome = await unitCompletion(bureau, { place, day, knownAt, persons });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

/** Walks down from a place: rows add up to it, a row says what its page says, persons add up to their unit. */
async function expectReconciled(place: Place, day: Day, knownAt: Date | null): Promise<CompletionCounts> {
  const page = await look(place, day, knownAt);
  expect(sumCounts(page.rows.map((row) => row.counts))).toEqual(page.total);
  if (page.persons) {
    expect(page.persons.total).toBe(page.total.due);
    expect(page.persons.rows.filter((row) => row.isMet)).toHaveLength(page.total.met);
    expect(page.persons.rows.reduce((sum, row) => sum + row.totalSeconds, 0)).toBe(page.total.creditSeconds);
    expect(page.persons.rows.filter((row) => row.isKeyMet)).toHaveLength(page.total.keyMet);
  }
  for (const row of page.rows)
    if (row.place) expect(await expectReconciled(row.place, day, knownAt)).toEqual(row.counts);
  return page.total;
}

interface Entry {
  readonly seconds: number;
  readonly category: 'public_law' | 'specialised_law';
  readonly day: Day;
  readonly knownAt: Day;
}
interface Officer {
  readonly unit: number;
  readonly fieldCode: string;
  readonly cardFrom: Day;
  readonly cardTo: Day;
  readonly cancelledFrom: Day | null;
  readonly moves: readonly { unit: number; fromDay: Day; knownDay: Day }[];
  readonly entries: readonly Entry[];
}

const DAYS: readonly Day[] = [
  '2025-06-30',
  '2025-12-31',
  '2026-01-01',
  '2026-03-31',
  '2026-07-15',
  '2026-11-01',
];
const aDay = fc.constantFrom(...DAYS);
const officerArbitrary: fc.Arbitrary<Officer> = fc.record({
  unit: fc.nat(7),
  fieldCode: fc.constantFrom('ECO', 'URBAN'),
  cardFrom: fc.constantFrom<Day>('2022-01-01', '2026-03-31'),
  cardTo: fc.constantFrom<Day>('2026-06-30', '2027-12-31'),
  cancelledFrom: fc.option(fc.constantFrom<Day>('2026-05-01', '2026-10-01'), { nil: null }),
  moves: fc.uniqueArray(fc.record({ unit: fc.nat(7), fromDay: aDay, knownDay: aDay }), {
    maxLength: 1,
    selector: (move) => move.fromDay,
  }),
  entries: fc.array(
    fc.record({
      seconds: fc.constantFrom(5 * HOUR, 31 * HOUR, 60 * HOUR - 1),
      category: fc.constantFrom('public_law' as const, 'specialised_law' as const),
      day: aDay,
      knownAt: aDay,
    }),
    { maxLength: 4 },
  ),
});

async function settle(officer: Officer): Promise<void> {
  const { ctx } = world;
  const home = city.units[officer.unit] ?? city.units[0];
  if (!home) throw new Error('the city has units');
  const personId = await aPerson(ctx, { unitId: home.id, fieldCode: officer.fieldCode });
  const certificateId = await aCard(ctx, {
    personId,
    unitId: home.id,
    regionId: home.regionId,
    fromDay: officer.cardFrom,
    toDay: officer.cardTo,
  });
  if (officer.cancelledFrom !== null)
    await aCardEvent(ctx, {
      certificateId,
      seq: 2,
      kind: 'cancelled',
      toState: 'cancelled',
      fromDay: officer.cancelledFrom,
    });
  for (const move of officer.moves)
    await aMove(ctx, {
      personId,
      unitId: city.units[move.unit]?.id ?? home.id,
      fromDay: move.fromDay,
      knownAt: startOfDay(move.knownDay),
    });
  for (const entry of officer.entries)
    await anHourEntry(ctx, {
      personId,
      unitId: home.id,
      creditSeconds: entry.seconds,
      category: entry.category,
      day: entry.day,
      knownAt: startOfDay(entry.knownAt),
    });
}

const TARGET = {
  yearlyCreditSeconds: 60 * HOUR,
  keyFieldCreditSeconds: 30 * HOUR,
  isKeyFieldInsideYearly: true,
  keyFields: ['ECO'],
  isProRata: true,
  isKeyFieldProRata: false,
};

/** The same question answered in plain code from the story of the officers: what the query is measured against. */
function expectedTotal(officers: readonly Officer[], day: Day, knownAt: Date): CompletionCounts {
  const due = officers.filter((officer) => {
    const known = (from: Day): boolean => startOfDay(from) <= knownAt;
    const isHeld = officer.cardFrom <= day && known(officer.cardFrom) && officer.cardTo >= day;
    const { cancelledFrom } = officer;
    return isHeld && !(cancelledFrom !== null && cancelledFrom <= day && known(cancelledFrom));
  });
  return sumCounts(
    due.map((officer) => {
      const seconds = { public_law: 0, specialised_law: 0, business: 0, skill: 0 };
      for (const entry of officer.entries) {
        const isOfYear = entry.day.slice(0, 4) === day.slice(0, 4) && entry.day <= day;
        if (isOfYear && startOfDay(entry.knownAt) <= knownAt) seconds[entry.category] += entry.seconds;
      }
      const { fieldCode } = officer;
      const home = { validFrom: '2020-01-01', validTo: null, isBeginUnknown: false };
      const facts = {
        year: Number(day.slice(0, 4)),
        day,
        homes: [{ ...home, fieldCode }],
        holdsCard: true,
        exemptions: [],
      };
      return countOfficer({ seconds, facts, requiredCoursesDone: 0 }, TARGET, 0);
    }),
  );
}

describe('unit completion (M3–M5, HY8)', () => {
  it('reconciles at every level, on every day, as known then and now, for random people, moves and late entries', async () => {
    const story: Officer[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(officerArbitrary, { minLength: 3, maxLength: 8 }),
        fc.constantFrom<Day>('2025-12-31', '2026-05-31', '2026-10-15'),
        fc.option(aDay, { nil: null }),
        async (officers, day, knownDay) => {
          // Figures stored before the changes must not be shown after them.
          await refreshStoredCounts(world.ctx);
          for (const officer of officers) await settle(officer);
          story.push(...officers);
          await rebuildOfficerYears(world.ctx.pool);
          const knownAt = knownDay === null ? null : startOfDay(knownDay);
          const past = await expectReconciled({ ...NO_PLACE, regionId: city.cityId }, day, knownAt);
          expect(past).toEqual(expectedTotal(story, day, knownAt ?? world.clock.now()));
          const today = await expectReconciled({ ...NO_PLACE, regionId: city.cityId }, TODAY, null);
          expect(today).toEqual(expectedTotal(story, TODAY, world.clock.now()));
          await refreshStoredCounts(world.ctx);
          expect(await expectReconciled({ ...NO_PLACE, regionId: city.cityId }, TODAY, null)).toEqual(today);
        },
      ),
      { numRuns: 6, seed: 41 },
    );
  }, 240_000);

  it('answers the same for today from the projection and from the ledger', async () => {
    const place = { ...NO_PLACE, regionId: city.cityId };
    const fromProjection = await look(place, TODAY);
    const fromLedger = await look(place, TODAY, world.clock.now());
    expect(fromLedger.total).toEqual(fromProjection.total);
    expect(fromLedger.rows.map((row) => row.counts)).toEqual(fromProjection.rows.map((row) => row.counts));
  });

  it('a past day does not change when somebody moves later, nor what was known then by late entries', async () => {
    const { ctx } = world;
    const to = city.units[4];
    if (!to) throw new Error('the city has units');
    const from = { id: await aUnit(ctx, { regionId: to.regionId }), regionId: to.regionId };
    world.clock.advanceSeconds(10);
    const personId = await aPerson(ctx, { unitId: from.id });
    await aCard(ctx, { personId, unitId: from.id, regionId: from.regionId });
    const place: Place = { ...NO_PLACE, unitId: from.id };
    const day: Day = '2026-06-30';
    const knownThen = startOfDay('2026-07-01');
    const then = (await look(place, day, knownThen)).total;
    await aMove(ctx, { personId, unitId: to.id, fromDay: '2026-09-01', knownAt: startOfDay('2026-09-02') });
    await anHourEntry(ctx, {
      personId,
      unitId: from.id,
      creditSeconds: 60 * HOUR,
      day: '2026-05-05',
      knownAt: startOfDay('2026-10-01'),
    });
    expect((await look(place, day, knownThen)).total).toEqual(then);
    expect(then).toMatchObject({ due: 1, met: 0, creditSeconds: 0 });
    expect((await look(place, day)).total).toMatchObject({ due: 1, met: 1, creditSeconds: 60 * HOUR });
    expect((await look(place, TODAY)).total.due).toBe(0);
    const there = (await look({ ...NO_PLACE, unitId: to.id }, TODAY)).persons?.rows.map(
      (row) => row.personId,
    );
    expect(there).toContain(personId);
  });

  it('counts a suspended card and drops a revoked one from the day it takes effect', async () => {
    const { ctx } = world;
    const home = city.units[0];
    if (!home) throw new Error('the city has units');
    const unitId = await aUnit(ctx, { regionId: home.regionId });
    world.clock.advanceSeconds(10);
    const place: Place = { ...NO_PLACE, unitId };
    const [suspended, revoked] = [await aPerson(ctx, { unitId }), await aPerson(ctx, { unitId })];
    const cards = [];
    for (const personId of [suspended, revoked])
      cards.push(await aCard(ctx, { personId, unitId, regionId: home.regionId }));
    const [first = '', second = ''] = cards;
    await aCardEvent(ctx, {
      certificateId: first,
      seq: 2,
      kind: 'suspended',
      toState: 'suspended',
      fromDay: '2026-08-01',
    });
    await aCardEvent(ctx, {
      certificateId: second,
      seq: 2,
      kind: 'revoked',
      toState: 'revoked',
      fromDay: '2026-08-01',
    });
    expect((await look(place, '2026-07-31')).total.due).toBe(2);
    expect((await look(place, '2026-08-01')).total.due).toBe(1);
    expect((await look(place, TODAY)).persons?.rows.map((row) => row.personId)).toEqual([suspended]);
  });

  it('asks for the required course while its basis holds, and no longer when it has lapsed (ZY13)', async () => {
    const { ctx } = world;
    const home = city.units[0];
    if (!home) throw new Error('the city has units');
    const unitId = await aUnit(ctx, { regionId: home.regionId });
    world.clock.advanceSeconds(10);
    const [done, open] = [await aPerson(ctx, { unitId }), await aPerson(ctx, { unitId })];
    for (const personId of [done, open]) {
      await aCard(ctx, { personId, unitId, regionId: home.regionId });
      for (const day of ['2025-03-01', '2026-03-01'])
        await anHourEntry(ctx, { personId, unitId, creditSeconds: 60 * HOUR, day });
    }
    await rebuildOfficerYears(ctx.pool);
    const courseId = newId();
    const versionId = newId();
    const required = { from: '2024-01-01', to: '2025-12-31', basis: '国办发〔2023〕27号' };
    await ctx.pool.query(`insert into course (id, slug, code) values ($1, 'plan', 'C12')`, [courseId]);
    await ctx.pool.query(
      `insert into course_version (id, course_id, content_hash, title, category, nominal_seconds, manifest, first_seen_at, recorded_at)
       values ($1, $2, 'x', '三年行动计划', 'public_law', 2700, $3, '2024-01-01', '2024-01-01')`,
      [versionId, courseId, JSON.stringify({ required })],
    );
    await ctx.pool.query(
      `insert into course_completion (id, person_id, course_version_id, year, occurred_at, recorded_at)
       values ($1, $2, $3, 2025, '2025-05-05', '2025-05-05')`,
      [newId(), done, versionId],
    );
    const place: Place = { ...NO_PLACE, unitId };
    expect((await look(place, '2025-12-31')).total).toMatchObject({ due: 2, met: 1 });
    expect((await look(place, TODAY)).total).toMatchObject({ due: 2, met: 2 });
  });
});
