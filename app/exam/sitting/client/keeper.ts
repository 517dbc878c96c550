import type { EventKey } from '../fold.ts';
import type { SentAnswer } from '../wire.ts';
import type { AnswerDraft, DeviceClock, EventStore } from './ports.ts';

/** A store that has not answered by then counts as broken: the candidate must not wait for a stuck disk. */
const STORE_TIMEOUT_MS = 3_000;

/** Keeps answers on the device as long as the device lets it, and says when it does not. */
export interface Keeper {
  /** Gives the answer its number. @param leastSeq the number is at least this one */
  keep(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer>;
  forget(keys: readonly EventKey[]): Promise<void>;
  /** What an earlier page left behind. */
  left(): Promise<SentAnswer[]>;
  /** Never rejects: what a broken store still holds cannot be reached by anybody's page either. */
  wipe(): Promise<void>;
  /** False once the store has failed: then only what the server has confirmed survives a crash. */
  isSafe(): boolean;
}

export function createKeeper(store: EventStore, clock: DeviceClock): Keeper {
  let safe = true;

  /** The store's answer, or null after the time limit or a failure. */
  function inTime<T>(work: Promise<T>): Promise<T | null> {
    return new Promise((resolve) => {
      const cancel = clock.after(STORE_TIMEOUT_MS, () => resolve(null));
      work.then(
        (value) => {
          cancel();
          resolve(value);
        },
        () => {
          cancel();
          resolve(null);
        },
      );
    });
  }

  async function keep(draft: AnswerDraft, leastSeq: number): Promise<SentAnswer> {
    const appended = store.append(draft, leastSeq);
    const event = await inTime(appended);
    if (event) return event;
    safe = false;
    // Should the store finish after all, its copy must go: under its number it would come after later answers.
    appended.then(
      (late) => store.remove([late]).catch(() => undefined),
      () => undefined,
    );
    return { ...draft, seq: leastSeq };
  }

  async function forget(keys: readonly EventKey[]): Promise<void> {
    if (keys.length === 0) return;
    // What is confirmed but cannot be deleted is sent once more later, and acknowledged as known.
    if ((await inTime(store.remove(keys).then(() => true))) === null) safe = false;
  }

  async function left(): Promise<SentAnswer[]> {
    const events = await inTime(store.list());
    if (events === null) safe = false;
    return events ?? [];
  }

  async function wipe(): Promise<void> {
    if ((await inTime(store.clear().then(() => true))) === null) safe = false;
  }

  return { keep, forget, left, wipe, isSafe: () => safe };
}
