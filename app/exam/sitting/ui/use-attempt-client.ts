import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { AttemptClient } from '../client/attempt-client.ts';
import { createAttemptClient } from '../client/attempt-client.ts';
import { browserPorts } from '../client/browser-ports.ts';
import type { AttemptSnapshot } from '../client/state.ts';
import { openState, snapshotOf } from '../client/state.ts';
import { readForm } from '../form-answers.ts';
import type { RoomView } from '../attempt-view.server.ts';

export interface AttemptRoom {
  /** Null on the server only. */
  readonly client: AttemptClient | null;
  readonly snapshot: AttemptSnapshot;
}

const isBrowser = typeof document !== 'undefined';

/** What was ticked before the scripts arrived: it stands in the form and nowhere else yet. */
function takeOverForm(client: AttemptClient, formId: string, room: RoomView): void {
  const form = document.getElementById(formId);
  if (!(form instanceof HTMLFormElement)) return;
  const posted = readForm(
    new FormData(form),
    room.items.map((item) => item.position),
  );
  const { answers } = client.snapshot();
  for (const [position, choice] of posted)
    if ((answers.get(position) ?? '') !== choice) client.answer(position, choice);
}

/** Every moment at which a page may be about to disappear, or to come back. */
function watchPage(client: AttemptClient): () => void {
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') client.leave();
    else void client.flush();
  };
  const onLeave = (): void => client.leave();
  const onReturn = (): void => void client.flush();
  // What has the focus no longer composes no longer, whether or not its end was told.
  const onComposition = (event: Event): void => client.setComposing(event.type === 'compositionstart');
  const onBlur = (event: Event): void => {
    onComposition(event);
    onReturn();
  };
  const onUnload = (event: BeforeUnloadEvent): void => {
    const { pendingCount, connection, isStoreSafe } = client.snapshot();
    const isAtRisk = (connection !== 'idle' && connection !== 'sending') || !isStoreSafe;
    if (pendingCount > 0 && isAtRisk) event.preventDefault();
  };
  const heard: [EventTarget, string, EventListener][] = [
    [document, 'visibilitychange', onVisibility],
    [document, 'compositionstart', onComposition],
    [document, 'compositionend', onComposition],
    [document, 'focusout', onComposition],
    [window, 'pagehide', onLeave],
    [window, 'blur', onBlur],
    [window, 'online', onReturn],
    [window, 'pageshow', onReturn],
    [window, 'beforeunload', onUnload as EventListener],
  ];
  for (const [target, name, listener] of heard) target.addEventListener(name, listener);
  return () => {
    for (const [target, name, listener] of heard) target.removeEventListener(name, listener);
  };
}

/**
 * The attempt client of this page, brought to life after hydration; until then its snapshot is what the server rendered.
 * @param room as first rendered; later renderings of the same page do not restart it
 */
export function useAttemptClient(room: RoomView, formId: string): AttemptRoom {
  const [rendered] = useState(() => ({
    room,
    snapshot: snapshotOf(openState(room.start, { monotonicMs: 0, wallMs: 0 }), true),
  }));
  const [client] = useState(() =>
    isBrowser ? createAttemptClient(room.start, browserPorts(room.attemptId)) : null,
  );
  const subscribe = useCallback(
    (onChange: () => void) => client?.subscribe(onChange) ?? (() => undefined),
    [client],
  );
  const snapshot = useSyncExternalStore(
    subscribe,
    () => client?.snapshot() ?? rendered.snapshot,
    () => rendered.snapshot,
  );
  useEffect(() => {
    if (!client) return;
    takeOverForm(client, formId, rendered.room);
    void client.open();
    const stopWatching = watchPage(client);
    return () => {
      stopWatching();
      client.close();
    };
  }, [client, formId, rendered]);
  return { client, snapshot };
}
