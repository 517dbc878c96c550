import { beforeAll, describe, expect, it } from 'vitest';
import { releaseResults } from '#app/exam/batch/results/release-results.server.ts';
import { viewResult } from '#app/exam/result/result-view.server.ts';
import { viewOwnExams } from '#app/exam/sitting/exams-view.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const AFTER = '2026-11-24T02:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

const factsOf = async (attemptId: string) =>
  world.ctx.db.outboxEvent.findMany({ where: { topic: 'exam.finalised', key: { startsWith: attemptId } } });

/** A hall whose results the bureau releases, with one candidate who has handed in a perfect paper. */
async function handedIn() {
  const hall = await aHall(world.ctx, { sitting: { resultRelease: 'by_bureau' } });
  const { regionId } = hall;
  const bureau = () =>
    anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  const [candidate] = hall.candidates;
  if (candidate === undefined) throw new Error('the hall has a candidate');
  const sitting = await aRunningAttempt(candidate);
  const key = await keyOf(world.ctx, sitting.attemptId);
  await send(
    sitting,
    [...key].map(([position, choice]) => answer(position, position, choice)),
  );
  forgetTree(world.ctx);
  return { hall, candidate, sitting, bureau: await bureau(), second: await bureau() };
}

describe('results that the bureau releases', () => {
  it('are kept back from the candidate and from the register, and told once when they are released', async () => {
    const { hall, candidate, sitting, bureau, second } = await handedIn();
    const { sittingId } = hall;
    const release = (actor = bureau, commandId = newId()) => releaseResults(actor, { sittingId, commandId });
    expect(await release()).toMatchObject({ code: 'SITTING_NOT_OVER' });
    value(await handIn(candidate.ctx, sitting));
    expect(value(await viewResult(candidate.ctx, sitting.attemptId)).kind).toBe('withheld');
    expect(value(await viewOwnExams(candidate.ctx))).toMatchObject([
      { finished: [], takenCount: 1, awaitsRelease: true },
    ]);
    expect(await factsOf(sitting.attemptId)).toHaveLength(0);
    expect(await release()).toMatchObject({ code: 'SITTING_NOT_OVER' });

    world.clock.set(AFTER);
    const commandId = newId();
    const both = await Promise.all([release(bureau, commandId), release(second)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'RELEASED_ALREADY' });
    expect(value(await viewResult(candidate.ctx, sitting.attemptId))).toMatchObject({
      kind: 'result',
      passed: true,
      scoreHundredths: 10_000,
    });
    const facts = await factsOf(sitting.attemptId);
    // The day of the pass is the day of grading, not that of the release.
    expect(facts.map((one) => one.payload)).toMatchObject([
      { attemptId: sitting.attemptId, resultVersion: 1, passed: true, gradedDay: '2026-11-23' },
    ]);
    world.clock.set(START);
  });

  it('are released by the bureau of the sitting’s region alone, and only where they are kept back', async () => {
    const { hall } = await handedIn();
    const { regionId } = await aHall(world.ctx);
    forgetTree(world.ctx);
    const other = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: hall.unitId }],
    });
    const asked = { sittingId: hall.sittingId, commandId: newId() };
    expect(await releaseResults(other, asked)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await releaseResults(liaison, asked)).toEqual({ ok: false, code: 'FORBIDDEN' });
    const open = await aHall(world.ctx, { sitting: { regionId } });
    forgetTree(world.ctx);
    expect(await releaseResults(other, { sittingId: open.sittingId, commandId: newId() })).toMatchObject({
      code: 'NOTHING_TO_RELEASE',
    });
  });
});
