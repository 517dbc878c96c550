import { describe, expect, it } from 'vitest';
import type { AttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { gradedBy, shownBy, virtualRoom } from '#test/support/virtual-client.ts';

type Room = ReturnType<typeof virtualRoom>;

/** An earlier page has left answers to questions 1 and 2 on the device that the server has never seen. */
async function withLeftovers(): Promise<Room> {
  const room = virtualRoom();
  const first = await room.load();
  room.server.weather = 'request_lost';
  first.answer(1, 'A');
  first.answer(2, 'B');
  await room.clock.advance(1_000);
  first.close();
  room.server.weather = 'fine';
  return room;
}

/** The outcome of a hand-in's preparation, in virtual time. */
async function finish({ clock }: Room, client: AttemptClient, waitMs = 0): Promise<boolean> {
  const [isFinished] = await Promise.all([client.finish(), clock.advance(waitMs)]);
  return isFinished;
}

describe('a device that is slow when the page is loaded (cold disk)', () => {
  it('is said to be unsafe until it has been read; then what lay there is shown, sent and counted', async () => {
    const room = await withLeftovers();
    const { clock, device, server, load } = room;
    device.fault = 'stuck';
    const client = await load();
    await clock.advance(4_000);
    expect(client.snapshot()).toMatchObject({ isStoreSafe: false, pendingCount: 0 });
    device.recover();
    await clock.advance(1_000);
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'B' });
    expect(shownBy(client)).toEqual({ 1: 'A', 2: 'B' });
    expect(client.snapshot()).toMatchObject({ isStoreSafe: true, pendingCount: 0, savedCount: 2 });
    expect(device.events).toEqual([]);
  });

  it('never puts what lay there above what the candidate answered meanwhile', async () => {
    const { clock, device, server, load } = await withLeftovers();
    device.fault = 'stuck';
    const client = await load();
    await clock.advance(4_000);
    client.answer(1, 'C');
    await clock.advance(5_000);
    expect(gradedBy(server)).toEqual({ 1: 'C' });
    device.recover();
    await clock.advance(30_000);
    expect(gradedBy(server)).toEqual({ 1: 'C', 2: 'B' });
    expect(shownBy(client)).toEqual({ 1: 'C', 2: 'B' });
    expect(server.journal).toHaveLength(3);
    expect(device.events).toEqual([]);
  });

  it('may fail to be read first, and is asked again without being reloaded', async () => {
    const { clock, device, server, load } = await withLeftovers();
    device.fault = 'broken';
    const client = await load();
    await clock.advance(30_000);
    expect(client.snapshot().isStoreSafe).toBe(false);
    device.recover();
    await clock.advance(15_000);
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'B' });
    expect(client.snapshot()).toMatchObject({ isStoreSafe: true, savedCount: 2 });
  });

  it('gives up nothing when the leading tab dies while it hangs', async () => {
    const { clock, device, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    // Written by a tab that died before it could say so.
    await device.append({ epoch: 1, position: 7, choice: 'C', clientTime: null }, 1);
    device.fault = 'stuck';
    one.close();
    await clock.advance(10_000);
    expect(two.snapshot().isStoreSafe).toBe(false);
    device.recover();
    await clock.advance(1_000);
    expect(gradedBy(server)).toEqual({ 7: 'C' });
  });

  it('makes nobody wait again while one call hangs', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    device.fault = 'stuck';
    for (let position = 1; position <= 20; position += 1) client.answer(position, 'A');
    await clock.advance(8_000);
    expect(server.journal).toHaveLength(20);
    device.recover();
    await clock.advance(5_000);
    expect(device.events).toEqual([]);
    client.answer(1, 'B');
    await clock.advance(2_000);
    expect(gradedBy(server)[1]).toBe('B');
  });
});

describe('before a hand-in', () => {
  it('everything is sent, also what comes from the device at the last moment, and the device is wiped', async () => {
    const room = await withLeftovers();
    room.device.fault = 'stuck';
    const client = await room.load();
    await room.clock.advance(4_000);
    const isFinished = finish(room, client, 2_000);
    await room.clock.advance(1_000);
    room.device.recover();
    expect(await isFinished).toBe(true);
    expect(gradedBy(room.server)).toEqual({ 1: 'A', 2: 'B' });
    expect(room.device).toMatchObject({ events: [], memo: null, copy: { isKept: false } });
  });

  it('an answer that only the device knows of is picked up and sent', async () => {
    const room = virtualRoom();
    const client = await room.load();
    await room.device.append({ epoch: 1, position: 7, choice: 'C', clientTime: null }, 1);
    expect(await finish(room, client)).toBe(true);
    expect(gradedBy(room.server)).toEqual({ 7: 'C' });
    expect(room.device.events).toEqual([]);
  });

  it('what cannot be sent is said, and nothing is handed in or wiped', async () => {
    const room = virtualRoom();
    const client = await room.load();
    await room.clock.advance(1_000);
    await room.device.append({ epoch: 1, position: 7, choice: 'C', clientTime: null }, 1);
    room.server.weather = (request) => (room.server.requests[request - 1]?.length ? 'request_lost' : 'fine');
    expect(await finish(room, client)).toBe(false);
    expect(room.device.events).toHaveLength(1);
    expect(room.device.copy.isKept).toBe(true);
  });

  it('a device that never answers holds nobody up for long', async () => {
    const room = virtualRoom();
    room.device.fault = 'stuck';
    const client = await room.load();
    await room.clock.advance(4_000);
    client.answer(1, 'A');
    await room.clock.advance(2_000);
    expect(await finish(room, client, 20_000)).toBe(true);
    expect(gradedBy(room.server)).toEqual({ 1: 'A' });
  });
});

describe('a page in trouble', () => {
  it('says that the time is a guess when the device has slept and nobody answers, until somebody does', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    await clock.advance(1_000);
    server.weather = 'request_lost';
    clock.jumpWall(100 * 60_000);
    client.tick();
    await clock.advance(1_000);
    client.tick();
    expect(client.snapshot()).toMatchObject({ isTimeSure: false, connection: 'retrying' });
    expect(client.nowMs()).toBeGreaterThan(server.deadlineAtMs);
    // The server judges: the guess takes no answer away.
    client.answer(1, 'A');
    server.weather = 'fine';
    await clock.advance(10_000);
    expect(client.snapshot().isTimeSure).toBe(true);
    expect(Math.abs(client.nowMs() - server.nowMs())).toBeLessThan(5);
    expect(gradedBy(server)).toEqual({ 1: 'A' });
  });

  it('sends after ten seconds although the end of a composition was never told', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    client.setComposing(true);
    client.answer(1, 'A');
    await clock.advance(9_000);
    expect(server.journal).toEqual([]);
    await clock.advance(2_000);
    expect(gradedBy(server)).toEqual({ 1: 'A' });
  });

  it('keeps what the server will not take, says so, and tries again seldom', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'refused';
    client.answer(1, 'A');
    await clock.advance(60_000);
    expect(client.snapshot()).toMatchObject({ connection: 'refused', pendingCount: 1, phase: 'open' });
    expect(device.events).toHaveLength(1);
    expect(server.requests.length).toBeLessThan(12);
    server.weather = 'fine';
    await clock.advance(40_000);
    expect(client.snapshot()).toMatchObject({ connection: 'idle', pendingCount: 0, savedCount: 1 });
  });
});
