import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import { takeOver } from '#app/exam/sitting/take-over.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { SaveServer } from '#test/support/save-server.ts';
import { startSaveServer } from '#test/support/save-server.ts';

/** 标记本题: notes of the candidate that follow to another machine. */
const world = useWorld();
let server: SaveServer;
beforeAll(async () => {
  await prepareExam(world.ctx);
  server = await startSaveServer(world.ctx);
});
afterAll(() => server.close());

async function someSeats(candidates: number): Promise<Sitting[]> {
  const hall = await aHall(world.ctx, { candidates });
  return Promise.all(hall.candidates.map(aRunningAttempt));
}
async function oneSeat(): Promise<Sitting> {
  const [sitting] = await someSeats(1);
  if (!sitting) throw new Error('the hall has one candidate');
  return sitting;
}

const post = (attemptId: string, body: object, cookie = '') =>
  fetch(`${server.url}/attempts/${attemptId}/flags`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Cookie: cookie },
    body: JSON.stringify(body),
  });

async function say(sitting: Sitting, positions: readonly number[], deviceKey = sitting.deviceKey) {
  const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, { ...sitting, deviceKey });
  const { status } = await post(sitting.attemptId, { positions }, cookie);
  return status;
}

/** The attempt goes on in another browser. @returns its key */
async function moved({ attemptId, candidate }: Sitting): Promise<string> {
  const outcome = await takeOver(candidate.ctx, { attemptId, commandId: newId() });
  if (!outcome.ok) throw new Error(outcome.code);
  return outcome.value.deviceKey ?? '';
}

async function flagsAt({ attemptId, candidate }: Sitting, deviceKey: string): Promise<readonly number[]> {
  const view = await viewAttempt(candidate.ctx, { attemptId, deviceKey });
  if (!view.ok || view.value.kind !== 'room') throw new Error('the attempt goes on');
  return view.value.flags;
}

const keptOf = ({ attemptId }: Sitting) => world.ctx.db.attemptFlags.findMany({ where: { attemptId } });

describe('flags of a paper', () => {
  it('are found on the machine the attempt was moved to, the last ones said', async () => {
    const sitting = await oneSeat();
    expect(await say(sitting, [3, 7])).toBe(204);
    expect(await say(sitting, [7, 80])).toBe(204);
    const deviceKey = await moved(sitting);
    expect(await flagsAt(sitting, deviceKey)).toEqual([7, 80]);
    const back = await moved(sitting);
    expect(await say(sitting, [], back)).toBe(204);
    expect(await flagsAt(sitting, back)).toEqual([]);
  });

  it('are taken from the machine of the attempt alone, and no longer once it is over', async () => {
    const [sitting, other] = await someSeats(2);
    if (!sitting || !other) throw new Error('two seats');
    await say(sitting, [1]);
    const deviceKey = await moved(sitting);
    await say(sitting, [2], sitting.deviceKey);
    const strange = await server.cookieFor(other.candidate.ctx.actorId, { ...sitting, deviceKey });
    await post(sitting.attemptId, { positions: [4] }, strange);
    expect(await keptOf(sitting)).toMatchObject([{ positions: [1], epoch: 1 }]);
    await say(sitting, [5], deviceKey);
    expect((await handIn(sitting.candidate.ctx, { attemptId: sitting.attemptId, deviceKey })).ok).toBe(true);
    await say(sitting, [6], deviceKey);
    expect(await keptOf(sitting)).toMatchObject([{ positions: [5], epoch: 2 }]);
    expect(await keptOf(other)).toEqual([]);
  });

  it('over HTTP: 401 without a session, 400 and 413 for what are none', async () => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    expect((await post(sitting.attemptId, { positions: [1] })).status).toBe(401);
    for (const positions of [[0], ['1'], [1.5], [501], Array(501).fill(1), null])
      expect((await post(sitting.attemptId, { positions }, cookie)).status).toBe(400);
    const large = { positions: [1], filler: 'x'.repeat(20_000) };
    expect((await post(sitting.attemptId, large, cookie)).status).toBe(413);
    expect(await keptOf(sitting)).toEqual([]);
  });
});
