import type { TabMessage, Tabs } from './ports.ts';

const nameOf = (attemptId: string): string => `zhifa-exam-${attemptId}`;

/**
 * Leads while it holds a lock that the browser frees when the tab goes, however it goes. Locks exist in secure contexts
 * only; without them every tab leads, and the server takes what comes twice as saved.
 */
function leadByLock(attemptId: string, onLead: () => void): () => void {
  // Missing on plain HTTP beyond this machine, whatever the type says.
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) {
    onLead();
    return () => undefined;
  }
  const giveUp = new AbortController();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  locks
    .request(nameOf(attemptId), { signal: giveUp.signal }, () => {
      if (giveUp.signal.aborted) return;
      onLead();
      return held;
    })
    .catch((error: unknown) => {
      // Given up while waiting for the lock: that is no failure. Anything else means that nobody coordinates us.
      if (!giveUp.signal.aborted) onLead();
      else if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    });
  return () => {
    giveUp.abort();
    release();
  };
}

/** Tabs of one attempt in one browser. Without BroadcastChannel each tab lives for itself, and the server sorts it out. */
export function browserTabs(attemptId: string): Tabs {
  let channel: BroadcastChannel | null = null;
  return {
    post: (message) => channel?.postMessage(message),
    listen: (onMessage) => {
      if (typeof BroadcastChannel === 'undefined') return () => undefined;
      const opened = new BroadcastChannel(nameOf(attemptId));
      channel = opened;
      // Only this file posts to the channel, and the browser keeps other origins out.
      opened.onmessage = (event: MessageEvent<TabMessage>) => onMessage(event.data);
      return () => {
        channel = null;
        opened.close();
      };
    },
    lead: (onLead) => leadByLock(attemptId, onLead),
  };
}
