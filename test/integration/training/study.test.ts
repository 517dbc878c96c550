import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { answerChecks } from '#app/training/study/answer-checks.server.ts';
import { hasCompletedCourse } from '#app/training/study/completion.store.server.ts';
import { listProgress } from '#app/training/study/progress.store.server.ts';
import { createBeatRecorder } from '#app/training/study/record-beats.server.ts';
import { sweepUnsettled } from '#app/training/study/sweep-unsettled.server.ts';
import { uncountedOfLesson } from '#app/training/study/uncounted-view.server.ts';
import { aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { RIGHT, studySteps } from '#test/support/study.ts';

const world = useWorld();
const steps = studySteps(world);
const { aReader, open, aPage } = steps;
type Reader = Awaited<ReturnType<typeof aReader>>;

const answer = (reader: Reader, answers: Record<string, string[]>, commandId = newId()) =>
  steps.answer(reader, answers, { commandId });
const ledgerOf = (reader: Reader, year = 2026) => steps.ledgerOf(reader, year);

describe('a lesson studied on one page', () => {
  it('credits verified time up to now when dwell and questions are both there, the rest later', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(330);
    expect(await answer(reader, RIGHT)).toMatchObject({
      ok: true,
      value: { passed: true, isComplete: false },
    });
    expect(await ledgerOf(reader)).toEqual([]);
    expect(await page.beat(30)).toMatchObject({ verifiedSeconds: 360, isComplete: true });
    expect(await ledgerOf(reader)).toEqual([['lesson', '2026-11-23', 360]]);
    await page.read(120);
    world.clock.advanceSeconds(100);
    expect(await sweepUnsettled(world.ctx)).toBe(1);
    expect(await sweepUnsettled(world.ctx)).toBe(0);
    expect(await ledgerOf(reader)).toEqual([
      ['lesson', '2026-11-23', 120],
      ['lesson', '2026-11-23', 360],
    ]);
  });

  it('stops at the nominal length, which is settled at once', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(390);
    await answer(reader, RIGHT);
    await page.read(600);
    expect(await page.beat(30)).toMatchObject({ result: 'over_nominal', verifiedSeconds: 600 });
    const sum = (await ledgerOf(reader)).reduce((total, [, , seconds]) => total + Number(seconds), 0);
    expect(sum).toBe(600);
  });

  it('questions not passed credit nothing, however long the study', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(600);
    expect(await answer(reader, { c1: ['A'], c2: ['B'] })).toMatchObject({
      value: { passed: false, correctCount: 1, isComplete: false },
    });
    expect(await ledgerOf(reader)).toEqual([]);
    expect(await answer(reader, RIGHT)).toMatchObject({ value: { passed: true, isComplete: true } });
    expect(await ledgerOf(reader)).toEqual([['lesson', '2026-11-23', 600]]);
  });

  it('refuses half-answered questions and keeps nothing of them', async () => {
    const reader = await aReader();
    expect(await answer(reader, { c1: ['B'] })).toMatchObject({
      ok: false,
      code: 'CHECKS_INCOMPLETE',
      detail: { count: 1 },
    });
    expect(await world.ctx.db.checkAttempt.count({ where: { personId: reader.personId } })).toBe(0);
  });

  it('the same answers sent twice are graded once', async () => {
    const reader = await aReader();
    const commandId = newId();
    const [first, second] = await Promise.all([
      answer(reader, RIGHT, commandId),
      answer(reader, RIGHT, commandId),
    ]);
    expect(first).toEqual(second);
    expect(await world.ctx.db.checkAttempt.count({ where: { personId: reader.personId } })).toBe(1);
    expect(await answer(reader, { c1: ['A'], c2: ['A'] }, commandId)).toMatchObject({
      code: 'COMMAND_REUSED',
    });
  });

  it('split at midnight: each day gets its own entry, New Year two years', async () => {
    const reader = await aReader();
    world.clock.set('2026-12-31T15:56:00.000Z');
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(420);
    await answer(reader, RIGHT);
    expect(await ledgerOf(reader, 2026)).toEqual([['lesson', '2026-12-31', 240]]);
    expect(await ledgerOf(reader, 2027)).toEqual([['lesson', '2027-01-01', 180]]);
    world.clock.set('2027-01-05T01:00:00.000Z');
  });
});

describe('beats that must not count', () => {
  it('the same beat sent ten times at once is stored once', async () => {
    const reader = await aReader();
    const visitId = await open(reader.actor, reader.slug);
    world.clock.advanceSeconds(30);
    const beat = { seq: 1, isVisible: true, isActive: true, isPresent: false };
    const [one, other] = [createBeatRecorder(world.ctx), createBeatRecorder(world.ctx)];
    const sent = Array.from({ length: 10 }, (_, index) =>
      (index % 2 === 0 ? one : other).record({ personId: reader.personId, visitId, beat }),
    );
    const replies = await Promise.all(sent);
    const verified = replies.filter((reply) => reply.ok && reply.value.result === 'verified');
    expect(verified).toHaveLength(1);
    expect((await listProgress(world.ctx.pool, reader.personId)).get(reader.lessonVersionId)).toMatchObject({
      verifiedSeconds: 30,
    });
  });

  it('two tabs: only the newest counts, and stretches of the person never overlap', async () => {
    const reader = await aReader();
    const first = aPage(reader, await open(reader.actor, reader.slug));
    await first.beat(30);
    world.clock.advanceSeconds(10);
    const second = aPage(reader, await open(reader.actor, reader.slug));
    expect(await first.beat(20)).toMatchObject({ result: 'replaced' });
    expect(await second.beat(10)).toMatchObject({ result: 'verified', verifiedSeconds: 60 });
    const beats = await world.ctx.db.studyBeat.findMany({
      where: { personId: reader.personId, standing: 'verified' },
      orderBy: { verifiedFrom: 'asc' },
    });
    const [one, two] = beats;
    expect(two?.verifiedFrom?.getTime()).toBeGreaterThanOrEqual(one?.verifiedTo?.getTime() ?? Infinity);
  });

  it('pages opened at the same moment leave one live page', async () => {
    const reader = await aReader();
    await Promise.all(Array.from({ length: 6 }, () => open(reader.actor, reader.slug)));
    expect(await world.ctx.db.studyVisit.count({ where: { personId: reader.personId, endedAt: null } })).toBe(
      1,
    );
  });

  it("another person's page is not found", async () => {
    const reader = await aReader();
    const visitId = await open(reader.actor, reader.slug);
    const stranger = await aReader();
    const recorder = createBeatRecorder(world.ctx);
    const beat = { seq: 1, isVisible: true, isActive: true, isPresent: false };
    expect(await recorder.record({ personId: stranger.personId, visitId, beat })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await recorder.record({ personId: reader.personId, visitId: newId(), beat })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  it('says why time did not count', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.beat(30);
    await page.beat(200, { visible: false });
    await page.beat(30, { active: false });
    await page.beat(600);
    const { totals, stretches } = await uncountedOfLesson(world.ctx, reader.personId, reader.lessonVersionId);
    expect(totals).toEqual([
      { reason: 'too_late', times: 1, seconds: 600 },
      { reason: 'hidden', times: 1, seconds: 200 },
      { reason: 'idle', times: 1, seconds: 30 },
    ]);
    expect(stretches.map((one) => [one.reason, one.to - one.from])).toEqual([
      ['too_late', 600],
      ['idle', 30],
      ['hidden', 200],
    ]);
  });

  it('after 8 学时 in a day the rest of the day does not count', async () => {
    const reader = await aReader({ lessons: [aLesson('one', { nominalMinutes: 600 })] });
    const visitId = await open(reader.actor, reader.slug);
    const morning = world.clock.now();
    await world.ctx.db.studyBeat.createMany({
      data: Array.from({ length: 719 }, (_, index) => ({
        id: newId(),
        visitId,
        seq: 100 + index,
        personId: reader.personId,
        lessonVersionId: reader.lessonVersionId,
        receivedAt: morning,
        verifiedFrom: new Date(morning.getTime() - (index + 1) * 30_000),
        verifiedTo: new Date(morning.getTime() - index * 30_000),
        standing: 'verified',
        evidence: {},
      })),
    });
    world.clock.set('2027-01-05T08:00:00.000Z');
    const page = aPage(reader, await open(reader.actor, reader.slug));
    expect(await page.beat(30)).toMatchObject({ result: 'verified', verifiedSeconds: 30 });
    expect(await page.beat(30)).toMatchObject({ result: 'over_daily_cap' });
    world.clock.set('2027-01-06T01:00:00.000Z');
  });

  it('the presence question stops the clock and is answered in time or not', async () => {
    const reader = await aReader({ lessons: [aLesson('one', { nominalMinutes: 60 })] });
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(870);
    expect(await page.beat(30)).toMatchObject({
      verifiedSeconds: 900,
      answerWithinSeconds: 60,
      question: null,
    });
    expect(await page.beat(30)).toMatchObject({ result: 'prompt_open', verifiedSeconds: 900 });
    expect(await page.beat(20, { present: true })).toMatchObject({
      result: 'verified',
      verifiedSeconds: 950,
      answerWithinSeconds: null,
    });
    await page.read(900);
    expect(await page.beat(200, { present: true })).toMatchObject({
      result: 'unanswered',
      verifiedSeconds: 1850,
    });
  });
});

describe('completing a course', () => {
  it('is known to the exam, told upwards once, and keeps unchanged lessons when the course changes', async () => {
    const lessons = [aLesson('one'), aLesson('two')];
    const reader = await aReader({ lessons });
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(360);
    await answer(reader, RIGHT);
    expect(await hasCompletedCourse(world.ctx.pool, reader.personId, reader.slug)).toBe(false);

    const changed = await serveCourses(
      world.ctx,
      aCourse(reader.slug, {
        code: reader.code,
        contentHash: 'changed',
        lessons: [aLesson('one'), aLesson('two', { contentHash: 'new text' })],
      }),
    );
    expect(changed.lessons[0]?.lessonVersionId).toBe(reader.lessonVersionId);
    const next = aPage(reader, await open(reader.actor, reader.slug, 'two'));
    await next.read(360);
    const done = await answerChecks(reader.actor, {
      courseSlug: reader.slug,
      lessonSlug: 'two',
      answers: RIGHT,
      commandId: newId(),
    });
    expect(done).toMatchObject({ value: { isComplete: true } });
    expect(await hasCompletedCourse(world.ctx.pool, reader.personId, reader.slug)).toBe(true);
    const facts = await world.ctx.db.outboxEvent.findMany({
      where: { topic: 'training.course_completed', key: { startsWith: reader.personId } },
    });
    expect(facts.map((fact) => fact.payload)).toMatchObject([{ courseSlug: reader.slug, year: 2027 }]);
  });

  it('a course with stated hours credits them once, its study time not at all', async () => {
    const reader = await aReader({ statedHundredths: 250 });
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(360);
    await answer(reader, RIGHT);
    await answer(reader, RIGHT);
    await page.read(240);
    world.clock.advanceSeconds(100);
    await sweepUnsettled(world.ctx);
    expect(await ledgerOf(reader, 2027)).toEqual([['course', '2027-01-06', 6750]]);
  });

  it('is not possible while one of its lessons is broken', async () => {
    const reader = await aReader({ broken: [{ slug: 'two', fileName: '02-two.mdx' }] });
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(360);
    expect(await answer(reader, RIGHT)).toMatchObject({ value: { isComplete: true } });
    expect(await hasCompletedCourse(world.ctx.pool, reader.personId, reader.slug)).toBe(false);
  });
});

describe('the ledger', () => {
  it('tells the slices above about every entry, by its id', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(360);
    await answer(reader, RIGHT);
    const [entry] = await listEntriesOfYear(world.ctx.pool, reader.personId, 2027);
    const fact = await world.ctx.db.outboxEvent.findFirst({
      where: { topic: 'training.hours_recorded', key: entry?.id ?? '' },
    });
    expect(fact?.payload).toEqual({ personId: reader.personId, year: 2027, entryId: entry?.id });
    expect(entry).toMatchObject({ unitId: reader.unitId, category: 'public_law', recordedBy: null });
  });

  it.each(['hour_entry', 'study_beat', 'check_attempt', 'course_completion'])(
    'rows of %s cannot be changed or deleted',
    async (table) => {
      const { pool } = world.ctx;
      await expect(pool.query(`update ${table} set id = id`)).rejects.toMatchObject({ code: 'ZA001' });
      await expect(pool.query(`delete from ${table}`)).rejects.toMatchObject({ code: 'ZA001' });
      await expect(pool.query(`truncate ${table} cascade`)).rejects.toMatchObject({ code: 'ZA001' });
    },
  );
});
