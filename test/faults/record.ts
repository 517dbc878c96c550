import type { DeviceContents, EventStore, Tabs } from '#app/exam/sitting/client/ports.ts';
import type { AckBody, SentAnswer } from '#app/exam/sitting/wire.ts';
import type { VirtualDevice } from '#test/support/virtual-client.ts';

/** What one candidate did and was told; the oracle holds it against the journal. */
export interface Record {
  readonly attemptId: string;
  /** Answers that a device has kept, or that lay in the memory of a page that lived on, by what they say. */
  readonly entered: Map<string, SentAnswer>;
  /** Every answer ever given: also one that a killed page's memory took with it, which may be with the server all the same. */
  readonly given: Map<string, SentAnswer>;
  /** Every event an acknowledgement has named, with its standing. */
  readonly acknowledged: Map<string, string>;
  /** The attempt has left a machine of this epoch that was cut off: what it gave beyond this may never count. */
  stray: { readonly epoch: number; readonly before: ReadonlySet<string> } | null;
  /** Sealed files that were handed over. */
  files: number;
  /** What was wrong at once, in front of the candidate. */
  readonly wrongs: string[];
}

export const emptyRecord = (attemptId: string): Record => ({
  attemptId,
  entered: new Map(),
  given: new Map(),
  acknowledged: new Map(),
  stray: null,
  files: 0,
  wrongs: [],
});

/** Tells an answer apart from all others of its candidate: device times are given out once each. */
export const answerText = (answer: Omit<SentAnswer, 'epoch' | 'seq'>): string =>
  `${answer.position} ${answer.choice} ${answer.clientTime}`;

export function note(record: Record, ack: AckBody): void {
  for (const { epoch, seq, standing } of ack.stored) record.acknowledged.set(`${epoch}.${seq}`, standing);
}

/** The device's store and its other tabs as one page reaches them: a page that was killed reaches neither. */
export interface PageStore extends EventStore {
  readonly tabs: Tabs;
  kill(): void;
  /** Answers this page holds in memory alone, because the device would not keep them. */
  readonly inMemory: ReadonlyMap<string, SentAnswer>;
}

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

export function pageStore(device: VirtualDevice, tabs: Tabs, record: Record): PageStore {
  let isAlive = true;
  const enter = (event: SentAnswer): void => {
    record.entered.set(answerText(event), event);
    record.given.set(answerText(event), event);
  };
  const inMemory = new Map<string, SentAnswer>();
  const alive = <T>(work: () => Promise<T>): Promise<T> => (isAlive ? work() : never<T>());
  return {
    inMemory,
    tabs: {
      ...tabs,
      post: (message) => {
        if (isAlive) tabs.post(message);
      },
    },
    append: (draft, leastSeq) =>
      alive(async () => {
        try {
          const event = await device.append(draft, leastSeq);
          enter(event);
          return event;
        } catch (error) {
          const event = { ...draft, seq: leastSeq };
          if (isAlive) {
            inMemory.set(answerText(event), event);
            enter(event);
          }
          throw error;
        }
      }),
    read: () => alive<DeviceContents>(() => device.read()),
    settle: (events, memo) => alive(() => device.settle(events, memo)),
    clear: () => alive(() => device.clear()),
    kill: () => {
      isAlive = false;
    },
  };
}
