import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeAt as closeAtOf } from '#app/exam/sitting/deadline.ts';
import { takeSignals } from '#app/exam/sitting/evidence/take-signals.server.ts';
import { foldAnswers } from '#app/exam/sitting/fold.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { saveAnswers } from '#app/exam/sitting/save-answers.server.ts';
import type { SentAnswer } from '#app/exam/sitting/wire.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Database, PoolClient } from '#app/platform/db/db.server.ts';
import { openDatabase } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam } from '#test/support/exam.ts';

const START = '2026-11-23T01:00:00.000Z';
const DEADLINE = new Date('2026-11-23T02:30:00.000Z');
const CLOSE = closeAtOf(DEADLINE, 30);
const AFTER_SWEEP = new Date(CLOSE.getTime() + 60_000);
const GRADED_LATE = 'received_in_time';

const world = useWorld(START);
/** A second process of the platform: its own connections and its own grouped statements. */
let second: Database;
let elsewhere: Ctx;
beforeAll(async () => {
  await prepareExam(world.ctx);
  second = openDatabase({ url: world.database.url, maxConnections: 4, log: world.ctx.log });
  elsewhere = { ...world.ctx, ...second };
});
afterAll(() => second.close());

async function anAttempt(): Promise<Sitting> {
  world.clock.set(START);
  const [candidate] = (await aHall(world.ctx)).candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return aRunningAttempt(candidate);
}

const save = (ctx: Ctx, sitting: Sitting, receivedAt: Date, events: readonly SentAnswer[]) =>
  saveAnswers(ctx, {
    attemptId: sitting.attemptId,
    accountId: sitting.candidate.ctx.actorId,
    deviceKey: sitting.deviceKey,
    receivedAt,
    events,
  });

async function standingOf(ctx: Ctx, sitting: Sitting, receivedAt: Date, events: readonly SentAnswer[]) {
  const outcome = await save(ctx, sitting, receivedAt, events);
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.stored.map(({ standing }) => standing);
}

const versionsOf = (attemptId: string) =>
  world.ctx.db.examResult.findMany({ where: { attemptId }, orderBy: { versionNo: 'asc' } });

/** The last result says what the journal counts, and the journal counts what came by close_at. */
async function expectGradedExactly(attemptId: string): Promise<void> {
  const events = await world.ctx.db.answerEvent.findMany({
    where: { attemptId },
    include: { payload: true },
  });
  for (const event of events) expect(event.standing === 'counted').toBe(event.receivedAt <= CLOSE);
  const folded = foldAnswers(
    events.map(({ epoch, seq, position, standing, payload }) => ({
      ...{ epoch, seq, position, choice: payload?.choice ?? '' },
      standing: standing === 'counted' ? 'counted' : 'late',
    })),
  );
  const last = (await versionsOf(attemptId)).at(-1);
  const items = last?.items as { position: number; choice: string }[];
  const graded = items
    .filter(({ choice }) => choice !== '')
    .map(({ position, choice }) => [position, choice]);
  expect(graded).toEqual([...folded].sort(([a], [b]) => a - b));
}

/** Nobody may write into the journal while `work` runs; what tries meanwhile waits. */
async function whileJournalIsHeld(work: (waiting: (count: number) => Promise<void>) => Promise<void>) {
  const holder: PoolClient = await second.pool.connect();
  try {
    await holder.query('begin');
    await holder.query('lock table answer_event in share mode');
    await work((count) =>
      expect
        .poll(async () => {
          const { rows } = await holder.query<{ waiting: number }>(
            `select count(*)::int as waiting from pg_locks
             where relation = 'answer_event'::regclass and not granted`,
          );
          return rows[0]?.waiting;
        })
        .toBe(count),
    );
    await holder.query('commit');
  } finally {
    holder.release();
  }
}

describe('an answer that was received by close_at but is committed after the closing', () => {
  it('counts, and the result gets its next version in the same transaction', async () => {
    const sitting = await anAttempt();
    const { attemptId } = sitting;
    const right = (await keyOf(world.ctx, attemptId)).get(1) ?? '';
    let standing: Promise<string[]> = Promise.resolve([]);
    await whileJournalIsHeld(async (waiting) => {
      standing = standingOf(elsewhere, sitting, CLOSE, [answer(1, 1, right)]);
      await waiting(1);
      world.clock.set(AFTER_SWEEP.toISOString());
      await sweepExpired(world.ctx);
      expect((await versionsOf(attemptId)).map((row) => row.scoreHundredths)).toEqual([0]);
    });
    expect(await standing).toEqual(['counted']);
    const versions = await versionsOf(attemptId);
    expect(versions.map((row) => [row.versionNo, row.scoreHundredths, row.reasonCode])).toEqual([
      [1, 0, 'graded'],
      [2, 100, GRADED_LATE],
    ]);
    await expectGradedExactly(attemptId);
    const facts = await world.ctx.db.outboxEvent.findMany({
      where: { topic: 'exam.finalised', key: { startsWith: attemptId } },
      orderBy: { key: 'asc' },
    });
    expect(facts.map((fact) => fact.key)).toEqual([`${attemptId}:1`, `${attemptId}:2`]);
    const events = await world.ctx.db.attemptEvent.findMany({ where: { attemptId }, orderBy: { id: 'asc' } });
    expect(events.map((event) => event.kind)).toEqual(['started', 'expired', 'finalised', 'regraded']);
  });

  it('counts once, however often and from however many processes it comes', async () => {
    const sitting = await anAttempt();
    world.clock.set(AFTER_SWEEP.toISOString());
    await sweepExpired(world.ctx);
    const events = [answer(1, 1, 'A'), answer(2, 2, 'B')];
    const standings = await Promise.all(
      [world.ctx, elsewhere, world.ctx, elsewhere].map((ctx) => standingOf(ctx, sitting, CLOSE, events)),
    );
    expect(standings).toEqual(Array.from({ length: 4 }, () => ['counted', 'counted']));
    expect(await versionsOf(sitting.attemptId)).toHaveLength(2);
    await expectGradedExactly(sitting.attemptId);
  });

  it('is late a millisecond after close_at, and changes no result', async () => {
    const sitting = await anAttempt();
    world.clock.set(AFTER_SWEEP.toISOString());
    await sweepExpired(world.ctx);
    const late = new Date(CLOSE.getTime() + 1);
    expect(await standingOf(elsewhere, sitting, late, [answer(1, 1, 'A')])).toEqual(['late']);
    expect(await versionsOf(sitting.attemptId)).toHaveLength(1);
  });

  it('counts when it was received before the hand-in, and not from that instant on: handed in is handed in', async () => {
    const sitting = await anAttempt();
    const { attemptId } = sitting;
    const right = (await keyOf(world.ctx, attemptId)).get(1) ?? '';
    const handedIn = new Date(Date.parse(START) + 3_600_000);
    world.clock.set(handedIn.toISOString());
    expect((await handIn(sitting.candidate.ctx, sitting)).ok).toBe(true);
    expect(await standingOf(elsewhere, sitting, handedIn, [answer(2, 2, 'A')])).toEqual(['after_hand_in']);
    expect(await versionsOf(attemptId)).toHaveLength(1);
    const before = new Date(handedIn.getTime() - 1);
    expect(await standingOf(elsewhere, sitting, before, [answer(1, 1, right)])).toEqual(['counted']);
    const versions = await versionsOf(attemptId);
    expect(versions.map((row) => [row.versionNo, row.scoreHundredths, row.reasonCode])).toEqual([
      [1, 0, 'graded'],
      [2, 100, GRADED_LATE],
    ]);
  });

  it('counts when the focus rule ended the attempt after it was received', async () => {
    world.clock.set(START);
    const hall = await aHall(world.ctx);
    await world.ctx.db.examSitting.update({
      where: { id: hall.sittingId },
      data: { focusPolicy: 'hand_in_at_once' },
    });
    const [candidate] = hall.candidates;
    if (!candidate) throw new Error('the hall has one candidate');
    const sitting = await aRunningAttempt(candidate);
    const received = new Date(Date.parse(START) + 600_000);
    const leaving = { id: newId(), kind: 'focus_lost', atMs: 1, lastedMs: null, characters: null } as const;
    const outcome = await takeSignals(world.ctx, {
      attemptId: sitting.attemptId,
      accountId: candidate.ctx.actorId,
      deviceKey: sitting.deviceKey,
      receivedAt: new Date(received.getTime() + 500),
      signals: [leaving],
    });
    expect(outcome).toMatchObject({ ok: true, value: { isOpen: false } });
    expect(await standingOf(elsewhere, sitting, received, [answer(1, 1, 'A')])).toEqual(['counted']);
    expect(await versionsOf(sitting.attemptId)).toHaveLength(2);
  });

  it('is late where the attempt is void by then', async () => {
    const sitting = await anAttempt();
    world.clock.set(AFTER_SWEEP.toISOString());
    await sweepExpired(world.ctx);
    await world.ctx.db.attempt.update({ where: { id: sitting.attemptId }, data: { state: 'void' } });
    expect(await standingOf(elsewhere, sitting, CLOSE, [answer(1, 1, 'A')])).toEqual(['late']);
    expect(await versionsOf(sitting.attemptId)).toHaveLength(1);
  });

  it('is graded exactly, whatever order two processes and two sweeps get to it', async () => {
    for (let round = 0; round < 8; round += 1) {
      const sitting = await anAttempt();
      world.clock.set(AFTER_SWEEP.toISOString());
      const saves = Array.from({ length: 24 }, (_, n) => {
        const receivedAt = new Date(CLOSE.getTime() + (n % 3) - 1);
        const ctx = n % 2 === 0 ? world.ctx : elsewhere;
        return save(ctx, sitting, receivedAt, [answer(n + 1, (n % 10) + 1, n % 4 === 0 ? '' : 'A')]);
      });
      const sweeps = [world.ctx, elsewhere].map((ctx) => sweepExpired(ctx));
      await Promise.all([...saves, ...sweeps]);
      await sweepExpired(world.ctx);
      await expectGradedExactly(sitting.attemptId);
    }
  });
});
