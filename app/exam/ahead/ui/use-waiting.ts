import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { WaitingView } from '../../sitting/attempt-view.server.ts';
import type { KeptPage } from '../../sitting/client/worker-copy.ts';
import { keepPage } from '../../sitting/client/worker-copy.ts';
import { browserWaiting } from '../client/browser-waiting.ts';
import type { WaitingClient, WaitingSnapshot } from '../client/waiting-client.ts';
import { createWaitingClient } from '../client/waiting-client.ts';

const TICK_MS = 1_000;
const isBrowser = typeof document !== 'undefined';
const RENDERED = { room: null, isTimeSure: false, failures: 0, isSignedOut: false };

export interface WaitingState {
  /** Null on the server only. */
  readonly client: WaitingClient | null;
  readonly snapshot: WaitingSnapshot;
  /** Milliseconds until the bell, as far as this page knows; negative afterwards. */
  readonly leftMs: number;
  /** Whether the page with its envelope lies on this machine. */
  readonly kept: KeptPage | 'keeping';
}

/** The page before the bell, brought to life after hydration. */
export function useWaiting(view: WaitingView): WaitingState {
  const [client] = useState(() =>
    isBrowser ? createWaitingClient(view, browserWaiting(view.attemptId)) : null,
  );
  const [leftMs, setLeftMs] = useState(view.bellAtMs - view.serverNowMs);
  const [kept, setKept] = useState<WaitingState['kept']>('keeping');
  const subscribe = useCallback(
    (onChange: () => void) => client?.subscribe(onChange) ?? (() => undefined),
    [client],
  );
  const [rendered] = useState<WaitingSnapshot>(() => ({ ...RENDERED, isHeld: view.isHeld }));
  const snapshot = useSyncExternalStore(
    subscribe,
    () => client?.snapshot() ?? rendered,
    () => rendered,
  );
  useEffect(() => {
    if (!client) return;
    void client.open();
    const look = (): void => setLeftMs(view.bellAtMs - client.nowMs());
    const timer = setInterval(look, TICK_MS);
    return () => {
      clearInterval(timer);
      client.close();
    };
  }, [client, view]);
  const isOpen = snapshot.room !== null;
  // The room looks after its own copy.
  useEffect(() => (isOpen ? undefined : keepPage(view.attemptId, setKept)), [isOpen, view.attemptId]);
  return { client, snapshot, leftMs, kept };
}
