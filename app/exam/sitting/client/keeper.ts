import type { SentAnswer } from '../wire.ts';
import { eventText } from './ledger.ts';
import type { AnswerDraft, DeviceClock, DeviceContents, DeviceMemo, EventStore } from './ports.ts';

/** A store that has not answered by then counts as broken: the candidate must not wait for a stuck disk. */
const STORE_TIMEOUT_MS = 3_000;

/** Keeps answers on the device as long as the device lets it, and says when it does not. */
export interface Keeper {
  /** Gives the answer its number. @param leastSeq the number is at least this one */
  keep(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer>;
  /** Forgets events an acknowledgement has named and remembers what it confirmed. */
  settle(events: readonly SentAnswer[], memo: DeviceMemo | null): Promise<void>;
  /**
   * Hands over what lies on the device, whenever the store gives it: true when that was in time, false when it refuses or
   * may still come. Copies of what this page sends from memory are none of it.
   */
  read(take: (contents: DeviceContents) => void): Promise<boolean>;
  /** False when an answer still waits in the store. Never rejects: what a broken store holds nobody's page can reach. */
  wipe(): Promise<boolean>;
  /** False while the store fails or an unconfirmed answer lies in memory alone: a crash would take it away. */
  isSafe(): boolean;
  /** True while the store has not come back from a call. */
  isHanging(): boolean;
}

/** What an answer says, under whatever number. */
const draftText = ({ epoch, position, choice, clientTime }: AnswerDraft): string =>
  `${epoch} ${position} ${choice} ${clientTime}`;

export function createKeeper(store: EventStore, clock: DeviceClock): Keeper {
  let works = true;
  /** Calls that have not come back in time. While there is one, nobody waits for the store again. */
  let hanging = 0;
  const inMemory = new Set<string>();
  /** What was numbered in memory while the store was still at it: a copy may turn up there. */
  const copied = new Set<string>();

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
    if (event) {
      copied.delete(draftText(draft));
      return event;
    }
    const numbered = { ...draft, seq: leastSeq };
    inMemory.add(eventText(numbered));
    copied.add(draftText(draft));
    appended.then(
      (late) => dropCopies([late]),
      // That the store refuses has been said by `inTime`.
      () => undefined,
    );
    return numbered;
  }

  /** Should the store finish after all, its copy must go: under its number it would come after later answers. */
  function dropCopies(copies: readonly SentAnswer[]): void {
    // One that cannot be deleted now is met again at the next reading.
    if (copies.length > 0) store.settle(copies, null).catch(() => undefined);
  }

  function withoutCopies({ events, memo }: DeviceContents): DeviceContents {
    const isCopy = (event: SentAnswer): boolean => copied.has(draftText(event));
    dropCopies(events.filter(isCopy));
    return { events: events.filter((event) => !isCopy(event)), memo };
  }

  async function read(take: (contents: DeviceContents) => void): Promise<boolean> {
    const asked = store.read();
    const inLimit = inTime(asked);
    // After `inTime` has seen it: what is taken late finds the store working again.
    const taken = asked.then(
      (contents) => take(withoutCopies(contents)),
      () => undefined,
    );
    const isRead = (await inLimit) !== null;
    if (isRead) await taken;
    return isRead;
  }

  async function settle(events: readonly SentAnswer[], memo: DeviceMemo | null): Promise<void> {
    for (const event of events) inMemory.delete(eventText(event));
    // What is confirmed but cannot be deleted is sent once more later, and acknowledged as known.
    await inTime(store.settle(events, memo).then(() => true));
  }

  return {
    keep,
    settle,
    read,
    wipe: async () => (await inTime(store.clear())) ?? true,
    isSafe: () => works && inMemory.size === 0,
    isHanging: () => hanging > 0,
  };
}
