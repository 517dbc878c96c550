import { describe, expect, it } from 'vitest';
import { contentKeyOf, lockOf, openingCode } from '#app/exam/ahead/ahead-keys.server.ts';
import type { BellBody } from '#app/exam/ahead/bell.ts';
import type { AskResult, WaitingClient, WaitingPorts } from '#app/exam/ahead/client/waiting-client.ts';
import { createWaitingClient, nextAskMs } from '#app/exam/ahead/client/waiting-client.ts';
import type { Envelope } from '#app/exam/ahead/envelope.ts';
import { sealEnvelope } from '#app/exam/ahead/envelope.ts';
import { createSecrets } from '#app/platform/secret/keys.server.ts';
import { toBase64url } from '#app/platform/text/base64url.ts';
import type { DeviceMemo } from '#app/exam/sitting/client/ports.ts';
import { virtualClock } from '#test/support/virtual-client.ts';

const BELL = Date.parse('2026-11-23T01:00:00.000Z');
const MINUTE = 60_000;
const secrets = createSecrets('a secret of the installation for tests, long enough');
const place = { releaseId: 'release-1', roomId: 'room-1', opensAt: new Date(BELL) };
const mine = { attemptId: 'attempt-1', epoch: 1, paperHash: 'hash-1' };
const CODE = openingCode(secrets, place);
const KEY = toBase64url(contentKeyOf(secrets, mine));
const ROOM = {
  kind: 'room',
  items: [{ position: 1 }],
  start: {
    epoch: 1,
    answers: [],
    lastSeq: 0,
    savedAtMs: null,
    serverNowMs: BELL,
    deadlineAtMs: BELL + 90 * MINUTE,
    noticeNo: 0,
  },
};

async function aHall(options: { canOpen?: boolean; tamper?: (envelope: Envelope) => Envelope } = {}) {
  const clock = virtualClock(BELL - 5 * MINUTE);
  const lock = await lockOf(secrets, place);
  const made = await sealEnvelope(mine, JSON.stringify(ROOM), contentKeyOf(secrets, mine), lock);
  const envelope = options.tamper?.(made) ?? made;
  const server = {
    isThere: true,
    lockNo: lock.no as string | null,
    bellAtMs: BELL,
    state: null as BellBody['state'] | null,
    asked: 0,
    // The server's clock goes with the running clock, whatever the device's wall clock says.
    nowMs: () => BELL - 5 * MINUTE + clock.monotonicMs(),
  };
  const device = {
    key: null as string | null,
    memo: null as DeviceMemo | null,
    reloads: 0,
    reloadedFor: null as string | null,
    breaksOnce: null as Error | null,
    reported: [] as unknown[],
  };
  const answer = (): AskResult => {
    server.asked += 1;
    if (!server.isThere) return { kind: 'failed' };
    const serverNowMs = server.nowMs();
    const state = server.state ?? (serverNowMs < BELL ? 'waiting' : 'open');
    const times = {
      deadlineAtMs: BELL + 95 * MINUTE,
      closeAtMs: BELL + 96 * MINUTE,
      pausedAtMs: null,
      noticeNo: 2,
    };
    const key = state === 'open' ? KEY : null;
    return {
      kind: 'bell',
      bell: { state, serverNowMs, bellAtMs: server.bellAtMs, epoch: 1, lockNo: server.lockNo, key, ...times },
    };
  };
  const ports: WaitingPorts = {
    clock,
    canOpen: options.canOpen ?? true,
    ask: () => Promise.resolve(answer()),
    readKey: () => device.key,
    keepKey: (key) => {
      const broken = device.breaksOnce;
      device.breaksOnce = null;
      if (broken) throw broken;
      device.key = key;
    },
    keepTime: (memo) => {
      device.memo = memo;
      return Promise.resolve();
    },
    reload: () => (device.reloads += 1),
    readReload: () => device.reloadedFor,
    keepReload: (why) => (device.reloadedFor = why),
    report: (error) => device.reported.push(error),
    random: () => 0.5,
  };
  const load = (serverNowMs = server.nowMs()): WaitingClient =>
    createWaitingClient({ bellAtMs: BELL, serverNowMs, envelope, isHeld: false }, ports);
  return { clock, server, device, load };
}

/** Decryption runs beside the virtual clock: waits for the room by the client's own news. */
const opened = (client: WaitingClient): Promise<void> =>
  new Promise((resolve) => {
    const look = (): void => {
      if (client.snapshot().room) resolve();
    };
    client.subscribe(look);
    look();
  });

describe('waiting for the bell', () => {
  it('asks now and then before the bell, and opens with the server’s key right after it', async () => {
    const { clock, server, device, load } = await aHall();
    const client = load();
    await client.open();
    await clock.advance(5 * MINUTE - 1);
    expect(client.snapshot().room).toBeNull();
    expect(server.asked).toBeGreaterThan(10);
    expect(server.asked).toBeLessThan(25);
    await clock.advance(500);
    await opened(client);
    const { room } = client.snapshot();
    // The clock of the attempt as the bell found it: it was extended while the page waited.
    expect(room?.start).toMatchObject({ epoch: 1, deadlineAtMs: BELL + 95 * MINUTE });
    // As old as the messages in the envelope: what was told meanwhile is still to be fetched.
    expect(room?.start.noticeNo).toBe(0);
    expect(device.key).toBe(KEY);
    expect(device.reloads).toBe(0);
    const asked = server.asked;
    await clock.advance(MINUTE);
    expect(server.asked).toBe(asked);
  });

  it('opens by the announced code while the server does not answer, at any time of the device’s clock', async () => {
    const { clock, server, device, load } = await aHall();
    const client = load();
    await client.open();
    server.isThere = false;
    clock.jumpWall(-30 * 24 * 60 * MINUTE);
    await clock.advance(6 * MINUTE);
    expect(client.snapshot()).toMatchObject({ room: null, isTimeSure: true });
    expect(client.snapshot().failures).toBeGreaterThan(0);
    expect(await client.enterCode('4071')).toBe('no_code');
    expect(await client.enterCode(CODE.replace(/^./, (digit) => String((Number(digit) + 1) % 10)))).toBe(
      'wrong',
    );
    expect(await client.enterCode(`${CODE.slice(0, 4)} ${CODE.slice(4)}`)).toBe('opened');
    expect(client.snapshot().room?.start.serverNowMs).toBe(BELL);
    expect(device).toMatchObject({ key: KEY, memo: { serverMs: BELL + MINUTE, saved: [], epoch: 1 } });
  });

  it('opens again by itself after a reload without network', async () => {
    const { server, device, load } = await aHall();
    server.isThere = false;
    const first = load();
    await first.open();
    expect(await first.enterCode(CODE)).toBe('opened');
    first.close();
    const kept = device.memo;
    const again = load(BELL - 5 * MINUTE);
    await again.open();
    expect(again.snapshot().room).not.toBeNull();
    // What the first opening knew of the time stands.
    expect(device.memo).toBe(kept);
  });

  it('refuses an envelope that was changed: with network the page is fetched anew, without it says so', async () => {
    const tamper = (envelope: Envelope): Envelope => ({ ...envelope, data: envelope.data.slice(4) });
    const { clock, server, device, load } = await aHall({ tamper });
    server.isThere = false;
    const client = load();
    await client.open();
    expect(await client.enterCode(CODE)).toBe('damaged');
    server.isThere = true;
    await clock.advance(5 * MINUTE);
    await expect.poll(() => device.reloads).toBeGreaterThan(0);
    expect(client.snapshot().room).toBeNull();
  });

  it.each<
    [string, (server: { lockNo: string | null; bellAtMs: number; state: BellBody['state'] | null }) => void]
  >([
    ['another code opens now', (server) => (server.lockNo = 'OTHER1')],
    ['the bell was put off', (server) => (server.bellAtMs += MINUTE)],
    ['the exam has moved to another device', (server) => (server.state = 'moved')],
    ['the exam was ended', (server) => (server.state = 'over')],
  ])('fetches the page anew when %s', async (_, change) => {
    const { clock, server, device, load } = await aHall();
    const client = load();
    await client.open();
    expect(device.reloads).toBe(0);
    change(server);
    await clock.advance(25_000);
    expect(device.reloads).toBeGreaterThan(0);
    expect(client.snapshot().room).toBeNull();
  });

  it('without WebCrypto fetches the page at the bell and opens nothing by itself', async () => {
    const { clock, device, load } = await aHall({ canOpen: false });
    device.key = KEY;
    const client = load();
    await client.open();
    await clock.advance(5 * MINUTE - 1);
    expect(device.reloads).toBe(0);
    await clock.advance(501);
    expect(device.reloads).toBeGreaterThan(0);
    expect(client.snapshot().room).toBeNull();
  });

  it('opens by no code while the server answers and its bell has not rung, and by it once the network is gone', async () => {
    const { clock, server, load } = await aHall();
    const client = load();
    await client.open();
    expect(await client.enterCode(CODE)).toBe('too_early');
    expect(client.snapshot().room).toBeNull();
    server.isThere = false;
    await clock.advance(26_000);
    expect(await client.enterCode(CODE)).toBe('opened');
  });

  it('waits on, without a storm, while the room rests at the bell, and opens when the exam goes on', async () => {
    const { clock, server, device, load } = await aHall();
    server.state = 'waiting';
    const client = load();
    await client.open();
    await clock.advance(5 * MINUTE + 1_000);
    expect(client.snapshot()).toMatchObject({ room: null, isHeld: true });
    expect(await client.enterCode(CODE)).toBe('too_early');
    const asked = server.asked;
    await clock.advance(MINUTE);
    expect(server.asked - asked).toBeLessThan(17);
    server.state = null;
    await clock.advance(7_000);
    await opened(client);
    expect(device.reloads).toBe(0);
  });

  it('asks again after whatever went wrong with an answer, and says what it was', async () => {
    const { clock, device, load } = await aHall();
    device.breaksOnce = new Error('the device is full');
    const client = load();
    await client.open();
    await clock.advance(5 * MINUTE + 500);
    await expect.poll(() => device.reported).toHaveLength(1);
    await clock.advance(2_000);
    await opened(client);
    expect(device.key).toBe(KEY);
  });

  it('says that an envelope is damaged whose lock cannot be read', async () => {
    const tamper = (envelope: Envelope): Envelope => ({
      ...envelope,
      lock: envelope.lock && { ...envelope.lock, salt: '###' },
    });
    const { server, load } = await aHall({ tamper });
    server.isThere = false;
    const client = load();
    await client.open();
    expect(await client.enterCode(CODE)).toBe('damaged');
  });

  it('loads itself once for one reason, and a copy that is as stale as before only in the rhythm of asking', async () => {
    const { clock, server, device, load } = await aHall();
    server.lockNo = 'OTHER1';
    await load().open();
    expect(device.reloads).toBe(1);
    for (let copy = 0; copy < 5; copy += 1) {
      const client = load();
      await client.open();
      client.close();
    }
    expect(device.reloads).toBe(1);
    const stale = load();
    await stale.open();
    await clock.advance(MINUTE);
    expect(device.reloads - 1).toBeGreaterThan(0);
    expect(device.reloads - 1).toBeLessThan(8);
    server.lockNo = 'OTHER2';
    const before = device.reloads;
    await load().open();
    expect(device.reloads).toBe(before + 1);
  });

  it('asks neither in a storm at the bell nor long after it', () => {
    const at = (leftMs: number, failures: number, random: number) =>
      nextAskMs({ nowMs: BELL - leftMs, bellAtMs: BELL, failures, isResting: false }, random);
    expect(at(600_000, 0, 0.5)).toBe(20_000);
    expect([0, 0.5, 0.999].map((random) => at(10_000, 0, random))).toEqual([10_000, 10_250, 10_500]);
    expect([at(-1, 3, 0), at(-1, 3, 0.999)]).toEqual([1_500, 2_499]);
  });
});
