import { browserWire, deviceClock } from '../../sitting/client/browser-ports.ts';
import { readNote, writeNote } from '../../sitting/client/device-notes.ts';
import { indexedDbStore } from '../../sitting/client/indexed-db-store.ts';
import { askBellOver } from './http-bell.ts';
import { keepTimeIn } from './keep-time.ts';
import type { WaitingPorts } from './waiting-client.ts';

/** WebCrypto is there in secure contexts only; old engines tell so by leaving it out. */
const canOpen = (): boolean =>
  globalThis.isSecureContext && (globalThis.crypto as Crypto | undefined)?.subtle !== undefined;

/** The browser around the waiting client. */
export function browserWaiting(attemptId: string): WaitingPorts {
  return {
    clock: deviceClock,
    canOpen: canOpen(),
    ask: () => askBellOver(browserWire, attemptId),
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
