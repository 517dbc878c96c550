import { beforeAll, describe, expect, it } from 'vitest';
import { readTileFilter, viewBoard } from '#app/exam/invigilation/board-view.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send } from '#test/support/exam.ts';
import type { WatchedHall } from '#test/support/invigilation.ts';
import { act, aWatchedHall } from '#test/support/invigilation.ts';
import { anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const MINUTE_S = 60;
const LENGTH_S = 90 * MINUTE_S;
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

const attemptOf = (sitting: Sitting) =>
  world.ctx.db.attempt.findUniqueOrThrow({ where: { id: sitting.attemptId } });
const eventsOf = async (sitting: Sitting): Promise<string[]> =>
  (
    await world.ctx.db.attemptEvent.findMany({
      where: { attemptId: sitting.attemptId },
      orderBy: [{ occurredAt: 'asc' }, { id: 'asc' }],
    })
  ).map((event) => event.kind);
const resultsOf = (sitting: Sitting) =>
  world.ctx.db.examResult.findMany({
    where: { attemptId: sitting.attemptId },
    orderBy: { versionNo: 'asc' },
  });

async function aHallAtWork(
  options: Parameters<typeof aWatchedHall>[1] = {},
): Promise<WatchedHall & { sittings: Sitting[] }> {
  world.clock.set(START);
  const hall = await aWatchedHall(world.ctx, options);
  const sittings: Sitting[] = [];
  for (const candidate of hall.candidates) sittings.push(await aRunningAttempt(candidate));
  return { ...hall, sittings };
}
const idsOf = (hall: WatchedHall): string[] => hall.candidates.map((one) => one.registrationId);
function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}
const NO_FILTER = readTileFilter(new URLSearchParams());

/** A remote sitting, without rooms, with somebody of the bureau. */
async function aRemoteHall() {
  world.clock.set(START);
  const hall = await aHall(world.ctx, { candidates: 3 });
  const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }] as const;
  const bureau = await anActor(world.ctx, { grants });
  forgetTree(world.ctx);
  return { ...hall, bureau };
}
const resume = { kind: 'resume', mayPassHardEnd: false } as const;

describe('pausing a room', () => {
  it('stops exactly its running candidates and gives each the paused time back', async () => {
    const hall = await aHallAtWork();
    world.clock.advanceSeconds(10 * MINUTE_S);
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    expect(await act(hall.invigilator, hall.sittingId, room, { kind: 'pause' })).toEqual({
      ok: true,
      value: { done: 2, left: [] },
    });
    const rows = await Promise.all(hall.sittings.map(attemptOf));
    expect(rows.map((row) => row.pausedAt !== null)).toEqual([true, false, true, false]);
    world.clock.advanceSeconds(7 * MINUTE_S);
    expect(await act(hall.invigilator, hall.sittingId, room, resume)).toMatchObject({
      ok: true,
      value: { done: 2 },
    });
    const after = await attemptOf(nth(hall.sittings, 0));
    expect(after.deadlineAt.toISOString()).toBe('2026-11-23T02:37:00.000Z');
    expect(after.closeAt.toISOString()).toBe('2026-11-23T02:37:30.000Z');
    expect(after).toMatchObject({ pausedAt: null, noticeNo: 2 });
    expect(await eventsOf(nth(hall.sittings, 0))).toEqual(['started', 'paused', 'resumed']);
    expect(
      (await world.ctx.db.examRoom.findUniqueOrThrow({ where: { id: hall.rooms[0] } })).pausedAt,
    ).toBeNull();
  });

  it('leaves who was paused alone before it paused when the room goes on', async () => {
    const hall = await aHallAtWork();
    const alone = nth(idsOf(hall), 0);
    await act(hall.invigilator, hall.sittingId, [alone], { kind: 'pause' });
    world.clock.advanceSeconds(MINUTE_S);
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    await act(hall.invigilator, hall.sittingId, room, { kind: 'pause' });
    world.clock.advanceSeconds(MINUTE_S);
    await act(hall.invigilator, hall.sittingId, room, resume);
    expect((await attemptOf(nth(hall.sittings, 0))).pausedAt).not.toBeNull();
    expect((await attemptOf(nth(hall.sittings, 2))).pausedAt).toBeNull();
  });

  it('holds who starts while it rests from the first moment, and gives that time back, too', async () => {
    world.clock.set(START);
    const hall = await aWatchedHall(world.ctx);
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    await act(hall.invigilator, hall.sittingId, room, { kind: 'pause' });
    world.clock.advanceSeconds(MINUTE_S);
    const [inside, outside] = [
      await aRunningAttempt(nth(hall.candidates, 0)),
      await aRunningAttempt(nth(hall.candidates, 1)),
    ];
    expect((await attemptOf(inside)).pausedAt).toEqual(world.clock.now());
    expect((await attemptOf(outside)).pausedAt).toBeNull();
    world.clock.advanceSeconds(5 * MINUTE_S);
    expect(await act(hall.invigilator, hall.sittingId, room, resume)).toMatchObject({ value: { done: 1 } });
    const after = await attemptOf(inside);
    expect([after.pausedAt, after.deadlineAt.toISOString()]).toEqual([null, '2026-11-23T02:36:00.000Z']);
    expect(await eventsOf(inside)).toEqual(['started', 'paused', 'resumed']);
  });

  it('of a whole remote sitting holds who starts while it rests, and gives that time back, too', async () => {
    const hall = await aRemoteHall();
    const whole = { kind: 'sitting' } as const;
    const running = await aRunningAttempt(nth(hall.candidates, 0));
    expect(await act(hall.bureau, hall.sittingId, whole, { kind: 'pause' })).toMatchObject({
      value: { done: 1 },
    });
    const board = await viewBoard(hall.bureau, hall.sittingId, NO_FILTER);
    expect(board.ok && board.value.board.pausedAtMs).toBe(world.clock.now().getTime());
    world.clock.advanceSeconds(MINUTE_S);
    const later = await aRunningAttempt(nth(hall.candidates, 1));
    expect((await attemptOf(later)).pausedAt).toEqual(world.clock.now());
    expect(await eventsOf(later)).toEqual(['started', 'paused']);
    world.clock.advanceSeconds(5 * MINUTE_S);
    expect(await act(hall.bureau, hall.sittingId, whole, resume)).toMatchObject({ value: { done: 2 } });
    const [first, second] = [await attemptOf(running), await attemptOf(later)];
    expect([first.pausedAt, first.deadlineAt.toISOString()]).toEqual([null, '2026-11-23T02:36:00.000Z']);
    expect([second.pausedAt, second.deadlineAt.toISOString()]).toEqual([null, '2026-11-23T02:36:00.000Z']);
    expect((await attemptOf(await aRunningAttempt(nth(hall.candidates, 2)))).pausedAt).toBeNull();
  });

  it('of a whole remote sitting and starts at the same moment see each other', async () => {
    for (let round = 0; round < 5; round += 1) {
      const hall = await aRemoteHall();
      const [, ...started] = await Promise.all([
        act(hall.bureau, hall.sittingId, { kind: 'sitting' }, { kind: 'pause' }),
        ...hall.candidates.map((candidate) => aRunningAttempt(candidate)),
      ]);
      const attempts = await Promise.all(started.map(attemptOf));
      expect(attempts.map((attempt) => attempt.pausedAt !== null)).toEqual(attempts.map(() => true));
    }
  });

  it('of a room, its admissions and its starts at the same moment wait for each other and fail nobody', async () => {
    world.clock.set(START);
    const hall = await aWatchedHall(world.ctx, { candidates: 12 });
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    const outcomes = await Promise.all([
      ...hall.candidates.map((candidate) => aRunningAttempt(candidate)),
      act(hall.invigilator, hall.sittingId, room, { kind: 'admit' }),
      act(hall.bureau, hall.sittingId, { kind: 'sitting' }, { kind: 'pause' }),
      act(hall.bureau2, hall.sittingId, { kind: 'sitting' }, { kind: 'admit' }),
    ]);
    expect(outcomes).toHaveLength(15);
    const attempts = await world.ctx.db.attempt.findMany({
      where: { registration: { sittingId: hall.sittingId } },
    });
    expect(attempts.map((attempt) => attempt.pausedAt !== null)).toEqual(Array(12).fill(true));
  });

  it('takes in what arrives meanwhile and never lets a paused attempt expire', async () => {
    const hall = await aHallAtWork({ candidates: 1 });
    const sitting = nth(hall.sittings, 0);
    await act(hall.bureau, hall.sittingId, { kind: 'sitting' }, { kind: 'pause' });
    world.clock.advanceSeconds(LENGTH_S + 3600);
    await sweepExpired(world.ctx);
    const ack = await send(sitting, [answer(1, 1, 'A')]);
    expect(ack).toMatchObject({ isOpen: true, stored: [{ standing: 'counted' }] });
    expect((await attemptOf(sitting)).state).toBe('in_progress');
    await act(hall.bureau, hall.sittingId, idsOf(hall), resume);
    world.clock.advanceSeconds(LENGTH_S + 33);
    await sweepExpired(world.ctx);
    expect((await attemptOf(sitting)).state).toBe('finalised');
    expect(await resultsOf(sitting)).toHaveLength(1);
  });

  it('stays paused when going on would pass the hard end, until a person allows it with a reason', async () => {
    const hall = await aHallAtWork({
      candidates: 1,
      sitting: {
        latestEntryAt: new Date('2026-11-23T01:30:00Z'),
        hardEndAt: new Date('2026-11-23T02:40:00Z'),
      },
    });
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    await act(hall.invigilator, hall.sittingId, room, { kind: 'pause' });
    world.clock.advanceSeconds(11 * MINUTE_S);
    expect(await act(hall.invigilator, hall.sittingId, room, resume)).toMatchObject({
      ok: true,
      value: { done: 0, left: [{ code: 'BEYOND_HARD_END' }] },
    });
    expect(
      (await world.ctx.db.examRoom.findUniqueOrThrow({ where: { id: hall.rooms[0] } })).pausedAt,
    ).not.toBeNull();
    const allowed = { kind: 'resume', mayPassHardEnd: true } as const;
    expect(await act(hall.invigilator, hall.sittingId, room, allowed)).toMatchObject({
      ok: true,
      value: { done: 1 },
    });
    expect((await attemptOf(nth(hall.sittings, 0))).deadlineAt.toISOString()).toBe(
      '2026-11-23T02:41:00.000Z',
    );
  });
});

describe('an act', () => {
  it('sent twice acts once, also at the same moment; the same command with other content is refused', async () => {
    const hall = await aHallAtWork({ candidates: 2 });
    const commandId = newId();
    const extend = { kind: 'extend', minutes: 10, mayPassHardEnd: false } as const;
    const both = await Promise.all(
      [1, 2].map(() => act(hall.bureau, hall.sittingId, idsOf(hall), extend, { commandId })),
    );
    expect(both).toEqual([
      { ok: true, value: { done: 2, left: [] } },
      { ok: true, value: { done: 2, left: [] } },
    ]);
    expect((await attemptOf(nth(hall.sittings, 0))).deadlineAt.toISOString()).toBe(
      '2026-11-23T02:40:00.000Z',
    );
    expect(await eventsOf(nth(hall.sittings, 0))).toEqual(['started', 'extended']);
    expect(await act(hall.bureau, hall.sittingId, idsOf(hall), { kind: 'pause' }, { commandId })).toEqual({
      ok: false,
      code: 'COMMAND_REUSED',
    });
  });

  it('of two pauses at once stops once; the other person is told so', async () => {
    const hall = await aHallAtWork({ candidates: 1 });
    const outcomes = await Promise.all(
      [hall.invigilator, hall.bureau].map((by) => act(by, hall.sittingId, idsOf(hall), { kind: 'pause' })),
    );
    expect(outcomes.map((outcome) => outcome.ok && outcome.value.done).sort()).toEqual([0, 1]);
    expect(await eventsOf(nth(hall.sittings, 0))).toEqual(['started', 'paused']);
  });

  it('reaches only the own rooms: another room, another sitting and another region are not found', async () => {
    const hall = await aHallAtWork();
    const other = await aHallAtWork({ candidates: 1 });
    const pause = { kind: 'pause' } as const;
    const notFound = { ok: false, code: 'NOT_FOUND' };
    expect(await act(hall.invigilator, hall.sittingId, idsOf(hall), pause)).toEqual(notFound);
    expect(
      await act(hall.invigilator, hall.sittingId, { kind: 'room', roomId: hall.rooms[1] }, pause),
    ).toEqual(notFound);
    expect(await act(hall.invigilator, hall.sittingId, idsOf(other), pause)).toEqual(notFound);
    expect(await act(hall.invigilator, other.sittingId, idsOf(other), pause)).toEqual(notFound);
    expect(await act(hall.bureau, other.sittingId, idsOf(other), pause)).toEqual(notFound);
    expect(await act(hall.invigilator, hall.sittingId, { kind: 'sitting' }, pause)).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
    expect(await act(nth(hall.candidates, 0).ctx, hall.sittingId, idsOf(hall), pause)).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
    expect((await attemptOf(nth(hall.sittings, 0))).pausedAt).toBeNull();
  });

  it('needs words where the reason is “other”, and always for an end', async () => {
    const hall = await aHallAtWork({ candidates: 1 });
    const say = (kind: 'pause' | 'end', code: 'other' | 'by_procedure') =>
      act(hall.bureau, hall.sittingId, idsOf(hall), { kind }, { reason: { code, note: null } });
    expect(await say('pause', 'other')).toEqual({ ok: false, code: 'NOTE_REQUIRED' });
    expect(await say('end', 'by_procedure')).toEqual({ ok: false, code: 'NOTE_REQUIRED' });
  });

  it('admits before the start, takes it back, and leaves who has started', async () => {
    world.clock.set(START);
    const hall = await aWatchedHall(world.ctx, { candidates: 2 });
    await aRunningAttempt(nth(hall.candidates, 1));
    expect(await act(hall.bureau, hall.sittingId, idsOf(hall), { kind: 'admit' })).toMatchObject({
      ok: true,
      value: { done: 2 },
    });
    const back = await act(hall.bureau, hall.sittingId, idsOf(hall), { kind: 'withdraw_admission' });
    expect(back).toMatchObject({ ok: true, value: { done: 1, left: [{ code: 'ALREADY_STARTED' }] } });
    const events = await world.ctx.db.registrationEvent.findMany({
      where: { registrationId: nth(idsOf(hall), 0), kind: { startsWith: 'ad' } },
      orderBy: { occurredAt: 'asc' },
    });
    expect(events.map((event) => [event.kind, event.reasonCode])).toEqual([
      ['admitted', 'power_failure'],
      ['admission_withdrawn', 'power_failure'],
    ]);
  });

  it('tells a room once and each chosen person once, and lets their pages know', async () => {
    const hall = await aHallAtWork();
    const say = { kind: 'message', text: '请把手机放在讲台上。' } as const;
    await act(hall.invigilator, hall.sittingId, { kind: 'room', roomId: hall.rooms[0] }, say);
    await act(hall.invigilator, hall.sittingId, [nth(idsOf(hall), 0)], say);
    const messages = await world.ctx.db.examMessage.findMany({ where: { sittingId: hall.sittingId } });
    expect(messages.map((one) => [one.roomId !== null, one.attemptId !== null])).toEqual([
      [true, false],
      [false, true],
    ]);
    const notices = (await Promise.all(hall.sittings.map(attemptOf))).map((row) => row.noticeNo);
    expect(notices).toEqual([2, 0, 1, 0]);
  });

  it('marks an irregularity without any effect on answers, time or grade', async () => {
    const hall = await aHallAtWork({ candidates: 1 });
    const sitting = nth(hall.sittings, 0);
    const before = await attemptOf(sitting);
    await act(hall.invigilator, hall.sittingId, idsOf(hall), { kind: 'mark_irregular' });
    expect(await attemptOf(sitting)).toEqual(before);
    expect(await eventsOf(sitting)).toEqual(['started', 'marked_irregular']);
  });

  it('leaves an audit row for each person it touched and none for who was left', async () => {
    const hall = await aHallAtWork({ candidates: 2 });
    await handIn(nth(hall.candidates, 1).ctx, nth(hall.sittings, 1));
    await act(hall.bureau, hall.sittingId, idsOf(hall), { kind: 'pause' });
    const rows = await world.ctx.db.auditEvent.findMany({
      where: { action: 'exam.pause', subjectId: { in: idsOf(hall) } },
    });
    expect(rows.map((row) => row.subjectId)).toEqual([nth(idsOf(hall), 0)]);
  });
});

describe('ending an attempt', () => {
  it('of a whole room or of everybody takes its name written out, of several their number; one is ended without', async () => {
    const hall = await aHallAtWork({ candidates: 5 });
    const end = (target: Parameters<typeof act>[2], confirmation?: string) =>
      act(hall.bureau, hall.sittingId, target, { kind: 'end' }, confirmation ? { confirmation } : {});
    const room = { kind: 'room', roomId: nth(hall.rooms, 1) } as const;
    const whole = { kind: 'sitting' } as const;
    for (const [target, word, wrong] of [
      [room, '第2考场', '第1考场'],
      [whole, '全场结束', '第2考场'],
    ] as const)
      for (const typed of [undefined, wrong])
        expect(await end(target, typed)).toEqual({
          ok: false,
          code: 'CONFIRMATION_REQUIRED',
          detail: { word },
        });
    const several = [nth(idsOf(hall), 3), nth(idsOf(hall), 4)];
    for (const typed of [undefined, '结束3人'])
      expect(await end(several, typed)).toMatchObject({
        code: 'CONFIRMATION_REQUIRED',
        detail: { word: '结束2人' },
      });
    expect(await end(several, '结束2人')).toMatchObject({ value: { done: 2 } });
    expect(await end([nth(idsOf(hall), 0)])).toMatchObject({ value: { done: 1 } });
    expect(await end(room, '第2考场')).toMatchObject({ value: { done: 1 } });
    expect(await end(whole, '全场结束')).toMatchObject({ value: { done: 1 } });
  });

  it('grades what has counted and is the only end, whoever else closes it at the same moment', async () => {
    for (let round = 0; round < 6; round += 1) {
      const hall = await aHallAtWork({ candidates: 1 });
      const sitting = nth(hall.sittings, 0);
      const key = await keyOf(world.ctx, sitting.attemptId);
      await send(sitting, [answer(1, 1, key.get(1) ?? '')]);
      world.clock.advanceSeconds(LENGTH_S + 20);
      const [ended, handed] = await Promise.all([
        act(hall.invigilator, hall.sittingId, idsOf(hall), { kind: 'end' }),
        handIn(sitting.candidate.ctx, sitting),
        sweepExpired(world.ctx),
        send(sitting, [answer(2, 2, key.get(2) ?? '')]),
      ]);
      const wins = [ended.ok && ended.value.done === 1, handed.ok].filter(Boolean);
      expect(wins).toHaveLength(1);
      const results = await resultsOf(sitting);
      expect(results).toHaveLength(1);
      const counted = await world.ctx.db.answerEvent.count({
        where: { attemptId: sitting.attemptId, standing: 'counted' },
      });
      const items = nth(results, 0).items as { choice: string }[];
      expect(items.filter((item) => item.choice !== '')).toHaveLength(counted);
    }
  });

  it('races of pause, resume, extension, hand-in and saves leave one story that adds up', async () => {
    for (let round = 0; round < 4; round += 1) {
      const hall = await aHallAtWork({ candidates: 6 });
      const all = idsOf(hall);
      const outcomes = await Promise.all([
        act(hall.bureau, hall.sittingId, all, { kind: 'pause' }),
        act(hall.bureau2, hall.sittingId, all, { kind: 'extend', minutes: 5, mayPassHardEnd: false }),
        act(hall.invigilator, hall.sittingId, { kind: 'room', roomId: hall.rooms[0] }, resume),
        ...hall.sittings.map((sitting, n) => send(sitting, [answer(1, n + 1, 'A')])),
        handIn(nth(hall.sittings, 0).candidate.ctx, nth(hall.sittings, 0)),
        sweepExpired(world.ctx),
      ]);
      expect(outcomes).toHaveLength(11);
      for (const sitting of hall.sittings) {
        const row = await attemptOf(sitting);
        const added = (await world.ctx.db.attemptEvent.findMany({ where: { attemptId: sitting.attemptId } }))
          .map((event) => (event.detail as { addedMs?: number }).addedMs ?? 0)
          .reduce((sum, ms) => sum + ms, 0);
        expect(row.deadlineAt.getTime()).toBe(row.startedAt.getTime() + LENGTH_S * 1000 + added);
        expect(row.closeAt.getTime() - row.deadlineAt.getTime()).toBe(30_000);
      }
    }
  });
});

describe('changing the device where the sitting asks for a release', () => {
  it('is refused until the invigilator has released it, and each release serves once', async () => {
    const hall = await aHallAtWork({ candidates: 1, needsDeviceRelease: true });
    const sitting = nth(hall.sittings, 0);
    const move = (commandId: string = newId()) =>
      takeOver(sitting.candidate.ctx, { attemptId: sitting.attemptId, commandId });
    expect(await move()).toEqual({ ok: false, code: 'DEVICE_NOT_RELEASED' });
    const release = { kind: 'release_device' } as const;
    expect(await act(hall.invigilator, hall.sittingId, idsOf(hall), release)).toMatchObject({
      ok: true,
      value: { done: 1 },
    });
    expect(await act(hall.invigilator, hall.sittingId, idsOf(hall), release)).toMatchObject({
      ok: true,
      value: { left: [{ code: 'ALREADY_RELEASED' }] },
    });
    const moves = await Promise.all([move(), move(), move()]);
    expect(moves.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(moves.filter((outcome) => !outcome.ok && outcome.code === 'DEVICE_NOT_RELEASED')).toHaveLength(2);
    expect(await attemptOf(sitting)).toMatchObject({ deviceEpoch: 2, deviceReleasedAt: null });
    expect(await move()).toEqual({ ok: false, code: 'DEVICE_NOT_RELEASED' });
  });

  it('is possible while the exam rests, also after the old end', async () => {
    const hall = await aHallAtWork({ candidates: 1 });
    const sitting = nth(hall.sittings, 0);
    await act(hall.bureau, hall.sittingId, idsOf(hall), { kind: 'pause' });
    world.clock.advanceSeconds(LENGTH_S + 600);
    expect(
      (await takeOver(sitting.candidate.ctx, { attemptId: sitting.attemptId, commandId: newId() })).ok,
    ).toBe(true);
  });
});
