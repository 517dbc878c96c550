import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf, yearOf } from '#app/platform/time/day.ts';
import { parseCourseFilter } from '#app/training/course/course-filter.ts';
import type { Course } from '#app/training/course/content.ts';
import { courseView } from '#app/training/course/course-view.server.ts';
import { coursesView } from '#app/training/course/courses-view.server.ts';
import { printView } from '#app/training/course/print-view.server.ts';
import { isMeantFor, requiredCoursesFor } from '#app/training/course/requirement.ts';
import { loadTrainees } from '#app/training/course/load-trainees.server.ts';
import { publishLessonSearch } from '#app/training/course/search/lesson-search.server.ts';
import { lessonSearchView } from '#app/training/course/search/lesson-search-view.server.ts';
import { parseLessonSearch } from '#app/training/course/search/lesson-search-query.ts';
import { currentLibrary } from '#app/training/course/library.server.ts';
import { answerChecks } from '#app/training/study/answer-checks.server.ts';
import { hasCompletedCourse } from '#app/training/study/completion.store.server.ts';
import { aCheck, aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { MORNING_START, value } from '#test/support/office.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const NOBODY = { fields: [], levels: [], unitTypes: [], roles: [] };
const filtered = (search = '') => parseCourseFilter(new URLSearchParams(search));
const today = () => dayOf(world.clock.now());
const thisYear = () => yearOf(today());
const spanOf = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31`, basis: '《通知》' });

interface Place {
  readonly level?: string;
  readonly unitType?: string;
  readonly fieldCode?: string;
  readonly isEnforcementPost?: boolean;
}

async function somebody(place: Place = {}, roles: readonly ('officer' | 'applicant')[] = ['officer']) {
  const { ctx } = world;
  const regionId = await aRegion(ctx, { level: place.level ?? 'county' });
  const unitId = await aUnit(ctx, { regionId, unitType: place.unitType ?? 'team' });
  const personId = await aPerson(ctx, {
    unitId,
    fieldCode: place.fieldCode ?? 'ECO',
    isEnforcementPost: place.isEnforcementPost ?? true,
  });
  const actor = await anActor(ctx, {
    personId,
    grants: roles.map((role) => ({ role, scopeKind: 'self' as const })),
  });
  return { personId, actor };
}

/** The course as completed by the person on this day of the test's clock. */
async function complete(personId: string, slug: string, year = thisYear()): Promise<void> {
  const course = currentLibrary().courses.find((one) => one.slug === slug);
  if (!course) throw new Error(`no course ${slug}`);
  await world.ctx.db.courseCompletion.create({
    data: {
      id: newId(),
      personId,
      courseVersionId: course.courseVersionId,
      year,
      occurredAt: world.clock.now(),
    },
  });
}

const answer = (actor: ActorCtx, courseSlug: string) =>
  answerChecks(actor, {
    courseSlug,
    lessonSlug: 'one',
    answers: { c1: ['B'], c2: ['B'] },
    commandId: newId(),
  });

describe('whom a course is meant for', () => {
  it('issue 4: field, level, unit type and role come from the home link and the grants of the day', async () => {
    const eco = await somebody();
    const town = await somebody({ level: 'township', unitType: 'township', fieldCode: 'URBAN' });
    const clerk = await somebody({ isEnforcementPost: false }, ['applicant']);
    const people = await loadTrainees(world.ctx.pool, [eco.personId, town.personId, clerk.personId], today());
    expect(people.get(eco.personId)).toEqual({
      personId: eco.personId,
      fieldCode: 'ECO',
      unitType: 'team',
      regionLevel: 'county',
      isEnforcementPost: true,
      holdsCard: false,
      isLegalReviewer: false,
      roles: ['officer'],
    });
    const meant = (targets: Course['targets']) =>
      [eco, town, clerk].map((one) => {
        const trainee = people.get(one.personId);
        return trainee !== undefined && isMeantFor(targets, trainee);
      });
    expect(meant({ ...NOBODY, fields: ['ECO'] })).toEqual([true, false, true]);
    expect(meant({ ...NOBODY, levels: ['township'] })).toEqual([false, true, false]);
    expect(meant({ ...NOBODY, roles: ['applicant'] })).toEqual([false, false, true]);
  });

  it('AJ6: a course for legal reviewers is offered to who is on their register that day', async () => {
    const reviewer = await somebody({ unitType: 'department' });
    const other = await somebody({ unitType: 'department' });
    const { ctx } = world;
    const home = (await ctx.db.personUnitLink.findFirst({ where: { personId: reviewer.personId } }))?.unitId;
    await ctx.db.legalReviewer.create({
      data: {
        id: newId(),
        personId: reviewer.personId,
        unitId: home ?? '',
        workMode: 'full_time',
        validFrom: dayToDb(`${thisYear()}-01-01`),
        validTo: null,
        sourceKind: 'test',
        recordedAt: ctx.clock.now(),
      },
    });
    const roles = ['legal_reviewer'] as const;
    await serveCourses(ctx, aCourse('reviewing', { code: 'AJ6', targets: { ...NOBODY, roles: [...roles] } }));
    const meantFor = async (actor: ActorCtx) => {
      const { sections } = value(await coursesView(actor, filtered()));
      return sections.recommended.map(({ slug }) => slug);
    };
    expect(await meantFor(reviewer.actor)).toEqual(['reviewing']);
    expect(await meantFor(other.actor)).toEqual([]);
    const before = await loadTrainees(ctx.pool, [reviewer.personId], `${thisYear() - 1}-12-31`);
    expect(before.get(reviewer.personId)?.isLegalReviewer).toBe(false);
  });

  it('somebody without a home on the day is known by the roles alone', async () => {
    const { ctx } = world;
    const { personId } = await somebody();
    const before = (await loadTrainees(ctx.pool, [personId], '2019-06-01')).get(personId);
    expect(before).toMatchObject({
      fieldCode: null,
      unitType: null,
      regionLevel: null,
      isEnforcementPost: false,
    });
  });

  it('ZY13: the page lists as required exactly what the yearly standing asks for', async () => {
    const { actor, personId } = await somebody({ unitType: 'township' });
    const year = thisYear();
    await serveCourses(
      world.ctx,
      aCourse('all', { code: 'T1', targets: NOBODY, required: spanOf(year) }),
      aCourse('township', {
        code: 'T2',
        targets: { ...NOBODY, unitTypes: ['township'] },
        required: spanOf(year),
      }),
      aCourse('city', { code: 'T3', targets: { ...NOBODY, levels: ['city'] }, required: spanOf(year) }),
      aCourse('lapsed', { code: 'T4', targets: NOBODY, required: spanOf(year - 1) }),
      aCourse('mine', { code: 'T5', targets: { ...NOBODY, fields: ['ECO'] } }),
      aCourse('like', { code: 'T6' }),
    );
    const { sections } = value(await coursesView(actor, filtered()));
    const slugs = (cards: readonly { slug: string }[]) => cards.map((card) => card.slug);
    expect(slugs(sections.required)).toEqual(['all', 'township', 'lapsed']);
    expect(slugs(sections.recommended)).toEqual(['mine']);
    expect(slugs(sections.suited)).toEqual(['like']);
    expect(slugs(sections.other)).toEqual(['city']);
    const trainees = await loadTrainees(world.ctx.pool, [personId], today());
    const owed = requiredCoursesFor(currentLibrary().courses, trainees.values(), today()).get(personId) ?? [];
    expect(slugs(owed)).toEqual(slugs(sections.required));
  });
});

describe('the courses page', () => {
  it('a course required this year and done in another is to be done again; an elective stays done', async () => {
    const { actor, personId } = await somebody();
    const year = thisYear();
    await serveCourses(
      world.ctx,
      aCourse('must', { code: 'R1', required: { ...spanOf(year), from: `${year - 1}-01-01` } }),
      aCourse('may', { code: 'R2' }),
    );
    await complete(personId, 'must', year - 1);
    await complete(personId, 'may', year - 1);
    const view = value(await coursesView(actor, filtered()));
    expect(view.sections.required[0]).toMatchObject({ slug: 'must', standing: 'new' });
    expect(view.sections.suited[0]).toMatchObject({ slug: 'may', standing: 'complete' });
    expect(view.resume).toMatchObject({ kind: 'start', courseSlug: 'must', lessonSlug: 'one', number: 1 });
    await complete(personId, 'must');
    expect(value(await coursesView(actor, filtered())).sections.required[0]?.standing).toBe('complete');
  });

  it('is narrowed by what stands in the URL; totals stay those of the whole', async () => {
    const { actor } = await somebody();
    await serveCourses(
      world.ctx,
      aCourse('one', { code: 'F1', category: 'skill' }),
      aCourse('two', { code: 'F2', actKinds: ['licence'] }),
    );
    const view = value(await coursesView(actor, filtered('act=licence')));
    expect(view.sections.suited.map((card) => card.slug)).toEqual(['two']);
    expect(view.totals).toMatchObject({ courses: 2, lessons: 2, nominalMinutes: 20 });
    expect(view.isFiltered).toBe(true);
  });

  it('goes on where the person was, on whatever device', async () => {
    const { actor, personId } = await somebody();
    const course = await serveCourses(
      world.ctx,
      aCourse('go', { code: 'G1', lessons: [aLesson('one'), aLesson('two'), aLesson('three')] }),
    );
    const second = course.lessons[1]?.lessonVersionId ?? '';
    const now = world.clock.now();
    await world.ctx.db.studyVisit.create({
      data: {
        id: newId(),
        personId,
        lessonVersionId: second,
        startedAt: now,
        lastBeatAt: now,
        promptDueAt: now,
        endedAt: now,
        endReason: 'left',
      },
    });
    await world.ctx.db.lessonProgress.create({ data: { personId, lessonVersionId: second, updatedAt: now } });
    expect(value(await coursesView(actor, filtered())).resume).toMatchObject({
      kind: 'resume',
      lessonSlug: 'two',
      number: 2,
    });
    expect(value(await courseView(actor, 'go')).next).toMatchObject({ lessonSlug: 'two', number: 2 });
  });
});

describe('prerequisites', () => {
  const serve = () =>
    serveCourses(
      world.ctx,
      aCourse('later', { code: 'P2', prerequisites: ['first'] }),
      aCourse('first', { code: 'P1', lessons: [aLesson('one'), aLesson('two')] }),
    );

  it('the test of a later course waits for the first one, and says which', async () => {
    const { actor, personId } = await somebody();
    await serve();
    expect(value(await courseView(actor, 'later')).openPrerequisites.map((one) => one.slug)).toEqual([
      'first',
    ]);
    expect(await answer(actor, 'later')).toMatchObject({
      code: 'PREREQUISITE_OPEN',
      detail: { courses: '《课程 first》' },
    });
    await complete(personId, 'first', thisYear() - 2);
    expect(value(await answer(actor, 'later'))).toMatchObject({ passed: true });
  });

  it('somebody else’s completion opens nothing', async () => {
    const [one, other] = [await somebody(), await somebody()];
    await serve();
    await complete(other.personId, 'first');
    expect(await answer(one.actor, 'later')).toMatchObject({ code: 'PREREQUISITE_OPEN' });
  });
});

describe('content versions', () => {
  const law = (version: string) => [{ law: '行政处罚法', article: 42, version }];
  const first = () =>
    aCourse('versioned', {
      code: 'V1',
      contentHash: 'v1',
      lessons: [aLesson('one', { citations: law('2017-09-01') }), aLesson('two', { citations: [] })],
    });
  const second = () =>
    aCourse('versioned', {
      code: 'V1',
      contentHash: 'v2',
      lessons: [
        aLesson('one', {
          contentHash: 'hash-one-amended',
          citations: law('2021-01-22'),
          checks: [aCheck('c1')],
        }),
        aLesson('two', { citations: [] }),
        aLesson('three'),
      ],
    });

  it('§4.2 case 15: an old completion keeps its version and its year when the law is amended', async () => {
    const { actor, personId } = await somebody();
    const old = await serveCourses(world.ctx, first());
    await complete(personId, 'versioned');
    const now = world.clock.now();
    for (const lesson of old.lessons)
      await world.ctx.db.lessonProgress.create({
        data: {
          personId,
          lessonVersionId: lesson.lessonVersionId,
          verifiedSeconds: 600,
          creditedSeconds: 600,
          checkPassedAt: now,
          completedAt: now,
          updatedAt: now,
        },
      });
    const before = value(await courseView(actor, 'versioned'));
    expect(before.version.completions).toMatchObject([
      { year: thisYear(), versionNo: 1, isCurrentVersion: true },
    ]);
    expect(before.version.changes).toEqual([]);

    world.clock.advanceSeconds(60);
    const current = await serveCourses(world.ctx, second());
    const after = value(await courseView(actor, 'versioned'));
    expect(after.version).toMatchObject({
      currentNo: 2,
      completions: [{ year: thisYear(), versionNo: 1, isCurrentVersion: false }],
      changes: [
        { kind: 'law_amended', law: '行政处罚法', from: '2017-09-01', to: '2021-01-22' },
        { kind: 'lesson_changed' },
        { kind: 'lesson_added' },
      ],
    });
    expect(after.standing).toBe('complete');
    expect(after.lines.map((line) => [line.slug, line.standing, line.isRenewed])).toEqual([
      ['one', 'new', true],
      ['two', 'complete', false],
      ['three', 'new', false],
    ]);
    // An unchanged lesson is the same row: its time is not earned twice.
    expect(current.lessons[1]?.lessonVersionId).toBe(old.lessons[1]?.lessonVersionId);
    expect(await hasCompletedCourse(world.ctx.pool, personId, 'versioned')).toBe(true);
  });
});

describe('on paper', () => {
  it('a lesson or the whole course, with its version and without keys', async () => {
    const { actor } = await somebody();
    await serveCourses(
      world.ctx,
      aCourse('paper', { code: 'D1', contentHash: 'abcdef0123', lessons: [aLesson('one'), aLesson('two')] }),
    );
    const whole = value(await printView(actor, 'paper', null));
    expect(whole).toMatchObject({ versionNo: 1, contentMark: 'abcdef01', lessonCount: 2 });
    expect(whole.lessons.map((lesson) => lesson.number)).toEqual([1, 2]);
    const one = value(await printView(actor, 'paper', 'two'));
    expect(one.lessons.map((lesson) => [lesson.slug, lesson.number])).toEqual([['two', 2]]);
    for (const word of ['依据第四十二条', '"answer"', 'explanation'])
      expect(JSON.stringify(whole)).not.toContain(word);
    expect(await printView(actor, 'paper', 'three')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await printView(actor, 'none', null)).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('search across lessons', () => {
  it('answers from what is served, narrowed by the URL, and to those who may read courses only', async () => {
    const { actor } = await somebody();
    await serveCourses(
      world.ctx,
      aCourse('penalty', { code: 'S1', lessons: [aLesson('one', { title: '听证程序' })] }),
      aCourse('licence', {
        code: 'S2',
        actKinds: ['licence'],
        lessons: [aLesson('one', { title: '许可听证' })],
      }),
    );
    publishLessonSearch(currentLibrary().courses, []);
    const ask = (search: string) => lessonSearchView(actor, parseLessonSearch(new URLSearchParams(search)));
    expect(value(ask('q=听证')).total).toBe(2);
    const narrowed = value(ask('q=听证&act=licence'));
    expect(narrowed.hits.map((hit) => hit.to)).toEqual(['/courses/licence/one']);
    expect(value(ask('q=')).hits).toEqual([]);
    const admin = await anActor(world.ctx, { grants: [{ role: 'audit_admin', scopeKind: 'platform' }] });
    expect(lessonSearchView(admin, parseLessonSearch(new URLSearchParams('q=听证')))).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});
