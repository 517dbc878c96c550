import type { AckBody, SentAnswer } from '../wire.ts';
import { TOO_MANY_ANSWERS } from '../wire.ts';
import type { SendResult, Transport } from './ports.ts';

/** A request that takes longer is given up and sent again; the server takes a repeat as saved. */
const TIMEOUT_MS = 15_000;

/** True for what the endpoint answers with; a proxy's login page or an error page is none. */
function isAck(body: unknown): body is AckBody {
  return (
    typeof body === 'object' &&
    body !== null &&
    'stored' in body &&
    Array.isArray(body.stored) &&
    'conflicts' in body &&
    Array.isArray(body.conflicts) &&
    'notOnPaper' in body &&
    Array.isArray(body.notOnPaper) &&
    'serverNowMs' in body &&
    typeof body.serverNowMs === 'number' &&
    'deadlineAtMs' in body &&
    typeof body.deadlineAtMs === 'number'
  );
}

async function readAnswer(response: Response): Promise<SendResult> {
  if (response.status === 401) return { kind: 'signed_out' };
  // A 404 page of something between us and the server is not an answer about the attempt.
  const body: unknown = await response.json();
  const code = typeof body === 'object' && body !== null && 'code' in body ? body.code : undefined;
  if (response.status === 404 && code !== undefined) return { kind: 'not_found' };
  if (response.status === 422 && code === TOO_MANY_ANSWERS) return { kind: 'refused' };
  return response.ok && isAck(body) ? { kind: 'ack', ack: body } : { kind: 'failed' };
}

/** What carries requests: the browser's own, or a worse one in a test. */
export interface Wire {
  fetch(url: string, init: RequestInit): Promise<Response>;
  beacon(url: string, body: Blob): void;
}

/** Saves over plain HTTP: works behind every proxy, and a page left open overnight just goes on. */
export function httpTransport(attemptId: string, wire: Wire): Transport {
  const url = `/attempts/${attemptId}/answers`;
  const bodyOf = (events: readonly SentAnswer[]): string => JSON.stringify({ events });
  return {
    send: async (events) => {
      const abort = new AbortController();
      const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
      try {
        const response = await wire.fetch(url, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: bodyOf(events),
          credentials: 'same-origin',
          cache: 'no-store',
          signal: abort.signal,
        });
        return await readAnswer(response);
      } catch {
        // No network, no time left, or an answer that is no JSON: nothing is known about the events.
        return { kind: 'failed' };
      } finally {
        clearTimeout(timer);
      }
    },
    beacon: (events) => {
      wire.beacon(url, new Blob([bodyOf(events)], { type: 'application/json' }));
    },
  };
}
