import type { Wire } from '../../sitting/client/http-transport.ts';
import type { BellBody } from '../bell.ts';
import type { AskResult } from './waiting-client.ts';

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

/** Asks the server for the bell of an attempt over plain HTTP. Never rejects. */
export async function askBellOver(wire: Pick<Wire, 'fetch'>, attemptId: string): Promise<AskResult> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), TIMEOUT_MS);
  try {
    const response = await wire.fetch(`/attempts/${attemptId}/bell`, {
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
