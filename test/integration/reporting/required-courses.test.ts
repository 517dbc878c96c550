import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { ROLES } from '#app/accounts/role.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, startOfDay, yearOf } from '#app/platform/time/day.ts';
import { refreshStoredCounts } from '#app/reporting/completion/count-units.server.ts';
import { NO_PLACE } from '#app/reporting/completion/drill.ts';
import { pageOfQuery, parsePersonQuery } from '#app/reporting/completion/person-query.ts';
import { unitCompletion } from '#app/reporting/completion/unit-completion-view.server.ts';
import type { Course } from '#app/training/course/content.ts';
import { currentLibrary } from '#app/training/course/library.server.ts';
import { requiredCoursesFor } from '#app/training/course/requirement.ts';
import { loadTrainees } from '#app/training/course/load-trainees.server.ts';
import { REGION_LEVELS, UNIT_TYPES } from '#app/organization/tree/tree.ts';
import { aCourse, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { aCard } from '#test/support/officers.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

// Later than every machine's clock: what the database stamps by itself is known by then.
const world = useWorld(`${new Date().getUTCFullYear() + 1}-11-23T01:00:00.000Z`);
const persons = pageOfQuery(parsePersonQuery(new URLSearchParams('size=100')));
const today = (): Day => dayOf(world.clock.now());
const UNITS = [
  { level: 'city', unitType: 'department' },
  { level: 'county', unitType: 'team' },
  { level: 'township', unitType: 'township' },
] as const;

let bureau: ActorCtx;
let units: { id: string; regionId: string }[];

beforeAll(async () => {
  const { ctx } = world;
  const cityId = await aRegion(ctx, { level: 'city' });
  units = [];
  for (const { level, unitType } of UNITS) {
    const regionId = level === 'city' ? cityId : await aRegion(ctx, { parentId: cityId, level });
    units.push({ id: await aUnit(ctx, { regionId, unitType }), regionId });
  }
  bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: cityId }],
  });
  forgetTree(ctx);
});

/** Persons of a unit as the figures see them: how many required courses they owe and have done. */
async function figures(unitId: string, day = today()) {
  const outcome = await unitCompletion(bureau, { place: { ...NO_PLACE, unitId }, day, persons });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value;
}

async function anOfficer(
  unit: { id: string; regionId: string },
  fieldCode: string,
  roles: readonly string[],
  isEnforcementPost = true,
) {
  const { ctx } = world;
  const personId = await aPerson(ctx, { unitId: unit.id, fieldCode, isEnforcementPost });
  await aCard(ctx, { personId, unitId: unit.id, regionId: unit.regionId });
  await anActor(ctx, {
    personId,
    grants: ROLES.filter((role) => roles.includes(role)).map((role) => ({
      role,
      scopeKind: 'self' as const,
    })),
  });
  return personId;
}

async function complete(personId: string, slug: string, year: number): Promise<void> {
  const course = currentLibrary().courses.find((one) => one.slug === slug);
  await world.ctx.db.courseCompletion.create({
    data: {
      id: newId(),
      personId,
      courseVersionId: course?.courseVersionId ?? '',
      year,
      occurredAt: startOfDay(`${year}-02-01`),
    },
  });
}

const spanOfYear = () => ({
  from: `${yearOf(today())}-01-01`,
  to: `${yearOf(today())}-12-31`,
  basis: '《通知》',
});
const subset = (values: readonly string[], maxLength = 2) =>
  fc.uniqueArray(fc.constantFrom(...values), { maxLength });
const targetsArbitrary = fc.record({
  fields: subset(['ECO', 'URBAN', 'WATER']),
  levels: subset(REGION_LEVELS),
  unitTypes: subset(UNIT_TYPES.filter((type) => UNITS.some((unit) => unit.unitType === type))),
  roles: subset(['officer', 'unit_liaison', 'applicant']),
}) as fc.Arbitrary<Course['targets']>;

describe('required courses in the completion figures', () => {
  it('ZY13: the query owes each officer exactly the courses the rule of the courses page owes him', async () => {
    const people: string[] = [];
    for (const unit of units) {
      people.push(await anOfficer(unit, 'ECO', []), await anOfficer(unit, 'URBAN', ['unit_liaison']));
      people.push(await anOfficer(unit, 'WATER', ['applicant']));
      // Who holds a card in an office post owes what the others owe (§7 M1).
      people.push(await anOfficer(unit, 'ECO', [], false));
    }
    world.clock.advanceSeconds(10);
    await fc.assert(
      fc.asyncProperty(fc.array(targetsArbitrary, { minLength: 1, maxLength: 4 }), async (targets) => {
        const courses = targets.map((one, index) =>
          aCourse(`req-${index}`, {
            code: `Q${index}`,
            targets: one,
            required: spanOfYear(),
            contentHash: newId(),
          }),
        );
        // Those of the run before are served no longer as required.
        const idle = [0, 1, 2, 3]
          .slice(courses.length)
          .map((index) => aCourse(`req-${index}`, { code: `Q${index}`, contentHash: newId() }));
        await serveCourses(world.ctx, ...courses, ...idle);
        world.clock.advanceSeconds(10);
        const trainees = await loadTrainees(world.ctx.pool, people, today());
        const owed = requiredCoursesFor(currentLibrary().courses, trainees.values(), today());
        for (const unit of units)
          for (const row of (await figures(unit.id)).persons?.rows ?? [])
            expect(row.requiredDue).toBe(owed.get(row.personId)?.length);
      }),
      { numRuns: 12, seed: 7 },
    );
  }, 120_000);

  it('only a completion within the year is a completion of the year', async () => {
    const [unit] = units;
    if (!unit) throw new Error('there are units');
    await serveCourses(world.ctx, aCourse('year', { code: 'Y1', required: spanOfYear() }));
    const [now, before] = [await anOfficer(unit, 'ECO', []), await anOfficer(unit, 'ECO', [])];
    await complete(now, 'year', yearOf(today()));
    await complete(before, 'year', yearOf(today()) - 1);
    world.clock.advanceSeconds(10);
    const rows = (await figures(unit.id)).persons?.rows ?? [];
    const doneOf = (id: string) => rows.find((row) => row.personId === id)?.requiredDone;
    expect([doneOf(now), doneOf(before)]).toEqual([1, 0]);
  });

  it('stored figures are counted again when somebody’s role changes', async () => {
    const [unit] = units;
    if (!unit) throw new Error('there are units');
    const personId = await anOfficer(unit, 'ECO', []);
    world.clock.advanceSeconds(10);
    await refreshStoredCounts(world.ctx);
    const marked = async () => {
      const { rows } = await world.ctx.pool.query('select 1 from unit_completion_mark where unit_id = $1', [
        unit.id,
      ]);
      return rows.length > 0;
    };
    expect(await marked()).toBe(false);
    await anActor(world.ctx, { personId, grants: [{ role: 'unit_liaison', scopeKind: 'self' }] });
    expect(await marked()).toBe(true);
  });
});
