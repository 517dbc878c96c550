import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { currentLibrary } from '#app/training/course/library.server.ts';
import { openStudyVisit } from '#app/training/study/open-visit.server.ts';
import { freezeClosings } from '#app/training/year/freeze-closing.server.ts';
import { aCourse, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { lockSteps } from '#test/support/locks.ts';
import { value } from '#test/support/office.ts';
import { anActor } from '#test/support/world.ts';
import type { ClosingOffice } from '#test/support/year-closing.ts';
import { closingSteps, FIRST_DAY, YEAR } from '#test/support/year-closing.ts';

const world = useWorld(FIRST_DAY);
const { aConfirmedOffice, freeze } = closingSteps(world);
const { waiting, hold, holdPerson } = lockSteps(world);
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);
const CLOSING = `select 1 from year_closing where unit_id = $1 for update`;

/** Confirmed units with a bureau above all of them. */
async function severalOffices(count: number) {
  const offices: ClosingOffice[] = [];
  for (let n = 0; n < count; n += 1) offices.push(await aConfirmedOffice(2));
  const grants = offices.map(({ regionId }) => ({
    role: 'justice_bureau' as const,
    scopeKind: 'region' as const,
    regionId,
  }));
  const bureau = await anActor(world.ctx, { grants });
  return { offices, bureau, input: { year: YEAR, unitIds: offices.map(({ unitId }) => unitId) } };
}

const sealsOf = (offices: readonly ClosingOffice[]) =>
  world.ctx.db.yearSnapshot.count({ where: { unitId: { in: offices.map(({ unitId }) => unitId) } } });

describe('freezing several units (bulk 封账)', () => {
  it('waits once for whoever is under way, with nothing sealed before', async () => {
    const { offices, bureau, input } = await severalOffices(3);
    const letGo = await holdPerson(offices[2]?.personIds[0] ?? '');
    const under = freezeClosings(bureau, input);
    await waiting(1);
    expect(await sealsOf(offices)).toBe(0);
    await letGo();
    expect(value(await under).frozen).toHaveLength(3);
  });

  it('two at once freeze each unit once, with numbers that follow each other', async () => {
    const { offices, bureau, input } = await severalOffices(3);
    const letGo = await holdPerson(offices[0]?.personIds[0] ?? '');
    const backwards = { ...input, unitIds: [...input.unitIds].reverse() };
    const both = [freezeClosings(bureau, input), freezeClosings(bureau, backwards)];
    await waiting(2);
    await letGo();
    const answers = (await Promise.all(both)).map(value);
    expect(answers.map(({ frozen }) => frozen.length).sort()).toEqual([0, 3]);
    const left = answers.flatMap((answer) => answer.left.map(({ code }) => code));
    expect(left).toEqual(['YEAR_FROZEN', 'YEAR_FROZEN', 'YEAR_FROZEN']);
    expect(await sealsOf(offices)).toBe(3);
    const serials = answers
      .flatMap(({ frozen }) => frozen.map(({ sealNo }) => Number(/(\d+)\D*$/.exec(sealNo)?.[1])))
      .sort((a, b) => a - b);
    const [first = 0] = serials;
    expect(serials).toEqual([first, first + 1, first + 2]);
  });

  it('what cannot be frozen is named and keeps nobody else from it', async () => {
    const { offices, bureau, input } = await severalOffices(2);
    value(await freeze(offices[0] as ClosingOffice));
    const { frozen, left } = value(
      await freezeClosings(bureau, { ...input, unitIds: [...input.unitIds, newId()] }),
    );
    expect(frozen.map(({ unitId }) => unitId)).toEqual([offices[1]?.unitId]);
    expect(left.map(({ code }) => code).sort()).toEqual(['NOT_FOUND', 'YEAR_FROZEN']);
  });
});

describe('freezing and study', () => {
  it('a page is opened while the year of its reader is being frozen, and the other way round', async () => {
    const slug = `quiet-${newId().slice(-6)}`;
    await serveCourses(world.ctx, aCourse(slug, { code: 'V1', statedHundredths: null }));
    expect(currentLibrary().courses.some((course) => course.slug === slug)).toBe(true);
    const office = await aConfirmedOffice(1);
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const letGo = await hold(CLOSING, office.unitId);
    const freezing = freeze(office);
    await waiting(1);
    // The people of the list are held, its closing is waited for.
    value(await openStudyVisit(officer, { courseSlug: slug, lessonSlug: 'one' }));
    await waiting(1);
    await letGo();
    expect(codeOf(await freezing)).toBe('ok');
  });
});
