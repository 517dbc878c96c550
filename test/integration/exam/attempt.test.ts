import { beforeAll, describe, expect, it } from 'vitest';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { saveAnswers } from '#app/exam/sitting/save-answers.server.ts';
import { countOverdue, sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send, strangeKey } from '#test/support/exam.ts';
import type { Candidate } from '#test/support/exam.ts';
import { aPerson, anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
const completed = new Set<string>();
beforeAll(() => prepareExam(world.ctx, completed));

async function one(options: Parameters<typeof aHall>[1] = {}): Promise<Candidate> {
  world.clock.set(START);
  const hall = await aHall(world.ctx, { candidates: 1, ...options });
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return candidate;
}
const start = (candidate: Candidate, commandId: string = newId()) =>
  startAttempt(candidate.ctx, { registrationId: candidate.registrationId, commandId });
const resultOf = (attemptId: string) => world.ctx.db.examResult.findMany({ where: { attemptId } });
const standings = async (attemptId: string): Promise<string[]> =>
  (await world.ctx.db.answerEvent.findMany({ where: { attemptId }, orderBy: { seq: 'asc' } })).map(
    (row) => row.standing,
  );

describe('starting an exam', () => {
  it('freezes a paper of 80 items, opens the clock and leaves event and audit row', async () => {
    const candidate = await one();
    const { attemptId } = await aRunningAttempt(candidate);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: attemptId },
      include: { paper: true, events: true },
    });
    expect(attempt).toMatchObject({ state: 'in_progress', attemptNo: 1, itemCount: 80, deviceEpoch: 1 });
    expect(attempt.deadlineAt.toISOString()).toBe('2026-11-23T02:30:00.000Z');
    expect(attempt.closeAt.toISOString()).toBe('2026-11-23T02:30:30.000Z');
    expect(attempt.paper).toMatchObject({ fullMarkHundredths: 10_000, passMarkHundredths: 6_000 });
    expect(attempt.events.map((event) => event.kind)).toEqual(['started']);
    const audit = await world.ctx.db.auditEvent.findFirstOrThrow({ where: { subjectId: attemptId } });
    expect(audit).toMatchObject({ action: 'exam.start', actorId: candidate.ctx.actorId });
  });

  it('ends at the hard end for who starts late', async () => {
    const candidate = await one({
      sitting: {
        hardEndAt: new Date('2026-11-23T02:00:00.000Z'),
        latestEntryAt: new Date('2026-11-23T01:30:00.000Z'),
      },
    });
    const { attemptId } = await aRunningAttempt(candidate);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
    expect(attempt.deadlineAt.toISOString()).toBe('2026-11-23T02:00:00.000Z');
  });

  it('makes one attempt of two starts at once, and both requests of one form get the same key', async () => {
    const candidate = await one();
    const commandId = newId();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => start(candidate, commandId)));
    const values = outcomes.map((outcome) => (outcome.ok ? outcome.value : null));
    expect(new Set(values.map((value) => value?.attemptId)).size).toBe(1);
    expect(new Set(values.map((value) => value?.deviceKey)).size).toBe(1);
    expect(values[0]?.deviceKey).toMatch(/^[\w-]{43}$/);
    const where = { registrationId: candidate.registrationId };
    expect(await world.ctx.db.attempt.count({ where })).toBe(1);
    expect(await world.ctx.db.paper.count({ where })).toBe(1);
  });

  it('enters the running attempt a second time, without handing its key to another form', async () => {
    const candidate = await one();
    const { attemptId } = await aRunningAttempt(candidate);
    expect(await start(candidate)).toEqual({ ok: true, value: { attemptId, deviceKey: null } });
  });

  it('refuses without the required course, and starts once it is completed', async () => {
    const candidate = await one({ sitting: { preconditionCourse: 'quick-start' } });
    expect(await start(candidate)).toEqual({ ok: false, code: 'COURSE_NOT_COMPLETED' });
    completed.add('quick-start');
    expect((await start(candidate)).ok).toBe(true);
    completed.delete('quick-start');
  });

  it('refuses a registration that is not approved, and one that is not one’s own', async () => {
    const waiting = await one({ isApproved: false });
    expect(await start(waiting)).toEqual({ ok: false, code: 'REGISTRATION_NOT_APPROVED' });
    const other = await one();
    expect(
      await startAttempt(waiting.ctx, { registrationId: other.registrationId, commandId: newId() }),
    ).toEqual({ ok: false, code: 'NOT_FOUND' });
  });

  it('refuses when the bank cannot feed the paper and says what is missing', async () => {
    const candidate = await one();
    await world.ctx.db.question.updateMany({
      where: { code: { startsWith: 'XK' } },
      data: { status: 'frozen' },
    });
    world.clock.advanceSeconds(6);
    expect(await start(candidate)).toMatchObject({
      ok: false,
      code: 'BANK_CANNOT_FEED',
      detail: { missing: '“行政许可”至少需 9 道，可用 0 道' },
    });
    await world.ctx.db.question.updateMany({ where: { status: 'frozen' }, data: { status: 'live' } });
    world.clock.advanceSeconds(6);
    expect((await start(candidate)).ok).toBe(true);
  });

  it('refuses a further attempt when the tries are used up', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    await handIn(candidate.ctx, sitting);
    expect(await start(candidate)).toEqual({ ok: false, code: 'ATTEMPTS_USED_UP' });
  });
});

describe('saving answers', () => {
  it('acknowledges exactly what lies in the journal', async () => {
    const sitting = await aRunningAttempt(await one());
    const ack = await send(sitting, [answer(1, 1, 'A'), answer(2, 2, 'B'), answer(3, 1, 'C')]);
    expect(ack.stored.map((event) => [event.seq, event.standing])).toEqual([
      [1, 'counted'],
      [2, 'counted'],
      [3, 'counted'],
    ]);
    expect(ack).toMatchObject({ conflicts: [], isOpen: true, isThisDevice: true, nextSeq: null });
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: sitting.attemptId } })).toBe(3);
  });

  it('takes a repeat as saved and stores it once, also when both arrive together', async () => {
    const sitting = await aRunningAttempt(await one());
    const acks = await Promise.all(Array.from({ length: 20 }, () => send(sitting, [answer(1, 1, 'A')])));
    expect(acks.every((ack) => ack.stored.length === 1 && ack.stored[0]?.standing === 'counted')).toBe(true);
    expect(await standings(sitting.attemptId)).toEqual(['counted']);
  });

  it('keeps what comes under a known number with other content as a conflict, and says so', async () => {
    const sitting = await aRunningAttempt(await one());
    await send(sitting, [answer(1, 1, 'A')]);
    const ack = await send(sitting, [answer(1, 1, 'B'), answer(2, 2, 'C')]);
    expect(ack.conflicts).toEqual([{ epoch: 1, seq: 1 }]);
    expect(ack.nextSeq).toBe(3);
    expect(ack.stored).toEqual([{ epoch: 1, seq: 2, standing: 'counted' }]);
    await send(sitting, [answer(1, 1, 'B')]);
    expect(await world.ctx.db.answerConflict.count({ where: { attemptId: sitting.attemptId } })).toBe(1);
  });

  it('says of an answer in conflict that is among the counted ones already what counts for its question now', async () => {
    const sitting = await aRunningAttempt(await one());
    const at = (seq: number, position: number, choice: string) =>
      answer(seq, position, choice, { clientTime: '2026-11-23T01:00:00.000Z' });
    await send(sitting, [at(1, 1, 'A'), at(2, 2, 'B'), at(3, 3, 'C'), answer(4, 4, 'A')]);
    // The last one has no time of its own: it may as well have been given twice.
    const asked = [at(1, 2, 'B'), at(2, 3, 'D'), at(3, 1, 'A'), answer(2, 4, 'A')];
    const ack = await send(sitting, asked);
    expect(ack).toMatchObject({ stored: [], nextSeq: 5 });
    expect(ack.conflicts).toEqual([
      { epoch: 1, seq: 1, counts: { seq: 2, choice: 'B' } },
      { epoch: 1, seq: 2 },
      { epoch: 1, seq: 3, counts: { seq: 1, choice: 'A' } },
      { epoch: 1, seq: 2 },
    ]);
    await send(sitting, [at(5, 2, 'C')]);
    const [overtaken] = (await send(sitting, asked)).conflicts;
    expect(overtaken).toEqual({ epoch: 1, seq: 1, counts: { seq: 5, choice: 'C' } });
  });

  it('sorts out two different answers under one number in one request', async () => {
    const sitting = await aRunningAttempt(await one());
    const ack = await send(sitting, [answer(1, 1, 'A'), answer(1, 1, 'B')]);
    expect(ack.stored).toHaveLength(1);
    expect(ack.conflicts).toEqual([{ epoch: 1, seq: 1 }]);
  });

  it('stores nothing for a position the paper does not have, and the rest all the same', async () => {
    const sitting = await aRunningAttempt(await one());
    const ack = await send(sitting, [answer(1, 81, 'A'), answer(2, 80, 'T')]);
    expect(ack.notOnPaper).toEqual([{ epoch: 1, seq: 1 }]);
    expect(ack.stored).toEqual([{ epoch: 1, seq: 2, standing: 'counted' }]);
    expect((await send(sitting, [answer(3, 999, 'A')])).notOnPaper).toHaveLength(1);
  });

  it('knows nothing of somebody else’s attempt', async () => {
    const sitting = await aRunningAttempt(await one());
    const other = await one();
    const submission = {
      attemptId: sitting.attemptId,
      accountId: other.ctx.actorId,
      deviceKey: sitting.deviceKey,
      receivedAt: world.clock.now(),
    };
    const refusal = { ok: false, code: 'NOT_FOUND' };
    expect(await saveAnswers(world.ctx, { ...submission, events: [answer(1, 1, 'A')] })).toEqual(refusal);
    expect(await saveAnswers(world.ctx, { ...submission, events: [] })).toEqual(refusal);
    expect(await standings(sitting.attemptId)).toEqual([]);
  });

  it('counts what is received at close_at and marks what comes a millisecond later as late', async () => {
    const sitting = await aRunningAttempt(await one());
    world.clock.set('2026-11-23T02:30:30.000Z');
    expect((await send(sitting, [answer(1, 1, 'A')])).stored[0]?.standing).toBe('counted');
    world.clock.set('2026-11-23T02:30:30.001Z');
    const late = await send(sitting, [answer(2, 1, 'B')]);
    expect(late.stored[0]?.standing).toBe('late');
    expect(late.isOpen).toBe(false);
  });

  it('keeps what another device or an older epoch sends as foreign evidence', async () => {
    const sitting = await aRunningAttempt(await one());
    const { ctx } = sitting.candidate;
    const stranger = await send(sitting, [answer(1, 1, 'A')], strangeKey(ctx));
    expect(stranger).toMatchObject({ stored: [{ standing: 'foreign' }], isThisDevice: false });
    const moved = await takeOver(ctx, { attemptId: sitting.attemptId, commandId: newId() });
    if (!moved.ok) throw new Error(moved.code);
    expect((await send(sitting, [answer(2, 1, 'B')])).stored[0]?.standing).toBe('foreign');
    const here = await send(sitting, [answer(1, 1, 'C', { epoch: 2 })], moved.value.deviceKey);
    expect(here.stored[0]?.standing).toBe('counted');
    expect((await send(sitting, [])).isThisDevice).toBe(false);
  });

  it('keeps what comes after the hand-in as evidence and does not count it', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    await send(sitting, [answer(1, 1, 'A')]);
    await handIn(candidate.ctx, sitting);
    const after = await send(sitting, [answer(2, 1, 'B')]);
    expect(after).toMatchObject({ stored: [{ standing: 'after_hand_in' }], isOpen: false });
    expect((await send(sitting, [answer(1, 1, 'A')])).stored[0]?.standing).toBe('counted');
  });

  it('acknowledges 500 saves at once, and each of them lies in the table', async () => {
    world.clock.set(START);
    const hall = await aHall(world.ctx, { candidates: 10 });
    const sittings = [];
    for (const candidate of hall.candidates) sittings.push(await aRunningAttempt(candidate));
    const sends = sittings.flatMap((sitting) =>
      Array.from({ length: 50 }, (_, n) => send(sitting, [answer(n + 1, n + 1, 'A')])),
    );
    const acks = await Promise.all(sends);
    expect(acks.flatMap((ack) => ack.stored)).toHaveLength(500);
    const ids = sittings.map((sitting) => sitting.attemptId);
    expect(
      await world.ctx.db.answerEvent.count({ where: { attemptId: { in: ids }, standing: 'counted' } }),
    ).toBe(500);
    expect(await world.ctx.db.answerPayload.count({ where: { event: { attemptId: { in: ids } } } })).toBe(
      500,
    );
  });
});

describe('taking over on another device', () => {
  it('raises the epoch once, however often the form is sent', async () => {
    const candidate = await one();
    const { attemptId } = await aRunningAttempt(candidate);
    const commandId = newId();
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => takeOver(candidate.ctx, { attemptId, commandId })),
    );
    expect(new Set(outcomes.map((outcome) => outcome.ok && outcome.value.deviceKey)).size).toBe(1);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
    expect(attempt.deviceEpoch).toBe(2);
  });

  it('is refused for somebody else’s attempt and after the end', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    const other = await one();
    const input = { attemptId: sitting.attemptId, commandId: newId() };
    expect(await takeOver(other.ctx, input)).toEqual({ ok: false, code: 'NOT_FOUND' });
    await handIn(candidate.ctx, sitting);
    expect(await takeOver(candidate.ctx, input)).toEqual({ ok: false, code: 'ATTEMPT_CLOSED' });
  });
});

describe('handing in', () => {
  it('grades the counted answers and tells the slices above once (AJ1)', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    const key = await keyOf(world.ctx, sitting.attemptId);
    await send(
      sitting,
      [...key].slice(0, 60).map(([position, choice]) => answer(position, position, choice)),
    );
    expect(await handIn(candidate.ctx, sitting)).toEqual({ ok: true, value: null });
    const [result, ...others] = await resultOf(sitting.attemptId);
    expect(others).toEqual([]);
    expect(result).toMatchObject({ versionNo: 1, scoreHundredths: 8_000, passed: true });
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: sitting.attemptId },
      include: { events: { orderBy: { id: 'asc' } } },
    });
    expect(attempt.state).toBe('finalised');
    expect(attempt.handedInAt?.toISOString()).toBe(START);
    expect(attempt.events.map((event) => event.kind)).toEqual(['started', 'handed_in', 'finalised']);
    const facts = await world.ctx.db.outboxEvent.findMany({ where: { key: `${sitting.attemptId}:1` } });
    expect(facts).toHaveLength(1);
    expect(facts[0]?.payload).toMatchObject({
      subject: 'public_law',
      passed: true,
      scoreHundredths: 8_000,
      personId: candidate.personId,
      gradedDay: '2026-11-23',
    });
  });

  it('has one winner among 20 hand-ins and sweeps at the same time', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    world.clock.set('2026-11-23T02:30:32.000Z');
    const outcomes = await Promise.all([
      ...Array.from({ length: 10 }, () => handIn(candidate.ctx, sitting)),
      ...Array.from({ length: 10 }, async () => {
        await sweepExpired(world.ctx);
        return null;
      }),
    ]);
    expect(outcomes.filter((outcome) => outcome?.ok).length).toBeLessThanOrEqual(1);
    expect(await resultOf(sitting.attemptId)).toHaveLength(1);
    const closing = await world.ctx.db.attemptEvent.count({
      where: { attemptId: sitting.attemptId, kind: { in: ['expired', 'handed_in'] } },
    });
    expect(closing).toBe(1);
  });

  it('counts every answer that was acknowledged as counted, however hand-in and saves race', async () => {
    for (let round = 0; round < 10; round += 1) {
      const candidate = await one();
      const sitting = await aRunningAttempt(candidate);
      const [, ...acks] = await Promise.all([
        handIn(candidate.ctx, sitting),
        ...Array.from({ length: 30 }, (_, n) => send(sitting, [answer(n + 1, n + 1, 'A')])),
      ]);
      const counted = acks.flatMap((ack) => ack.stored).filter((event) => event.standing === 'counted');
      const [result] = await resultOf(sitting.attemptId);
      const items = result?.items as { position: number; choice: string }[];
      const graded = items.filter((item) => item.choice !== '').map((item) => item.position);
      expect(graded.sort((a, b) => a - b)).toEqual(counted.map((event) => event.seq).sort((a, b) => a - b));
    }
  });

  it('is refused before the earliest time, from a device that was left, and for another person', async () => {
    const candidate = await one({ sitting: { earliestHandInSeconds: 1800 } });
    const sitting = await aRunningAttempt(candidate);
    expect(await handIn(candidate.ctx, sitting)).toEqual({
      ok: false,
      code: 'TOO_EARLY_TO_HAND_IN',
      detail: { time: '09:30:00' },
    });
    world.clock.advanceSeconds(1800);
    expect(await handIn(candidate.ctx, { ...sitting, deviceKey: strangeKey(world.ctx) })).toEqual({
      ok: false,
      code: 'DEVICE_REPLACED',
    });
    const stranger = await one();
    expect(await handIn(stranger.ctx, sitting)).toEqual({ ok: false, code: 'NOT_FOUND' });
    const personId = await aPerson(world.ctx, { unitId: (await aHall(world.ctx)).unitId });
    const liaison = await anActor(world.ctx, { personId, grants: [] });
    expect(await handIn(liaison, sitting)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });

  it('says that it was over already when it is sent twice', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    expect((await handIn(candidate.ctx, sitting)).ok).toBe(true);
    expect(await handIn(candidate.ctx, sitting)).toEqual({ ok: false, code: 'ATTEMPT_CLOSED' });
  });
});

describe('an attempt that cannot be graded', () => {
  it('holds up nobody else and is counted until it is closed', async () => {
    world.clock.set(START);
    const hall = await aHall(world.ctx, { candidates: 3 });
    const ids: string[] = [];
    for (const candidate of hall.candidates) ids.push((await aRunningAttempt(candidate)).attemptId);
    const [broken = ''] = ids;
    const content = `(select paper_id from attempt where id = '${broken}')`;
    // No hand of ours can do this to a frozen paper: it stands for one an older version of the platform has frozen.
    const damage = (set: string) =>
      world.ctx.pool.query(`alter table paper disable trigger user;
        update paper set ${set} where id = ${content}; alter table paper enable trigger user`);
    await damage(`content = jsonb_build_object('whole', content, 'items', 'none'::text)`);
    const states = async () =>
      (await world.ctx.db.attempt.findMany({ where: { id: { in: ids } }, orderBy: { id: 'asc' } })).map(
        ({ state }) => state,
      );
    world.clock.set('2026-11-25T00:00:00.000Z');
    const before = await countOverdue(world.ctx);
    expect(await sweepExpired(world.ctx)).toBeGreaterThanOrEqual(2);
    expect(await states()).toEqual(['in_progress', 'finalised', 'finalised']);
    expect(before - (await countOverdue(world.ctx))).toBeGreaterThanOrEqual(2);
    expect(await countOverdue(world.ctx)).toBe(1);
    await damage(`content = content -> 'whole'`);
    world.clock.set('2026-11-25T00:02:00.000Z');
    await sweepExpired(world.ctx);
    expect(await states()).toEqual(['finalised', 'finalised', 'finalised']);
    expect(await countOverdue(world.ctx)).toBe(0);
  });
});

describe('the sweep of expired attempts', () => {
  it('leaves an attempt alone until close_at and the settling time have passed, then closes and grades it', async () => {
    const candidate = await one();
    const sitting = await aRunningAttempt(candidate);
    await send(sitting, [answer(1, 1, (await keyOf(world.ctx, sitting.attemptId)).get(1) ?? '')]);
    world.clock.set('2026-11-23T02:30:31.000Z');
    await sweepExpired(world.ctx);
    expect(await resultOf(sitting.attemptId)).toEqual([]);
    world.clock.set('2026-11-23T02:30:31.001Z');
    await sweepExpired(world.ctx);
    const [result] = await resultOf(sitting.attemptId);
    expect(result).toMatchObject({ scoreHundredths: 100, passed: false });
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: sitting.attemptId } });
    expect(attempt).toMatchObject({ state: 'finalised', handedInAt: null });
    expect((await send(sitting, [answer(2, 2, 'A')])).stored[0]?.standing).toBe('late');
  });

  it('catches up after downtime with more than one batch, each exactly once, with two sweeps at a time', async () => {
    world.clock.set(START);
    const hall = await aHall(world.ctx, { candidates: 60 });
    const ids: string[] = [];
    for (const candidate of hall.candidates) ids.push((await aRunningAttempt(candidate)).attemptId);
    world.clock.set('2026-11-25T00:00:00.000Z');
    const counts = await Promise.all([sweepExpired(world.ctx), sweepExpired(world.ctx)]);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBeGreaterThanOrEqual(60);
    const where = { attemptId: { in: ids } };
    expect(await world.ctx.db.examResult.count({ where })).toBe(60);
    expect(await world.ctx.db.attemptEvent.count({ where: { ...where, kind: 'expired' } })).toBe(60);
    expect(await sweepExpired(world.ctx)).toBe(0);
  });
});
