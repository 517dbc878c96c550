import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { takeSignals } from '#app/exam/sitting/evidence/take-signals.server.ts';
import type { Signal, SignalAck, SignalKind } from '#app/exam/sitting/evidence/signal.ts';
import { MAX_SIGNALS_OF_ATTEMPT, MAX_SIGNALS_OF_REQUEST } from '#app/exam/sitting/evidence/signal.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import type { AckBody } from '#app/exam/sitting/wire.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, prepareExam, send, strangeKey } from '#test/support/exam.ts';
import type { SaveServer } from '#test/support/save-server.ts';
import { startSaveServer } from '#test/support/save-server.ts';

const world = useWorld();
let server: SaveServer;
beforeAll(async () => {
  await prepareExam(world.ctx);
  server = await startSaveServer(world.ctx);
});
afterAll(() => server.close());

async function oneSeat(rule: { focusPolicy?: string; focusLimit?: number } = {}): Promise<Sitting> {
  const hall = await aHall(world.ctx, { candidates: 1 });
  await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data: rule });
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return aRunningAttempt(candidate);
}

const signal = (kind: SignalKind, more: Partial<Signal> = {}): Signal => ({
  id: newId(),
  kind,
  atMs: world.clock.now().getTime(),
  lastedMs: null,
  characters: null,
  ...more,
});

const take = (sitting: Sitting, signals: readonly Signal[], more: { deviceKey?: string } = {}) =>
  takeSignals(world.ctx, {
    attemptId: sitting.attemptId,
    accountId: sitting.candidate.ctx.actorId,
    deviceKey: more.deviceKey ?? sitting.deviceKey,
    receivedAt: world.clock.now(),
    signals,
  });

const eventsOf = (sitting: Sitting) =>
  world.ctx.db.attemptEvent.findMany({
    where: { attemptId: sitting.attemptId, kind: { not: 'started' } },
    orderBy: { id: 'asc' },
  });
const kindsOf = async (sitting: Sitting): Promise<string[]> =>
  (await eventsOf(sitting)).map((event) => event.kind).sort();

describe('what a page notices', () => {
  it('becomes events of the attempt, each once however often it is sent', async () => {
    const sitting = await oneSeat();
    const sent = [
      signal('copied', { characters: 12 }),
      signal('reconnected', { lastedMs: 8_000 }),
      signal('gap', { lastedMs: 90_000 }),
    ];
    await Promise.all([take(sitting, sent), take(sitting, sent)]);
    await take(sitting, sent.slice(1));
    const events = await eventsOf(sitting);
    expect(events.map((event) => event.kind).sort()).toEqual(['copied', 'gap', 'reconnected']);
    expect(events.find((event) => event.kind === 'copied')).toMatchObject({
      epoch: 1,
      detail: { characters: 12, saidAt: world.clock.now().toISOString() },
      actorId: sitting.candidate.ctx.actorId,
      occurredAt: world.clock.now(),
    });
  });

  it('is bounded: after 500 of an attempt more is taken and forgotten', async () => {
    const sitting = await oneSeat();
    for (let sent = 0; sent < MAX_SIGNALS_OF_ATTEMPT + 80; sent += MAX_SIGNALS_OF_REQUEST)
      expect(
        (
          await take(
            sitting,
            Array.from({ length: MAX_SIGNALS_OF_REQUEST }, () => signal('copied')),
          )
        ).ok,
      ).toBe(true);
    expect(await eventsOf(sitting)).toHaveLength(MAX_SIGNALS_OF_ATTEMPT);
  });

  it('of somebody else’s attempt is not found; of a device the attempt has left, or after the end, changes nothing', async () => {
    const sitting = await oneSeat({ focusPolicy: 'hand_in_at_once' });
    const other = await oneSeat();
    expect(await take({ ...sitting, candidate: other.candidate }, [signal('copied')])).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    const foreign = await take(sitting, [signal('focus_lost')], { deviceKey: strangeKey(world.ctx) });
    expect(foreign).toEqual({ ok: true, value: { focusLosses: 0, isOpen: true } });
    await handIn(sitting.candidate.ctx, sitting);
    const late = await take(sitting, [signal('focus_lost')]);
    expect(late).toEqual({ ok: true, value: { focusLosses: 0, isOpen: false } });
    expect(await kindsOf(sitting)).toEqual(['finalised', 'handed_in']);
  });
});

describe('the focus rule of a sitting', () => {
  it('that only notes never ends an attempt', async () => {
    const sitting = await oneSeat();
    for (let n = 1; n <= 5; n += 1)
      expect(await take(sitting, [signal('focus_lost'), signal('focus_back', { lastedMs: 5 })])).toEqual({
        ok: true,
        value: { focusLosses: n, isOpen: true },
      });
  });

  it('hands the paper in at the stated leaving, with what was answered, and says so in an event', async () => {
    const sitting = await oneSeat({ focusPolicy: 'hand_in_after', focusLimit: 2 });
    await send(sitting, [answer(1, 1, 'A')]);
    expect(await take(sitting, [signal('focus_lost')])).toMatchObject({ value: { isOpen: true } });
    const twice = [signal('focus_lost')];
    const outcomes = await Promise.all([take(sitting, twice), take(sitting, twice)]);
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.isOpen)).toEqual([false, false]);
    expect(await kindsOf(sitting)).toEqual([
      'finalised',
      'focus_lost',
      'focus_lost',
      'focus_rule_applied',
      'handed_in',
    ]);
    const results = await world.ctx.db.examResult.findMany({ where: { attemptId: sitting.attemptId } });
    expect(results).toHaveLength(1);
    const view = await viewAttempt(sitting.candidate.ctx, sitting);
    expect(view).toEqual({ ok: true, value: { kind: 'finished' } });
  });

  it('does not count what was left while the exam rested', async () => {
    const sitting = await oneSeat({ focusPolicy: 'hand_in_at_once' });
    const { attemptId } = sitting;
    await world.ctx.db.attempt.update({ where: { id: attemptId }, data: { pausedAt: world.clock.now() } });
    expect(await take(sitting, [signal('focus_lost')])).toEqual({
      ok: true,
      value: { focusLosses: 0, isOpen: true },
    });
    await world.ctx.db.attempt.update({ where: { id: attemptId }, data: { pausedAt: null } });
    expect(await take(sitting, [signal('copied')])).toMatchObject({ value: { isOpen: true } });
    expect(await take(sitting, [signal('focus_lost')])).toMatchObject({ value: { isOpen: false } });
  });

  it('is known to the page, with how often it was left', async () => {
    const sitting = await oneSeat({ focusPolicy: 'hand_in_after', focusLimit: 3 });
    await take(sitting, [signal('focus_lost')]);
    const view = await viewAttempt(sitting.candidate.ctx, sitting);
    expect(view.ok && view.value).toMatchObject({
      watch: { focusPolicy: 'hand_in_after', focusLimit: 3, focusLosses: 1 },
    });
  });
});

describe('over the wire', () => {
  const post = (attemptId: string, what: string, body: unknown, cookie?: string) =>
    fetch(`${server.url}/attempts/${attemptId}/${what}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(cookie ? { Cookie: cookie } : {}) },
      body: JSON.stringify(body),
    });
  const messagesFor = (attemptId: string, cookie: string) =>
    fetch(`${server.url}/attempts/${attemptId}/messages`, { headers: { Cookie: cookie } });

  it('signals need a session, one’s own attempt and a body that makes sense', async () => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const body = { signals: [signal('copied', { characters: 3 })] };
    expect((await post(sitting.attemptId, 'signals', body)).status).toBe(401);
    expect((await post(newId(), 'signals', body, cookie)).status).toBe(404);
    expect((await post('nothing', 'signals', body, cookie)).status).toBe(404);
    expect((await post(sitting.attemptId, 'signals', { signals: [] }, cookie)).status).toBe(400);
    const large = { ...body, filler: 'x'.repeat(20_000) };
    expect((await post(sitting.attemptId, 'signals', large, cookie)).status).toBe(413);
    const taken = await post(sitting.attemptId, 'signals', body, cookie);
    expect(taken.status).toBe(200);
    expect((await taken.json()) as SignalAck).toEqual({ focusLosses: 0, isOpen: true });
    expect(await kindsOf(sitting)).toEqual(['copied']);
  });

  it('messages reach whom they are for: the sitting, or one attempt; never another account', async () => {
    const hall = await aHall(world.ctx, { candidates: 2 });
    const [mine, other] = await Promise.all(hall.candidates.map(aRunningAttempt));
    if (!mine || !other) throw new Error('the hall has two candidates');
    const at = (minutes: number) => new Date(world.clock.now().getTime() + minutes * 60_000);
    const message = (text: string, minutes: number, attemptId: string | null = null) => ({
      ...{ id: newId(), sittingId: hall.sittingId, attemptId, text, occurredAt: at(minutes) },
    });
    await world.ctx.db.examMessage.createMany({
      data: [
        message('昨天的通知', -24 * 60),
        message('第 12 题题干中的“三日”应为“三个工作日”。', -5),
        message('请保持安静。', 1, mine.attemptId),
      ],
    });
    const cookie = await server.cookieFor(mine.candidate.ctx.actorId, mine);
    const others = await server.cookieFor(other.candidate.ctx.actorId, other);
    const texts = async (attemptId: string, by: string) =>
      ((await (await messagesFor(attemptId, by)).json()) as { messages: { text: string }[] }).messages.map(
        ({ text }) => text,
      );
    expect(await texts(mine.attemptId, cookie)).toEqual([
      '请保持安静。',
      '第 12 题题干中的“三日”应为“三个工作日”。',
    ]);
    expect(await texts(other.attemptId, others)).toHaveLength(1);
    expect((await messagesFor(mine.attemptId, others)).status).toBe(404);
    const view = await viewAttempt(mine.candidate.ctx, mine);
    expect(view.ok && view.value.kind === 'room' && view.value.messages).toHaveLength(2);
  });

  it('every acknowledgement carries pause, counter and deadline, with answers and without', async () => {
    const sitting = await oneSeat();
    const { attemptId } = sitting;
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const pausedAt = world.clock.now();
    const before = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: attemptId } });
    const deadlineAt = new Date(before.deadlineAt.getTime() + 300_000);
    await world.ctx.db.attempt.update({
      where: { id: attemptId },
      data: { pausedAt, noticeNo: 3, deadlineAt, closeAt: new Date(before.closeAt.getTime() + 300_000) },
    });
    for (const events of [[], [answer(1, 1, 'A')]]) {
      const ack = (await (await post(attemptId, 'answers', { events }, cookie)).json()) as AckBody;
      expect(ack).toMatchObject({
        pausedAtMs: pausedAt.getTime(),
        noticeNo: 3,
        deadlineAtMs: deadlineAt.getTime(),
        isOpen: true,
      });
    }
  });
});

describe('an exam that rests', () => {
  it('ends for nobody, though its close passes: not by the sweep, and what arrives counts', async () => {
    const sitting = await oneSeat();
    const { attemptId } = sitting;
    const start = world.clock.now();
    await world.ctx.db.attempt.update({ where: { id: attemptId }, data: { pausedAt: start } });
    world.clock.advanceSeconds(3 * 3_600);
    await sweepExpired(world.ctx);
    const ack = await send(sitting, [answer(1, 1, 'A')]);
    expect(ack).toMatchObject({
      isOpen: true,
      stored: [{ epoch: 1, seq: 1, standing: 'counted' }],
    });
    const view = await viewAttempt(sitting.candidate.ctx, sitting);
    expect(view.ok && view.value).toMatchObject({ kind: 'room', start: { pausedAtMs: start.getTime() } });
    await world.ctx.db.attempt.update({ where: { id: attemptId }, data: { pausedAt: null } });
    await sweepExpired(world.ctx);
    expect(await kindsOf(sitting)).toEqual(['expired', 'finalised']);
    world.clock.set(start.toISOString());
  });
});
