import { browserTabs } from './browser-tabs.ts';
import { forgetNotes, numberNote } from './device-notes.ts';
import { httpTransport } from './http-transport.ts';
import type { Wire } from './http-transport.ts';
import { indexedDbStore } from './indexed-db-store.ts';
import { workerCopy } from './worker-copy.ts';
import type { ClientPorts, DeviceClock } from './ports.ts';

/** The clocks and timers of this browser. */
export const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** What this browser carries requests with. */
export const browserWire: Wire = {
  fetch: (url, init) => fetch(url, init),
  beacon: (url, body) => {
    navigator.sendBeacon(url, body);
  },
};

/** The browser around the attempt client. Nothing is opened before the client asks. */
export function browserPorts(attemptId: string): ClientPorts {
  const copy = workerCopy(attemptId);
  return {
    store: indexedDbStore(attemptId),
    transport: httpTransport(attemptId, browserWire),
    clock: deviceClock,
    tabs: browserTabs(attemptId),
    numbers: numberNote(attemptId),
    copy: {
      keep: copy.keep,
      drop: async () => {
        forgetNotes(attemptId);
        await copy.drop();
      },
    },
    random: Math.random,
  };
}
