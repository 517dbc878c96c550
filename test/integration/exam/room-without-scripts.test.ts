import { beforeAll, describe, expect, it } from 'vitest';
import { deviceCookie } from '#app/exam/sitting/device.server.ts';
import { action } from '#app/exam/sitting/routes/attempt.tsx';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, prepareExam, send, strangeKey } from '#test/support/exam.ts';

const START = '2026-11-23T01:00:00.000Z';
const world = useWorld(START);
beforeAll(() => prepareExam(world.ctx));

async function aSitting(earliestHandInSeconds = 0): Promise<Sitting> {
  world.clock.set(START);
  const [candidate] = (await aHall(world.ctx, { sitting: { earliestHandInSeconds } })).candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return aRunningAttempt(candidate);
}

interface Answered {
  readonly status: number;
  readonly to: string | null;
  readonly cookies: string[];
  readonly refusal: string | null;
}

/** Sends the form of the exam page as a browser without JavaScript does. */
async function post(
  { attemptId, candidate, deviceKey }: Sitting,
  fields: readonly (readonly [string, string])[],
): Promise<Answered> {
  const device = deviceCookie(attemptId, deviceKey, false).split(';')[0] ?? '';
  const answered: unknown = await action({
    request: new Request(`http://localhost/attempts/${attemptId}?hand-in=ask`, {
      method: 'POST',
      headers: { Cookie: `${device}; display=light.elder` },
      body: new URLSearchParams(fields.map(([name, value]) => [name, value])),
    }),
    params: { attempt: attemptId },
    context: {
      ...{ nonce: '', requestId: 'test', clientAddress: '127.0.0.1' },
      requestCtx: () => Promise.resolve(candidate.ctx),
    },
  } as unknown as Parameters<typeof action>[0]);
  if (answered instanceof Response)
    return {
      status: answered.status,
      to: answered.headers.get('Location'),
      cookies: answered.headers.getSetCookie(),
      refusal: null,
    };
  const { data, init } = answered as { data: { refusal: string }; init: ResponseInit };
  return { status: init.status ?? 200, to: null, cookies: [], refusal: data.refusal };
}

const ISSUED = [
  ['epoch', '1'],
  ['seq', '3'],
] as const;
const HAND_IN = ['intent', 'hand_in'] as const;
const PAPER = [
  ['q1', 'B'],
  ['q41', 'A'],
  ['q41', 'D'],
] as const;

async function graded(attemptId: string): Promise<[number, string][]> {
  const [result] = await world.ctx.db.examResult.findMany({ where: { attemptId } });
  const items = (result?.items ?? []) as { position: number; choice: string }[];
  return items.filter((item) => item.choice !== '').map((item) => [item.position, item.choice]);
}

const stateOf = async (attemptId: string): Promise<string> =>
  (await world.ctx.db.attempt.findUniqueOrThrow({ where: { id: attemptId } })).state;

describe('handing in without JavaScript', () => {
  it('saves what was ticked above the question first, and grades it; twice is once', async () => {
    const sitting = await aSitting();
    await send(sitting, [answer(1, 1, 'A'), answer(2, 2, 'C')]);
    const fields = [HAND_IN, ...ISSUED, ...PAPER, ['q2', 'C']] as const;
    const first = await post(sitting, fields);
    expect(first).toMatchObject({ status: 302, to: `/attempts/${sitting.attemptId}/result`, cookies: [] });
    const all = [
      [1, 'B'],
      [2, 'C'],
      [41, 'AD'],
    ];
    expect(await graded(sitting.attemptId)).toEqual(all);
    expect((await post(sitting, fields)).to).toBe(first.to);
    expect(await graded(sitting.attemptId)).toEqual(all);
  });

  it('before it may be done is refused with the time, and what was ticked is saved all the same', async () => {
    const sitting = await aSitting(1_800);
    const early = await post(sitting, [HAND_IN, ...ISSUED, ...PAPER]);
    expect(early).toMatchObject({ status: 409, refusal: expect.stringContaining('09:30:00') as string });
    expect(await stateOf(sitting.attemptId)).toBe('in_progress');
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: sitting.attemptId } })).toBe(2);
    world.clock.advanceSeconds(1_800);
    await post(sitting, [HAND_IN]);
    expect(await graded(sitting.attemptId)).toEqual([
      [1, 'B'],
      [41, 'AD'],
    ]);
  });

  it('from a device the exam has left changes nothing, and the page says so', async () => {
    const sitting = await aSitting();
    const strange = { ...sitting, deviceKey: strangeKey(world.ctx) };
    const answered = await post(strange, [HAND_IN, ...ISSUED, ...PAPER]);
    expect(answered).toMatchObject({ status: 302, to: `/attempts/${sitting.attemptId}` });
    expect(await stateOf(sitting.attemptId)).toBe('in_progress');
  });

  it('at a machine of the hall leaves the ordinary size to who comes next', async () => {
    const sitting = await aSitting();
    const { ctx, registrationId } = sitting.candidate;
    const atDoor = {
      ...sitting.candidate,
      ctx: { ...ctx, actor: { ...ctx.actor, boundTo: registrationId } },
    };
    const answered = await post({ ...sitting, candidate: atDoor }, [HAND_IN, ...ISSUED, ...PAPER]);
    expect(answered.cookies).toEqual([expect.stringMatching(/^display=light\.normal;/)]);
  });
});

describe('moving about without JavaScript', () => {
  it.each([
    ['save', '', []],
    ['review', '?hand-in=ask', []],
    ['whole_paper', '', [expect.stringMatching(/^zhifa_view=paper;/)]],
  ])('by %s saves what was ticked', async (intent, search, cookies) => {
    const sitting = await aSitting();
    const answered = await post(sitting, [['intent', intent], ...ISSUED, ...PAPER]);
    expect(answered).toMatchObject({ status: 302, to: `/attempts/${sitting.attemptId}${search}`, cookies });
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: sitting.attemptId } })).toBe(2);
  });
});
