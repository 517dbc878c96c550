import type { EventKey } from '../fold.ts';
import type { SentAnswer } from '../wire.ts';
import type { AnswerDraft, EventStore } from './ports.ts';

const DATABASE = 'zhifa-exam';
const VERSION = 1;
const EVENTS = 'events';
/** Last number given out, per attempt and epoch: one counter for all tabs, advanced inside the writing transaction. */
const COUNTERS = 'counters';

interface EventRow extends SentAnswer {
  readonly attemptId: string;
}

interface CounterRow {
  readonly attemptId: string;
  readonly epoch: number;
  readonly seq: number;
}

function openDatabase(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(EVENTS, { keyPath: ['attemptId', 'epoch', 'seq'] });
      request.result.createObjectStore(COUNTERS, { keyPath: ['attemptId', 'epoch'] });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the device store could not be opened'));
    request.onblocked = () => reject(new Error('the device store is blocked by an older page'));
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
  const database = (): Promise<IDBDatabase> => {
    opened ??= openDatabase();
    // A later call tries again: the first may have met an older page that has gone since.
    opened.catch(() => {
      opened = null;
    });
    return opened;
  };
  const writing = async (): Promise<IDBTransaction> =>
    (await database()).transaction([EVENTS, COUNTERS], 'readwrite', { durability: 'strict' });

  return {
    append: async (draft: AnswerDraft, leastSeq: number) => {
      const transaction = await writing();
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
    list: async () => {
      const transaction = (await database()).transaction(EVENTS, 'readonly');
      const asked = transaction.objectStore(EVENTS).getAll(keysOf(attemptId));
      await committed(transaction);
      // Written by this file alone.
      const rows = asked.result as EventRow[];
      return rows.map(({ epoch, seq, position, choice, clientTime }) => ({
        epoch,
        seq,
        position,
        choice,
        clientTime,
      }));
    },
    remove: async (keys: readonly EventKey[]) => {
      const transaction = await writing();
      for (const { epoch, seq } of keys) transaction.objectStore(EVENTS).delete([attemptId, epoch, seq]);
      await committed(transaction);
    },
    clear: async () => {
      const transaction = await writing();
      transaction.objectStore(EVENTS).delete(keysOf(attemptId));
      transaction.objectStore(COUNTERS).delete(keysOf(attemptId));
      await committed(transaction);
    },
  };
}
