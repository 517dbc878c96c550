import { beforeAll, describe, expect, it } from 'vitest';
import { openingCode } from '#app/exam/ahead/ahead-keys.server.ts';
import { askBell } from '#app/exam/ahead/ask-bell.server.ts';
import { openEnvelope, unlockEnvelope } from '#app/exam/ahead/envelope.ts';
import { viewBoard } from '#app/exam/invigilation/board-view.server.ts';
import { conditionOf } from '#app/exam/invigilation/tile.ts';
import { openReplay } from '#app/exam/replay/open-replay.server.ts';
import { viewResult } from '#app/exam/result/result-view.server.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import type { RoomView } from '#app/exam/sitting/attempt-view.server.ts';
import { deviceKey } from '#app/exam/sitting/device.server.ts';
import { takeSignals } from '#app/exam/sitting/evidence/take-signals.server.ts';
import { viewOwnExams } from '#app/exam/sitting/exams-view.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { listPaperCandidates } from '#app/exam/sitting/papers/candidates.store.server.ts';
import { saveAnswers } from '#app/exam/sitting/save-answers.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { released, sealed } from '#test/support/custody.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send } from '#test/support/exam.ts';
import { act } from '#test/support/invigilation.ts';
import { startSaveServer } from '#test/support/save-server.ts';
import type { BellHall } from '#test/support/paper-ahead.ts';
import { aBellHall, askAs, waitingPage } from '#test/support/paper-ahead.ts';

const MINUTE_MS = 60_000;
const BEFORE = '2026-11-23T00:50:00.000Z';
const world = useWorld(BEFORE);
beforeAll(() => prepareExam(world.ctx));

const nth = (hall: BellHall, index: number): Candidate => {
  const candidate = hall.candidates[index];
  if (!candidate) throw new Error(`the hall has no candidate ${index}`);
  return candidate;
};
const after = (hall: BellHall, ms: number): void =>
  void world.clock.set(new Date(hall.bellAt.getTime() + ms).toISOString());

async function aFreshHall(options: Parameters<typeof aBellHall>[1] = {}): Promise<BellHall> {
  world.clock.set(BEFORE);
  return aBellHall(world.ctx, options);
}

async function conditions(hall: BellHall): Promise<Record<string, string>> {
  const filter = { roomId: null, condition: null, q: '' };
  const board = await viewBoard(hall.bureau, hall.sittingId, filter);
  if (!board.ok) throw new Error(board.code);
  const { tiles, ...moment } = board.value.board;
  return Object.fromEntries(tiles.map((tile) => [tile.registrationId, conditionOf(tile, moment)]));
}

describe('候考: checking in before the bell', () => {
  it('makes the attempt of the bell from the sealed paper, and says so in its events, the exam list and the board', async () => {
    const hall = await aFreshHall();
    const candidate = nth(hall, 0);
    const exams = await viewOwnExams(candidate.ctx);
    expect(exams).toMatchObject({ value: [{ door: { kind: 'may_check_in', bellAt: hall.bellAt } }] });
    const { attemptId } = await aRunningAttempt(candidate);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: attemptId },
      include: { paper: true, events: true },
    });
    expect(attempt).toMatchObject({ state: 'in_progress', startedAt: hall.bellAt, attemptNo: 1 });
    expect(attempt.deadlineAt.getTime()).toBe(hall.bellAt.getTime() + 90 * MINUTE_MS);
    expect(attempt.paper.sealId).not.toBeNull();
    expect(attempt.events).toMatchObject([{ kind: 'checked_in', occurredAt: new Date(BEFORE) }]);
    const audit = await world.ctx.db.auditEvent.findFirstOrThrow({ where: { subjectId: attemptId } });
    expect(audit).toMatchObject({ action: 'exam.check_in', actorId: candidate.ctx.actorId });
    expect(await viewOwnExams(candidate.ctx)).toMatchObject({
      value: [{ door: { kind: 'waiting', attemptId } }],
    });
    const other = nth(hall, 1).registrationId;
    expect(await conditions(hall)).toEqual({ [candidate.registrationId]: 'waiting', [other]: 'expected' });
  });

  it('is once, however often and at the same moment it is asked for', async () => {
    const hall = await aFreshHall();
    const { ctx, registrationId } = nth(hall, 0);
    const commandId = newId();
    const starts = await Promise.all(
      [commandId, commandId, newId(), newId()].map((id) =>
        startAttempt(ctx, { registrationId, commandId: id }),
      ),
    );
    const ids = starts.map((start) => (start.ok ? start.value.attemptId : start.code));
    expect(new Set(ids).size).toBe(1);
    const again = await startAttempt(ctx, { registrationId, commandId });
    expect(again).toMatchObject({ value: { attemptId: ids[0] } });
    expect(await world.ctx.db.attempt.count({ where: { registrationId } })).toBe(1);
    expect(await world.ctx.db.attemptEvent.count({ where: { attemptId: ids[0] ?? '' } })).toBe(1);
  });

  it('is refused before its time, unreleased, and for somebody else’s registration', async () => {
    const unreleased = await aFreshHall({ isReleased: false });
    const start = ({ ctx }: Candidate, registrationId: string) =>
      startAttempt(ctx, { registrationId, commandId: newId() });
    const mine = nth(unreleased, 0);
    expect(await start(mine, mine.registrationId)).toMatchObject({ code: 'NOT_OPEN_YET' });
    const bureau = { maker: unreleased.bureau, checker: unreleased.bureau2 };
    await released(bureau, unreleased.sittingId);
    after(unreleased, -30 * MINUTE_MS - 1);
    expect(await start(mine, mine.registrationId)).toMatchObject({ code: 'NOT_OPEN_YET' });
    after(unreleased, -30 * MINUTE_MS);
    expect(await start(mine, nth(unreleased, 1).registrationId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await start(mine, mine.registrationId)).toMatchObject({ ok: true });
  });

  it('passes the gate of the room: code, network, seat', async () => {
    const hall = await aFreshHall();
    const { sittingId } = hall;
    await world.ctx.db.examSitting.update({ where: { id: sittingId }, data: { ipRanges: ['10.1.0.0/16'] } });
    const { ctx, registrationId } = nth(hall, 0);
    const from = (clientAddress: string) =>
      startAttempt(ctx, { registrationId, commandId: newId(), clientAddress });
    expect(await from('10.2.0.1')).toMatchObject({ code: 'WRONG_NETWORK' });
    expect(await from('10.1.0.1')).toMatchObject({ ok: true });
  });
});

describe('the paper that lies ahead', () => {
  it('is in the page only as an envelope; the key comes with the bell and to its own device alone', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const page = await waitingPage(sitting);
    const stem = (
      await world.ctx.db.paper.findFirstOrThrow({
        where: { registrationId: sitting.candidate.registrationId },
      })
    ).content as { items: { stem: string }[] };
    expect(JSON.stringify(page)).not.toContain(stem.items[0]?.stem ?? 'none');
    after(hall, -1);
    expect(await askAs(sitting)).toMatchObject({
      state: 'waiting',
      key: null,
      lockNo: page.envelope.lock?.no,
    });
    after(hall, 0);
    const strange = deviceKey(world.ctx.secrets, 'nowhere', newId());
    expect(await askAs(sitting, { deviceKey: strange })).toMatchObject({ state: 'moved', key: null });
    const accountId = nth(hall, 1).ctx.actorId;
    const { attemptId } = sitting;
    expect(await askBell(world.ctx, { ...sitting, attemptId, accountId })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const bell = await askAs(sitting);
    expect(bell).toMatchObject({ state: 'open', epoch: 1 });
    const text = await openEnvelope(page.envelope, bell.key ?? '');
    const room = JSON.parse(text ?? 'null') as RoomView;
    // Word for word the page the server would show now, but for the moment it was made.
    const now = await viewAttempt(sitting.candidate.ctx, sitting);
    expect(now).toMatchObject({ ok: true, value: JSON.parse(JSON.stringify(room)) as object });
  });

  it('opens by the code of its room and no other, and after a new release by the new one', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const { envelope } = await waitingPage(sitting);
    const codeOf = async (roomId: string): Promise<string> => {
      const { id } = await world.ctx.db.examRelease.findFirstOrThrow({
        where: { sittingId: hall.sittingId },
        orderBy: { id: 'desc' },
      });
      return openingCode(world.ctx.secrets, { releaseId: id, roomId, opensAt: hall.bellAt });
    };
    const [first, second] = hall.rooms;
    expect(await unlockEnvelope(envelope, await codeOf(second))).toBeNull();
    expect(await unlockEnvelope(envelope, await codeOf(first))).not.toBeNull();
    // Somebody comes late: sealed and released once more.
    const late = await aHall(world.ctx, { sitting: { regionId: hall.regionId } });
    await world.ctx.db.examRegistration.updateMany({
      where: { sittingId: late.sittingId },
      data: { sittingId: hall.sittingId },
    });
    const bureau = { maker: hall.bureau, checker: hall.bureau2 };
    await sealed(bureau, hall.sittingId);
    // Until the new set is released, who waits keeps waiting, and nobody else checks in.
    expect((await askAs(sitting)).lockNo).toBe(envelope.lock?.no);
    const other = nth(hall, 1);
    const start = await startAttempt(other.ctx, { ...other, commandId: newId() });
    expect(start).toMatchObject({ code: 'NOT_OPEN_YET' });
    await released(bureau, hall.sittingId);
    const bell = await askAs(sitting);
    expect(bell.lockNo).not.toBe(envelope.lock?.no);
    const renewed = (await waitingPage(sitting)).envelope;
    expect(renewed.lock?.no).toBe(bell.lockNo);
    expect(await unlockEnvelope(renewed, await codeOf(first))).not.toBeNull();
  });

  it('moves with its candidate to another machine, which gets an envelope of its own', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const first = await waitingPage(sitting);
    const moved = await takeOver(sitting.candidate.ctx, { attemptId: sitting.attemptId, commandId: newId() });
    if (!moved.ok) throw new Error(moved.code);
    const second = await waitingPage(sitting, moved.value.deviceKey);
    expect([first.envelope.epoch, second.envelope.epoch]).toEqual([1, 2]);
    expect(await askAs(sitting)).toMatchObject({ state: 'moved', key: null });
    after(hall, 0);
    const { key } = await askAs(sitting, { deviceKey: moved.value.deviceKey });
    expect(await openEnvelope(second.envelope, key ?? '')).not.toBeNull();
    expect(await openEnvelope(first.envelope, key ?? '')).toBeNull();
  });
});

describe('asking for the bell over the wire', () => {
  it('needs a session and one’s own attempt, and is never kept by a cache; a role gives nobody the key earlier', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const { attemptId } = sitting;
    const { actorId: accountId } = sitting.candidate.ctx;
    await world.ctx.db.roleGrant.create({
      data: {
        ...{ id: newId(), accountId, role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId },
        validFrom: new Date(0),
        recordedAt: new Date(0),
      },
    });
    const server = await startSaveServer(world.ctx);
    const ask = (cookie: string) =>
      fetch(`${server.url}/attempts/${attemptId}/bell`, { headers: { cookie } });
    const own = await server.cookieFor(accountId, sitting);
    const answered = await ask(own);
    expect([answered.status, answered.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answered.json()).toMatchObject({ state: 'waiting', key: null });
    expect((await ask('')).status).toBe(401);
    expect((await ask(await server.cookieFor(nth(hall, 1).ctx.actorId, sitting))).status).toBe(404);
    const early = await fetch(`${server.url}/attempts/${attemptId}/answers`, {
      method: 'POST',
      headers: { cookie: own, 'Content-Type': 'application/json' },
      body: JSON.stringify({ events: [answer(1, 1, 'A')] }),
    });
    expect([early.status, early.headers.get('retry-after')]).toEqual([425, '2']);
    after(hall, 0);
    expect(await (await ask(own)).json()).toMatchObject({ state: 'open', key: expect.any(String) as string });
    await server.close();
  });
});

describe('before the bell', () => {
  it('nothing is stored as an answer; from the bell on the same answers count', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const { ctx } = sitting.candidate;
    const save = () =>
      saveAnswers(ctx, {
        ...{ attemptId: sitting.attemptId, deviceKey: sitting.deviceKey, accountId: ctx.actorId },
        receivedAt: world.ctx.clock.now(),
        events: [answer(1, 1, 'A')],
      });
    after(hall, -1);
    expect(await save()).toMatchObject({ ok: false, code: 'NOT_BEGUN' });
    const stored = () => world.ctx.db.answerEvent.count({ where: { attemptId: sitting.attemptId } });
    const conflicts = () => world.ctx.db.answerConflict.count({ where: { attemptId: sitting.attemptId } });
    expect([await stored(), await conflicts()]).toEqual([0, 0]);
    after(hall, 0);
    expect(await save()).toMatchObject({ value: { stored: [{ standing: 'counted' }] } });
    expect([await stored(), await conflicts()]).toEqual([1, 0]);
  });

  it('nobody hands in, no signal ends an attempt, and no page shows the paper, the bureau’s neither', async () => {
    const hall = await aFreshHall();
    await world.ctx.db.examSitting.update({
      where: { id: hall.sittingId },
      data: { focusPolicy: 'hand_in_at_once' },
    });
    const sitting = await aRunningAttempt(nth(hall, 0));
    const { ctx } = sitting.candidate;
    const { attemptId } = sitting;
    expect(await handIn(ctx, sitting)).toMatchObject({ code: 'TOO_EARLY_TO_HAND_IN' });
    const receivedAt = world.ctx.clock.now();
    const lost = {
      id: newId(),
      kind: 'focus_lost',
      atMs: receivedAt.getTime(),
      lastedMs: null,
      characters: null,
    };
    const signals = [lost] as Parameters<typeof takeSignals>[1]['signals'];
    const taken = await takeSignals(ctx, { ...sitting, accountId: ctx.actorId, receivedAt, signals });
    expect(taken).toMatchObject({ value: { focusLosses: 0, isOpen: true } });
    const reason = '申诉核查';
    expect(await openReplay(hall.bureau, { attemptId, reason })).toMatchObject({ code: 'NOT_FOUND' });
    // Ended by the invigilator while waiting: the result waits for the bell as well.
    const { registrationId } = sitting.candidate;
    await act(hall.bureau, hall.sittingId, [registrationId], { kind: 'end' });
    expect(await viewResult(ctx, attemptId)).toMatchObject({ value: { kind: 'withheld' } });
    after(hall, 0);
    expect(await viewResult(ctx, attemptId)).toMatchObject({ value: { kind: 'result', scoreHundredths: 0 } });
    expect(await askAs(sitting)).toMatchObject({ state: 'over', key: null });
  });

  it('a room that rests gets back only the time after the bell, whoever checked in before or during it', async () => {
    const hall = await aFreshHall({ candidates: 4 });
    const { sittingId, rooms, bureau } = hall;
    const before = await aRunningAttempt(nth(hall, 0));
    const room = { kind: 'room', roomId: rooms[0] } as const;
    await act(bureau, sittingId, room, { kind: 'pause' });
    const during = await aRunningAttempt(nth(hall, 2));
    const ends = async () =>
      (
        await world.ctx.db.attempt.findMany({ where: { id: { in: [before.attemptId, during.attemptId] } } })
      ).map((one) => one.deadlineAt.getTime() - hall.bellAt.getTime());
    after(hall, 5 * MINUTE_MS);
    expect((await askAs(before)).pausedAtMs).toBe(hall.bellAt.getTime());
    // Nobody reads while the room rests: neither key nor page, whoever asks.
    for (const sitting of [before, during]) {
      expect(await askAs(sitting)).toMatchObject({ state: 'waiting', key: null });
      expect(await waitingPage(sitting)).toMatchObject({ isHeld: true, bellAtMs: hall.bellAt.getTime() });
    }
    await act(bureau, sittingId, room, { kind: 'resume', mayPassHardEnd: true });
    expect(await ends()).toEqual([95 * MINUTE_MS, 95 * MINUTE_MS]);
    expect(await askAs(before)).toMatchObject({ state: 'open', key: expect.any(String) as string });
    // A pause after the bell takes nothing back that was open.
    await act(bureau, sittingId, room, { kind: 'pause' });
    expect(await askAs(before)).toMatchObject({ state: 'open' });
    expect(await viewAttempt(before.candidate.ctx, before)).toMatchObject({ value: { kind: 'room' } });
  });
});

describe('the end of who checked in', () => {
  it('opened without network, the answers count when the network is back', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    const { envelope } = await waitingPage(sitting);
    const release = await world.ctx.db.examRelease.findFirstOrThrow({ where: { sittingId: hall.sittingId } });
    const code = openingCode(world.ctx.secrets, {
      ...{ releaseId: release.id, roomId: hall.rooms[0], opensAt: hall.bellAt },
    });
    const key = await unlockEnvelope(envelope, code);
    const room = JSON.parse((await openEnvelope(envelope, key ?? '')) ?? 'null') as RoomView;
    const right = await keyOf(world.ctx, sitting.attemptId);
    const { epoch } = room.start;
    const given = room.items.map(({ position }, index) =>
      answer(index + 1, position, right.get(position) ?? '', { epoch }),
    );
    after(hall, 40 * MINUTE_MS);
    for (let from = 0; from < given.length; from += 100) await send(sitting, given.slice(from, from + 100));
    expect(await handIn(sitting.candidate.ctx, sitting)).toMatchObject({ ok: true });
    const result = await world.ctx.db.examResult.findFirstOrThrow({
      where: { attemptId: sitting.attemptId },
    });
    expect(result.scoreHundredths).toBe(result.fullMarkHundredths);
  });

  it('who never opened the paper is closed by the sweep and was there; who never came is 缺考', async () => {
    const hall = await aFreshHall();
    const sitting = await aRunningAttempt(nth(hall, 0));
    after(hall, 90 * MINUTE_MS + 32_000);
    await sweepExpired(world.ctx);
    const attempt = await world.ctx.db.attempt.findUniqueOrThrow({
      where: { id: sitting.attemptId },
      include: { events: { orderBy: { occurredAt: 'asc' } }, results: true },
    });
    expect(attempt.state).toBe('finalised');
    expect(attempt.events.map((event) => event.kind)).toEqual(['checked_in', 'expired', 'finalised']);
    expect(attempt.results).toMatchObject([{ scoreHundredths: 0, passed: false }]);
    const people = await listPaperCandidates(world.ctx.pool, hall.sittingId);
    expect(people.map((one) => one.hasStarted).sort()).toEqual([false, true]);
    const absent = nth(hall, 1).registrationId;
    expect((await conditions(hall))[absent]).toBe('absent');
  });
});
