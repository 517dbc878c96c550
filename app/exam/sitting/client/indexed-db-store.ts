import type { SentAnswer } from '../wire.ts';
import { eventText } from './ledger.ts';
import type { AnswerDraft, DeviceMemo, EventStore } from './ports.ts';

const DATABASE = 'zhifa-exam';
const VERSION = 2;
const EVENTS = 'events';
/** Last number given out, per attempt and epoch: one counter for all tabs, advanced inside the writing transaction. */
const COUNTERS = 'counters';
/** What the server has confirmed, one row per attempt. */
const MEMOS = 'memos';

interface EventRow extends SentAnswer {
  readonly attemptId: string;
}

interface CounterRow {
  readonly attemptId: string;
  readonly epoch: number;
  readonly seq: number;
}

interface MemoRow extends DeviceMemo {
  readonly attemptId: string;
}

/** @param onGone the browser has closed the connection, or a newer page wants to: it must not be used again */
function openDatabase(onGone: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    let isGivenUp = false;
    request.onupgradeneeded = () => {
      const database = request.result;
      const make = (name: string, keyPath: string[]): void => {
        if (!database.objectStoreNames.contains(name)) database.createObjectStore(name, { keyPath });
      };
      make(EVENTS, ['attemptId', 'epoch', 'seq']);
      make(COUNTERS, ['attemptId', 'epoch']);
      make(MEMOS, ['attemptId']);
    };
    request.onsuccess = () => {
      const database = request.result;
      if (isGivenUp) return database.close();
      database.onclose = onGone;
      database.onversionchange = () => {
        database.close();
        onGone();
      };
      resolve(database);
    };
    request.onerror = () => reject(request.error ?? new Error('the device store could not be opened'));
    request.onblocked = () => {
      isGivenUp = true;
      reject(new Error('the device store is blocked by an older page'));
    };
  });
}

/** All keys of one attempt: arrays sort after numbers, so the empty array ends the range. */
function keysOf(attemptId: string): IDBKeyRange {
  return IDBKeyRange.bound([attemptId], [attemptId, []]);
}

/** Resolves once the transaction is on disk; an answer that is only in a cache would not survive a power cut. */
function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('the device store refused to write'));
    transaction.onerror = () => reject(transaction.error ?? new Error('the device store failed'));
  });
}

/** Answers of one attempt in the browser's IndexedDB. Every call rejects where the browser has none or forbids it. */
export function indexedDbStore(attemptId: string): EventStore {
  let opened: Promise<IDBDatabase> | null = null;
  const forget = (): void => {
    opened = null;
  };
  const database = (): Promise<IDBDatabase> => {
    const opening = opened ?? openDatabase(forget);
    opened = opening;
    // A later call tries again: the first may have met an older page that has gone since.
    opening.catch(forget);
    return opening;
  };
  /** A connection that the browser has closed meanwhile throws here; the second one is fresh. */
  const begin = async (mode: IDBTransactionMode): Promise<IDBTransaction> => {
    const stores = [EVENTS, COUNTERS, MEMOS];
    try {
      return (await database()).transaction(stores, mode, { durability: 'strict' });
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'InvalidStateError')) throw error;
      forget();
      return (await database()).transaction(stores, mode, { durability: 'strict' });
    }
  };

  return {
    append: async (draft: AnswerDraft, leastSeq: number) => {
      const transaction = await begin('readwrite');
      const counters = transaction.objectStore(COUNTERS);
      let event: SentAnswer = { ...draft, seq: leastSeq };
      const asked = counters.get([attemptId, draft.epoch]);
      asked.onsuccess = () => {
        // Written by this file alone; `get` gives undefined for the first answer of an epoch.
        const known = asked.result as CounterRow | undefined;
        const seq = Math.max((known?.seq ?? 0) + 1, leastSeq);
        event = { ...draft, seq };
        counters.put({ attemptId, epoch: draft.epoch, seq } satisfies CounterRow);
        transaction.objectStore(EVENTS).put({ attemptId, ...event } satisfies EventRow);
      };
      await committed(transaction);
      return event;
    },
    read: async () => {
      const transaction = await begin('readonly');
      const events = transaction.objectStore(EVENTS).getAll(keysOf(attemptId));
      const memo = transaction.objectStore(MEMOS).get([attemptId]);
      await committed(transaction);
      // Both written by this file alone.
      const rows = events.result as EventRow[];
      return {
        events: rows.map(({ epoch, seq, position, choice, clientTime }) => ({
          epoch,
          seq,
          position,
          choice,
          clientTime,
        })),
        memo: (memo.result as MemoRow | undefined) ?? null,
      };
    },
    settle: async (settled: readonly SentAnswer[], memo: DeviceMemo | null) => {
      const transaction = await begin('readwrite');
      const events = transaction.objectStore(EVENTS);
      for (const event of settled) {
        const key = [attemptId, event.epoch, event.seq];
        const asked = events.get(key);
        asked.onsuccess = () => {
          // Written by this file alone; undefined when it was never kept here.
          const kept = asked.result as EventRow | undefined;
          if (kept && eventText(kept) === eventText(event)) events.delete(key);
        };
      }
      if (memo) transaction.objectStore(MEMOS).put({ ...memo, attemptId } satisfies MemoRow);
      await committed(transaction);
    },
    clear: async () => {
      const transaction = await begin('readwrite');
      let isEmpty = false;
      const waiting = transaction.objectStore(EVENTS).count(keysOf(attemptId));
      waiting.onsuccess = () => {
        isEmpty = waiting.result === 0;
        if (!isEmpty) return;
        for (const name of [COUNTERS, MEMOS]) transaction.objectStore(name).delete(keysOf(attemptId));
      };
      await committed(transaction);
      return isEmpty;
    },
    persist: () => {
      // Missing on plain HTTP and in old browsers, whatever the type says.
      const storage = navigator.storage as StorageManager | undefined;
      storage?.persist?.().catch((error: unknown) => {
        console.info(`the browser does not promise to keep this device’s store: ${String(error)}`);
      });
    },
  };
}
