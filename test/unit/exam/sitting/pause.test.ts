import { describe, expect, it } from 'vitest';
import { createAttemptClient } from '#app/exam/sitting/client/attempt-client.ts';
import { virtualClock, virtualDevice, virtualServer, virtualTabs } from '#test/support/virtual-client.ts';

const MINUTE_MS = 60_000;

function aRoom() {
  const clock = virtualClock();
  const device = virtualDevice();
  const server = virtualServer(clock);
  const tab = virtualTabs();
  const load = async () => {
    const { copy, numbers } = device;
    const ports = { store: device, transport: server.transport, clock, tabs: tab(), copy, numbers };
    const client = createAttemptClient(server.start(), { ...ports, random: () => 0.5 });
    void client.open();
    await clock.advance(0);
    return client;
  };
  const pause = (): void => {
    server.pausedAtMs = server.nowMs();
  };
  /** As the invigilator’s command does it: the time since the pause is given back. */
  const resume = (): void => {
    server.deadlineAtMs += server.nowMs() - (server.pausedAtMs ?? server.nowMs());
    server.pausedAtMs = null;
  };
  return { clock, device, server, load, pause, resume };
}

describe('a pause by the invigilator', () => {
  it('reaches a page on which nobody answers within 20 seconds', async () => {
    const { clock, load, pause } = aRoom();
    const client = await load();
    pause();
    await clock.advance(20_000);
    expect(client.snapshot().pausedAtMs).not.toBeNull();
  });

  it('stops answering, keeps what was given before, and gives the time back when it ends', async () => {
    const { clock, server, load, pause, resume } = aRoom();
    const client = await load();
    client.answer(1, 'A');
    pause();
    await clock.advance(1_000);
    expect(client.snapshot()).toMatchObject({ savedCount: 1, pendingCount: 0 });
    client.answer(2, 'B');
    expect(client.snapshot().answers.has(2)).toBe(false);
    const leftMs = server.deadlineAtMs - (server.pausedAtMs ?? 0);
    await clock.advance(10 * MINUTE_MS);
    resume();
    await clock.advance(10_000);
    const { pausedAtMs, deadlineAtMs } = client.snapshot();
    expect(pausedAtMs).toBeNull();
    expect(deadlineAtMs - client.nowMs()).toBeGreaterThan(leftMs - 20_000);
    client.answer(2, 'B');
    await clock.advance(1_000);
    expect(client.snapshot().savedCount).toBe(2);
  });

  it('outlasts the deadline: nothing ends while the exam rests', async () => {
    const { clock, server, load, pause, resume } = aRoom();
    const client = await load();
    pause();
    await clock.advance(3 * 60 * MINUTE_MS);
    expect(client.nowMs()).toBeGreaterThan(server.deadlineAtMs);
    resume();
    await clock.advance(10_000);
    client.answer(1, 'A');
    await clock.advance(1_000);
    expect(client.snapshot()).toMatchObject({ phase: 'open', savedCount: 1 });
  });

  it('is known to the other tabs, and to a page that loads again without network', async () => {
    const { clock, server, load, pause } = aRoom();
    const [leading, other] = [await load(), await load()];
    const start = server.start();
    await clock.advance(1_000);
    pause();
    await leading.flush();
    expect(other.snapshot().pausedAtMs).toBe(server.pausedAtMs);
    leading.close();
    other.close();
    server.weather = 'request_lost';
    server.start = () => start;
    const again = await load();
    await clock.advance(1_000);
    expect(again.snapshot().pausedAtMs).toBe(server.pausedAtMs);
  });
});

describe('a deadline that is moved while the page is open', () => {
  it.each([
    ['later', 10 * MINUTE_MS],
    ['earlier', -10 * MINUTE_MS],
  ])('%s, is known with the next acknowledgement, as is the counter of messages', async (_name, byMs) => {
    const { clock, server, load } = aRoom();
    const client = await load();
    server.deadlineAtMs += byMs;
    server.noticeNo = 1;
    client.answer(1, 'A');
    await clock.advance(1_000);
    expect(client.snapshot()).toMatchObject({ deadlineAtMs: server.deadlineAtMs, noticeNo: 1 });
  });
});
