import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { stepBatch } from '#app/exam/batch/step-batch.server.ts';
import { decideVoid, proposeVoid } from '#app/exam/invigilation/void-attempt.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import { act, aWatchedHall } from '#test/support/invigilation.ts';
import { lockSteps } from '#test/support/locks.ts';
import { aBellHall } from '#test/support/paper-ahead.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const world = useWorld(START);
const { waiting, hold } = lockSteps(world);
beforeAll(() => prepareExam(world.ctx));

function nth<T>(list: readonly T[], index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`there is no ${index}`);
  return found;
}

async function aHallOfTheDay(people: number): Promise<SeatedHall> {
  world.clock.set(START);
  return aSeatedHall(world.ctx, { people, needsAccessCode: false });
}

const candidateOf = (hall: SeatedHall, index = 0): Promise<ActorCtx> =>
  anActor(world.ctx, {
    personId: nth(hall.people, index).personId,
    grants: [{ role: 'applicant', scopeKind: 'self' }],
  });

const start = (candidate: ActorCtx, hall: SeatedHall, index = 0) =>
  startAttempt(candidate, { registrationId: nth(hall.people, index).registrationId, commandId: newId() });

const moveByADay = (hall: SeatedHall) =>
  changeDate(hall.bureau, {
    sittingId: hall.sittingId,
    opensAt: new Date(world.clock.now().getTime() + 24 * HOUR_MS),
    reason: '考点停电检修',
    expectedVersion: 1,
    commandId: newId(),
  });

async function cancelBatch(hall: SeatedHall) {
  const { version } = await world.ctx.db.examBatch.findUniqueOrThrow({ where: { id: hall.batchId } });
  const { batchId } = hall;
  return stepBatch(hall.bureau, {
    ...{ batchId, step: 'cancel', reason: '考点停用', expectedVersion: version },
    commandId: newId(),
  });
}

const countAttempts = (hall: SeatedHall): Promise<number> =>
  world.ctx.db.attempt.count({ where: { registration: { sittingId: hall.sittingId } } });

async function voided(hall: SeatedHall, attemptId: string): Promise<void> {
  const { regionId } = hall;
  const second = await anActor(world.ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
  });
  const proposal = { attemptId, ground: 'disturbance', reason: '全场停电', incidentId: null } as const;
  const proposed = await proposeVoid(hall.bureau, { ...proposal, commandId: newId() });
  if (!proposed.ok) throw new Error(proposed.code);
  const { voidId } = proposed.value;
  expect((await decideVoid(second, { voidId, isConfirmed: true, note: null, commandId: newId() })).ok).toBe(
    true,
  );
}

describe('改期 and who has begun', () => {
  it('is refused while an attempt counts; once it is void the date moves, and the candidate starts on the new day', async () => {
    const hall = await aHallOfTheDay(1);
    const candidate = await candidateOf(hall);
    const started = await start(candidate, hall);
    if (!started.ok) throw new Error(started.code);
    expect(await moveByADay(hall)).toMatchObject({ code: 'SITTING_STARTED' });
    await voided(hall, started.value.attemptId);
    expect(await moveByADay(hall)).toMatchObject({ value: { tickets: 1 } });
    expect(await start(candidate, hall)).toMatchObject({ code: 'NOT_OPEN_YET' });
    world.clock.set(new Date(Date.parse(START) + 24 * HOUR_MS).toISOString());
    const again = await start(candidate, hall);
    if (!again.ok) throw new Error(again.code);
    const attempts = await world.ctx.db.attempt.findMany({
      where: { registration: { sittingId: hall.sittingId } },
      orderBy: { attemptNo: 'asc' },
    });
    expect(attempts.map(({ attemptNo, state }) => [attemptNo, state])).toEqual([
      [1, 'void'],
      [2, 'in_progress'],
    ]);
  });

  it('takes the rooms before the registrations, as a start does', async () => {
    const hall = await aHallOfTheDay(3);
    const letGo = await hold('select 1 from exam_room where sitting_id = $1 for update', hall.sittingId);
    const moving = moveByADay(hall);
    await waiting(1);
    const free = await world.ctx.pool.query(
      'select 1 from exam_registration where sitting_id = $1 for update skip locked',
      [hall.sittingId],
    );
    expect(free.rowCount).toBe(3);
    await letGo();
    expect((await moving).ok).toBe(true);
  });

  it('of starts and a change at the same moment either the starts hold or the change, and nobody is left waiting', async () => {
    const hall = await aHallOfTheDay(6);
    const candidates = await Promise.all(hall.people.map((_, index) => candidateOf(hall, index)));
    const [moved, ...starts] = await Promise.all([
      moveByADay(hall),
      ...candidates.map((candidate, index) => start(candidate, hall, index)),
    ]);
    const begun = starts.filter((outcome) => outcome.ok).length;
    expect(await countAttempts(hall)).toBe(begun);
    expect(moved.ok).toBe(begun === 0);
  });
});

describe('修改场次设置 while somebody starts', () => {
  const changing = (hall: SeatedHall, what: string) =>
    hold(`update exam_sitting set ${what}, version = version + 1 where id = $1`, hall.sittingId);

  it('gives the time that holds when the start is written, not the one that was read before', async () => {
    const hall = await aHallOfTheDay(1);
    const candidate = await candidateOf(hall);
    const before = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    const letGo = await changing(hall, 'duration_seconds = duration_seconds - 600');
    const starting = start(candidate, hall);
    await waiting(1);
    await letGo();
    const started = await starting;
    if (!started.ok) throw new Error(started.code);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: started.value.attemptId } });
    const seconds = (attempt.deadlineAt.getTime() - attempt.startedAt.getTime()) / 1000;
    expect(seconds).toBe(before.durationSeconds - 600);
    expect(await countAttempts(hall)).toBe(1);
  });

  it('keeps out who gave no 开考口令 once one is asked for', async () => {
    const hall = await aHallOfTheDay(1);
    const candidate = await candidateOf(hall);
    const letGo = await changing(hall, 'needs_access_code = true');
    const starting = start(candidate, hall);
    await waiting(1);
    await letGo();
    expect((await starting).ok).toBe(false);
    expect(await countAttempts(hall)).toBe(0);
  });
});

describe('cancelling a batch while somebody starts', () => {
  it('waits for the start that came before, and is refused', async () => {
    const hall = await aHallOfTheDay(1);
    const candidate = await candidateOf(hall);
    const { registrationId } = nth(hall.people, 0);
    const letGo = await hold('select 1 from exam_registration where id = $1 for update', registrationId);
    const starting = start(candidate, hall);
    await waiting(1);
    const cancelling = cancelBatch(hall);
    await waiting(2);
    await letGo();
    expect((await starting).ok).toBe(true);
    expect((await cancelling).ok).toBe(false);
    const { status } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    expect(status).toBe('published');
  });

  it('keeps out the start that came after', async () => {
    const hall = await aHallOfTheDay(1);
    const candidate = await candidateOf(hall);
    const letGo = await hold(`update exam_sitting set status = 'cancelled' where id = $1`, hall.sittingId);
    const starting = start(candidate, hall);
    await waiting(1);
    await letGo();
    expect((await starting).ok).toBe(false);
    expect(await countAttempts(hall)).toBe(0);
  });
});

describe('the resume of a room', () => {
  const resume = { kind: 'resume', mayPassHardEnd: false } as const;

  it('leaves who was paused alone paused, though both pauses were before the bell', async () => {
    world.clock.set(START);
    const hall = await aBellHall(world.ctx, { candidates: 4 });
    const { sittingId, rooms, bureau } = hall;
    const alone = await aRunningAttempt(nth(hall.candidates, 0));
    const withRoom = await aRunningAttempt(nth(hall.candidates, 2));
    const room = { kind: 'room', roomId: rooms[0] } as const;
    await act(bureau, sittingId, [alone.candidate.registrationId], { kind: 'pause' });
    await act(bureau, sittingId, room, { kind: 'pause' });
    world.clock.set(new Date(hall.bellAt.getTime() + 5 * MINUTE_MS).toISOString());
    expect(await act(bureau, sittingId, room, resume)).toMatchObject({ value: { done: 1 } });
    const pausedAt = async (id: string) =>
      (await world.ctx.db.attempt.findUniqueOrThrow({ where: { id } })).pausedAt;
    expect(await pausedAt(alone.attemptId)).toEqual(hall.bellAt);
    expect(await pausedAt(withRoom.attemptId)).toBeNull();
  });

  it('of the whole sitting ends the rest of every room but that of whom the hard end holds back', async () => {
    world.clock.set(START);
    const hall = await aWatchedHall(world.ctx, {
      sitting: {
        latestEntryAt: new Date(Date.parse(START) + 30 * MINUTE_MS),
        hardEndAt: new Date(Date.parse(START) + 100 * MINUTE_MS),
      },
    });
    for (const candidate of hall.candidates) await aRunningAttempt(candidate);
    const { sittingId, bureau } = hall;
    const late = nth(hall.candidates, 1).registrationId;
    await act(bureau, sittingId, [late], { kind: 'extend', minutes: 10, mayPassHardEnd: false });
    await act(bureau, sittingId, { kind: 'sitting' }, { kind: 'pause' });
    world.clock.set(new Date(Date.parse(START) + 5 * MINUTE_MS).toISOString());
    expect(await act(bureau, sittingId, { kind: 'sitting' }, resume)).toMatchObject({
      value: { done: 3, left: [{ registrationId: late, code: 'BEYOND_HARD_END' }] },
    });
    const rests = async (id: string) =>
      (await world.ctx.db.examRoom.findUniqueOrThrow({ where: { id } })).pausedAt !== null;
    expect([await rests(hall.rooms[0]), await rests(hall.rooms[1])]).toEqual([false, true]);
  });
});
