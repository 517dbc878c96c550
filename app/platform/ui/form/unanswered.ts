import { useSyncExternalStore } from 'react';
import { KEPT_FORM_HEADER } from '../../http/kept-form.ts';

/** Why a form was not taken: the server was away, or the session had ended. */
export type Unanswered = 'away' | 'signed_out';

/**
 * Answers of the server, or of a proxy before it, that say "not now": nothing of the submission is known to have
 * happened. Each by its status.
 */
const NOT_NOW: ReadonlyMap<number, Unanswered> = new Map([
  [401, 'signed_out'],
  [502, 'away'],
  [503, 'away'],
  [504, 'away'],
]);

let unanswered: Unanswered | null = null;
const listeners = new Set<() => void>();

function note(value: Unanswered | null): void {
  if (unanswered === value) return;
  unanswered = value;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Set from a submission that was not taken until the next one, or until the page is left. */
export function useUnansweredReason(): Unanswered | null {
  return useSyncExternalStore(
    subscribe,
    () => unanswered,
    () => null,
  );
}

export const useUnanswered = (): boolean => useUnansweredReason() !== null;

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
      note(null);
      reject(new DOMException('given up', 'AbortError'));
    };
    if (signal?.aborted) giveUp();
    else signal?.addEventListener('abort', giveUp, { once: true });
  });
}

/**
 * Wraps the browser's `fetch` for the router. A form that found the server away, or the session ended, stays on its page
 * with everything typed and every chosen file, instead of giving way to another page: the answer is held back until the
 * person sends again or leaves. Commands carry an id, so a submission that did arrive is done once.
 */
export function keepingForms(send: typeof fetch): typeof fetch {
  return async (input, init) => {
    if (!isFormOfRouter(input, init)) return send(input, init);
    note(null);
    const headers = new Headers(init?.headers);
    headers.set(KEPT_FORM_HEADER, '1');
    const answer = await send(input, { ...init, headers }).catch((error: unknown) => {
      // Not reached at all. A submission the router has given up itself is none of ours.
      if (init?.signal?.aborted) throw error;
      return null;
    });
    const reason = answer === null ? 'away' : NOT_NOW.get(answer.status);
    if (answer !== null && reason === undefined) return answer;
    note(reason ?? 'away');
    return untilGivenUp(init?.signal);
  };
}
