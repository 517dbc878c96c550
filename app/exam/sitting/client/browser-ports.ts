import { httpTransport } from './http-transport.ts';
import { indexedDbStore } from './indexed-db-store.ts';
import type { ClientPorts, DeviceClock, TabMessage, Tabs } from './ports.ts';

const deviceClock: DeviceClock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Tabs of one attempt in one browser. Without BroadcastChannel each tab lives for itself, and the server sorts it out. */
function browserTabs(attemptId: string): Tabs {
  let channel: BroadcastChannel | null = null;
  return {
    post: (message) => channel?.postMessage(message),
    listen: (onMessage) => {
      if (typeof BroadcastChannel === 'undefined') return () => undefined;
      const opened = new BroadcastChannel(`zhifa-exam-${attemptId}`);
      channel = opened;
      // Only this file posts to the channel, and the browser keeps other origins out.
      opened.onmessage = (event: MessageEvent<TabMessage>) => onMessage(event.data);
      return () => {
        channel = null;
        opened.close();
      };
    },
  };
}

/** The browser around the attempt client. Nothing is opened before the client asks. */
export function browserPorts(attemptId: string): ClientPorts {
  return {
    store: indexedDbStore(attemptId),
    transport: httpTransport(attemptId),
    clock: deviceClock,
    tabs: browserTabs(attemptId),
    random: Math.random,
  };
}
