import { describe, expect, it } from 'vitest';
import { keepTimeIn } from '#app/exam/ahead/client/keep-time.ts';
import type { DeviceMemo } from '#app/exam/sitting/client/ports.ts';

const BELL = Date.parse('2026-11-23T01:00:00.000Z');
const memo = (heardMs: number, more: Partial<DeviceMemo> = {}): DeviceMemo => ({
  ...{ epoch: 1, saved: [], savedAtMs: null, heardMs, serverMs: heardMs, wallMs: heardMs },
  ...{ deadlineAtMs: BELL + 90, closeAtMs: BELL + 96, pausedAtMs: null },
  ...more,
});

/** A device on which this lies. */
function aDevice(known: DeviceMemo | null) {
  const device = { memo: known };
  const store = {
    read: () => Promise.resolve({ events: [], memo: device.memo }),
    settle: (_: unknown, next: DeviceMemo | null) => {
      device.memo = next;
      return Promise.resolve();
    },
  };
  return { device, store };
}

describe('the time of an opening without network', () => {
  it('is kept where nothing, or something older, is known', async () => {
    for (const known of [null, memo(BELL - 60_000)]) {
      const { device, store } = aDevice(known);
      await keepTimeIn(store, memo(BELL + 1));
      expect(device.memo?.heardMs).toBe(BELL + 1);
    }
  });

  it('leaves what the server has confirmed since: no answer looks unanswered again', async () => {
    const confirmed = memo(BELL + 5_000, { savedAtMs: BELL + 5_000 });
    const { device, store } = aDevice(confirmed);
    await keepTimeIn(store, memo(BELL + 1));
    expect(device.memo).toBe(confirmed);
  });
});
