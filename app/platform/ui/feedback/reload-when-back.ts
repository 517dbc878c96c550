import { useEffect } from 'react';

const ASK_EVERY_MS = 3_000;

/** True once the server answers that it is ready; while the network itself is gone it is not. */
export async function isServerReady(signal: AbortSignal): Promise<boolean> {
  return fetch('/readyz', { signal, cache: 'no-store' }).then(
    (answer) => answer.ok,
    () => false,
  );
}

/**
 * Opens this address again as soon as the server is ready. Only what is shown is asked for anew: nothing a person has
 * sent is sent again.
 */
export function useReloadWhenBack(isAway: boolean): void {
  useEffect(() => {
    if (!isAway) return;
    const leaving = new AbortController();
    const timer = setInterval(() => {
      void isServerReady(leaving.signal).then((isReady) => {
        if (isReady && !leaving.signal.aborted) window.location.replace(window.location.href);
      });
    }, ASK_EVERY_MS);
    return () => {
      clearInterval(timer);
      leaving.abort();
    };
  }, [isAway]);
}
