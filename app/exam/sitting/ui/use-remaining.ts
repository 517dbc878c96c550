import { useEffect, useState } from 'react';
import type { AttemptRoom } from './use-attempt-client.ts';

const TICK_MS = 1_000;

/**
 * Milliseconds until the deadline by the server's time, looked at once a second; negative afterwards. While the exam
 * rests it stands where it stood when the invigilator stopped it.
 * @param rendered what the server saw when it rendered the page: the value until the page is alive
 */
export function useRemaining({ client, snapshot }: AttemptRoom, rendered: number): number {
  const [nowMs, setNowMs] = useState(rendered);
  useEffect(() => {
    if (!client) return;
    const look = (): void => {
      client.tick();
      setNowMs(client.nowMs());
    };
    look();
    const timer = setInterval(look, TICK_MS);
    return () => clearInterval(timer);
  }, [client]);
  return snapshot.deadlineAtMs - (snapshot.pausedAtMs ?? nowMs);
}
