import { describe, expect, it } from 'vitest';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import type { Weather } from '#test/support/virtual-client.ts';
import { gradedBy, shownBy, virtualRoom } from '#test/support/virtual-client.ts';

describe('the exam page’s answers', () => {
  it('are shown at once, kept on the device, and sent within a second', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    client.answer(1, 'A');
    expect(shownBy(client)).toEqual({ 1: 'A' });
    expect(client.snapshot()).toMatchObject({ savedCount: 0, pendingCount: 1 });
    await clock.advance(300);
    expect(device.events).toHaveLength(1);
    expect(server.journal).toEqual([]);
    await clock.advance(700);
    expect(server.journal).toMatchObject([{ epoch: 1, seq: 1, position: 1, choice: 'A' }]);
    expect(client.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 0, connection: 'idle' });
    expect(device.events).toEqual([]);
  });

  it('are said to be saved only from acknowledgements', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'ack_lost';
    client.answer(1, 'A');
    await clock.advance(1_000);
    expect(server.journal).toHaveLength(1);
    expect(client.snapshot()).toMatchObject({ savedCount: 0, pendingCount: 1, connection: 'retrying' });
    server.weather = 'fine';
    await clock.advance(5_000);
    expect(client.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 0, connection: 'idle' });
    expect(server.journal).toHaveLength(1);
  });

  it('come back after a reload with unsent answers, and are then really sent', async () => {
    const { clock, device, server, load } = virtualRoom();
    const first = await load();
    first.answer(1, 'A');
    await clock.advance(1_000);
    server.weather = 'request_lost';
    first.answer(1, 'B');
    first.answer(2, 'C');
    await clock.advance(1_000);
    first.close();
    expect(device.events).toHaveLength(2);

    const second = await load();
    expect(shownBy(second)).toEqual({ 1: 'B', 2: 'C' });
    expect(second.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 2 });
    server.weather = 'fine';
    await clock.advance(5_000);
    expect(gradedBy(server)).toEqual({ 1: 'B', 2: 'C' });
    expect(second.snapshot()).toMatchObject({ savedCount: 2, pendingCount: 0 });
    expect(device.events).toEqual([]);
  });

  it('do not fall back to an older answer whose acknowledgement was lost', async () => {
    const { clock, server, load } = virtualRoom();
    const first = await load();
    server.weather = (request) => (request === 2 ? 'ack_lost' : 'fine');
    first.answer(1, 'A');
    await clock.advance(500);
    first.close();
    server.receive([{ epoch: 1, seq: 7, position: 1, choice: 'D', clientTime: null }]);
    server.weather = 'fine';
    const second = await load();
    expect(shownBy(second)).toEqual({ 1: 'D' });
    await clock.advance(2_000);
    expect(gradedBy(server)).toEqual({ 1: 'D' });
    second.answer(1, 'B');
    await clock.advance(1_000);
    expect(gradedBy(server)).toEqual({ 1: 'B' });
  });

  it('get a new number when theirs was taken by something else', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.receive([{ epoch: 1, seq: 1, position: 9, choice: 'A', clientTime: null }]);
    client.answer(1, 'C');
    await clock.advance(3_000);
    expect(gradedBy(server)).toEqual({ 1: 'C', 9: 'A' });
    expect(client.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 0 });
  });

  it('are taken back by an empty choice', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    client.answer(3, 'AC');
    client.answer(3, '');
    await clock.advance(1_000);
    expect(shownBy(client)).toEqual({});
    expect(gradedBy(server)).toEqual({});
    expect(client.snapshot().savedCount).toBe(0);
    expect(server.journal).toHaveLength(2);
  });

  it('wait while an input method composes, and go afterwards', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    client.setComposing(true);
    client.answer(1, 'A');
    await clock.advance(5_000);
    expect(server.journal).toEqual([]);
    client.setComposing(false);
    await clock.advance(500);
    expect(server.journal).toHaveLength(1);
  });

  it('are thrown at the server when the page goes, and stay on the device until acknowledged', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    client.answer(1, 'A');
    await clock.advance(100);
    client.leave();
    expect(server.journal).toHaveLength(1);
    expect(device.events).toHaveLength(1);
    const again = await load();
    await clock.advance(500);
    expect(device.events).toEqual([]);
    expect(again.snapshot().savedCount).toBe(1);
  });

  it('are sent from memory when the device cannot keep them, and the page knows', async () => {
    for (const fault of ['full', 'stuck'] as const) {
      const { clock, device, server, load } = virtualRoom();
      const client = await load();
      device.fault = fault;
      client.answer(1, 'A');
      client.answer(2, 'B');
      expect(shownBy(client)).toEqual({ 1: 'A', 2: 'B' });
      await clock.advance(12_000);
      expect(gradedBy(server), fault).toEqual({ 1: 'A', 2: 'B' });
      expect(client.snapshot()).toMatchObject({ savedCount: 2, pendingCount: 0, isStoreSafe: false });
    }
  });

  it('are split into requests of at most 100', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'request_lost';
    for (let n = 0; n < 250; n += 1) client.answer((n % 80) + 1, 'ABCD'[n % 4] ?? 'A');
    await clock.advance(1_000);
    server.weather = 'fine';
    expect(await Promise.all([client.flush(), clock.advance(1)])).toEqual([true, undefined]);
    expect(server.journal).toHaveLength(250);
    expect(Math.max(...server.requests.map((events) => events.length))).toBe(100);
  });
});

describe('a network that fails', () => {
  it('is tried again with growing pauses, and at once when the page asks', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'request_lost';
    client.answer(1, 'A');
    await clock.advance(600_000);
    const tries = server.requests.length;
    expect(tries).toBeGreaterThan(15);
    expect(tries).toBeLessThan(45);
    server.weather = 'fine';
    const [isSaved] = await Promise.all([client.flush(), clock.advance(1)]);
    expect(isSaved).toBe(true);
    expect(server.requests.length).toBe(tries + 1);
  });

  it('never costs an answer, whatever it loses, repeats or cuts off (500 seeded rooms)', async () => {
    for (let seed = 0; seed < 500; seed += 1) {
      const random = drawRandom(`network-${seed}`);
      const { clock, device, server, load } = virtualRoom();
      const bad: Weather[] = ['fine', 'fine', 'request_lost', 'ack_lost', 'twice'];
      server.weather = () => bad[random.below(bad.length)] ?? 'fine';
      const wanted: Record<number, string> = {};
      let client = await load({ random: () => random.below(1000) / 1000 });
      for (let step = 0; step < 12; step += 1) {
        const position = random.below(6) + 1;
        const choice = ['A', 'B', 'C', 'D', ''][random.below(5)] ?? '';
        client.answer(position, choice);
        if (choice === '') delete wanted[position];
        else wanted[position] = choice;
        await clock.advance([0, 50, 450, 3_000][random.below(4)] ?? 0);
        if (random.below(5) === 0) {
          client.close();
          client = await load({ random: () => random.below(1000) / 1000 });
        }
        expect(shownBy(client), `seed ${seed}`).toEqual(wanted);
      }
      server.weather = 'fine';
      await Promise.all([client.flush(), clock.advance(1)]);
      expect(gradedBy(server), `seed ${seed}`).toEqual(wanted);
      expect(client.snapshot().pendingCount).toBe(0);
      expect(device.events).toEqual([]);
      const keys = server.journal.map((event) => `${event.epoch}.${event.seq}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  }, 120_000);

  it('keeps everything while the session is over, and goes on after signing in again', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'signed_out';
    client.answer(1, 'A');
    await clock.advance(60_000);
    expect(client.snapshot()).toMatchObject({ connection: 'signed_out', pendingCount: 1, phase: 'open' });
    expect(device.events).toHaveLength(1);
    server.weather = 'fine';
    await clock.advance(30_000);
    expect(client.snapshot()).toMatchObject({ connection: 'idle', pendingCount: 0, savedCount: 1 });
  });
});

describe('several pages of one attempt', () => {
  it('give out different numbers and show each other’s answers', async () => {
    const { clock, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    one.answer(1, 'A');
    two.answer(2, 'B');
    await clock.advance(0);
    one.answer(2, 'C');
    await clock.advance(2_000);
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'C' });
    expect(shownBy(one)).toEqual({ 1: 'A', 2: 'C' });
    expect(shownBy(two)).toEqual({ 1: 'A', 2: 'C' });
    expect(one.snapshot().savedCount).toBe(2);
    expect(two.snapshot().savedCount).toBe(2);
    expect(server.journal.map((event) => event.seq).sort()).toEqual([1, 2, 3]);
  });

  it('send what a tab that died has left', async () => {
    const { clock, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    one.answer(1, 'A');
    await clock.advance(100);
    one.close();
    await clock.advance(12_000);
    expect(gradedBy(server)).toEqual({ 1: 'A' });
    expect(two.snapshot().savedCount).toBe(1);
  });

  it('turn read-only when the attempt goes on elsewhere, and still hand over what they have', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    client.answer(1, 'A');
    await clock.advance(100);
    server.deviceEpoch = 2;
    await clock.advance(1_000);
    expect(client.snapshot()).toMatchObject({ phase: 'replaced', savedCount: 0, pendingCount: 0 });
    expect(server.journal).toHaveLength(1);
    expect(device.events).toEqual([]);
    client.answer(2, 'B');
    await clock.advance(1_000);
    expect(server.journal).toHaveLength(1);
  });

  it('do not take leftovers of an earlier epoch for answers of theirs', async () => {
    const { clock, server, load } = virtualRoom();
    const first = await load();
    server.weather = 'request_lost';
    first.answer(1, 'A');
    await clock.advance(1_000);
    first.close();
    server.deviceEpoch = 2;
    server.weather = 'fine';
    const second = await load();
    expect(shownBy(second)).toEqual({});
    await clock.advance(1_000);
    expect(second.snapshot()).toMatchObject({ phase: 'open', savedCount: 0, pendingCount: 0 });
    second.answer(1, 'B');
    await clock.advance(1_000);
    expect(second.snapshot()).toMatchObject({ phase: 'open', savedCount: 1 });
  });
});

describe('the clock of the exam page', () => {
  it('follows the server’s time whatever the device’s clock does', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    clock.jumpWall(-5 * 3_600_000);
    client.tick();
    await clock.advance(10_000);
    expect(Math.abs(client.nowMs() - server.nowMs())).toBeLessThan(5);
  });

  it('learns of more time, and of the end, without an answer being given', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.deadlineAtMs += 600_000;
    await clock.advance(60_000);
    expect(client.snapshot().deadlineAtMs).toBe(server.deadlineAtMs);
    server.isOpen = false;
    await clock.advance(60_000);
    expect(client.snapshot().phase).toBe('closed');
  });

  it('hears of the end within seconds of the deadline, however idle it was', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    await clock.advance(90 * 60_000 - 1_000);
    server.isOpen = false;
    await clock.advance(8_000);
    expect(client.snapshot().phase).toBe('closed');
  });

  it('takes no answer after the deadline', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    await clock.advance(90 * 60_000 + 1_000);
    client.answer(1, 'A');
    await clock.advance(2_000);
    expect(server.journal).toEqual([]);
    expect(shownBy(client)).toEqual({});
  });
});
