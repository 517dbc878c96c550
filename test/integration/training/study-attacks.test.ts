import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newId } from '#app/platform/ids/id.ts';
import { addDays, dayOf } from '#app/platform/time/day.ts';
import { instantOf, intervalOf, measureSeconds, secondOf, union } from '#app/training/ledger/interval.ts';
import { sumCreditOfSource } from '#app/training/ledger/hour-entry.store.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { listProgress } from '#app/training/study/progress.store.server.ts';
import { loadSettleContext, settleInTx, settleLesson } from '#app/training/study/settle-lesson.server.ts';
import { storeBeats } from '#app/training/study/study.store.server.ts';
import { sweepUnsettled } from '#app/training/study/sweep-unsettled.server.ts';
import { aCourse, aLesson, serveCourses } from '#test/support/course.ts';
import { useWorld } from '#test/support/database.ts';
import { studySteps } from '#test/support/study.ts';
import { aUnit } from '#test/support/world.ts';

const world = useWorld();
const { aReader, open, aPage, answer, ledgerOf, sumOf } = studySteps(world);
type Reader = Awaited<ReturnType<typeof aReader>>;

const LONG = { lessons: [aLesson('one', { nominalMinutes: 60 })] };

async function verifiedOf(reader: Reader) {
  const beats = await world.ctx.db.studyBeat.findMany({
    where: { personId: reader.personId, standing: 'verified' },
    orderBy: { verifiedFrom: 'asc' },
  });
  return beats.map((beat) => intervalOf(beat.verifiedFrom ?? new Date(0), beat.verifiedTo ?? new Date(0)));
}

const progressOf = async (reader: Reader) =>
  (await listProgress(world.ctx.pool, reader.personId)).get(reader.lessonVersionId);

describe('trying to get more than the time that went by', () => {
  it('speed-ups and scripts at any rhythm get the time that went by, no more', async () => {
    const reader = await aReader(LONG);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    for (const [gap, times] of [
      [1, 60],
      [5, 12],
      [29, 2],
    ] as const)
      for (let sent = 0; sent < times; sent += 1) await page.beat(gap);
    const verified = await verifiedOf(reader);
    expect(measureSeconds(verified)).toBe(60 + 60 + 58);
    expect(measureSeconds(union(verified))).toBe(measureSeconds(verified));
  });

  it('numbers replayed, left out or all sent at once add nothing', async () => {
    const reader = await aReader(LONG);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(90);
    world.clock.advanceSeconds(30);
    const replies = await Promise.all(Array.from({ length: 20 }, (_, index) => page.send(index + 1)));
    expect(replies.filter((reply) => reply.result === 'verified')).toHaveLength(1);
    expect(replies.filter((reply) => reply.result === 'repeated')).toHaveLength(3);
    expect((await progressOf(reader))?.verifiedSeconds).toBe(120);
  });

  it('a lost network costs the stretch and nothing else; late beats do not bring it back', async () => {
    const reader = await aReader(LONG);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(60);
    expect(await page.beat(600)).toMatchObject({ result: 'too_late', verifiedSeconds: 60 });
    const late = await Promise.all([3, 4, 5, 6].map((seq) => page.send(seq)));
    expect(late.map((reply) => reply.result)).toEqual([
      'repeated',
      'too_early',
      'out_of_order',
      'out_of_order',
    ]);
    expect(await page.beat(30)).toMatchObject({ result: 'verified', verifiedSeconds: 90 });
  });

  it('a server that is started anew between beats goes on where it was, also with an open question', async () => {
    const reader = await aReader(LONG);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(870);
    page.restart();
    expect(await page.beat(30)).toMatchObject({ verifiedSeconds: 900, answerWithinSeconds: 60 });
    page.restart();
    expect(await page.beat(40, { present: true })).toMatchObject({
      result: 'verified',
      verifiedSeconds: 940,
    });
  });

  it('pages on three devices that fight for the clock never get more than the time that went by', async () => {
    const reader = await aReader(LONG);
    const begun = secondOf(world.clock.now());
    const devices = ['a', 'b', 'c'];
    let pages = await Promise.all(
      devices.map(async (device) => aPage(reader, await open(reader.actor, reader.slug, 'one', device))),
    );
    for (let round = 0; round < 20; round += 1) {
      world.clock.advanceSeconds(12);
      await Promise.all(pages.map((page) => page.send(page.lastSeq() + 1)));
      const next = aPage(reader, await open(reader.actor, reader.slug, 'one', devices[round % 3]));
      pages = [...pages.slice(1), next];
    }
    const verified = await verifiedOf(reader);
    expect(measureSeconds(union(verified))).toBe(measureSeconds(verified));
    expect(measureSeconds(verified)).toBeLessThanOrEqual(secondOf(world.clock.now()) - begun);
    expect(await world.ctx.db.studyVisit.count({ where: { personId: reader.personId, endedAt: null } })).toBe(
      1,
    );
  });

  it('a page left for more than an hour is over; coming back opens a new one', async () => {
    const reader = await aReader(LONG);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(60);
    expect(await page.beat(3601)).toMatchObject({ result: 'ended', verifiedSeconds: 60 });
    const again = aPage(reader, await open(reader.actor, reader.slug));
    expect(await again.beat(30)).toMatchObject({ result: 'verified', verifiedSeconds: 90 });
  });
});

describe('no order or repetition of requests changes the credit', () => {
  const noise = fc.array(
    fc.record({ seqOffset: fc.integer({ min: -5, max: 4 }), times: fc.integer({ min: 1, max: 3 }) }),
    { maxLength: 4 },
  );

  it('beats repeated, shuffled and invented around an honest reader leave credit and balance as they are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(noise, { minLength: 20, maxLength: 20 }), async (around) => {
        const reader = await aReader();
        const page = aPage(reader, await open(reader.actor, reader.slug));
        for (const [index, extra] of around.entries()) {
          await page.beat(30);
          // Sent in the same second as the honest beat: whatever their number, no time has gone by.
          const requests = extra.flatMap((one) =>
            Array.from({ length: one.times }, () => page.send(Math.max(page.lastSeq() + one.seqOffset, 1))),
          );
          await Promise.all(requests);
          if (index === 12) await Promise.all([answer(reader), answer(reader)]);
        }
        await Promise.all([settleLesson(world.ctx, reader), settleLesson(world.ctx, reader)]);
        const day = dayOf(world.clock.now());
        const years = [Number(day.slice(0, 4)), Number(addDays(day, -1).slice(0, 4))];
        const measured = measureSeconds(union(await verifiedOf(reader)));
        expect(measured).toBe(600);
        expect(await sumOf(reader, ...new Set(years))).toBe(measured);
        const { personId, lessonVersionId } = reader;
        expect(await sumCreditOfSource(world.ctx.pool, personId, 'lesson_version', lessonVersionId)).toBe(
          measured,
        );
      }),
      { numRuns: 6 },
    );
  });
});

describe('a server killed in the middle', () => {
  it('between the beat and its settlement: the next sweep completes the lesson, on the day of the study', async () => {
    const reader = await aReader();
    const visitId = await open(reader.actor, reader.slug);
    const page = aPage(reader, visitId);
    await page.read(330);
    await answer(reader);
    const day = dayOf(world.clock.now());
    const last = secondOf(world.clock.now());
    world.clock.advanceSeconds(30);
    const visit = {
      isLive: true,
      lastBeat: last + 30,
      lastSeq: 12,
      promptDue: last + 500,
      promptOpened: null,
    };
    await storeBeats(world.ctx.pool, [
      {
        visitId,
        standing: 'verified',
        stretch: { from: last, to: last + 30 },
        visit: { ...visit, promptTries: 0 },
        receivedAt: world.clock.now(),
        positionPermille: 0,
        evidence: {},
      },
    ]);
    expect((await progressOf(reader))?.completedAt).toBeNull();
    world.clock.advanceSeconds(3 * 86_400);
    expect(await sweepUnsettled(world.ctx)).toBe(1);
    expect((await progressOf(reader))?.completedAt).toEqual(instantOf(last + 30));
    expect(await ledgerOf(reader, Number(day.slice(0, 4)))).toEqual([['lesson', day, 360]]);
  });

  it('in the middle of settling: nothing half-done stays, and doing it again is right', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(330);
    await answer(reader);
    world.clock.advanceSeconds(30);
    const context = await loadSettleContext(world.ctx, reader);
    const cut = await inTransaction<never, 'CUT'>(world.ctx, 'cut-off', async (tx, refuse) => {
      await settleInTx(tx, reader, context);
      return refuse('CUT');
    });
    expect(cut).toMatchObject({ ok: false });
    expect(await page.beat(0)).toMatchObject({ isComplete: true, verifiedSeconds: 360 });
    const before = await sumOf(reader, 2026, 2027);
    await Promise.all(Array.from({ length: 4 }, () => settleLesson(world.ctx, reader)));
    expect([before, await sumOf(reader, 2026, 2027)]).toEqual([360, 360]);
  });
});

describe('the world changes while somebody studies', () => {
  it('study before and after a change of unit at midnight belongs to each day’s unit', async () => {
    const reader = await aReader();
    const today = dayOf(world.clock.now());
    const tomorrow = addDays(today, 1);
    const nextUnit = await aUnit(world.ctx, { regionId: reader.regionId });
    const [link] = await world.ctx.db.personUnitLink.findMany({ where: { personId: reader.personId } });
    if (!link) throw new Error('a person has a home');
    const { id: _, validTo: __, ...same } = link;
    const asDay = (day: string): Date => new Date(`${day}T00:00:00Z`);
    await world.ctx.db.personUnitLink.update({
      where: { id: link.id },
      data: { supersededAt: world.clock.now() },
    });
    await world.ctx.db.personUnitLink.createMany({
      data: [
        { ...same, id: newId(), validTo: asDay(tomorrow) },
        { ...same, id: newId(), unitId: nextUnit, validFrom: asDay(tomorrow), validTo: null },
      ],
    });
    world.clock.set(`${today}T15:57:00.000Z`);
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(420);
    await answer(reader);
    const entries = await world.ctx.db.hourEntry.findMany({
      where: { personId: reader.personId },
      orderBy: { occurredDay: 'asc' },
    });
    expect(entries.map((entry) => [entry.unitId, entry.creditSeconds])).toEqual([
      [reader.unitId, 180],
      [nextUnit, 240],
    ]);
  });

  it('a new version of the text: time on the open page stays with the old one, its answers are not graded by the new', async () => {
    const reader = await aReader();
    const page = aPage(reader, await open(reader.actor, reader.slug));
    await page.read(300);
    const changed = aCourse(reader.slug, {
      code: reader.code,
      contentHash: 'amended',
      lessons: [aLesson('one', { contentHash: 'amended' })],
    });
    const served = await serveCourses(world.ctx, changed);
    const newVersion = served.lessons[0]?.lessonVersionId;
    expect(newVersion).not.toBe(reader.lessonVersionId);
    expect(await page.beat(30)).toMatchObject({ result: 'verified', verifiedSeconds: 330 });
    expect(await answer(reader, undefined, { lessonVersionId: reader.lessonVersionId })).toMatchObject({
      code: 'LESSON_CHANGED',
    });
    expect(await world.ctx.db.checkAttempt.count({ where: { personId: reader.personId } })).toBe(0);
    const next = aPage(reader, await open(reader.actor, reader.slug));
    expect(await next.beat(30)).toMatchObject({ result: 'verified', verifiedSeconds: 30 });
    expect((await progressOf(reader))?.verifiedSeconds).toBe(330);
  });
});
