import { describe, expect, it } from 'vitest';
import { demoCalendar } from '#app/demo/calendar.ts';
import { demoId } from '#app/demo/demo-id.server.ts';
import { diceFor, shareOut } from '#app/demo/dice.ts';
import { inventIdNumber } from '#app/demo/id-number.ts';
import { inventName } from '#app/demo/person-names.ts';
import { planCity } from '#app/demo/plan/city.ts';
import { homeStretchesOf, planPostings } from '#app/demo/plan/careers.ts';
import type { PeoplePlan } from '#app/demo/plan/people.ts';
import { planHours, unitOn } from '#app/demo/plan/hours.ts';
import { planPeople } from '#app/demo/plan/people.ts';
import { planRegister } from '#app/demo/plan/register.ts';
import type { DemoSize } from '#app/demo/size.ts';
import { DEMO_SIZE, LARGE_SIZE, SMALL_SIZE } from '#app/demo/size.ts';
import { orderedTimeline } from '#app/organization/person/home-timeline.ts';
import { stretchesFor } from '#app/demo/stages/careers.server.ts';
import { parseIdNumber, sexOfId } from '#app/platform/import/values/id-number.ts';
import { parsePersonName } from '#app/platform/import/values/person-name.ts';
import { isId } from '#app/platform/ids/id.ts';
import { makeIdNumber } from '#test/support/id-number.ts';

const planOf = (size: DemoSize, seedDay: string): PeoplePlan =>
  planPeople(size, planCity(size), demoCalendar(seedDay, size.hourYears));
const demo = planOf(DEMO_SIZE, '2026-11-22');

describe('the demo city', () => {
  it('has 15 regions with two functional zones, 147 townships and 558 entities (YC1, YC7, HY16)', () => {
    const { regions, units } = demo.plan;
    const townships = regions.filter((region) => region.level === 'township');
    expect([townships.length, regions.length - townships.length]).toEqual([147, 15]);
    expect(regions.filter((region) => region.kind === 'functional_zone')).toHaveLength(2);
    const entities = units.filter((unit) => unit.entity !== null);
    const ofCity = entities.filter((unit) => unit.regionKey === 'city0');
    expect([entities.length, ofCity.length]).toEqual([558, 36]);
    expect(units.length).toBeGreaterThan(780);
    expect(units.filter((unit) => unit.unitType === 'township_team')).toHaveLength(147);
  });

  it('keeps seven teams in the city and six in each county (YC8)', () => {
    const teams = demo.plan.units.filter((unit) => unit.unitType === 'team');
    expect(teams.filter((unit) => unit.regionKey === 'city0')).toHaveLength(7);
    const inCounty = teams.filter((unit) => unit.regionKey === 'city0/county3');
    expect(inCounty.map((unit) => unit.field)).toHaveLength(6);
    expect(inCounty.map((unit) => unit.field)).not.toContain('ECO');
  });

  it('has no two regions, units or names of units alike', () => {
    for (const size of [DEMO_SIZE, SMALL_SIZE, LARGE_SIZE]) {
      const { regions, units } = planCity(size);
      expect(new Set(regions.map((region) => region.code)).size).toBe(regions.length);
      expect(new Set(units.map((unit) => unit.code)).size).toBe(units.length);
      expect(new Set(units.map((unit) => unit.name)).size).toBe(units.length);
    }
  });

  it('has 10,000 people, 8,854 holders and reviewers near 5 % (YC3, YC9)', () => {
    expect(demo.people).toHaveLength(10_000);
    const holders = demo.people.filter((person) => person.category === 'holder');
    expect(holders).toHaveLength(8_854);
    const reviewers = demo.people.filter((person) => person.hasLegalQualification).length;
    expect(reviewers).toBeGreaterThanOrEqual(8_854 * 0.05);
    expect(reviewers).toBeLessThan(8_854 * 0.08);
  });

  it('writes about 250,000 hours entries in four years, none outside a home or after the seed day', () => {
    let count = 0;
    let wrong = 0;
    const keys = new Set<string>();
    for (const entry of planHours(demo)) {
      count += 1;
      keys.add(entry.key);
      const isRight =
        entry.day <= '2026-11-22' &&
        entry.day >= '2023-01-01' &&
        unitOn(entry.person, entry.day) === entry.unit;
      if (!isRight || entry.creditSeconds === 0 || !Number.isInteger(entry.creditSeconds)) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(keys.size).toBe(count);
    expect(count).toBeGreaterThan(240_000);
    expect(count).toBeLessThan(280_000);
  });

  it('posts people of county teams to townships without taking them from home (RA1)', () => {
    const postings = planPostings(demo);
    expect(postings.length).toBeGreaterThan(100);
    expect(postings.every(({ person, unit }) => person.unit !== unit && unit.unitType === 'township')).toBe(
      true,
    );
    expect(new Set(postings.map(({ person }) => person.serial)).size).toBe(postings.length);
  });
});

describe('an invented person', () => {
  it('has an ID number of area 99 that reads as right, with the right sex, and alone', () => {
    const seen = new Set<string>();
    for (const person of demo.people) {
      expect(person.idNumber.startsWith('99')).toBe(true);
      const parsed = parseIdNumber(person.idNumber);
      if (!parsed.ok || sexOfId(person.idNumber) !== person.sex) expect.fail(person.idNumber);
      seen.add(person.idNumber);
    }
    expect(seen.size).toBe(demo.people.length);
  });

  it('has a check character by the standard, computed here a second way', () => {
    expect(inventIdNumber(0, '1990-01-01', 'male')).toBe(makeIdNumber(1));
    expect(inventIdNumber(0, '1990-01-01', 'female')).toBe(makeIdNumber(2));
    expect(() => inventIdNumber(-1, '1990-01-01', 'male')).toThrow();
  });

  it('has a name of three characters that an import accepts', () => {
    const names = Array.from({ length: 2_000 }, (_, index) =>
      inventName(diceFor(`name:${index}`), index % 2 === 0 ? 'male' : 'female'),
    );
    expect(names.filter((name) => [...name].length !== 3 || !parsePersonName(name).ok)).toEqual([]);
    expect(new Set(names).size).toBeGreaterThan(1_800);
  });

  it('has homes that follow one another from joining to leaving', () => {
    for (const person of demo.people) {
      const stretches = homeStretchesOf(person);
      expect(orderedTimeline(stretchesFor(person))).toHaveLength(stretches.length);
      if (stretches[0]?.validFrom !== person.joinedDay) expect.fail(String(person.serial));
      if (stretches.some((one) => one.validTo !== null && one.validTo <= one.validFrom))
        expect.fail(String(person.serial));
    }
  });
});

describe('the generator', () => {
  it.each(['2026-11-22', '2026-01-01', '2024-02-29', '2027-12-31', '2026-03-07'])(
    'gives the same place twice for %s, with all days in order',
    (seedDay) => {
      const [one, two] = [planOf(SMALL_SIZE, seedDay), planOf(SMALL_SIZE, seedDay)];
      expect(JSON.stringify(one.people)).toBe(JSON.stringify(two.people));
      const register = planRegister(one);
      expect(JSON.stringify(register.cards)).toBe(JSON.stringify(planRegister(two).cards));
      expect(JSON.stringify([...planHours(one)])).toBe(JSON.stringify([...planHours(two)]));
      const inForce = register.cards.filter(
        (card) => card.state === 'suspended' || (card.state === 'active' && card.story.validToDay >= seedDay),
      );
      expect(inForce).toHaveLength(SMALL_SIZE.holders);
      const days = register.cards.map((card) => card.events.map((event) => event.day));
      expect(
        days.every((of) => of.every((day, index) => day <= seedDay && day >= (of[index - 1] ?? ''))),
      ).toBe(true);
    },
  );

  it('makes ids that are UUIDs of version 7, the same for the same label and day', () => {
    const id = demoId('a', '2026-01-01');
    expect(isId(id)).toBe(true);
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(demoId('a', '2026-01-01')).toBe(id);
    expect(demoId('b', '2026-01-01')).not.toBe(id);
    expect(demoId('a', '2026-01-02') > id).toBe(true);
  });

  it('shares out in whole parts that add up', () => {
    expect(shareOut(10, [1, 1, 1])).toEqual([4, 3, 3]);
    expect(shareOut(10, [8, 1, 1], 2)).toEqual([5, 3, 2]);
    for (let total = 10; total < 200; total += 1)
      expect(shareOut(total, [3, 1, 7, 2], 2).reduce((sum, part) => sum + part, 0)).toBe(total);
  });

  it('rolls every number of a range', () => {
    const dice = diceFor('range');
    const rolled = new Set(Array.from({ length: 400 }, () => dice.between(3, 9)));
    expect([...rolled].sort()).toEqual([3, 4, 5, 6, 7, 8, 9]);
  });
});
