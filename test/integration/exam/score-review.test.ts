import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { releaseResults } from '#app/exam/batch/results/release-results.server.ts';
import { decideVoid, proposeVoid } from '#app/exam/invigilation/void-attempt.server.ts';
import { openReplay } from '#app/exam/replay/open-replay.server.ts';
import { decideLate, proposeLate } from '#app/exam/result/late/count-late.server.ts';
import { answerReview } from '#app/exam/result/review/answer-review.server.ts';
import { askReview } from '#app/exam/result/review/ask-review.server.ts';
import { viewOwnReviews, viewReviews } from '#app/exam/result/review/reviews-view.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { listReviewedResults } from '#app/exam/sitting/papers/after.store.server.ts';
import { noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate, Hall, Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, keyOf, prepareExam, send } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { drainAll } from '#test/support/organisation.ts';
import { anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const OVER = '2026-11-23T08:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

interface Scene {
  readonly hall: Hall;
  readonly candidate: Candidate;
  readonly other: Candidate;
  readonly attemptId: string;
  readonly sitting: Sitting;
  readonly one: ActorCtx;
  readonly two: ActorCtx;
}

/** A candidate with a result and an answer that came too late, a colleague, and two people of the bureau. */
async function afterTheExam(
  options: { resultRelease?: 'by_bureau' } = {},
  late: 'right' | 'wrong' = 'right',
): Promise<Scene> {
  world.clock.set(START);
  const hall = await aHall(world.ctx, { candidates: 2, sitting: options });
  const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }] as const;
  const [one, two] = [await anActor(world.ctx, { grants }), await anActor(world.ctx, { grants })];
  forgetTree(world.ctx);
  const [candidate, other] = hall.candidates;
  if (!candidate || !other) throw new Error('the hall has two candidates');
  const sitting = await aRunningAttempt(candidate);
  world.clock.set(OVER);
  await sweepExpired(world.ctx);
  const key = await keyOf(world.ctx, sitting.attemptId);
  const right = key.get(1) ?? '';
  await send(sitting, [answer(1, 1, late === 'right' ? right : right === 'A' ? 'B' : 'A')]);
  return { hall, candidate, other, attemptId: sitting.attemptId, sitting, one, two };
}

const REASON = '交卷前已作答第1题，网络中断';
const ask = (
  scene: Scene,
  more: { by?: ActorCtx; resultVersion?: number; commandId?: string; reason?: string } = {},
) => {
  const { by = scene.candidate.ctx, resultVersion = 1, commandId = newId(), reason = REASON } = more;
  return askReview(by, { attemptId: scene.attemptId, resultVersion, reason, commandId });
};
const asked = async (scene: Scene): Promise<string> => value(await ask(scene)).reviewId;
const reply = (by: ActorCtx, reviewId: string, more: { latestVersion?: number; commandId?: string } = {}) => {
  const { latestVersion = 1, commandId = newId() } = more;
  return answerReview(by, { reviewId, latestVersion, note: '经核对，评分无误。', commandId });
};

async function proposedLate(scene: Scene, resultVersion = 1): Promise<string> {
  const { attemptId } = scene;
  const proposal = { attemptId, reasonCode: 'network', reason: '考场断网属实', resultVersion } as const;
  return value(await proposeLate(scene.one, { ...proposal, commandId: newId() })).decisionId;
}

const taskOf = async (reviewId: string) => {
  await drainAll(world.ctx, [taskConsumer]);
  return world.ctx.db.task.findFirstOrThrow({ where: { kind: 'exam.review', key: reviewId } });
};

/** What the candidate reads of the answer. */
const noticeOf = async (reviewId: string) => {
  await drainAll(world.ctx, [noticeConsumer(world.ctx)]);
  return world.ctx.db.notice.findFirstOrThrow({ where: { key: `${reviewId}:answered` } });
};

describe('成绩复核', () => {
  it('is asked for once for each version: the same form twice is one, two at once are one', async () => {
    const scene = await afterTheExam();
    const commandId = newId();
    const both = await Promise.all([ask(scene, { commandId }), ask(scene, { commandId }), ask(scene)]);
    const codes = both.map((outcome) => (outcome.ok ? 'asked' : outcome.code)).sort();
    expect([
      ['REVIEW_ASKED_ALREADY', 'asked', 'asked'],
      ['REVIEW_ASKED_ALREADY', 'REVIEW_ASKED_ALREADY', 'asked'],
    ]).toContainEqual(codes);
    expect(await world.ctx.db.scoreReview.count({ where: { attemptId: scene.attemptId } })).toBe(1);
    expect(await ask(scene)).toEqual({ ok: false, code: 'REVIEW_ASKED_ALREADY' });
    expect(await viewOwnReviews(scene.candidate.ctx, scene.attemptId)).toMatchObject({
      mayAsk: false,
      asked: [{ resultVersion: 1, outcome: null }],
    });
  });

  it('is nobody else’s to ask for, nor of a version that is not the latest', async () => {
    const scene = await afterTheExam();
    expect(await ask(scene, { by: scene.other.ctx })).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await ask(scene, { by: scene.one })).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await ask(scene, { resultVersion: 2 })).toEqual({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await viewOwnReviews(scene.other.ctx, scene.attemptId)).toBeNull();
  });

  it('ends with the fifth 工作日 after publication, which for a withheld result is its release', async () => {
    const scene = await afterTheExam({ resultRelease: 'by_bureau' });
    expect(await ask(scene)).toEqual({ ok: false, code: 'NOT_FOUND' });
    world.clock.set('2026-11-25T02:00:00.000Z');
    const { sittingId } = scene.hall;
    value(await releaseResults(scene.one, { sittingId, commandId: newId() }));
    const own = await viewOwnReviews(scene.candidate.ctx, scene.attemptId);
    expect(own).toMatchObject({ mayAsk: true });
    // The day after the last one, in Shanghai.
    world.clock.set(new Date(Date.parse(`${own?.until ?? ''}T16:00:00.000Z`)).toISOString());
    expect(await ask(scene)).toEqual({ ok: false, code: 'REVIEW_CLOSED' });
    world.clock.set(new Date(Date.parse(`${own?.until ?? ''}T15:59:00.000Z`)).toISOString());
    expect((await ask(scene)).ok).toBe(true);
  });

  it('waits among the tasks of the bureau and is answered once by another person of the region', async () => {
    const scene = await afterTheExam();
    const reviewId = await asked(scene);
    expect(await taskOf(reviewId)).toMatchObject({
      ...{ state: 'open', role: 'justice_bureau', regionId: scene.hall.regionId },
    });
    const twin = await anActor(world.ctx, {
      personId: scene.candidate.personId,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: scene.hall.regionId }],
    });
    const stranger = (await afterTheExam()).one;
    expect(await reply(twin, reviewId)).toEqual({ ok: false, code: 'OWN_ATTEMPT' });
    expect(await reply(stranger, reviewId)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await reply(scene.candidate.ctx, reviewId)).toEqual({ ok: false, code: 'FORBIDDEN' });
    const commandId = newId();
    const upheld = { ok: true, value: { outcome: 'upheld' } };
    expect(await reply(scene.one, reviewId, { commandId })).toEqual(upheld);
    expect(await reply(scene.one, reviewId, { commandId })).toEqual(upheld);
    expect(await reply(scene.two, reviewId)).toEqual({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await taskOf(reviewId)).toMatchObject({ state: 'done' });
    expect(await viewOwnReviews(scene.candidate.ctx, scene.attemptId)).toMatchObject({
      asked: [{ outcome: 'upheld', note: '经核对，评分无误。' }],
    });
    const lines = value(await viewReviews(scene.one));
    expect(lines.map(({ id, outcome }) => [id, outcome])).toEqual([[reviewId, 'upheld']]);
    expect(value(await viewReviews(stranger)).map(({ id }) => id)).not.toContain(reviewId);
  });

  it('is answered as corrected by the existing ways only, and not while one of them waits', async () => {
    const scene = await afterTheExam();
    const reviewId = await asked(scene);
    const decisionId = await proposedLate(scene);
    expect(await reply(scene.one, reviewId)).toEqual({ ok: false, code: 'DECISION_WAITS' });
    const decision = { decisionId, isConfirmed: true, note: null, commandId: newId() };
    value(await decideLate(scene.two, decision));
    // Whoever read the old version does not answer about the new one.
    expect(await reply(scene.one, reviewId)).toEqual({ ok: false, code: 'CHANGED_MEANWHILE' });
    expect(await reply(scene.one, reviewId, { latestVersion: 2 })).toEqual({
      ok: true,
      value: { outcome: 'corrected' },
    });
    expect(await noticeOf(reviewId)).toMatchObject({
      body: '您申请的成绩复核已答复：成绩已更正。\n复核情况：经核对，评分无误。',
      path: `/attempts/${scene.attemptId}/result`,
    });
    // The new version can be asked about as well.
    expect((await ask(scene, { resultVersion: 2 })).ok).toBe(true);
  });

  it('is upheld where late answers were counted and the marks are the same', async () => {
    const scene = await afterTheExam({}, 'wrong');
    const reviewId = await asked(scene);
    const decision = { decisionId: await proposedLate(scene), isConfirmed: true, note: null };
    value(await decideLate(scene.two, { ...decision, commandId: newId() }));
    expect(await reply(scene.one, reviewId, { latestVersion: 2 })).toEqual({
      ok: true,
      value: { outcome: 'upheld' },
    });
    expect((await noticeOf(reviewId)).body).toContain('维持原成绩');
  });

  it('is answered, too, where the attempt was voided meanwhile, and a void result is not asked about', async () => {
    const scene = await afterTheExam();
    const reviewId = await asked(scene);
    const proposal = { attemptId: scene.attemptId, ground: 'disturbance', reason: '全场停电' } as const;
    const { voidId } = value(
      await proposeVoid(scene.one, { ...proposal, incidentId: null, commandId: newId() }),
    );
    value(await decideVoid(scene.two, { voidId, isConfirmed: true, note: null, commandId: newId() }));
    expect(await ask(scene, { resultVersion: 2 })).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await reply(scene.two, reviewId, { latestVersion: 2 })).toMatchObject({
      value: { outcome: 'corrected' },
    });
    // The page of the result is closed to the candidate: the notice says it all and leads elsewhere.
    expect(await noticeOf(reviewId)).toMatchObject({
      body: '您申请的成绩复核已答复：成绩无效。\n复核情况：经核对，评分无误。',
      path: '/exams',
    });
    const lines = value(await viewReviews(scene.one));
    expect(lines.find(({ id }) => id === reviewId)).toMatchObject({ answeredIsVoid: true });
  });

  it('draws 复核答复 for who has asked, not for who was only looked at', async () => {
    const scene = await afterTheExam();
    const { attemptId } = scene;
    const { sittingId } = scene.hall;
    expect((await openReplay(scene.one, { attemptId, reason: '抽查' })).ok).toBe(true);
    expect(await listReviewedResults(world.ctx.pool, sittingId)).toEqual([]);
    await asked(scene);
    const askedAt = world.clock.now();
    expect(await listReviewedResults(world.ctx.pool, sittingId)).toMatchObject([
      { askedFor: REASON, askedAt, note: null, versionNo: 1 },
    ]);
  });

  it('is kept as it was asked and answered: by the table, too, nobody answers the own one', async () => {
    const scene = await afterTheExam();
    const reviewId = await asked(scene);
    await expect(
      world.ctx.db.scoreReview.update({ where: { id: reviewId }, data: { reason: '其他' } }),
    ).rejects.toThrow();
    const { personId } = scene.candidate;
    await expect(
      world.ctx.db.scoreReviewAnswer.create({
        data: {
          ...{ id: newId(), reviewId, askedPerson: personId, outcome: 'upheld', note: '无误' },
          ...{
            answeredVersion: 1,
            answeredBy: scene.one.actorId,
            answeredPerson: personId,
            answeredAt: world.clock.now(),
          },
        },
      }),
    ).rejects.toThrow(/score_review_answer_by_another/);
  });
});
