import type { Signal, SignalAck } from '../evidence/signal.ts';
import type { FlagsSaid } from '../flags.ts';
import type { RoomMessage } from '../wire.ts';
import type { SignalResult } from './evidence.ts';

const isRecord = (body: unknown): body is Record<string, unknown> =>
  typeof body === 'object' && body !== null;

function isSignalAck(body: unknown): body is SignalAck & Record<string, unknown> {
  return isRecord(body) && typeof body.focusLosses === 'number' && typeof body.isOpen === 'boolean';
}

function isMessage(value: unknown): value is RoomMessage & Record<string, unknown> {
  return (
    isRecord(value) &&
    typeof value.id === 'string' &&
    typeof value.text === 'string' &&
    typeof value.atMs === 'number'
  );
}

const post = (attemptId: string, what: 'signals' | 'flags', body: object): Promise<Response> =>
  fetch(`/attempts/${attemptId}/${what}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    // A page that is being hidden may be frozen before its answer comes.
    keepalive: true,
  });

/** Sends signals. Never rejects: without an answer that says so, nothing is known about them. */
export async function sendSignals(attemptId: string, signals: readonly Signal[]): Promise<SignalResult> {
  try {
    const response = await post(attemptId, 'signals', { signals });
    const body: unknown = await response.json();
    if (response.ok && isSignalAck(body)) return { kind: 'taken', ack: body };
    const isFinal = [400, 404, 413].includes(response.status) && isRecord(body) && 'code' in body;
    return { kind: isFinal ? 'refused' : 'failed' };
  } catch {
    return { kind: 'failed' };
  }
}

/** Taken, or never to be taken; everything else, also of what stands between, is worth another try. */
const FLAGS_SETTLED: readonly number[] = [204, 400, 404, 413];

/** Says which questions the candidate wants to come back to. @returns false where it has to be said again; never rejects */
export async function sendFlags(attemptId: string, said: FlagsSaid): Promise<boolean> {
  try {
    const { status } = await post(attemptId, 'flags', said);
    return FLAGS_SETTLED.includes(status);
  } catch {
    return false;
  }
}

/** What invigilators have told the candidate; null when the server gave no list. */
export async function fetchMessages(attemptId: string): Promise<readonly RoomMessage[] | null> {
  try {
    const response = await fetch(`/attempts/${attemptId}/messages`, {
      credentials: 'same-origin',
      cache: 'no-store',
    });
    const body: unknown = await response.json();
    if (!response.ok || !isRecord(body) || !Array.isArray(body.messages)) return null;
    return body.messages.filter(isMessage);
  } catch {
    return null;
  }
}
