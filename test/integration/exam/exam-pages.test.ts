import { beforeAll, describe, expect, it } from 'vitest';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { viewOwnExams } from '#app/exam/sitting/exams-view.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { registerCandidates } from '#app/exam/sitting/register-candidates.server.ts';
import { saveForm } from '#app/exam/sitting/save-form.server.ts';
import { viewSittings } from '#app/exam/sitting/sittings-view.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { viewResult } from '#app/exam/result/result-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate, Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send, strangeKey } from '#test/support/exam.ts';
import { aPerson, aRegion, anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

async function one(options: Parameters<typeof aHall>[1] = {}): Promise<Candidate> {
  const { candidates } = await aHall(world.ctx, options);
  const [candidate] = candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return candidate;
}

async function answerAll(sitting: Sitting, rightOnes: number): Promise<void> {
  const key = await keyOf(world.ctx, sitting.attemptId);
  await send(
    sitting,
    [...key].slice(0, rightOnes).map(([position, choice]) => answer(position, position, choice)),
  );
}

describe('one’s own exams', () => {
  it('show the own end time before the start, and what is missing', async () => {
    const open = await one();
    const exams = await viewOwnExams(open.ctx);
    if (!exams.ok) throw new Error(exams.code);
    const [exam] = exams.value;
    expect(exam?.door).toEqual({ kind: 'may_start', endsAt: new Date('2026-11-23T02:30:00.000Z') });
    expect(exam).toMatchObject({ itemCount: 80, passMarkHundredths: 6_000, durationMinutes: 90 });
    const missing = await one({ sitting: { preconditionCourse: 'quick-start' } });
    const others = await viewOwnExams(missing.ctx);
    expect(others.ok && others.value[0]?.door).toEqual({ kind: 'refused', code: 'COURSE_NOT_COMPLETED' });
  });

  it('lead back into a running attempt, and then show its result', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    const running = await viewOwnExams(candidate.ctx);
    expect(running.ok && running.value[0]?.door).toMatchObject({
      kind: 'running',
      attemptId: sitting.attemptId,
    });
    await answerAll(sitting, 80);
    await handIn(candidate.ctx, sitting);
    const after = await viewOwnExams(candidate.ctx);
    expect(after.ok && after.value[0]?.finished).toMatchObject([{ passed: true, scoreHundredths: 10_000 }]);
  });

  it('are nobody else’s business', async () => {
    const bureau = await anActor(world.ctx, { grants: [] });
    expect(await viewOwnExams(bureau)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});

describe('the exam page', () => {
  it('carries the paper without its key, and the answers where they stand', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    await send(sitting, [answer(1, 1, 'A'), answer(2, 1, 'B'), answer(3, 2, 'C'), answer(4, 2, '')]);
    const view = await viewAttempt(candidate.ctx, sitting);
    if (!view.ok || view.value.kind !== 'room') throw new Error('the room is open');
    const { start, items, issuedSeq } = view.value;
    expect(items).toHaveLength(80);
    expect(JSON.stringify(view.value)).not.toMatch(/"key"|"source"|questionVersionId/);
    expect(start).toMatchObject({ epoch: 1, lastSeq: 4, savedAtMs: Date.parse(START) });
    expect(start.answers.map(({ position, choice, seq }) => [position, choice, seq])).toEqual([
      [1, 'B', 2],
      [2, '', 4],
    ]);
    expect(issuedSeq).toBe(5);
  });

  it('offers to move the attempt to a device that does not hold its key', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    const elsewhere = await viewAttempt(candidate.ctx, { ...sitting, deviceKey: '' });
    expect(elsewhere.ok && elsewhere.value.kind).toBe('elsewhere');
    const moved = await takeOver(candidate.ctx, { attemptId: sitting.attemptId, commandId: newId() });
    if (!moved.ok) throw new Error(moved.code);
    const here = await viewAttempt(candidate.ctx, { ...sitting, deviceKey: moved.value.deviceKey });
    expect(here.ok && here.value.kind).toBe('room');
    const there = await viewAttempt(candidate.ctx, sitting);
    expect(there.ok && there.value.kind).toBe('elsewhere');
  });

  it('changes nothing when it is looked at after the time is over', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    world.clock.set('2026-11-23T02:31:00.000Z');
    const closing = await viewAttempt(candidate.ctx, sitting);
    expect(closing.ok && closing.value.kind).toBe('closing');
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: sitting.attemptId } });
    expect(attempt.state).toBe('in_progress');
    world.clock.set(START);
  });

  it('is not found for another account', async () => {
    const sitting = await aRunningAttempt(await one());
    const other = await one();
    expect(await viewAttempt(other.ctx, sitting)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewResult(other.ctx, sitting.attemptId)).toEqual({ ok: false, code: 'NOT_FOUND' });
  });
});

describe('the plain form without JavaScript', () => {
  const form = (fields: Record<string, string | string[]>): FormData => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields))
      for (const one of [value].flat()) data.append(name, one);
    return data;
  };
  const stored = async (attemptId: string) =>
    (
      await world.ctx.db.answerEvent.findMany({
        where: { attemptId },
        include: { payload: true },
        orderBy: { seq: 'asc' },
      })
    ).map((row) => [row.seq, row.position, row.payload?.choice, row.standing]);

  it('saves through the same journal, twice as once', async () => {
    const sitting = await aRunningAttempt(await one());
    const { ctx } = sitting.candidate;
    const posted = { ...sitting, issued: { epoch: 1, seq: 1 }, form: form({ q1: 'B', q41: ['D', 'A'] }) };
    expect(await saveForm(ctx, posted)).toEqual({ ok: true, value: null });
    expect(await saveForm(ctx, posted)).toEqual({ ok: true, value: null });
    expect(await stored(sitting.attemptId)).toEqual([
      [1, 1, 'B', 'counted'],
      [41, 41, 'AD', 'counted'],
    ]);
  });

  it('wins over numbers the page’s script has used meanwhile', async () => {
    const sitting = await aRunningAttempt(await one());
    await send(sitting, [answer(1, 7, 'A'), answer(2, 1, 'A')]);
    const outcome = await saveForm(sitting.candidate.ctx, {
      ...sitting,
      issued: { epoch: 1, seq: 1 },
      form: form({ q1: 'C', q7: 'A' }),
    });
    expect(outcome.ok).toBe(true);
    expect(await handIn(sitting.candidate.ctx, sitting)).toEqual({ ok: true, value: null });
    const [result] = await world.ctx.db.examResult.findMany({ where: { attemptId: sitting.attemptId } });
    const items = result?.items as { position: number; choice: string }[];
    expect(items.filter((item) => item.choice !== '').map((item) => [item.position, item.choice])).toEqual([
      [1, 'C'],
      [7, 'A'],
    ]);
  });

  it('is told when the attempt is over or has moved to another device', async () => {
    const sitting = await aRunningAttempt(await one());
    const { ctx } = sitting.candidate;
    const posted = { ...sitting, issued: { epoch: 1, seq: 1 }, form: form({ q1: 'B' }) };
    expect(await saveForm(ctx, { ...posted, deviceKey: strangeKey(ctx) })).toEqual({
      ok: false,
      code: 'DEVICE_REPLACED',
    });
    await handIn(ctx, sitting);
    expect(await saveForm(ctx, { ...posted, form: form({ q2: 'B' }) })).toEqual({
      ok: false,
      code: 'ATTEMPT_CLOSED',
    });
  });
});

describe('the result', () => {
  it('shows score, sections and what a pass entitles to, but no questions of a real sitting', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    expect(await viewResult(candidate.ctx, sitting.attemptId)).toEqual({
      ok: true,
      value: { kind: 'pending', isRunning: true },
    });
    await answerAll(sitting, 60);
    await handIn(candidate.ctx, sitting);
    const view = await viewResult(candidate.ctx, sitting.attemptId);
    if (!view.ok || view.value.kind !== 'result') throw new Error('the result is there');
    const result = view.value;
    expect(result).toMatchObject({ scoreHundredths: 8_000, passed: true, correctCount: 60, itemCount: 80 });
    expect(result.sections.reduce((sum, section) => sum + section.earnedHundredths, 0)).toBe(8_000);
    expect(result).toMatchObject({ release: 'score_only', wrongItems: [], claimUntil: '2028-11-22' });
  });

  it('explains every wrong item of an exercise', async () => {
    const candidate = await one({ sitting: { isDemo: true, attemptLimit: 3 } });
    const sitting = await aRunningAttempt(candidate);
    await answerAll(sitting, 70);
    await handIn(candidate.ctx, sitting);
    const view = await viewResult(candidate.ctx, sitting.attemptId);
    if (!view.ok || view.value.kind !== 'result') throw new Error('the result is there');
    expect(view.value.wrongItems).toHaveLength(10);
    expect(view.value.wrongItems.every((item) => item.choice === '' && item.explanation !== '')).toBe(true);
    expect(view.value.triesLeft).toBe(2);
  });
});

describe('registration', () => {
  it('gives everybody a ticket number of their own and registers nobody twice', async () => {
    const { ctx } = world;
    const hall = await aHall(ctx, { candidates: 3 });
    const extra = await aPerson(ctx, { unitId: hall.unitId });
    const input = {
      sittingId: hall.sittingId,
      isApproved: false,
      candidates: [...hall.candidates.map((one) => one.personId), extra, extra].map((personId) => ({
        personId,
        unitId: hall.unitId,
      })),
    };
    const counts = await Promise.all(
      Array.from({ length: 3 }, () =>
        inTransaction(ctx, 'register', (tx) => registerCandidates(tx, ctx, input)),
      ),
    );
    expect(counts.map((count) => count.ok && count.value).sort()).toEqual([0, 0, 1]);
    const rows = await ctx.db.examRegistration.findMany({
      where: { sittingId: hall.sittingId },
      orderBy: { ticketNo: 'asc' },
      include: { events: { orderBy: { id: 'asc' } } },
    });
    expect(rows.map((row) => row.ticketNo?.slice(-5))).toEqual(['00001', '00002', '00003', '00004']);
    expect(rows[0]?.ticketNo).toMatch(/^2026\d{6}01\d{5}$/);
    expect(rows[0]?.events.map((event) => event.kind)).toEqual(['registered', 'approved']);
    expect(rows[3]).toMatchObject({ status: 'registered', personId: extra });
  });

  it('numbers a second sitting of the region and year apart from the first', async () => {
    const regionId = await aRegion(world.ctx);
    const first = await aHall(world.ctx, { sitting: { regionId } });
    const second = await aHall(world.ctx, { sitting: { regionId } });
    const ticketOf = async (sittingId: string) =>
      (await world.ctx.db.examRegistration.findFirstOrThrow({ where: { sittingId } })).ticketNo?.slice(
        10,
        12,
      );
    expect([await ticketOf(first.sittingId), await ticketOf(second.sittingId)]).toEqual(['01', '02']);
  });
});

describe('sittings of the bureau', () => {
  const query = {
    page: 1,
    size: 20 as const,
    sort: { field: 'opensAt' as const, direction: 'desc' as const },
    q: '',
    filters: {},
    columns: null,
  };

  it('are created in order of times and with a known blueprint only', async () => {
    const at = (hour: number) => new Date(Date.parse(START) + hour * 3_600_000);
    const base = {
      title: '考试',
      blueprintCode: 'P1',
      regionId: await aRegion(world.ctx),
      graceSeconds: 30,
      earliestHandInSeconds: 0,
      startMode: 'own' as const,
      preconditionCourse: null,
      attemptLimit: 1,
    };
    const create = (opens: number, latest: number, end: number, blueprintCode = 'P1') =>
      createSitting(world.ctx, {
        ...base,
        blueprintCode,
        opensAt: at(opens),
        latestEntryAt: at(latest),
        hardEndAt: at(end),
      });
    expect((await create(1, 2, 2)).ok).toBe(true);
    expect(await create(1, 1, 2)).toMatchObject({ code: 'TIMES_NOT_IN_ORDER' });
    expect(await create(1, 3, 2)).toMatchObject({ code: 'TIMES_NOT_IN_ORDER' });
    expect(await create(1, 2, 3, 'P9')).toMatchObject({ code: 'BLUEPRINT_UNKNOWN' });
  });

  it('are counted by person, within the bureau’s region only', async () => {
    const hall = await aHall(world.ctx, { candidates: 4 });
    await aHall(world.ctx, { candidates: 2 });
    const [a, b, c] = await Promise.all(hall.candidates.slice(0, 3).map(aRunningAttempt));
    if (!a || !b || !c) throw new Error('three attempts run');
    await answerAll(a, 80);
    for (const sitting of [a, b]) await handIn(sitting.candidate.ctx, sitting);
    forgetTree(world.ctx);
    const bureau = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    const page = await viewSittings(bureau, query);
    if (!page.ok) throw new Error(page.code);
    expect(page.value.total).toBe(1);
    expect(page.value.rows[0]).toMatchObject({
      registered: 4,
      approved: 4,
      started: 3,
      graded: 2,
      passed: 1,
    });
    const beyond = await viewSittings(bureau, { ...query, page: 9 });
    expect(beyond.ok && beyond.value).toMatchObject({ total: 1, page: 1 });
    const other = await viewSittings(bureau, { ...query, filters: { phase: 'cancelled' } });
    expect(other.ok && other.value.total).toBe(0);
    // The filter asks the database what the list says of each.
    const same = await viewSittings(bureau, {
      ...query,
      filters: { phase: page.value.rows[0]?.phase ?? '' },
    });
    expect(same.ok && same.value.total).toBe(1);
    expect(await viewSittings(a.candidate.ctx, query)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});
