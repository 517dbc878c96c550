import type { Keeper } from './keeper.ts';
import type { DeviceClock, DeviceContents } from './ports.ts';

/** How often a device that has not said what lies on it is asked again; a call that hangs is answered by itself. */
const AGAIN_MS = 10_000;

/** Far more than anybody answers in one outage. */
const UNREAD_NUMBERS = 1_000;
/** More than anybody answers in a second. */
const NUMBERS_OF_SECOND = 100;
/** 115 days, so that the numbers fit the journal's integers. They begin anew at three at night in Beijing, when nobody sits. */
const SECONDS = 115 * 86_400;
const SECONDS_TO_NIGHT = 5 * 3_600;

/**
 * Answers given before the device was read, or on a page that cannot reach the server, are numbered after this: after
 * everything an earlier page may have left there unsent, or sent without the device noting it. Two such pages that follow
 * one another load at different seconds, so neither gives out the other's numbers, and the later one's are higher as long
 * as nobody sets the clock back between them. (A thousand above the copy, without the second: two pages with a full store
 * gave out the same numbers, and an older answer hid a newer one; found by the fault run.)
 * @param lastSeq highest number of the copy the page was loaded from
 * @param wallMs the device's clock when it was
 */
export function numbersAfter(lastSeq: number, wallMs: number): number {
  const second = Math.max(0, Math.floor(wallMs / 1000) + SECONDS_TO_NIGHT) % SECONDS;
  return Math.max(lastSeq + UNREAD_NUMBERS, second * NUMBERS_OF_SECOND);
}

export interface DeviceReader {
  /** Resolves when the device has said what lies on it, or after the store's time limit; what comes later is taken then. */
  read(): Promise<void>;
  /** Waits for a reading that is still out. @param ms at most this long; not at all for a store that refuses at once */
  patiently(ms: number): Promise<void>;
  /** True while answers may lie there that this page does not know. */
  isMissing(): boolean;
  /** True until the device has been read once. */
  isUnread(): boolean;
  stop(): void;
}

/**
 * Reads what an earlier page or a dead tab has left on the device and does not give up: a cold disk may take longer than
 * anybody wants to wait, and what lies there has to reach the server all the same.
 * @param on `contents`: what lies there, at any time; `missed`: not in time, and whether nothing was ever read
 */
export function createDeviceReader(
  keeper: Pick<Keeper, 'read' | 'isHanging'>,
  clock: DeviceClock,
  on: { contents(contents: DeviceContents): void; missed(isUnread: boolean): void },
): DeviceReader {
  let asked = 0;
  /** Numbers of the last readings that came, and that did not come in time. */
  let come = 0;
  let missed = 0;
  let cancelAgain: (() => void) | null = null;
  let isStopped = false;
  const waiting = new Set<() => void>();
  const isMissing = (): boolean => missed > come;

  async function ask(): Promise<void> {
    asked += 1;
    const number = asked;
    const isInTime = await keeper.read((contents) => {
      come = Math.max(come, number);
      on.contents(contents);
      if (!isMissing()) waiting.forEach((go) => go());
    });
    // A later reading may have come meanwhile; it has seen everything this one would have.
    if (isInTime || number <= come) return;
    missed = Math.max(missed, number);
    on.missed(come === 0);
    cancelAgain ??= clock.after(AGAIN_MS, again);
    if (isStopped) stop();
  }

  function again(): void {
    cancelAgain = null;
    if (isMissing()) void ask();
  }

  function stop(): void {
    isStopped = true;
    cancelAgain?.();
    cancelAgain = null;
  }

  return {
    read: () => {
      isStopped = false;
      return ask();
    },
    patiently: async (ms) => {
      if (!isMissing() || !keeper.isHanging()) return;
      await new Promise<void>((resolve) => {
        const cancel = clock.after(ms, () => go());
        const go = (): void => {
          cancel();
          waiting.delete(go);
          resolve();
        };
        waiting.add(go);
      });
    },
    isMissing,
    isUnread: () => come === 0,
    stop,
  };
}
