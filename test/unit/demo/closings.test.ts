import { describe, expect, it } from 'vitest';
import { demoCalendar } from '#app/demo/calendar.ts';
import { homeStretchesOf } from '#app/demo/plan/careers.ts';
import { planCity } from '#app/demo/plan/city.ts';
import { planClosings, planOffices } from '#app/demo/plan/closings.ts';
import { planPeople } from '#app/demo/plan/people.ts';
import { DEMO_SIZE } from '#app/demo/size.ts';

const plan = planPeople(DEMO_SIZE, planCity(DEMO_SIZE), demoCalendar('2026-11-22', DEMO_SIZE.hourYears));
const closings = planClosings(plan);
const offices = planOffices(plan, closings);

describe('closings of the demo city', () => {
  it('nobody keeps or confirms the list of a year that was closed before they came', () => {
    const people = offices.flatMap(({ unit, liaison, leader }) =>
      [liaison.person, leader.person].flatMap((person) => (person ? [{ unit, person }] : [])),
    );
    expect(people.length).toBeGreaterThan(100);
    for (const { unit, person } of people) {
      const days = closings.filter((one) => one.unit.key === unit.key).map((one) => one.openedDay);
      for (const day of days) {
        const home = homeStretchesOf(person).find(
          (stretch) => stretch.validFrom <= day && (stretch.validTo === null || stretch.validTo > day),
        );
        expect([person.name, day, home?.unit.key]).toEqual([person.name, day, unit.key]);
      }
    }
  });

  it('two different people keep and confirm, or nobody by name', () => {
    for (const { liaison, leader } of offices)
      if (liaison.person !== null) expect(liaison.person).not.toBe(leader.person);
  });
});
