import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import type { SendResult, Transport } from '#app/exam/sitting/client/ports.ts';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import { handIn } from '#app/exam/sitting/hand-in.server.ts';
import type { AckBody } from '#app/exam/sitting/wire.ts';
import { viewAttempt } from '#app/exam/sitting/attempt-view.server.ts';
import { useWorld } from '#test/support/database.ts';
import type { Sitting } from '#test/support/exam.ts';
import { aHall, aRunningAttempt, answer, prepareExam } from '#test/support/exam.ts';
import type { SaveServer } from '#test/support/save-server.ts';
import { startSaveServer } from '#test/support/save-server.ts';
import { settle, virtualDevice, virtualTabs } from '#test/support/virtual-client.ts';

const world = useWorld();
let server: SaveServer;
beforeAll(() => prepareExam(world.ctx));

function onServer(hasHotDoor = true): void {
  beforeAll(async () => {
    server = await startSaveServer(world.ctx, { hasHotDoor });
  });
  afterAll(() => server.close());
}

async function seated(count = 1): Promise<Sitting[]> {
  const hall = await aHall(world.ctx, { candidates: count });
  const sittings: Sitting[] = [];
  for (const candidate of hall.candidates) sittings.push(await aRunningAttempt(candidate));
  return sittings;
}

async function oneSeat(): Promise<Sitting> {
  const [sitting] = await seated();
  if (!sitting) throw new Error('one seat was asked for');
  return sitting;
}

async function post(attemptId: string, body: string, cookie?: string): Promise<Response> {
  return fetch(`${server.url}/attempts/${attemptId}/answers`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...(cookie ? { Cookie: cookie } : {}) },
    body,
  });
}
const json = (value: unknown): string => JSON.stringify(value);
const codeOf = async (response: Response): Promise<[number, unknown]> => [
  response.status,
  ((await response.json()) as { code?: unknown }).code,
];

describe.each([
  ['by the hot door', true],
  ['the ordinary way', false],
])('POST /attempts/:attempt/answers %s', (_way, hasHotDoor) => {
  onServer(hasHotDoor);

  it('acknowledges what is stored, with the server’s time and the deadline', async () => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const response = await post(
      sitting.attemptId,
      json({ events: [answer(1, 1, 'A'), answer(2, 2, 'BD')] }),
      cookie,
    );
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const ack = (await response.json()) as AckBody;
    expect(ack.stored).toEqual([
      { epoch: 1, seq: 1, standing: 'counted' },
      { epoch: 1, seq: 2, standing: 'counted' },
    ]);
    expect(ack).toMatchObject({ isOpen: true, isThisDevice: true, deviceEpoch: 1 });
    expect(ack.serverNowMs).toBe(world.clock.now().getTime());
    expect(ack.deadlineAtMs - ack.serverNowMs).toBe(90 * 60_000);
    expect(ack.closeAtMs - ack.deadlineAtMs).toBe(30_000);
  });

  it('tells time and state to a request without answers', async () => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const ack = (await (await post(sitting.attemptId, json({ events: [] }), cookie)).json()) as AckBody;
    expect(ack).toMatchObject({ stored: [], isOpen: true, isThisDevice: true });
    const other = await server.cookieFor(sitting.candidate.ctx.actorId);
    const from = (await (await post(sitting.attemptId, json({ events: [] }), other)).json()) as AckBody;
    expect(from.isThisDevice).toBe(false);
  });

  it('lets in nobody without a session, and forgets a session within five seconds of its end', async () => {
    const sitting = await oneSeat();
    const body = json({ events: [answer(1, 1, 'A')] });
    expect(await codeOf(await post(sitting.attemptId, body))).toEqual([401, 'NOT_SIGNED_IN']);
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    expect((await post(sitting.attemptId, body, cookie)).status).toBe(200);
    await server.signOut(cookie);
    world.clock.advanceSeconds(5);
    expect(await codeOf(await post(sitting.attemptId, body, cookie))).toEqual([401, 'NOT_SIGNED_IN']);
  });

  it('knows nothing of somebody else’s attempt', async () => {
    const [mine, theirs] = await seated(2);
    if (!mine || !theirs) throw new Error('two seats were asked for');
    const cookie = await server.cookieFor(mine.candidate.ctx.actorId, theirs);
    const body = json({ events: [answer(1, 1, 'A')] });
    expect(await codeOf(await post(theirs.attemptId, body, cookie))).toEqual([404, 'NOT_FOUND']);
    expect(await codeOf(await post('not-an-id', body, cookie))).toEqual([404, 'NOT_FOUND']);
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: theirs.attemptId } })).toBe(0);
  });

  it('keeps a session of the exam door to its own registration and its time', async () => {
    const [mine, theirs] = await seated(2);
    if (!mine || !theirs) throw new Error('two seats were asked for');
    const { ctx, registrationId } = mine.candidate;
    const until = new Date(Date.now() + 3_600_000);
    const save = async (bond: { to: string; until: Date }, seq: number): Promise<number> => {
      const cookie = await server.cookieFor(ctx.actorId, mine, bond);
      return (await post(mine.attemptId, json({ events: [answer(seq, 1, 'A')] }), cookie)).status;
    };
    expect(await save({ to: registrationId, until }, 1)).toBe(200);
    expect(await save({ to: theirs.candidate.registrationId, until }, 2)).toBe(401);
    expect(await save({ to: registrationId, until: new Date(0) }, 3)).toBe(401);
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: mine.attemptId } })).toBe(1);
  });

  it.each([
    ['no JSON', '{'],
    ['no events', json({})],
    ['a bad choice', json({ events: [answer(1, 1, 'BA')] })],
    ['a number below one', json({ events: [answer(0, 1, 'A')] })],
    ['more than the column holds', json({ events: [answer(2 ** 31, 1, 'A')] })],
    ['a strange device time', json({ events: [answer(1, 1, 'A', { clientTime: 'yesterday' })] })],
    ['201 events', json({ events: Array.from({ length: 201 }, (_, n) => answer(n + 1, 1, 'A')) })],
  ])('refuses %s without storing anything', async (_name, body) => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    expect(await codeOf(await post(sitting.attemptId, body, cookie))).toEqual([400, 'NOT_A_SAVE']);
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId: sitting.attemptId } })).toBe(0);
  });

  it('takes no more of an attempt whose journal a program has filled, and what a candidate sends all the same', async () => {
    const sitting = await oneSeat();
    const { attemptId } = sitting;
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const save = async (from: number, count: number) => {
      const events = Array.from({ length: count }, (_, n) => answer(from + n, 1, 'A'));
      return post(attemptId, json({ events }), cookie);
    };
    await world.ctx.pool.query(
      `insert into answer_event (id, attempt_id, epoch, seq, position, fingerprint, standing, received_at)
       select gen_random_uuid(), $1, 1, 10000 + n, 1, decode(md5(n::text), 'hex'), 'counted', $2
       from generate_series(1, 9600) as n`,
      [attemptId, world.clock.now()],
    );
    // Above the bounds there is room for 400; it was counted once for both.
    for (const from of [4_001, 4_201]) expect((await save(from, 200)).status).toBe(200);
    expect(await codeOf(await save(4_401, 1))).toEqual([422, 'TOO_MANY_ANSWERS']);
    expect((await save(4_000, 1)).status).toBe(200);
    expect(await world.ctx.db.answerEvent.count({ where: { attemptId } })).toBe(10_001);
  });

  it('refuses more than 64 KB', async () => {
    const sitting = await oneSeat();
    const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
    const body = json({ events: [], filler: 'x'.repeat(64 * 1024) });
    expect(await codeOf(await post(sitting.attemptId, body, cookie))).toEqual([413, 'SAVE_TOO_LARGE']);
  });
});

describe('the real client against the real server', () => {
  onServer();

  /** A network that loses requests and answers, and delivers some twice. */
  function roughNetwork(sitting: Sitting, cookie: string, pick: () => number): Transport {
    const once = async (events: Parameters<Transport['send']>[0]): Promise<SendResult> => {
      const response = await post(sitting.attemptId, json({ events }), cookie);
      return response.ok ? { kind: 'ack', ack: (await response.json()) as AckBody } : { kind: 'failed' };
    };
    return {
      send: async (events) => {
        const luck = pick();
        if (luck === 0) return { kind: 'failed' };
        const result = await once(events);
        if (luck === 1) return { kind: 'failed' };
        return luck === 2 ? once(events) : result;
      },
      beacon: () => undefined,
    };
  }

  it('gets every answer graded through losses, repeats and reloads (20 candidates at once)', async () => {
    const sittings = await seated(20);
    await Promise.all(
      sittings.map(async (sitting, index) => {
        const random = drawRandom(`rough-${index}`);
        const cookie = await server.cookieFor(sitting.candidate.ctx.actorId, sitting);
        const device = virtualDevice();
        const tab = virtualTabs();
        const { ctx } = sitting.candidate;
        const wanted = new Map<number, string>();
        const pick = (): number => (wanted.size < 25 ? random.below(6) : 5);
        const load = async () => {
          const view = await viewAttempt(ctx, sitting);
          if (!view.ok || view.value.kind !== 'room') throw new Error('the room is open');
          const timers = new Set<() => void>();
          const client = createAttemptClient(view.value.start, {
            store: device,
            transport: roughNetwork(sitting, cookie, pick),
            // The network is real here, so time is asked for by flushing, never waited for.
            clock: {
              monotonicMs: () => 0,
              wallMs: () => 0,
              after: (_ms, run) => {
                timers.add(run);
                return () => timers.delete(run);
              },
            },
            tabs: tab(),
            numbers: device.numbers,
            copy: device.copy,
            random: () => 0.5,
          });
          await client.open();
          return client;
        };
        let client = await load();
        for (let step = 0; step < 40; step += 1) {
          const position = random.below(30) + 1;
          const choice = 'ABCD'.charAt(random.below(4));
          wanted.set(position, choice);
          client.answer(position, choice);
          await settle();
          if (step % 7 === 3) await client.flush();
          if (step % 13 === 5) {
            client.close();
            client = await load();
          }
        }
        while (!(await client.flush()));
        expect(client.snapshot()).toMatchObject({ pendingCount: 0, savedCount: wanted.size });
        expect((await handIn(ctx, sitting)).ok).toBe(true);
        const [result] = await ctx.db.examResult.findMany({ where: { attemptId: sitting.attemptId } });
        const items = result?.items as { position: number; choice: string }[];
        const graded = items.filter((item) => item.choice !== '').map((item) => [item.position, item.choice]);
        expect(new Map(graded as [number, string][])).toEqual(new Map([...wanted].sort(([a], [b]) => a - b)));
        expect(device.events).toEqual([]);
      }),
    );
  });
});
