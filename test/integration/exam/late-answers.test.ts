import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { decideLate, proposeLate } from '#app/exam/result/late/count-late.server.ts';
import { openReplay } from '#app/exam/replay/open-replay.server.ts';
import { placeAnswers, replayAt } from '#app/exam/replay/replay.ts';
import { viewReplay } from '#app/exam/replay/replay-view.server.ts';
import { listChangedResults, listReviewedResults } from '#app/exam/sitting/papers/after.store.server.ts';
import { viewLate } from '#app/exam/result/late/late-view.server.ts';
import { viewResult } from '#app/exam/result/result-view.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Hall, Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send } from '#test/support/exam.ts';
import { drainAll } from '#test/support/organisation.ts';
import { aPerson, aRegion, anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const OUTAGE_OVER = '2026-11-23T02:45:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

interface LateScene extends Sitting {
  readonly hall: Hall;
  readonly maker: ActorCtx;
  readonly checker: ActorCtx;
  /** Right answers of the first three positions. */
  readonly right: readonly string[];
}

/**
 * A candidate answered one question in time and two more after a network failure that outlasted the exam.
 * @param options.isCheckerCandidate the maker's only colleague sat this exam
 */
async function afterAnOutage(
  options: { regionId?: string; isCheckerCandidate?: boolean } = {},
): Promise<LateScene> {
  world.clock.set(START);
  const { regionId } = options;
  const hall = await aHall(world.ctx, regionId === undefined ? {} : { sitting: { regionId } });
  forgetTree(world.ctx);
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  const sitting = await aRunningAttempt(candidate);
  const key = await keyOf(world.ctx, sitting.attemptId);
  const right = [1, 2, 3].map((position) => key.get(position) ?? '');
  await send(sitting, [answer(1, 1, right[0] ?? '')]);
  world.clock.set(OUTAGE_OVER);
  await sweepExpired(world.ctx);
  const late = await send(sitting, [answer(2, 2, right[1] ?? ''), answer(3, 3, right[2] ?? '')]);
  expect(late.stored.map(({ standing }) => standing)).toEqual(['late', 'late']);
  const bureau = async (personId?: string): Promise<ActorCtx> =>
    anActor(world.ctx, {
      personId: personId ?? (await aPerson(world.ctx, { unitId: hall.unitId })),
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
  const checker = await bureau(options.isCheckerCandidate === true ? candidate.personId : undefined);
  return { ...sitting, hall, right, maker: await bureau(), checker };
}

const proposal = (scene: LateScene) => ({
  attemptId: scene.attemptId,
  reasonCode: 'network' as const,
  reason: '10 时 20 分至 10 时 45 分考场网络中断，监考记录属实。',
  resultVersion: 1,
  commandId: newId(),
});

async function proposed(scene: LateScene): Promise<string> {
  const outcome = await proposeLate(scene.maker, proposal(scene));
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.decisionId;
}

const confirm = (ctx: ActorCtx, decisionId: string, commandId = newId()) =>
  decideLate(ctx, { decisionId, isConfirmed: true, note: null, commandId });

const scoresOf = async (attemptId: string): Promise<number[]> =>
  (await world.ctx.db.examResult.findMany({ where: { attemptId }, orderBy: { versionNo: 'asc' } })).map(
    (row) => row.scoreHundredths,
  );

describe('断网补传: counting late answers', () => {
  it('shows before the decision what it would change', async () => {
    const scene = await afterAnOutage();
    const page = await viewLate(scene.maker, scene.hall.sittingId);
    if (!page.ok) throw new Error(page.code);
    const [line] = page.value.lines;
    expect(line).toMatchObject({ lateCount: 2, scoreHundredths: 100, resultVersion: 1 });
    expect(line?.preview).toMatchObject({
      scoreHundredths: 300,
      passed: false,
      changed: [
        { position: 2, from: '', to: scene.right[1] },
        { position: 3, from: '', to: scene.right[2] },
      ],
    });
    expect(await scoresOf(scene.attemptId)).toEqual([100]);
  });

  it('finds its second person above where the only colleague is the candidate', async () => {
    const upperId = await aRegion(world.ctx, { level: 'city' });
    const regionId = await aRegion(world.ctx, { parentId: upperId });
    await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: upperId }],
    });
    const decisionId = await proposed(await afterAnOutage({ regionId, isCheckerCandidate: true }));
    await drainAll(world.ctx, [taskConsumer]);
    const task = await world.ctx.db.task.findFirstOrThrow({ where: { kind: 'exam.late', key: decisionId } });
    expect(task).toMatchObject({ state: 'open', role: 'justice_bureau', regionId: upperId });
  });

  it('changes nothing until another person has decided, then writes the next version as it was shown', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    expect(await scoresOf(scene.attemptId)).toEqual([100]);
    expect((await confirm(scene.checker, decisionId)).ok).toBe(true);
    expect(await scoresOf(scene.attemptId)).toEqual([100, 300]);
    const standings = await world.ctx.db.answerEvent.findMany({
      where: { attemptId: scene.attemptId },
      orderBy: { seq: 'asc' },
    });
    expect(standings.map((event) => event.standing)).toEqual(['counted', 'late', 'late']);
    const events = await world.ctx.db.attemptEvent.findMany({
      where: { attemptId: scene.attemptId },
      orderBy: { recordedTx: 'asc' },
    });
    expect(events.map((event) => event.kind).slice(-2)).toEqual(['late_proposed', 'regraded']);
    expect(events.at(-1)?.actorId).toBe(scene.checker.actorId);
    const fact = await world.ctx.db.outboxEvent.findFirst({ where: { key: `${scene.attemptId}:2` } });
    expect(fact?.payload).toMatchObject({ resultVersion: 2, scoreHundredths: 300 });
    const audits = await world.ctx.db.auditEvent.findMany({ where: { subjectId: scene.attemptId } });
    expect(audits.map((row) => row.action)).toEqual(
      expect.arrayContaining(['exam.late_proposed', 'exam.regrade']),
    );
  });

  it('is seen by the candidate with both versions, and by the bureau with both persons', async () => {
    const scene = await afterAnOutage();
    await confirm(scene.checker, await proposed(scene));
    const result = await viewResult(scene.candidate.ctx, scene.attemptId);
    expect(result.ok && result.value.kind === 'result' && result.value).toMatchObject({
      scoreHundredths: 300,
      versionNo: 2,
      versions: [
        { scoreHundredths: 100, reasonCode: 'graded' },
        { scoreHundredths: 300, reasonCode: 'late_counted' },
      ],
    });
    const page = await viewLate(scene.maker, scene.hall.sittingId);
    const line = page.ok ? page.value.lines[0] : undefined;
    expect(line).toMatchObject({ lateCount: 0, preview: null, resultVersion: 2 });
    expect(line?.decisions[0]).toMatchObject({
      state: 'confirmed',
      proposerName: scene.maker.actor.displayName,
      deciderName: scene.checker.actor.displayName,
    });
  });

  it('is never decided by the person who proposed it: not by the server, not by the table', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    expect(await confirm(scene.maker, decisionId)).toEqual({ ok: false, code: 'SAME_PERSON' });
    await expect(
      world.ctx.db.lateDecision.update({
        where: { id: decisionId },
        data: {
          state: 'confirmed',
          decidedBy: scene.maker.actorId,
          decidedPerson: newId(),
          decidedAt: world.clock.now(),
        },
      }),
    ).rejects.toThrow(/late_decision_two_people/);
    expect(await scoresOf(scene.attemptId)).toEqual([100]);
  });

  it('is never decided by the proposer from another account: not by the server, not by the table', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    const twin = await anActor(world.ctx, {
      personId: scene.maker.actor.personId,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: scene.hall.regionId }],
    });
    expect(await confirm(twin, decisionId)).toEqual({ ok: false, code: 'SAME_PERSON' });
    const { proposedPerson } = await world.ctx.db.lateDecision.findUniqueOrThrow({
      where: { id: decisionId },
    });
    expect(proposedPerson).toBe(scene.maker.actor.personId);
    const decidedAt = world.clock.now();
    await expect(
      world.ctx.db.lateDecision.update({
        where: { id: decisionId },
        data: { state: 'confirmed', decidedBy: twin.actorId, decidedPerson: proposedPerson, decidedAt },
      }),
    ).rejects.toThrow(/late_decision_two_persons/);
  });

  it('waits among the tasks of the bureau until somebody has decided', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    const task = async () => {
      await drainAll(world.ctx, [taskConsumer]);
      return world.ctx.db.task.findFirstOrThrow({ where: { kind: 'exam.late', key: decisionId } });
    };
    expect(await task()).toMatchObject({
      state: 'open',
      role: 'justice_bureau',
      regionId: scene.hall.regionId,
      path: `/bureau/exams/${scene.hall.sittingId}/late`,
    });
    expect((await confirm(scene.checker, decisionId)).ok).toBe(true);
    expect(await task()).toMatchObject({ state: 'done' });
  });

  it('is decided once, however many decide at the same moment, and changes nothing when declined', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    const outcomes = await Promise.all([1, 2, 3].map(() => confirm(scene.checker, decisionId)));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await scoresOf(scene.attemptId)).toEqual([100, 300]);
    const other = await afterAnOutage();
    const declined = await decideLate(other.checker, {
      decisionId: await proposed(other),
      isConfirmed: false,
      note: '监考记录未载明网络中断。',
      commandId: newId(),
    });
    expect(declined.ok).toBe(true);
    expect(await scoresOf(other.attemptId)).toEqual([100]);
    expect((await proposeLate(other.maker, proposal(other))).ok).toBe(true);
  });

  it('is replayed as received first, and as counted from the review on', async () => {
    const scene = await afterAnOutage();
    world.clock.advanceSeconds(3_600);
    await confirm(scene.checker, await proposed(scene));
    const decidedAt = world.clock.now().getTime();
    const opened = await openReplay(scene.maker, { attemptId: scene.attemptId, reason: '考生申请复核' });
    if (!opened.ok) throw new Error(opened.code);
    const page = await viewReplay(scene.maker, scene.attemptId, opened.value.visitId);
    if (!page.ok || !page.value.open) throw new Error('the replay is open');
    const { story } = page.value.open;
    const at = (ms: number) => replayAt(story, placeAnswers(story.answers), ms);
    expect(at(Date.parse(OUTAGE_OVER))).toMatchObject({ unreceived: [], uncounted: [2, 3] });
    expect(at(decidedAt - 1).counted.size).toBe(1);
    expect(at(decidedAt)).toMatchObject({ uncounted: [] });
    expect(at(decidedAt).counted.size).toBe(3);
  });

  it('is decided once by the same click twice, and both are answered the same', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    const commandId = newId();
    const click = () => confirm(scene.checker, decisionId, commandId);
    const clicks = [...(await Promise.all([click(), click()])), await click()];
    for (const answer of clicks) expect(answer).toEqual({ ok: true, value: { decisionId } });
    expect(await scoresOf(scene.attemptId)).toEqual([100, 300]);
  });

  it('is proposed once: the same form twice is one, another form waits for the decision', async () => {
    const scene = await afterAnOutage();
    const form = proposal(scene);
    const [first, second] = [await proposeLate(scene.maker, form), await proposeLate(scene.maker, form)];
    expect(second).toEqual(first);
    expect(await proposeLate(scene.checker, proposal(scene))).toEqual({
      ok: false,
      code: 'LATE_PROPOSED_ALREADY',
    });
  });

  it('counts exactly the answers that were shown, not what came after the proposal', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    await send(scene, [answer(4, 1, '')]);
    await confirm(scene.checker, decisionId);
    expect(await scoresOf(scene.attemptId)).toEqual([100, 300]);
  });

  it('is refused when the result has changed since the preview, and where nothing is late', async () => {
    const scene = await afterAnOutage();
    const decisionId = await proposed(scene);
    await confirm(scene.checker, decisionId);
    expect(await proposeLate(scene.maker, proposal(scene))).toEqual({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await proposeLate(scene.maker, { ...proposal(scene), resultVersion: 2 })).toEqual({
      ok: false,
      code: 'NOTHING_LATE',
    });
  });

  it('is not found by another region’s bureau and refused to everybody else', async () => {
    const scene = await afterAnOutage();
    const stranger = (await afterAnOutage()).maker;
    const decisionId = await proposed(scene);
    expect(await viewLate(stranger, scene.hall.sittingId)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await proposeLate(stranger, proposal(scene))).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await confirm(stranger, decisionId)).toEqual({ ok: false, code: 'NOT_FOUND' });
    const own = scene.candidate.ctx;
    expect(await proposeLate(own, proposal(scene))).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await confirm(own, decisionId)).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await viewLate(own, scene.hall.sittingId)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });

  it('stands in the papers after the exam: what has changed, and about whose late answers was decided', async () => {
    const scene = await afterAnOutage();
    const { sittingId } = scene.hall;
    expect(await listChangedResults(world.ctx.pool, sittingId)).toEqual([]);
    expect(await listReviewedResults(world.ctx.pool, sittingId)).toEqual([]);
    expect((await confirm(scene.checker, await proposed(scene))).ok).toBe(true);
    const changed = await listChangedResults(world.ctx.pool, sittingId);
    expect(changed).toMatchObject([
      { before: { scoreHundredths: 100 }, after: { scoreHundredths: 300 }, reasonCode: 'late_counted' },
    ]);
    expect(await listReviewedResults(world.ctx.pool, sittingId)).toMatchObject([
      {
        ...{ askedFor: proposal(scene).reason, askedAt: null, isHandedIn: false },
        ...{ itemCount: 80, answered: 3, versionNo: 2 },
        first: { scoreHundredths: 100 },
        last: { scoreHundredths: 300, reasonCode: 'late_counted' },
      },
    ]);
    await world.ctx.db.examSitting.update({
      where: { id: sittingId },
      data: { resultRelease: 'by_bureau' },
    });
    expect(await listChangedResults(world.ctx.pool, sittingId)).toEqual([]);
    await world.ctx.db.examSitting.update({
      where: { id: sittingId },
      data: { resultsReleasedAt: new Date(Date.parse(OUTAGE_OVER) + 60 * 60_000) },
    });
    // Announced as it reads now: there is nothing to correct.
    expect(await listChangedResults(world.ctx.pool, sittingId)).toEqual([]);
  });
});
