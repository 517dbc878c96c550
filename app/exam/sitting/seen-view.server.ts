import type { IncomingMessage } from 'node:http';
import type { viewAttempt } from './attempt-view.server.ts';

type Seen = Awaited<ReturnType<typeof viewAttempt>>;

/** What the room page has asked for requests it left to the ordinary way; gone with the request. */
const seen = new WeakMap<IncomingMessage, { readonly accountId: string; readonly view: Seen }>();

/** Keeps a view for the ordinary way of the same request, so that nothing is read, drawn and encrypted twice. */
export function keepView(incoming: IncomingMessage, accountId: string, view: Seen): void {
  seen.set(incoming, { accountId, view });
}

/** The view that was kept for this very request and this account. */
export function keptView(incoming: IncomingMessage | undefined, accountId: string): Seen | undefined {
  const kept = incoming && seen.get(incoming);
  return kept?.accountId === accountId ? kept.view : undefined;
}
