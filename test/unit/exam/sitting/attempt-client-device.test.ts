import { describe, expect, it } from 'vitest';
import { handOver } from '#app/exam/sitting/client/hand-over.ts';
import type { Transport } from '#app/exam/sitting/client/ports.ts';
import { drawRandom } from '#app/exam/paper/draw-random.ts';
import type { Weather } from '#test/support/virtual-client.ts';
import { gradedBy, shownBy, virtualRoom } from '#test/support/virtual-client.ts';

const HOUR_MS = 3_600_000;

describe('a page that is loaded again without the network', () => {
  it('shows what was confirmed since its copy was made, and what was not', async () => {
    const { clock, server, load } = virtualRoom();
    const copy = server.start();
    const first = await load({ start: copy });
    first.answer(1, 'A');
    first.answer(2, 'B');
    await clock.advance(2_000);
    server.weather = 'request_lost';
    first.answer(2, 'C');
    await clock.advance(1_000);
    first.close();
    const second = await load({ start: copy });
    expect(shownBy(second)).toEqual({ 1: 'A', 2: 'C' });
    expect(second.snapshot()).toMatchObject({ savedCount: 2, pendingCount: 1, isTimeSure: false });
    server.weather = 'fine';
    await clock.advance(5_000);
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'C' });
    expect(second.snapshot()).toMatchObject({ pendingCount: 0, isTimeSure: true });
  });

  it('takes answers and counts no time off when the device’s clock has jumped by hours meanwhile', async () => {
    for (const jumpMs of [-7 * HOUR_MS, 7 * HOUR_MS]) {
      const { clock, server, load } = virtualRoom();
      const copy = server.start();
      const first = await load({ start: copy });
      await clock.advance(10 * 60_000);
      first.close();
      server.weather = 'request_lost';
      clock.jumpWall(jumpMs);
      const second = await load({ start: copy });
      second.answer(3, 'D');
      expect(shownBy(second)).toEqual({ 3: 'D' });
      expect(second.nowMs()).toBeGreaterThanOrEqual(server.nowMs() - 60_000);
      server.weather = 'fine';
      await clock.advance(5_000);
      expect(gradedBy(server)).toEqual({ 3: 'D' });
      expect(Math.abs(second.nowMs() - server.nowMs())).toBeLessThan(5);
    }
  });

  it('knows the deadline that was extended before it went', async () => {
    const { clock, server, load } = virtualRoom();
    const copy = server.start();
    const first = await load({ start: copy });
    server.deadlineAtMs += 600_000;
    await clock.advance(60_000);
    first.close();
    server.weather = 'request_lost';
    const second = await load({ start: copy });
    expect(second.snapshot().deadlineAtMs).toBe(server.deadlineAtMs);
  });
});

/** Two tabs from the same copy, without network, on a device that keeps nothing: they give out the same numbers. */
async function twoFullTabs() {
  const room = virtualRoom();
  const start = room.server.start();
  room.server.weather = 'request_lost';
  room.device.fault = 'full';
  return { ...room, first: await room.load({ start }), second: await room.load({ start }) };
}

describe('the device’s store', () => {
  it('is said to be unsafe only as long as an answer lies in memory alone', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    device.fault = 'full';
    server.weather = 'request_lost';
    client.answer(1, 'A');
    await clock.advance(1_000);
    expect(client.snapshot()).toMatchObject({ isStoreSafe: false, pendingCount: 1 });
    device.recover();
    client.answer(2, 'B');
    await clock.advance(1_000);
    expect(client.snapshot().isStoreSafe).toBe(false);
    server.weather = 'fine';
    await clock.advance(40_000);
    expect(client.snapshot()).toMatchObject({ isStoreSafe: true, pendingCount: 0, savedCount: 2 });
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'B' });
  });

  it('gives both answers of two tabs with one number to a sealed file (seed issue-5)', async () => {
    const { clock, first, second } = await twoFullTabs();
    // Both before either has heard of the other's: each gives out the same number from its memory.
    first.answer(4, 'A');
    second.answer(5, 'B');
    first.answer(6, 'C');
    await clock.advance(1_000);
    for (const tab of [first, second]) {
      const events = tab.unconfirmed();
      expect(Object.fromEntries(events.map((event) => [event.position, event.choice]))).toEqual({
        4: 'A',
        5: 'B',
        6: 'C',
      });
      expect(new Set(events.map((event) => event.seq)).size).toBe(3);
    }
  });

  it('gives one number to two answers, a sealed file gives them one each: none counts twice when the network is back', async () => {
    const { clock, server, first, second } = await twoFullTabs();
    first.answer(4, 'A');
    second.answer(5, 'B');
    await clock.advance(1_000);
    server.receive(first.unconfirmed());
    server.weather = 'fine';
    await clock.advance(60_000);
    expect(server.journal.map(({ position, choice }) => `${position}${choice}`).sort()).toEqual(['4A', '5B']);
    for (const tab of [first, second]) {
      expect(tab.snapshot()).toMatchObject({ pendingCount: 0, savedCount: 2 });
      expect(shownBy(tab)).toEqual({ 4: 'A', 5: 'B' });
    }
  });

  it.each([
    ['it counts once all the same', [], 'A'],
    ['it never comes above what was given later', ['C'], 'C'],
  ])('is full when an answer gets a new number, and keeps the old one: %s', async (_, later, last) => {
    const { clock, device, server, load } = virtualRoom();
    const copy = server.start();
    server.receive([{ epoch: 1, seq: 1, position: 9, choice: 'B', clientTime: null }]);
    const first = await load({ start: copy });
    first.answer(4, 'A');
    server.weather = () => {
      device.fault = 'full';
      return 'fine';
    };
    await clock.advance(5_000);
    expect(device.events).toMatchObject([{ seq: 1, position: 4 }]);
    for (const choice of later) first.answer(4, choice);
    await clock.advance(5_000);
    expect(gradedBy(server)).toEqual({ 4: last, 9: 'B' });
    first.close();
    device.recover();
    server.weather = 'fine';
    const second = await load({ start: copy });
    await clock.advance(60_000);
    expect(server.journal.map(({ choice }) => choice)).toEqual(['B', 'A', ...later]);
    expect(shownBy(second)).toMatchObject({ 4: last });
    expect(device.events).toEqual([]);
  });

  it.each([
    ['slow', 1_000],
    ['stuck', 60_000],
  ])(
    'is %s over an answer while an older one of the question gets a new number: the newer one counts',
    async (_, ms) => {
      const { clock, device, server, load } = virtualRoom();
      const copy = server.start();
      const taken = [1, 2, 3].map((seq) => ({
        epoch: 1,
        seq,
        position: 6 + seq,
        choice: 'B',
        clientTime: null,
      }));
      server.receive(taken);
      const client = await load({ start: copy });
      client.answer(4, 'A');
      await clock.advance(100);
      device.fault = 'stuck';
      client.answer(4, 'C');
      await clock.advance(ms);
      device.recover();
      await clock.advance(30_000);
      expect(gradedBy(server)).toMatchObject({ 4: 'C' });
      expect(shownBy(client)).toMatchObject({ 4: 'C' });
      expect(client.snapshot()).toMatchObject({ pendingCount: 0, draftCount: 0 });
    },
  );

  it('is served by a server of an earlier version, too, which does not say where an answer counts', async () => {
    const { clock, server, load } = virtualRoom();
    const earlier: Transport = {
      ...server.transport,
      send: async (events) => {
        const result = await server.transport.send(events);
        if (result.kind !== 'ack') return result;
        const conflicts = result.ack.conflicts.map(({ epoch, seq }) => ({ epoch, seq }));
        return { kind: 'ack', ack: { ...result.ack, conflicts } };
      },
    };
    const copy = server.start();
    server.receive([{ epoch: 1, seq: 1, position: 9, choice: 'B', clientTime: null }]);
    const client = await load({ start: copy, transport: earlier });
    client.answer(4, 'A');
    await clock.advance(5_000);
    expect(client.snapshot()).toMatchObject({ pendingCount: 0, savedCount: 1, isTimeSure: true });
    expect(gradedBy(server)).toEqual({ 4: 'A', 9: 'B' });
  });

  it('was full, and the network never returns: a sealed file brings no number that is taken', async () => {
    const { clock, device, server, load } = virtualRoom();
    const copy = server.start();
    device.fault = 'full';
    const first = await load({ start: copy });
    first.answer(1, 'A');
    first.answer(2, 'B');
    await clock.advance(2_000);
    expect(first.snapshot()).toMatchObject({ savedCount: 2, pendingCount: 0 });
    // What was confirmed is noted nowhere on the device, and the copy is older.
    first.close();
    device.recover();
    server.weather = 'request_lost';
    const second = await load({ start: copy });
    second.answer(3, 'C');
    second.answer(1, 'D');
    await clock.advance(1_000);
    expect(server.receive(second.unconfirmed()).conflicts).toEqual([]);
    expect(gradedBy(server)).toEqual({ 1: 'D', 2: 'B', 3: 'C' });
  });

  it('is full: an answer given before the page has read the device comes after all that was saved', async () => {
    const { clock, device, server, load } = virtualRoom();
    const copy = server.start();
    const first = await load({ start: copy });
    for (const choice of ['A', 'B', 'C']) {
      first.answer(1, choice);
      await clock.advance(1_000);
    }
    first.close();
    device.fault = 'full';
    server.weather = 'request_lost';
    // The copy is as old as the first load; the candidate is quicker than the device.
    const second = await load({ start: copy, atOnce: (client) => client.answer(1, 'D') });
    server.weather = 'fine';
    await clock.advance(60_000);
    expect(gradedBy(server)).toEqual({ 1: 'D' });
    expect(shownBy(second)).toEqual({ 1: 'D' });
  });

  it('is full: a second tab numbers its answers after those the first holds in memory', async () => {
    const { clock, device, server, load } = virtualRoom();
    server.weather = 'request_lost';
    device.fault = 'full';
    const copy = server.start();
    const first = await load({ start: copy });
    for (const choice of ['A', 'B', 'C']) first.answer(1, choice);
    await clock.advance(1_000);
    const second = await load({ start: copy });
    second.answer(1, 'D');
    await clock.advance(1_000);
    server.weather = 'fine';
    await clock.advance(60_000);
    expect(gradedBy(server)).toEqual({ 1: 'D' });
    for (const tab of [first, second]) expect(shownBy(tab)).toEqual({ 1: 'D' });
  });

  it('fails in two tabs: an answer gets its new number once, though both hear of the conflict', async () => {
    const { clock, device, server, load } = virtualRoom();
    let isSlow = false;
    let answer = (): void => undefined;
    const slow: Transport = {
      ...server.transport,
      send: async (events) => {
        const result = await server.transport.send(events);
        if (isSlow) await new Promise<void>((resolve) => (answer = resolve));
        return result;
      },
    };
    const copy = server.start();
    const first = await load({ start: copy });
    const second = await load({ start: copy, transport: slow });
    device.fault = 'full';
    server.weather = 'request_lost';
    // Number 1 twice: each from its memory.
    first.answer(4, 'A');
    second.answer(5, 'B');
    await clock.advance(100);
    // The first one's answer is taken under the number; both hear that the other is in conflict with it.
    let calls = 0;
    server.weather = () => ((calls += 1) === 1 ? 'fine' : 'request_lost');
    expect(await first.flush()).toBe(false);
    server.weather = 'fine';
    isSlow = true;
    void second.flush();
    await clock.advance(0);
    calls = 0;
    server.weather = () => ((calls += 1) === 1 ? 'fine' : 'ack_lost');
    expect(await first.flush()).toBe(false);
    first.answer(6, 'C');
    await clock.advance(0);
    server.weather = 'fine';
    isSlow = false;
    answer();
    await clock.advance(60_000);
    expect(gradedBy(server)).toEqual({ 4: 'A', 5: 'B', 6: 'C' });
    expect(server.journal.map(({ position }) => position).sort()).toEqual([4, 5, 6]);
    for (const tab of [first, second]) expect(tab.snapshot()).toMatchObject({ pendingCount: 0 });
  });

  it('that never works costs nothing while the page lives (private window)', async () => {
    const { clock, device, server, load } = virtualRoom();
    device.fault = 'broken';
    const client = await load();
    client.answer(1, 'A');
    await clock.advance(2_000);
    expect(client.snapshot()).toMatchObject({ isStoreSafe: false, savedCount: 1, pendingCount: 0 });
    expect(gradedBy(server)).toEqual({ 1: 'A' });
  });

  it('is emptied, copy and confirmations included, once the exam is over and everything is with the server', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    client.answer(1, 'A');
    await clock.advance(1_000);
    expect(device.copy.isKept).toBe(true);
    expect(device.memo?.saved).toHaveLength(1);
    server.isOpen = false;
    await clock.advance(60_000);
    expect(client.snapshot().phase).toBe('closed');
    expect(device).toMatchObject({ events: [], memo: null, copy: { isKept: false } });
  });

  it('keeps its copy and answers on a device the attempt has left until these are with the server', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'request_lost';
    client.answer(1, 'A');
    await clock.advance(60_000);
    server.deviceEpoch = 2;
    expect(device.copy.isKept).toBe(true);
    server.weather = 'fine';
    await clock.advance(60_000);
    expect(client.snapshot()).toMatchObject({ phase: 'replaced', pendingCount: 0 });
    expect(server.journal).toHaveLength(1);
    expect(device.copy.isKept).toBe(false);
  });

  it('hands over what an attempt that ended meanwhile has left there, and keeps it without an answer', async () => {
    const { clock, device, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'request_lost';
    client.answer(1, 'A');
    await clock.advance(1_000);
    client.close();
    server.isOpen = false;
    expect(await handOver(device, server.transport)).toBe(false);
    expect(device.events).toHaveLength(1);
    server.weather = 'fine';
    expect(await handOver(device, server.transport)).toBe(true);
    expect(server.journal).toHaveLength(1);
    expect(device.events).toEqual([]);
  });
});

describe('one tab of several', () => {
  it('sends for all; the others show the same and stay silent', async () => {
    const { clock, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    const before = server.requests.length;
    two.answer(1, 'A');
    await clock.advance(3_000);
    expect(server.requests.length).toBe(before + 1);
    for (const client of [one, two])
      expect(client.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 0 });
    expect(two.snapshot().savedAtMs).toBe(one.snapshot().savedAtMs);
    await clock.advance(300_000);
    // One tab asks about every 15 seconds; two of them would ask twice as often.
    expect(server.requests.length - before).toBeLessThan(25);
  });

  it('learns of the end and of more time from the leading one', async () => {
    const { clock, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    server.deadlineAtMs += 300_000;
    await one.flush();
    expect(two.snapshot().deadlineAtMs).toBe(server.deadlineAtMs);
    server.isOpen = false;
    await one.flush();
    await clock.advance(0);
    expect(two.snapshot().phase).toBe('closed');
  });

  it('takes over when the leading one dies, with what that one had only on the device', async () => {
    const { clock, device, server, load } = virtualRoom();
    const [one, two] = [await load(), await load()];
    // Written by a tab that died before it could say so.
    await device.append({ epoch: 1, position: 7, choice: 'C', clientTime: null }, 1);
    one.close();
    await clock.advance(100);
    expect(gradedBy(server)).toEqual({ 7: 'C' });
    two.answer(1, 'A');
    await clock.advance(600);
    expect(gradedBy(server)).toEqual({ 1: 'A', 7: 'C' });
  });
});

describe('an outage', () => {
  it('is not made longer by answers given meanwhile', async () => {
    const { clock, server, load } = virtualRoom();
    const client = await load();
    server.weather = 'request_lost';
    for (let n = 1; n <= 60; n += 1) {
      client.answer((n % 80) + 1, 'A');
      await clock.advance(2_000);
    }
    expect(server.requests.length).toBeGreaterThan(6);
    expect(server.requests.length).toBeLessThan(20);
  });

  it('loses nothing when the page goes while answers are still on their way into the store', async () => {
    const { server, load, clock } = virtualRoom();
    const client = await load();
    client.answer(1, 'A');
    client.answer(2, 'B');
    client.leave();
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'B' });
    await clock.advance(2_000);
    expect(gradedBy(server)).toEqual({ 1: 'A', 2: 'B' });
    expect(server.journal).toHaveLength(2);
  });

  it.each([
    ['though the earlier one could note nothing (found by the fault run)', false, 0],
    ['though the store was full and the clock was set back (found by the fault run)', true, -6 * 3_600_000],
  ])('lets no older answer win over that of a later page, %s', async (_, canNote, jumpMs) => {
    const { clock, device, server, load } = virtualRoom();
    const copy = server.start();
    server.weather = 'request_lost';
    device.fault = 'full';
    device.numbers.works = canNote;
    const first = await load({ start: copy });
    await clock.advance(5_000);
    for (const [position, choice] of [
      [1, 'A'],
      [2, 'A'],
      [1, 'B'],
    ] as const)
      first.answer(position, choice);
    await clock.advance(1_000);
    server.weather = 'fine';
    first.leave();
    first.close();
    server.weather = 'request_lost';
    device.fault = 'none';
    clock.jumpWall(jumpMs);
    const second = await load({ start: copy });
    await clock.advance(5_000);
    second.answer(1, 'C');
    second.answer(2, 'D');
    await clock.advance(1_000);
    second.close();
    expect([server.journal.length, device.events.length]).toEqual([3, 2]);
    server.weather = 'fine';
    const third = await load();
    await clock.advance(60_000);
    expect(gradedBy(server)).toEqual({ 1: 'C', 2: 'D' });
    expect(server.journal).toHaveLength(5);
    expect(shownBy(third)).toEqual({ 1: 'C', 2: 'D' });
  });

  it('costs nothing with two tabs, deaths, full and stuck stores and clocks that jump (300 seeded rooms)', async () => {
    for (let seed = 0; seed < 300; seed += 1) {
      const random = drawRandom(`device-${seed}`);
      const { clock, device, server, load } = virtualRoom();
      const bad: Weather[] = ['fine', 'fine', 'request_lost', 'ack_lost', 'twice'];
      const rough = (): Weather => bad[random.below(bad.length)] ?? 'fine';
      server.weather = rough;
      const calm = async (): Promise<void> => {
        device.recover();
        server.weather = 'fine';
        await clock.advance(40_000);
        server.weather = rough;
      };
      const wanted: Record<number, string> = {};
      const copy = server.start();
      const tabs = [await load({ start: copy }), await load({ start: copy })];
      for (let step = 0; step < 16; step += 1) {
        const at = random.below(tabs.length);
        const position = random.below(5) + 1;
        const choice = ['A', 'B', 'C', ''][random.below(4)] ?? '';
        tabs[at]?.answer(position, choice);
        if (choice === '') delete wanted[position];
        else wanted[position] = choice;
        await clock.advance([0, 30, 500, 4_000][random.below(4)] ?? 0);
        expect(shownBy(tabs[at] ?? tabs[0]!), `seed ${seed}`).toEqual(wanted);
        if (random.below(4) === 0) {
          tabs[at]?.close();
          if (random.below(2) === 0) clock.jumpWall((random.below(11) - 5) * HOUR_MS);
          tabs[at] = await load({ start: random.below(2) === 0 ? copy : server.start() });
        }
        if (random.below(8) === 0) {
          // Power gone: both tabs start again from a cold disk, and the candidate does not wait for it.
          tabs.forEach((tab) => tab.close());
          device.fault = 'stuck';
          tabs[0] = await load({ start: copy });
          tabs[1] = await load({ start: random.below(2) === 0 ? copy : server.start() });
          tabs[at]?.answer(position, 'D');
          await clock.advance([100, 3_500, 20_000][random.below(3)] ?? 0);
          tabs[1 - at]?.answer((position % 5) + 1, 'A');
          Object.assign(wanted, { [position]: 'D', [(position % 5) + 1]: 'A' });
          await clock.advance([100, 3_500][random.below(2)] ?? 0);
          await calm();
        }
        if (random.below(6) === 0) {
          // A store that is full for a while, with both tabs alive to remember.
          device.fault = 'full';
          tabs[0]?.answer(5, 'C');
          wanted[5] = 'C';
          await clock.advance(50);
          await calm();
        }
      }
      server.weather = 'fine';
      await clock.advance(60_000);
      expect(gradedBy(server), `seed ${seed}`).toEqual(wanted);
      for (const tab of tabs) expect(shownBy(tab), `seed ${seed}`).toEqual(wanted);
      expect(device.events, `seed ${seed}`).toEqual([]);
      const keys = server.journal.map((event) => `${event.epoch}.${event.seq}`);
      expect(new Set(keys).size).toBe(keys.length);
    }
  }, 120_000);
});
