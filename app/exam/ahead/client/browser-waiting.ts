import { deviceClock } from '../../sitting/client/browser-ports.ts';
import { readNote, writeNote } from '../../sitting/client/device-notes.ts';
import { indexedDbStore } from '../../sitting/client/indexed-db-store.ts';
import type { BellBody } from '../bell.ts';
import { keepTimeIn } from './keep-time.ts';
import type { AskResult, WaitingPorts } from './waiting-client.ts';

/** Longer than an answer takes in a crowded hall, short enough to try again soon. */
const TIMEOUT_MS = 6_000;
const STATES: readonly unknown[] = ['waiting', 'open', 'moved', 'over'];

/** True for what the endpoint answers with; a proxy's login page or an error page is none. */
function isBell(body: unknown): body is BellBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'state' in body &&
    STATES.includes(body.state) &&
    'serverNowMs' in body &&
    typeof body.serverNowMs === 'number'
  );
}

async function askBell(attemptId: string): Promise<AskResult> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await fetch(`/attempts/${attemptId}/bell`, {
      credentials: 'same-origin',
      cache: 'no-store',
      signal: abort.signal,
    });
    if (response.status === 401) return { kind: 'signed_out' };
    const body: unknown = await response.json();
    return response.ok && isBell(body) ? { kind: 'bell', bell: body } : { kind: 'failed' };
  } catch {
    // No network, no time left, or an answer that is no JSON: nothing is known.
    return { kind: 'failed' };
  } finally {
    clearTimeout(timer);
  }
}

/** WebCrypto is there in secure contexts only; old engines tell so by leaving it out. */
const canOpen = (): boolean =>
  globalThis.isSecureContext && (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;

/** The browser around the waiting client. */
export function browserWaiting(attemptId: string): WaitingPorts {
  return {
    clock: deviceClock,
    canOpen: canOpen(),
    ask: () => askBell(attemptId),
    readKey: () => readNote(attemptId, 'key'),
    keepKey: (key) => {
      // A browser that keeps nothing asks for the code again after a reload.
      writeNote(attemptId, 'key', key);
    },
    keepTime: (memo) =>
      keepTimeIn(indexedDbStore(attemptId), memo).catch((error: unknown) => {
        console.info(`the time of the opening is not kept on this device: ${String(error)}`);
      }),
    reload: () => location.reload(),
    readReload: () => readNote(attemptId, 'reload'),
    keepReload: (why) => {
      // A browser that keeps nothing has no copy of the page either, so that each load is the server's.
      writeNote(attemptId, 'reload', why);
    },
    report: (error) => console.error('the waiting page met an error and goes on asking', error),
    random: Math.random,
  };
}
