import type { RefObject } from 'react';
import { useEffect, useRef, useState } from 'react';
import { newId } from '#app/platform/ids/id.ts';
import type { RoomView } from '../attempt-view.server.ts';
import type { AttemptClient } from '../client/attempt-client.ts';
import { readNote, writeNote } from '../client/device-notes.ts';
import type { Evidence } from '../client/evidence.ts';
import { createEvidence } from '../client/evidence.ts';
import { createFocusWatch } from '../client/focus-watch.ts';
import { deviceClock } from '../client/browser-ports.ts';
import { sendSignals } from '../client/http-room.ts';
import { readSignals } from '../client/signal-notes.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import type { Signal, SignalAck } from '../evidence/signal.ts';

/** How often the page notes that it is there. */
const ALIVE_EVERY_MS = 5_000;
/** A page that was not there for longer is worth a line: asleep, killed, or without power. */
const LEAST_GAP_MS = 60_000;
/** Shorter outages belong to every network. */
const LEAST_OUTAGE_MS = 5_000;

/** Leaving is nobody's business while the exam rests, when it is over, or when one has to sign in again elsewhere. */
const isExcused = ({ phase, connection, pausedAtMs }: AttemptSnapshot): boolean =>
  phase !== 'open' || connection === 'signed_out' || pausedAtMs !== null;

/** Signals wait in the browser's storage; where that keeps nothing, in memory. */
function signalNotes(attemptId: string) {
  let inMemory: readonly Signal[] | null = null;
  return {
    read: () => inMemory ?? readSignals(readNote(attemptId, 'signals')),
    write: (signals: readonly Signal[]) => {
      inMemory = writeNote(attemptId, 'signals', JSON.stringify(signals)) ? null : signals;
    },
  };
}

/** Window and clipboard, as far as they say something about the exam. The result stops it. */
function watchPage(client: AttemptClient, evidence: Evidence): () => void {
  const focus = createFocusWatch({
    clock: deviceClock,
    evidence,
    isExcused: () => isExcused(client.snapshot()),
  });
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') focus.hidden();
    else if (document.hasFocus()) focus.returned();
  };
  const onCopy = (): void => {
    const characters = String(document.getSelection() ?? '').length;
    if (characters > 0 && !isExcused(client.snapshot())) evidence.note('copied', { characters });
  };
  const heard: [EventTarget, string, () => void][] = [
    [document, 'visibilitychange', onVisibility],
    [window, 'blur', focus.blurred],
    [window, 'focus', focus.returned],
    [window, 'pagehide', focus.unloading],
    [window, 'pageshow', focus.shown],
    [document, 'copy', onCopy],
    [document, 'cut', onCopy],
  ];
  for (const [target, name, listener] of heard) target.addEventListener(name, listener);
  return () => {
    for (const [target, name, listener] of heard) target.removeEventListener(name, listener);
  };
}

/** Notes times at which no page of this attempt was running on the device: between two looks, or before this load. */
function watchGaps(attemptId: string, client: AttemptClient, evidence: Evidence): () => void {
  let lastMs = Number(readNote(attemptId, 'alive') ?? 0);
  let wasHidden = false;
  const look = (): void => {
    const snapshot = client.snapshot();
    if (!snapshot.isTimeSure) return;
    const nowMs = client.nowMs();
    const isHidden = document.visibilityState === 'hidden';
    const goneMs = Math.round(nowMs - lastMs);
    // Browsers let hidden pages sleep on purpose; that they were hidden is noted already.
    if (lastMs > 0 && goneMs >= LEAST_GAP_MS && !wasHidden && !isHidden && !isExcused(snapshot))
      evidence.note('gap', { lastedMs: goneMs });
    lastMs = nowMs;
    wasHidden = isHidden;
    writeNote(attemptId, 'alive', String(Math.round(nowMs)));
  };
  const timer = setInterval(look, ALIVE_EVERY_MS);
  return () => clearInterval(timer);
}

function useOutages(evidence: Evidence | null, failures: number): void {
  const sinceMs = useRef<number | null>(null);
  const isOut = failures > 0;
  useEffect(() => {
    if (isOut) {
      sinceMs.current ??= deviceClock.monotonicMs();
      return;
    }
    const lastedMs = sinceMs.current === null ? 0 : Math.round(deviceClock.monotonicMs() - sinceMs.current);
    sinceMs.current = null;
    if (lastedMs >= LEAST_OUTAGE_MS) evidence?.note('reconnected', { lastedMs });
  }, [isOut, evidence]);
}

function evidenceOf(
  attemptId: string,
  client: AttemptClient,
  onAck: RefObject<(ack: SignalAck) => void>,
): Evidence {
  return createEvidence({
    clock: deviceClock,
    nowMs: client.nowMs,
    newId,
    random: Math.random,
    notes: signalNotes(attemptId),
    saveFirst: client.flush,
    send: (signals) => sendSignals(attemptId, signals),
    onAck: (ack) => {
      onAck.current?.(ack);
      // Over by the rule of the sitting: the next answer of the server says so, and the page goes to its end.
      if (!ack.isOpen) void client.flush();
    },
  });
}

/**
 * Watches what goes on around the paper and takes it to the server as evidence. Nothing where nobody watches.
 * @param onAck told how often the page was left so far
 */
export function useEvidence(
  room: RoomView,
  { client, snapshot }: { client: AttemptClient | null; snapshot: AttemptSnapshot },
  onAck: (ack: SignalAck) => void,
): void {
  const latest = useRef(onAck);
  useEffect(() => {
    latest.current = onAck;
  }, [onAck]);
  const [evidence] = useState(() =>
    client && room.watch ? evidenceOf(room.attemptId, client, latest) : null,
  );
  useEffect(() => {
    if (!client || !evidence) return;
    evidence.open();
    const stops = [watchPage(client, evidence), watchGaps(room.attemptId, client, evidence)];
    return () => {
      stops.forEach((stop) => stop());
      evidence.close();
    };
  }, [client, evidence, room.attemptId]);
  useOutages(evidence, snapshot.failures);
}
