import type { DeviceClock } from './ports.ts';
import { backoffMs } from './timing.ts';

/** After the last change of a series. */
const SETTLE_MS = 2_000;

export interface FlagSenderPorts {
  readonly clock: Pick<DeviceClock, 'after'>;
  random(): number;
  /** As they stand now: another tab may have changed them since. */
  flags(): readonly number[];
  /** False where it has to be said again. Never rejects. */
  send(positions: readonly number[]): Promise<boolean>;
}

/** Takes the candidate's flags to the server, one request after the other, until it has the last ones. */
export interface FlagSender {
  changed(): void;
  close(): void;
}

export function createFlagSender({ clock, random, flags, send }: FlagSenderPorts): FlagSender {
  let isUnsaid = false;
  let isSending = false;
  let isClosed = false;
  let failures = 0;
  let cancel: (() => void) | null = null;

  const plan = (ms: number): void => {
    cancel?.();
    cancel = clock.after(ms, () => void deliver());
  };

  async function deliver(): Promise<void> {
    isUnsaid = false;
    isSending = true;
    const isTaken = await send(flags());
    isSending = false;
    failures = isTaken ? 0 : failures + 1;
    if (isClosed || (isTaken && !isUnsaid)) return;
    isUnsaid = true;
    plan(isTaken ? SETTLE_MS : backoffMs(failures, random()));
  }

  return {
    changed: () => {
      isUnsaid = true;
      if (!isSending) plan(SETTLE_MS);
    },
    close: () => {
      isClosed = true;
      cancel?.();
    },
  };
}
