import { useSyncExternalStore } from 'react';

/** Answers of a server, or of a proxy before it, that say "not now": nothing of the submission is known to have happened. */
const NOT_NOW: ReadonlySet<number> = new Set([502, 503, 504]);

let isUnanswered = false;
const listeners = new Set<() => void>();

function note(value: boolean): void {
  if (isUnanswered === value) return;
  isUnanswered = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** True from a submission that found the server away until the next one, or until the page is left. */
export function useUnanswered(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => isUnanswered,
    () => false,
  );
}

/** A form of ours, sent by the router: `POST /some/page.data`. */
function isFormOfRouter(input: RequestInfo | URL, init: RequestInit | undefined): boolean {
  if (init?.method?.toUpperCase() !== 'POST') return false;
  const address = new URL(input instanceof Request ? input.url : input, window.location.href);
  return address.origin === window.location.origin && address.pathname.endsWith('.data');
}

/** Never answers; ends when the router gives the submission up, because of the next one or of a link. */
function untilGivenUp(signal: AbortSignal | null | undefined): Promise<never> {
  return new Promise((_, reject) => {
    const giveUp = (): void => {
      note(false);
      reject(new DOMException('given up', 'AbortError'));
    };
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/**
 * Wraps the browser's `fetch` for the router. A form that found the server away stays on its page, with everything typed
 * and every chosen file, instead of giving way to an error page: the answer is held back until the person sends again
 * or leaves. Commands carry an id, so a submission that did arrive is done once.
 */
export function keepingForms(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    if (!isFormOfRouter(input, init)) return send(input, init);
    note(false);
    const answer = await send(input, init).catch((error: unknown) => {
      // Not reached at all. A submission the router has given up itself is none of ours.
      if (init?.signal?.aborted) throw error;
      return null;
    });
    if (answer !== null && !NOT_NOW.has(answer.status)) return answer;
    note(true);
    return untilGivenUp(init?.signal);
  };
}
