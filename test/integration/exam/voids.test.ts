import { beforeAll, describe, expect, it } from 'vitest';
import { decideVoid, proposeVoid, viewVoids } from '#app/exam/invigilation/void-attempt.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { WatchedHall } from '#test/support/invigilation.ts';
import { aWatchedHall } from '#test/support/invigilation.ts';
import { drainAll } from '#test/support/organisation.ts';
import { aPerson, aRegion, anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

const attemptOf = (sitting: Sitting) =>
  world.ctx.db.attempt.findUniqueOrThrow({ where: { id: sitting.attemptId } });
const resultsOf = (sitting: Sitting) =>
  world.ctx.db.examResult.findMany({
    where: { attemptId: sitting.attemptId },
    orderBy: { versionNo: 'asc' },
  });

async function aHallAtWork(): Promise<{ hall: WatchedHall; sitting: Sitting }> {
  world.clock.set(START);
  const hall = await aWatchedHall(world.ctx, { candidates: 1 });
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return { hall, sitting: await aRunningAttempt(candidate) };
}

describe('voiding an attempt', () => {
  const propose = (
    hall: WatchedHall,
    sitting: Sitting,
    ground: 'misconduct' | 'disturbance',
    commandId = newId(),
  ) =>
    proposeVoid(hall.bureau, {
      attemptId: sitting.attemptId,
      ground,
      reason: '经核实属实',
      incidentId: null,
      commandId,
    });
  const idOf = (outcome: Awaited<ReturnType<typeof proposeVoid>>): string => {
    if (!outcome.ok) throw new Error(outcome.code);
    return outcome.value.voidId;
  };

  it('takes two people: nothing changes before the second, and the proposer cannot be that', async () => {
    const { hall, sitting } = await aHallAtWork();
    const commandId = newId();
    const voidId = idOf(await propose(hall, sitting, 'misconduct', commandId));
    expect(idOf(await propose(hall, sitting, 'misconduct', commandId))).toBe(voidId);
    expect(await propose(hall, sitting, 'misconduct')).toEqual({ ok: false, code: 'VOID_PROPOSED_ALREADY' });
    expect((await attemptOf(sitting)).state).toBe('in_progress');
    const confirm = { voidId, isConfirmed: true, note: null, commandId: newId() };
    expect(await decideVoid(hall.bureau, confirm)).toEqual({ ok: false, code: 'SAME_PERSON' });
    expect(await decideVoid(hall.invigilator, confirm)).toEqual({ ok: false, code: 'FORBIDDEN' });
    await expect(
      world.ctx.db.attemptVoid.update({
        where: { id: voidId },
        data: { state: 'confirmed', decidedBy: hall.bureau.actorId, decidedAt: world.clock.now() },
      }),
    ).rejects.toThrow();
    const once = (commandId: string) => decideVoid(hall.bureau2, { ...confirm, commandId });
    const decided = await Promise.all([once(newId()), once(newId())]);
    expect(decided.map((outcome) => outcome.ok).sort()).toEqual([false, true]);
    expect(await attemptOf(sitting)).toMatchObject({ state: 'void', voidGround: 'misconduct' });
    expect(await resultsOf(sitting)).toEqual([]);
  });

  it('is not decided by the proposer from another account: not by the server, not by the table', async () => {
    const { hall, sitting } = await aHallAtWork();
    const personId = await aPerson(world.ctx, { unitId: hall.unitId });
    const ofBureau = () =>
      anActor(world.ctx, {
        personId,
        grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
      });
    const [maker, twin] = [await ofBureau(), await ofBureau()];
    const voidId = idOf(await propose({ ...hall, bureau: maker }, sitting, 'disturbance'));
    const confirm = { voidId, isConfirmed: true, note: null, commandId: newId() };
    expect(await decideVoid(twin, confirm)).toEqual({ ok: false, code: 'SAME_PERSON' });
    const decided = { decidedBy: twin.actorId, decidedPerson: personId, decidedAt: world.clock.now() };
    await expect(
      world.ctx.db.attemptVoid.update({ where: { id: voidId }, data: { state: 'confirmed', ...decided } }),
    ).rejects.toThrow(/attempt_void_two_persons/);
    const page = await viewVoids(twin);
    expect(page.ok && page.value.find(({ id }) => id === voidId)?.isOwn).toBe(true);
    expect((await decideVoid(hall.bureau, confirm)).ok).toBe(true);
  });

  it('is decided once by the same click twice, and both are answered the same', async () => {
    const { hall, sitting } = await aHallAtWork();
    const decision = { voidId: idOf(await propose(hall, sitting, 'disturbance')), commandId: newId() };
    const click = (isConfirmed: boolean) =>
      decideVoid(hall.bureau2, { ...decision, isConfirmed, note: '经核实' });
    const clicks = [...(await Promise.all([click(true), click(true)])), await click(true)];
    for (const answer of clicks) expect(answer).toEqual({ ok: true, value: { voidId: decision.voidId } });
    expect(await click(false)).toEqual({ ok: false, code: 'COMMAND_REUSED' });
    const events = await world.ctx.db.attemptEvent.count({
      where: { attemptId: sitting.attemptId, kind: 'voided' },
    });
    expect(events).toBe(1);
  });

  it('waits among the tasks of the bureau until somebody has decided', async () => {
    const { hall, sitting } = await aHallAtWork();
    const voidId = idOf(await propose(hall, sitting, 'disturbance'));
    const task = async () => {
      await drainAll(world.ctx, [taskConsumer]);
      return world.ctx.db.task.findFirstOrThrow({ where: { kind: 'exam.void', key: voidId } });
    };
    expect(await task()).toMatchObject({
      ...{ state: 'open', role: 'justice_bureau', regionId: hall.regionId, path: '/bureau/exams/voids' },
    });
    await decideVoid(hall.bureau2, { voidId, isConfirmed: false, note: '事实不清', commandId: newId() });
    expect(await task()).toMatchObject({ state: 'done' });
  });

  it('finds its second person above where the only colleague is the candidate', async () => {
    world.clock.set(START);
    const upperId = await aRegion(world.ctx, { level: 'city' });
    const regionId = await aRegion(world.ctx, { parentId: upperId });
    const hall = await aHall(world.ctx, { sitting: { regionId } });
    const ofBureau = (of: string, personId: string | null = null) =>
      anActor(world.ctx, {
        personId,
        grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: of }],
      });
    const [candidate] = hall.candidates;
    if (!candidate) throw new Error('the hall has one candidate');
    const bureau = await ofBureau(regionId);
    await ofBureau(regionId, candidate.personId);
    const above = await ofBureau(upperId);
    forgetTree(world.ctx);
    const sitting = await aRunningAttempt(candidate);
    const { attemptId } = sitting;
    const proposal = { attemptId, ground: 'disturbance', reason: '经核实属实', incidentId: null } as const;
    const voidId = idOf(await proposeVoid(bureau, { ...proposal, commandId: newId() }));
    await drainAll(world.ctx, [taskConsumer]);
    const task = await world.ctx.db.task.findFirstOrThrow({ where: { kind: 'exam.void', key: voidId } });
    expect(task).toMatchObject({ state: 'open', role: 'justice_bureau', regionId: upperId });
    expect((await decideVoid(above, { voidId, isConfirmed: true, note: null, commandId: newId() })).ok).toBe(
      true,
    );
  });

  it('for misconduct ends the tries; for a disturbance lets the candidate sit again', async () => {
    for (const [ground, expected] of [
      ['misconduct', { ok: false, code: 'ATTEMPTS_USED_UP' }],
      ['disturbance', { ok: true }],
    ] as const) {
      const { hall, sitting } = await aHallAtWork();
      const voidId = idOf(await propose(hall, sitting, ground));
      await decideVoid(hall.bureau2, { voidId, isConfirmed: true, note: null, commandId: newId() });
      const { registrationId } = sitting.candidate;
      expect(await startAttempt(sitting.candidate.ctx, { registrationId, commandId: newId() })).toMatchObject(
        expected,
      );
    }
  });

  it('of a graded paper adds a version without marks and tells the slices above; declined it changes nothing', async () => {
    const { hall, sitting } = await aHallAtWork();
    await handIn(sitting.candidate.ctx, sitting);
    const declined = idOf(await propose(hall, sitting, 'misconduct'));
    await decideVoid(hall.bureau2, {
      voidId: declined,
      isConfirmed: false,
      note: '证据不足',
      commandId: newId(),
    });
    expect((await attemptOf(sitting)).state).toBe('finalised');
    const voidId = idOf(await propose(hall, sitting, 'misconduct'));
    await decideVoid(hall.bureau2, { voidId, isConfirmed: true, note: null, commandId: newId() });
    expect((await resultsOf(sitting)).map((row) => [row.versionNo, row.reasonCode, row.passed])).toEqual([
      [1, 'graded', false],
      [2, 'void', false],
    ]);
    const facts = await world.ctx.db.outboxEvent.findMany({
      where: { key: { startsWith: sitting.attemptId } },
    });
    expect(facts.map((fact) => fact.key.slice(-2)).sort()).toEqual([':1', ':2']);
  });
});
