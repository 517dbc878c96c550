import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Act } from '#app/exam/invigilation/act.ts';
import type { IncidentInput } from '#app/exam/invigilation/record-incident.server.ts';
import { recordIncident } from '#app/exam/invigilation/record-incident.server.ts';
import { openReplay } from '#app/exam/replay/open-replay.server.ts';
import { viewReplay } from '#app/exam/replay/replay-view.server.ts';
import { createSitting } from '#app/exam/sitting/create-sitting.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { WatchedHall } from '#test/support/invigilation.ts';
import { act, aWatchedHall } from '#test/support/invigilation.ts';
import { anActor } from '#test/support/world.ts';

const HOUR_MS = 3_600_000;
const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

type Candidate = WatchedHall['candidates'][number];

interface OwnHall extends WatchedHall {
  /** The candidate who works there as well: at the bureau, and as an invigilator of the own room. */
  readonly me: Candidate;
  readonly officer: ActorCtx;
  readonly own: ActorCtx;
  readonly other: Candidate;
}

async function aHallOfOnesOwn(): Promise<OwnHall> {
  world.clock.set(START);
  const hall = await aWatchedHall(world.ctx, { needsDeviceRelease: true });
  const [me, , other] = hall.candidates;
  if (!me || !other) throw new Error('the hall has candidates');
  const { personId } = me;
  const { regionId } = hall;
  const officer = await anActor(world.ctx, {
    personId,
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
  });
  const own = await anActor(world.ctx, {
    personId,
    grants: [{ role: 'invigilator', scopeKind: 'region', regionId }],
  });
  await world.ctx.db.examRoomInvigilator.create({
    data: { roomId: hall.rooms[0], accountId: own.actorId, assignedAt: world.clock.now() },
  });
  forgetTree(world.ctx);
  return { ...hall, me, other, officer, own };
}

const RUNNING_ACTS: readonly Act[] = [
  { kind: 'extend', minutes: 60, mayPassHardEnd: true },
  { kind: 'pause' },
  { kind: 'resume', mayPassHardEnd: true },
  { kind: 'release_device' },
  { kind: 'mark_irregular' },
  { kind: 'message', text: '请继续作答' },
  { kind: 'end' },
];

/** The hall becomes the first sitting of a batch; a second one is held two days later. */
async function aSittingLater({ sittingId, regionId, candidates, bureau }: OwnHall) {
  const { db } = world.ctx;
  const now = world.clock.now();
  const after = (hours: number): Date => new Date(now.getTime() + hours * HOUR_MS);
  const batchId = newId<'ExamBatch'>();
  await db.examBatch.create({
    data: {
      ...{ id: batchId, regionId, year: now.getUTCFullYear(), no: 1, title: '第1批', blueprintCode: 'P1' },
      ...{ registerFrom: after(-72), registerUntil: after(-48), withdrawUntil: after(-24) },
      ...{ status: 'closed', createdBy: bureau.actorId, createdAt: after(-96) },
    },
  });
  const made = await createSitting(world.ctx, {
    ...{ title: '第二场', blueprintCode: 'P1', regionId, graceSeconds: 30, earliestHandInSeconds: 0 },
    ...{ opensAt: after(48), latestEntryAt: after(48.5), hardEndAt: after(50) },
    ...{ startMode: 'own', preconditionCourse: null, attemptLimit: 1 },
  });
  if (!made.ok) throw new Error(made.code);
  await db.examSitting.updateMany({
    where: { id: { in: [sittingId, made.value.sittingId] } },
    data: { batchId },
  });
  const ids = candidates.map(({ registrationId }) => registrationId);
  await db.examRegistration.updateMany({ where: { id: { in: ids } }, data: { batchId } });
  return {
    sittingId: made.value.sittingId,
    betweenThem: after(25).toISOString(),
    afterBoth: after(51).toISOString(),
  };
}

const eventsOf = (registrationId: string) =>
  world.ctx.db.attemptEvent.count({ where: { attempt: { registrationId }, kind: { not: 'started' } } });

describe('the own exam', () => {
  it('is admitted, paused, extended, released and ended by others, whichever account one uses', async () => {
    const hall = await aHallOfOnesOwn();
    const ids = [hall.me.registrationId];
    const refusal = { ok: false, code: 'OWN_ATTEMPT' };
    for (const who of [hall.officer, hall.own])
      expect(await act(who, hall.sittingId, ids, { kind: 'admit' })).toEqual(refusal);
    await aRunningAttempt(hall.me);
    for (const who of [hall.officer, hall.own])
      for (const what of RUNNING_ACTS) expect(await act(who, hall.sittingId, ids, what)).toEqual(refusal);
    expect(await eventsOf(hall.me.registrationId)).toBe(0);
    expect(await act(hall.bureau, hall.sittingId, ids, { kind: 'pause' })).toMatchObject({
      value: { done: 1 },
    });
  });

  it('is left out of what is done to a room or the whole sitting, and the answer says so', async () => {
    const hall = await aHallOfOnesOwn();
    await aRunningAttempt(hall.me);
    await aRunningAttempt(hall.other);
    const left = [{ registrationId: hall.me.registrationId, code: 'OWN_ATTEMPT' }];
    const room = { kind: 'room', roomId: hall.rooms[0] } as const;
    const extend: Act = { kind: 'extend', minutes: 10, mayPassHardEnd: true };
    expect(await act(hall.own, hall.sittingId, room, extend)).toMatchObject({ value: { done: 1, left } });
    const both = [hall.me.registrationId, hall.other.registrationId];
    expect(await act(hall.officer, hall.sittingId, both, extend)).toMatchObject({ value: { done: 1, left } });
    const paused = await act(hall.officer, hall.sittingId, { kind: 'sitting' }, { kind: 'pause' });
    expect(paused).toMatchObject({ value: { done: 1, left: expect.arrayContaining(left) } });
    expect(await eventsOf(hall.me.registrationId)).toBe(0);
    // The message of the room is read by everybody in it.
    expect(await act(hall.own, hall.sittingId, room, { kind: 'message', text: '还有十分钟' })).toMatchObject({
      value: { done: 2, left: [] },
    });
  });

  it('has its records written and corrected by others', async () => {
    const hall = await aHallOfOnesOwn();
    const record: IncidentInput = {
      ...{ sittingId: hall.sittingId, roomId: null, registrationId: hall.me.registrationId },
      ...{ kind: 'misconduct', code: 'copying', happenedAt: world.clock.now() },
      ...{ facts: '抄袭邻座', handling: '当场制止', witnesses: null, evidenceIds: [], correctsId: null },
      commandId: newId(),
    };
    const written = await recordIncident(hall.bureau, record);
    if (!written.ok) throw new Error(written.code);
    const softer = { ...record, kind: 'incident', code: 'late_entry', facts: '迟到' } as const;
    const correctsId = written.value.incidentId;
    for (const who of [hall.officer, hall.own])
      for (const asked of [softer, { ...softer, correctsId }])
        expect(await recordIncident(who, { ...asked, commandId: newId() })).toEqual({
          ok: false,
          code: 'OWN_ATTEMPT',
        });
    expect((await recordIncident(hall.bureau2, { ...softer, correctsId, commandId: newId() })).ok).toBe(true);
  });
});

describe('a replay', () => {
  const asked = (attemptId: string) => ({ attemptId, reason: '考生申请复核' });
  const OWN_EXAM = { ok: false, code: 'OWN_EXAM' };

  it('shows no question to who is registered while anybody of the sitting may still start or write', async () => {
    const hall = await aHallOfOnesOwn();
    const { hardEndAt } = await world.ctx.db.examSitting.findUniqueOrThrow({
      where: { id: hall.sittingId },
    });
    const { attemptId } = await aRunningAttempt(hall.other);
    const refused = async () => {
      expect(await openReplay(hall.officer, asked(attemptId))).toEqual(OWN_EXAM);
      expect(await viewReplay(hall.officer, attemptId, null)).toEqual(OWN_EXAM);
    };
    await refused();
    // Somebody else may look into it meanwhile.
    expect((await openReplay(hall.bureau, asked(attemptId))).ok).toBe(true);
    // One was let go on past the end: not everybody is through.
    const ids = [hall.other.registrationId];
    await act(hall.bureau, hall.sittingId, ids, { kind: 'extend', minutes: 180, mayPassHardEnd: true });
    world.clock.set(new Date(hardEndAt.getTime() + 60_000).toISOString());
    await refused();
    world.clock.advanceSeconds(24 * 3_600);
    await sweepExpired(world.ctx);
    const opened = await openReplay(hall.officer, asked(attemptId));
    expect(opened.ok).toBe(true);
  });

  it('of an earlier sitting shows no question to who was moved, returned or deferred and may yet sit a later one', async () => {
    const hall = await aHallOfOnesOwn();
    const running = await aRunningAttempt(hall.other);
    await handIn(hall.other.ctx, running);
    const { attemptId } = running;
    const later = await aSittingLater(hall);
    const { registrationId } = hall.me;
    const stand = (data: { status: string; sittingId: string | null }) =>
      world.ctx.db.examRegistration.update({
        where: { id: registrationId },
        data: { ...data, ticketNo: data.sittingId && registrationId, roomId: null, seatNo: null },
      });
    world.clock.set(later.betweenThem);
    await sweepExpired(world.ctx);
    for (const standing of [
      { status: 'approved', sittingId: later.sittingId },
      { status: 'withdrawn', sittingId: null },
      { status: 'returned', sittingId: null },
      { status: 'deferred', sittingId: null },
    ]) {
      await stand(standing);
      expect(await openReplay(hall.officer, asked(attemptId))).toEqual(OWN_EXAM);
    }
    expect((await openReplay(hall.bureau, asked(attemptId))).ok).toBe(true);
    // All sittings of the batch are over; who was deferred may still be given another one.
    world.clock.set(later.afterBoth);
    expect(await openReplay(hall.officer, asked(attemptId))).toEqual(OWN_EXAM);
    await stand({ status: 'approved', sittingId: later.sittingId });
    expect((await openReplay(hall.officer, asked(attemptId))).ok).toBe(true);
  });

  it('is shut by a ticket that was ever held of the sitting, while it is open', async () => {
    const hall = await aHallOfOnesOwn();
    const { attemptId } = await aRunningAttempt(hall.other);
    const { registrationId, ctx } = hall.me;
    const { ticketNo } = await world.ctx.db.examRegistration.findUniqueOrThrow({
      where: { id: registrationId },
    });
    const { sittingId } = hall;
    await world.ctx.db.examTicket.createMany({
      data: [
        {
          ...{ id: newId(), registrationId, sittingId, ticketNo: ticketNo ?? '' },
          ...{ actorId: ctx.actorId, occurredAt: world.clock.now() },
        },
      ],
      skipDuplicates: true,
    });
    const elsewhere = await aHallOfOnesOwn();
    await world.ctx.db.examRegistration.update({
      where: { id: registrationId },
      data: { sittingId: elsewhere.sittingId, roomId: null, seatNo: null },
    });
    expect(await openReplay(hall.officer, asked(attemptId))).toEqual(OWN_EXAM);
  });

  it('of the own attempt is never opened, nor by an earlier reason of another account', async () => {
    const hall = await aHallOfOnesOwn();
    const sitting = await aRunningAttempt(hall.me);
    await handIn(hall.me.ctx, sitting);
    const { attemptId } = sitting;
    const opened = await openReplay(hall.bureau, asked(attemptId));
    if (!opened.ok) throw new Error(opened.code);
    world.clock.advanceSeconds(7 * 24 * 3_600);
    expect(await openReplay(hall.officer, asked(attemptId))).toEqual(OWN_EXAM);
    expect(await viewReplay(hall.officer, attemptId, opened.value.visitId)).toEqual(OWN_EXAM);
  });
});
