import { beforeAll, describe, expect, it } from 'vitest';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { receiveSealed } from '#app/exam/sitting/sealed/receive-sealed.server.ts';
import { sealAnswers } from '#app/exam/sitting/sealed/sealed-file.ts';
import { viewSealedFiles } from '#app/exam/sitting/sealed/sealed-files-view.server.ts';
import { sweepExpired } from '#app/exam/sitting/expiry-sweep.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import type { SentAnswer } from '#app/exam/sitting/wire.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, prepareExam, send } from '#test/support/exam.ts';
import { aRegion, anActor } from '#test/support/world.ts';

const world = useWorld();
const NONE = { counted: 0, late: 0, foreign: 0, afterHandIn: 0, conflicts: 0, notOnPaper: 0 };

beforeAll(async () => {
  await prepareExam(world.ctx);
});

async function aCutOffCandidate(): Promise<{ sitting: Sitting; official: ActorCtx }> {
  const hall = await aHall(world.ctx);
  forgetTree(world.ctx);
  const [candidate] = hall.candidates;
  if (!candidate) throw new Error('a hall has its candidates');
  const sitting = await aRunningAttempt(candidate);
  const official = await anActor(world.ctx, {
    grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
  });
  return { sitting, official };
}

async function sealedBy(sitting: Sitting, events: readonly SentAnswer[], proof?: string): Promise<string> {
  const { ctx } = sitting.candidate;
  const view = await viewAttempt(ctx, { attemptId: sitting.attemptId, deviceKey: sitting.deviceKey });
  if (!view.ok || view.value.kind !== 'room') throw new Error('the candidate sees the room');
  const { sealing, start } = view.value;
  const made = { ...sealing, ...(proof === undefined ? {} : { proof }) };
  return JSON.stringify(await sealAnswers(sitting.attemptId, made, { epoch: start.epoch, events }));
}

const standings = async (attemptId: string): Promise<string[]> => {
  const { rows } = await world.ctx.pool.query<{ text: string }>(
    `select seq || ':' || standing as text from answer_event where attempt_id = $1 order by seq`,
    [attemptId],
  );
  return rows.map((row) => row.text);
};

describe('a sealed answer file', () => {
  it('before the end counts what had not arrived, and takes what had as known', async () => {
    const { sitting, official } = await aCutOffCandidate();
    await send(sitting, [answer(1, 1, 'A')]);
    const text = await sealedBy(sitting, [answer(1, 1, 'A'), answer(2, 2, 'B')]);
    const received = await receiveSealed(official, text);
    expect(received).toMatchObject({
      ok: true,
      value: { eventCount: 2, isRepeat: false, outcome: { ...NONE, counted: 2 } },
    });
    expect(await standings(sitting.attemptId)).toEqual(['1:counted', '2:counted']);
  });

  it('after close_at is late, is not graded, and is received once however often it is uploaded', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const text = await sealedBy(sitting, [answer(1, 1, 'A')]);
    world.clock.advanceSeconds(24 * 3_600 + 60);
    await sweepExpired(world.ctx);
    const [one, two] = await Promise.all([receiveSealed(official, text), receiveSealed(official, text)]);
    expect([one, two].map((each) => each.ok && each.value.isRepeat).sort()).toEqual([false, true]);
    expect(one).toMatchObject({ ok: true, value: { outcome: { ...NONE, late: 1 } } });
    expect(await standings(sitting.attemptId)).toEqual(['1:late']);
    const results = await world.ctx.db.examResult.findMany({ where: { attemptId: sitting.attemptId } });
    expect(results.map((result) => [result.versionNo, result.scoreHundredths])).toEqual([[1, 0]]);
    const list = await viewSealedFiles(official);
    expect(list.ok && list.value.filter((file) => file.eventCount === 1)).toHaveLength(1);
  });

  it('of a device the attempt has left is kept as foreign evidence', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const text = await sealedBy(sitting, [answer(1, 1, 'A')]);
    await takeOver(sitting.candidate.ctx, { attemptId: sitting.attemptId, commandId: newId() });
    expect(await receiveSealed(official, text)).toMatchObject({
      ok: true,
      value: { outcome: { ...NONE, foreign: 1 } },
    });
  });

  it('brings an answer under a number that something else has: it gets the next one, once however often it comes', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const at = (second: number) => ({ clientTime: `2026-11-23T01:00:0${second}.000Z` });
    await send(sitting, [answer(1, 1, 'A', at(1)), answer(2, 2, 'B', at(2))]);
    // A device whose full store noted none of it gives the numbers out again; of position 4 the last answer is meant.
    const again = [answer(1, 1, 'C', at(3)), answer(2, 4, 'D', at(4)), answer(3, 4, 'A', at(5))];
    const text = await sealedBy(sitting, again);
    const first = await receiveSealed(official, text);
    expect(first).toMatchObject({ value: { outcome: { ...NONE, counted: 2, conflicts: 1 } } });
    const other = await sealedBy(sitting, again);
    const more = await Promise.all([text, other, other].map((file) => receiveSealed(official, file)));
    for (const one of more)
      expect(one).toMatchObject({ value: { outcome: { ...NONE, counted: 2, conflicts: 1 } } });
    expect(await standings(sitting.attemptId)).toEqual(['1:counted', '2:counted', '3:counted', '4:counted']);
    world.clock.advanceSeconds(24 * 3_600 + 60);
    await sweepExpired(world.ctx);
    const result = await world.ctx.db.examResult.findFirstOrThrow({
      where: { attemptId: sitting.attemptId },
    });
    const given = (result.items as { position: number; choice: string }[]).filter(
      (item) => item.choice !== '',
    );
    expect(given.map(({ position, choice }) => `${position}${choice}`)).toEqual(['1C', '2B', '4A']);
  });

  it('may name an answer of an earlier file under another number, free or taken: it counts once', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const at = (second: number) => ({ clientTime: `2026-11-23T01:00:0${second}.000Z` });
    const [a, b, d] = [at(1), at(2), at(3)];
    // Two full tabs gave both the number 5. The file numbers the second one anew, the page does not know, and goes on.
    await receiveSealed(official, await sealedBy(sitting, [answer(5, 1, 'A', a), answer(6, 2, 'B', b)]));
    const second = [answer(5, 1, 'A', a), answer(6, 3, 'D', d), answer(7, 2, 'B', b)];
    const swapped = [answer(5, 2, 'B', b), answer(6, 1, 'A', a)];
    for (const events of [second, swapped]) {
      const received = await receiveSealed(official, await sealedBy(sitting, events));
      expect(received).toMatchObject({ value: { outcome: { ...NONE, counted: events.length } } });
    }
    expect(await standings(sitting.attemptId)).toEqual(['5:counted', '6:counted', '7:counted']);
  });

  it('leaves alone what the candidate has changed since, whichever comes first', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const at = (second: number) => ({ clientTime: `2026-11-23T01:00:0${second}.000Z` });
    // The page of the file and the next one, which got through, have given out the same number.
    const through = [answer(1, 3, 'B', at(5)), answer(2, 7, 'A', at(6)), answer(3, 4, 'D', at(7))];
    await send(sitting, through);
    const text = await sealedBy(sitting, [answer(1, 3, 'A', at(1)), answer(2, 4, 'C', at(2))]);
    const received = await receiveSealed(official, text);
    expect(received).toMatchObject({ value: { outcome: { ...NONE, conflicts: 2 } } });
    expect(await standings(sitting.attemptId)).toEqual(['1:counted', '2:counted', '3:counted']);
    expect(await world.ctx.db.answerConflict.count({ where: { attemptId: sitting.attemptId } })).toBe(2);
  });

  it('comes into the journal below what has overtaken it, where its page had numbered far up', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const at = (second: number) => ({ clientTime: `2026-11-23T01:00:0${second}.000Z` });
    // Two pages without network, one after the other, on a device that keeps nothing: both number a thousand above.
    const first = await sealedBy(sitting, [answer(1_001, 3, 'B', at(5)), answer(1_002, 7, 'A', at(6))]);
    const second = await sealedBy(sitting, [answer(1_001, 3, 'A', at(1)), answer(1_002, 9, 'C', at(2))]);
    expect(await receiveSealed(official, first)).toMatchObject({
      value: { outcome: { ...NONE, counted: 2 } },
    });
    const outcome = { ...NONE, counted: 2 };
    expect(await receiveSealed(official, second)).toMatchObject({ value: { outcome } });
    const again = await sealedBy(sitting, [answer(1_001, 3, 'A', at(1)), answer(1_002, 9, 'C', at(2))]);
    expect(await receiveSealed(official, again)).toMatchObject({ value: { outcome } });
    expect(await standings(sitting.attemptId)).toEqual([
      '1000:counted',
      '1001:counted',
      '1002:counted',
      '1003:counted',
    ]);
    world.clock.advanceSeconds(24 * 3_600 + 60);
    await sweepExpired(world.ctx);
    const result = await world.ctx.db.examResult.findFirstOrThrow({
      where: { attemptId: sitting.attemptId },
    });
    const given = (result.items as { position: number; choice: string }[]).filter(
      (item) => item.choice !== '',
    );
    expect(given.map(({ position, choice }) => `${position}${choice}`)).toEqual(['3B', '7A', '9C']);
  });

  it('that no page of this attempt has made is refused, and so is anything unreadable', async () => {
    const { sitting, official } = await aCutOffCandidate();
    const forged = await sealedBy(sitting, [answer(1, 1, 'A')], 'made-up');
    expect(await receiveSealed(official, forged)).toMatchObject({ code: 'SEALED_FILE_NOT_GENUINE' });
    for (const text of ['', '{}', '[]', 'PK', forged.replace('"data":"', '"data":"AAAA')])
      expect(await receiveSealed(official, text)).toMatchObject({ code: 'SEALED_FILE_UNREADABLE' });
    expect(await standings(sitting.attemptId)).toEqual([]);
  });

  it('is received by the officials of its region only', async () => {
    const { sitting } = await aCutOffCandidate();
    const text = await sealedBy(sitting, [answer(1, 1, 'A')]);
    const regionId = await aRegion(world.ctx);
    forgetTree(world.ctx);
    const stranger = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    expect(await receiveSealed(stranger, text)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await receiveSealed(sitting.candidate.ctx, text)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await standings(sitting.attemptId)).toEqual([]);
  });
});
