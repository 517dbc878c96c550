import type { SentAnswer } from '../wire.ts';
import { eventText } from './ledger.ts';
import type { AnswerDraft, DeviceClock, DeviceContents, DeviceMemo, EventStore } from './ports.ts';

/** A store that has not answered by then counts as broken: the candidate must not wait for a stuck disk. */
const STORE_TIMEOUT_MS = 3_000;
const NOTHING: DeviceContents = { events: [], memo: null };

/** Keeps answers on the device as long as the device lets it, and says when it does not. */
export interface Keeper {
  /** Gives the answer its number. @param leastSeq the number is at least this one */
  keep(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer>;
  /** Forgets events an acknowledgement has named and remembers what it confirmed. */
  settle(events: readonly SentAnswer[], memo: DeviceMemo | null): Promise<void>;
  /** What an earlier page left behind. */
  left(): Promise<DeviceContents>;
  /** False when an answer still waits in the store. Never rejects: what a broken store holds nobody's page can reach. */
  wipe(): Promise<boolean>;
  /** False while the store fails or an unconfirmed answer lies in memory alone: a crash would take it away. */
  isSafe(): boolean;
}

export function createKeeper(store: EventStore, clock: DeviceClock): Keeper {
  let works = true;
  /** Calls that have not come back in time. While there is one, nobody waits for the store again. */
  let hanging = 0;
  const inMemory = new Set<string>();

  /** The store's answer, or null after the time limit, a failure, or at once while an earlier call hangs. */
  function inTime<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      let isLate = false;
      const giveUp = (): void => {
        isLate = true;
        hanging += 1;
        works = false;
        resolve(null);
      };
      const cancel = hanging > 0 ? null : clock.after(STORE_TIMEOUT_MS, giveUp);
      if (!cancel) giveUp();
      const come = (value: T | null): void => {
        cancel?.();
        if (isLate) hanging -= 1;
        works = value !== null;
        resolve(value);
      };
      // Why a store refuses (quota, private window, closed by the browser) changes nothing: the page says it is unsafe.
      work.then(come, () => come(null));
    });
  }

  async function keep(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer> {
    const appended = store.append(draft, leastSeq);
    const event = await inTime(appended);
    if (event) return event;
    const numbered = { ...draft, seq: leastSeq };
    inMemory.add(eventText(numbered));
    // Should the store finish after all, its copy must go: under its number it would come after later answers.
    appended.then(
      (late) => store.settle([late], null).catch(() => undefined),
      () => undefined,
    );
    return numbered;
  }

  async function settle(events: readonly SentAnswer[], memo: DeviceMemo | null): Promise<void> {
    for (const event of events) inMemory.delete(eventText(event));
    // What is confirmed but cannot be deleted is sent once more later, and acknowledged as known.
    await inTime(store.settle(events, memo).then(() => true));
  }

  return {
    keep,
    settle,
    left: async () => (await inTime(store.read())) ?? NOTHING,
    wipe: async () => (await inTime(store.clear())) ?? true,
    isSafe: () => works && inMemory.size === 0,
  };
}
