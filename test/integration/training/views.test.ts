import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { parseCourseFilter } from '#app/training/course/course-filter.ts';
import { courseView } from '#app/training/course/course-view.server.ts';
import { coursesView } from '#app/training/course/courses-view.server.ts';
import { currentLibrary, publishLibrary } from '#app/training/course/library.server.ts';
import { hoursView } from '#app/training/ledger/hours-view.server.ts';
import { mySessionsView, sessionsView } from '#app/training/session/sessions-view.server.ts';
import { sessionView } from '#app/training/session/session-view.server.ts';
import { answerChecks } from '#app/training/study/answer-checks.server.ts';
import { lessonView } from '#app/training/study/lesson-view.server.ts';
import { openStudyVisit } from '#app/training/study/open-visit.server.ts';
import { createBeatRecorder } from '#app/training/study/record-beats.server.ts';
import { aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, MORNING_START, value } from '#test/support/office.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const ALL = parseCourseFilter(new URLSearchParams());
const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, allPresent, close } = classSteps(world);

async function anOfficer(fieldCode = 'URBAN') {
  const office = await anOffice(0);
  const personId = await aPerson(world.ctx, { unitId: office.unitId, fieldCode });
  office.personIds.push(personId);
  const actor = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  return { office, personId, actor };
}

const required = (to: string) => ({ from: '2026-01-01', to, basis: '《通知》' });

describe('the courses page', () => {
  it('ZY13: shows what is required this year and why, what suits, and the rest', async () => {
    const { actor } = await anOfficer();
    await serveCourses(
      world.ctx,
      aCourse('must', { code: 'M1', required: required('2026-12-31') }),
      aCourse('was', { code: 'M2', required: { ...required('2025-12-31'), from: '2024-01-01' } }),
      aCourse('suits', { code: 'M3' }),
      aCourse('other', {
        code: 'M4',
        targets: { fields: [], levels: [], unitTypes: [], roles: ['applicant'] },
      }),
    );
    const view = value(await coursesView(actor, ALL));
    const { sections } = view;
    expect(sections.required.map((course) => [course.slug, course.requirement?.isLapsed])).toEqual([
      ['must', false],
      ['was', true],
    ]);
    expect(sections.required[0]?.requirement?.basis).toBe('《通知》');
    expect(sections.suited.map((course) => course.slug)).toEqual(['suits']);
    expect(sections.other.map((course) => course.slug)).toEqual(['other']);
  });

  it('names broken lessons to the justice bureau only', async () => {
    const { actor, office } = await anOfficer();
    await serveCourses(world.ctx, aCourse('whole', { code: 'M5' }));
    publishLibrary({ ...currentLibrary(), faults: [{ file: 'courses/a/01-x.mdx', text: '第 3 行' }] });
    const bureau = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
    });
    expect(value(await coursesView(actor, ALL)).faults).toEqual([]);
    expect(value(await coursesView(bureau, ALL)).faults).toHaveLength(1);
    expect(await courseView(actor, 'none')).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('the lesson page', () => {
  it('sends no key before the questions are passed', async () => {
    const { actor } = await anOfficer();
    await serveCourses(world.ctx, aCourse('keys', { code: 'M6', lessons: [aLesson('one')] }));
    const look = async () => value(await lessonView(actor, 'keys', 'one'));
    const answer = (c1: string) =>
      answerChecks(actor, {
        courseSlug: 'keys',
        lessonSlug: 'one',
        answers: { c1: [c1], c2: ['B'] },
        commandId: newId(),
      });
    const before = JSON.stringify(await look());
    for (const word of ['依据第四十二条', '"answer"', 'explanation']) expect(before).not.toContain(word);
    value(await answer('A'));
    const failed = await look();
    expect(failed.study?.verdicts?.map((verdict) => [verdict.isRight, verdict.solution])).toEqual([
      [false, null],
      [true, null],
    ]);
    expect(failed.study?.verdicts?.[0]?.citation).toBe('《行政处罚法》第四十二条');
    value(await answer('B'));
    expect((await look()).study?.verdicts?.[0]?.solution).toEqual({
      answer: ['B'],
      explanation: '依据第四十二条。',
    });
  });

  it('tells where the person last was in it, on whichever device; a page that was not scrolled is no place', async () => {
    const { actor, personId } = await anOfficer();
    await serveCourses(
      world.ctx,
      aCourse('place', { code: 'M8', lessons: [aLesson('one'), aLesson('two')] }),
    );
    const place = async (lesson = 'one') => value(await lessonView(actor, 'place', lesson)).study?.lastPlace;
    const page = async (device: string) => {
      const at = { courseSlug: 'place', lessonSlug: 'one', device };
      const { visitId } = value(await openStudyVisit(actor, at));
      const recorder = createBeatRecorder(world.ctx);
      return async (seq: number, positionPermille: number) => {
        world.clock.advanceSeconds(30);
        const says = { isVisible: true, isActive: true, isPresent: false, choice: null };
        const signs = { touches: 1, moves: 2, scrolls: seq };
        value(await recorder.record({ personId, visitId, beat: { seq, ...says, signs, positionPermille } }));
      };
    };
    expect(await place()).toBeNull();
    const desk = await page('desk');
    await desk(1, 250);
    await desk(2, 420);
    const left = world.clock.now().getTime();
    expect(await place()).toEqual({ permille: 420, at: left });
    const phone = await page('phone');
    await phone(1, 0);
    expect(await place()).toEqual({ permille: 420, at: left });
    await phone(2, 700);
    expect((await place())?.permille).toBe(700);
    expect(await place('two')).toBeNull();
  });

  it('is read without a clock by officials', async () => {
    const { office } = await anOfficer();
    await serveCourses(world.ctx, aCourse('read', { code: 'M7' }));
    expect(value(await lessonView(office.liaison, 'read', 'one')).study).toBeNull();
  });
});

describe('the own hours', () => {
  it('ZY1 ZY2 HY2: show both targets in a key field, the balance and every entry with its source', async () => {
    const { actor, office } = await anOfficer('WATER');
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    await allPresent(office, sessionId);
    value(await close(office.liaison, sessionId));
    const view = value(await hoursView(actor, null));
    expect(view.year).toBe(2026);
    expect(
      view.targets.map(({ kind, targetSeconds, doneSeconds }) => [kind, targetSeconds, doneSeconds]),
    ).toEqual([
      ['yearly', 60 * 2700, 18_000],
      ['key_field', 30 * 2700, 0],
    ]);
    expect(view.totalSeconds).toBe(18_000);
    expect(view.entries).toMatchObject([{ href: `/sessions#session-${sessionId}`, isReversed: false }]);
    expect(value(await hoursView(actor, 1999)).year).toBe(2026);
  });

  it('are empty but whole for somebody who has none', async () => {
    const { actor } = await anOfficer();
    const view = value(await hoursView(actor, null));
    expect(view).toMatchObject({ totalSeconds: 0, entries: [], years: [2026] });
    expect(view.targets).toHaveLength(1);
  });

  it('are closed to those who do not learn', async () => {
    const { office } = await anOfficer();
    expect(await hoursView(office.liaison, null)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await mySessionsView(office.liaison)).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('the pages of classes', () => {
  const query = { page: 1, size: 20, sort: { field: 'starts', direction: 'desc' }, text: '' } as const;

  it('show a unit its own classes and nobody else', async () => {
    const { actor, office } = await anOfficer();
    const other = await anOffice(0);
    const sessionId = await aClass(office);
    expect(value(await sessionsView(office.liaison, query)).rows.map((row) => row.id)).toEqual([sessionId]);
    expect(value(await sessionsView(other.liaison, query)).total).toBe(0);
    expect(value(await sessionsView(office.liaison, { ...query, text: '100%' })).total).toBe(0);
    expect(await sessionView(other.liaison, sessionId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await sessionView(actor, sessionId)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('show the officer what comes and what it has credited', async () => {
    const { actor, office } = await anOfficer();
    const sessionId = await aClass(office);
    value(await enrol(office, sessionId));
    expect(value(await mySessionsView(actor)).coming.map((one) => one.id)).toEqual([sessionId]);
    await allPresent(office, sessionId);
    const preview = value(await sessionView(office.liaison, sessionId));
    expect(preview).toMatchObject({ closeRefusal: null, isOver: true });
    expect(preview.people[0]?.credit?.creditSeconds).toBe(18_000);
    value(await close(office.liaison, sessionId));
    const mine = value(await mySessionsView(actor));
    expect(mine.past).toMatchObject([{ part: 'attended', creditSeconds: 18_000, status: 'closed' }]);
    expect(value(await sessionView(office.liaison, sessionId)).people[0]?.credit?.creditSeconds).toBe(18_000);
  });
});
