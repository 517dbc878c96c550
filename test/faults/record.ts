import type { DeviceContents, EventStore, Tabs } from '#app/exam/sitting/client/ports.ts';
import type { AckBody, SentAnswer } from '#app/exam/sitting/wire.ts';
import type { VirtualDevice } from '#test/support/virtual-client.ts';

/** What one candidate did and was told; the oracle holds it against the journal. */
export interface Record {
  readonly attemptId: string;
  /** Answers that a device has kept, or that lay in the memory of a page that lived on, by what they say. */
  readonly entered: Map<string, SentAnswer>;
  /** Every event an acknowledgement has named, with its standing. */
  readonly acknowledged: Map<string, string>;
}

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
          record.entered.set(answerText(event), event);
          return event;
        } catch (error) {
          const event = { ...draft, seq: leastSeq };
          if (isAlive) {
            inMemory.set(answerText(event), event);
            record.entered.set(answerText(event), event);
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
