import { browserTabs } from './browser-tabs.ts';
import { httpTransport } from './http-transport.ts';
import type { Wire } from './http-transport.ts';
import { indexedDbStore } from './indexed-db-store.ts';
import { workerCopy } from './worker-copy.ts';
import type { ClientPorts, DeviceClock } from './ports.ts';

const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

const browserWire: Wire = {
  fetch: (url, init) => fetch(url, init),
  beacon: (url, body) => {
    navigator.sendBeacon(url, body);
  },
};

/** The browser around the attempt client. Nothing is opened before the client asks. */
export function browserPorts(attemptId: string): ClientPorts {
  return {
    store: indexedDbStore(attemptId),
    transport: httpTransport(attemptId, browserWire),
    clock: deviceClock,
    tabs: browserTabs(attemptId),
    copy: workerCopy(attemptId, Math.random),
    random: Math.random,
  };
}
