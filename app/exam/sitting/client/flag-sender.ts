import type { DeviceClock } from './ports.ts';

/** After the last change of a series. */
const SETTLE_MS = 2_000;
const AGAIN_MS = 15_000;

export interface FlagSenderPorts {
  readonly clock: Pick<DeviceClock, 'after'>;
  /** False where it has to be said again. Never rejects. */
  send(positions: readonly number[]): Promise<boolean>;
}

/** Takes the candidate's flags to the server, one request after the other, until it has the last ones. */
export interface FlagSender {
  say(positions: readonly number[]): void;
  close(): void;
}

export function createFlagSender({ clock, send }: FlagSenderPorts): FlagSender {
  let unsaid: readonly number[] | null = null;
  let isSending = false;
  let isClosed = false;
  let cancel: (() => void) | null = null;

  const plan = (ms: number): void => {
    cancel?.();
    cancel = clock.after(ms, () => void deliver());
  };

  async function deliver(): Promise<void> {
    const said = unsaid;
    if (said === null) return;
    isSending = true;
    const isTaken = await send(said);
    isSending = false;
    if (isTaken && unsaid === said) unsaid = null;
    if (unsaid !== null && !isClosed) plan(isTaken ? SETTLE_MS : AGAIN_MS);
  }

  return {
    say: (positions) => {
      unsaid = positions;
      if (!isSending) plan(SETTLE_MS);
    },
    close: () => {
      isClosed = true;
      cancel?.();
    },
  };
}
