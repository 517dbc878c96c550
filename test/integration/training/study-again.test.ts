import { describe, expect, it } from 'vitest';
import { lessonView } from '#app/training/study/lesson-view.server.ts';
import { hasCompletedCourse } from '#app/training/study/completion.store.server.ts';
import { sweepUnsettled } from '#app/training/study/sweep-unsettled.server.ts';
import { aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { studySteps } from '#test/support/study.ts';

/** domain.md §4.2 cases 10 (once per year per version) and 15 (course version change), on a real ledger. */
const world = useWorld('2026-11-23T01:00:00.000Z');
const { aReader, open, aPage, answer, sumOf } = studySteps(world);
type Reader = Awaited<ReturnType<typeof aReader>>;

let year = 2026;
/** The next year, some working day: each test looks at two years of its own. */
function nextYear(): void {
  year += 1;
  world.clock.set(`${year}-03-02T01:00:00.000Z`);
}

async function goThrough(reader: Reader, seconds: number, lesson = 'one') {
  const page = aPage(reader, await open(reader.actor, reader.slug, lesson));
  await page.read(seconds);
  return page;
}

async function studyOf(reader: Reader) {
  const view = await lessonView(reader.actor, reader.slug, 'one');
  return view.ok ? view.value.study : null;
}

const completionYears = async (reader: Reader): Promise<number[]> =>
  (await world.ctx.db.courseCompletion.findMany({ where: { personId: reader.personId } }))
    .map((one) => one.year)
    .sort((a, b) => a - b);

describe('case 10: the same online course once per year per version', () => {
  it('a second time in the same year brings nothing; in a new year it counts again, up to the nominal length', async () => {
    nextYear();
    const reader = await aReader();
    await goThrough(reader, 600);
    await answer(reader);
    const again = await goThrough(reader, 60);
    expect(await again.beat(30)).toMatchObject({ result: 'over_nominal' });
    expect(await sumOf(reader, year)).toBe(600);

    nextYear();
    expect(await studyOf(reader)).toMatchObject({
      isRepeat: true,
      verifiedSeconds: 0,
      isCheckPassed: false,
      isComplete: false,
      verdicts: null,
    });
    const page = await goThrough(reader, 390);
    expect(await page.beat(30)).toMatchObject({ verifiedSeconds: 420, isComplete: false });
    world.clock.advanceSeconds(100);
    await sweepUnsettled(world.ctx);
    expect(await sumOf(reader, year)).toBe(0);
    expect(await answer(reader)).toMatchObject({ value: { passed: true, isComplete: true } });
    expect(await sumOf(reader, year)).toBe(420);
    const rest = await goThrough(reader, 180);
    expect(await rest.beat(30)).toMatchObject({ result: 'over_nominal', verifiedSeconds: 600 });
    expect(await sumOf(reader, year)).toBe(600);
    expect(await sumOf(reader, year - 1)).toBe(600);
    expect(await completionYears(reader)).toEqual([year - 1, year]);
  });

  it('a course with stated hours credits them once a year, when every lesson was completed in that year', async () => {
    nextYear();
    const lessons = [aLesson('one'), aLesson('two')];
    const reader = await aReader({ statedHundredths: 200, lessons });
    for (const lesson of ['one', 'two']) {
      await goThrough(reader, 360, lesson);
      await answer(reader, undefined, { lesson });
    }
    expect(await sumOf(reader, year)).toBe(5400);
    nextYear();
    await goThrough(reader, 360);
    await answer(reader);
    expect(await sumOf(reader, year)).toBe(0);
    await goThrough(reader, 360, 'two');
    await answer(reader, undefined, { lesson: 'two' });
    await answer(reader, undefined, { lesson: 'two' });
    expect(await sumOf(reader, year)).toBe(5400);
    expect(await completionYears(reader)).toEqual([year - 1, year]);
  });

  it('studied over New Year it counts once, on both sides of midnight', async () => {
    nextYear();
    world.clock.set(`${year}-12-31T15:55:00.000Z`);
    const reader = await aReader();
    await goThrough(reader, 600);
    await answer(reader);
    expect([await sumOf(reader, year), await sumOf(reader, year + 1)]).toEqual([300, 300]);
    expect(await completionYears(reader)).toEqual([year + 1]);
    nextYear();
  });
});

describe('case 15: a new version of the course', () => {
  it('leaves the old completion and its hours valid; the new text may be studied and counts by itself', async () => {
    nextYear();
    const reader = await aReader();
    await goThrough(reader, 600);
    await answer(reader);
    await serveCourses(
      world.ctx,
      aCourse(reader.slug, {
        code: reader.code,
        contentHash: 'law amended',
        lessons: [aLesson('one', { contentHash: 'law amended' })],
      }),
    );
    expect(await hasCompletedCourse(world.ctx.pool, reader.personId, reader.slug)).toBe(true);
    expect(await sumOf(reader, year)).toBe(600);
    expect(await studyOf(reader)).toMatchObject({ isRepeat: false, isComplete: false, verifiedSeconds: 0 });
    world.clock.advanceSeconds(7200);
    await goThrough(reader, 360);
    await answer(reader);
    expect(await sumOf(reader, year)).toBe(960);
    expect(await completionYears(reader)).toEqual([year, year]);
  });

  it('a lesson that did not change keeps its progress and cannot be earned twice in its year', async () => {
    nextYear();
    const lessons = [aLesson('one'), aLesson('two')];
    const reader = await aReader({ lessons });
    await goThrough(reader, 600);
    await answer(reader);
    await serveCourses(
      world.ctx,
      aCourse(reader.slug, {
        code: reader.code,
        contentHash: 'second lesson amended',
        lessons: [aLesson('one'), aLesson('two', { contentHash: 'amended' })],
      }),
    );
    const page = await goThrough(reader, 30);
    expect(await page.beat(30)).toMatchObject({ result: 'over_nominal', isComplete: true });
    expect(await sumOf(reader, year)).toBe(600);
  });
});
