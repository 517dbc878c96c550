import { compareEvents } from '../fold.ts';
import { keyText } from './ledger.ts';
import type { EventStore, Transport } from './ports.ts';
import { CHUNK } from './sender.ts';

/**
 * Sends what a device still holds of an attempt that is over, as evidence, and forgets what the server names. True when
 * nothing is left; false when there is no answer: then everything that was not named stays.
 */
export async function handOver(store: EventStore, transport: Transport): Promise<boolean> {
  const { events } = await store.read();
  const waiting = [...events].sort(compareEvents);
  for (let from = 0; from < waiting.length; from += CHUNK) {
    const chunk = waiting.slice(from, from + CHUNK);
    const result = await transport.send(chunk);
    if (result.kind !== 'ack') return false;
    // A conflict has been kept as evidence, too; over as it is, nobody needs it under another number.
    const { stored, conflicts, notOnPaper } = result.ack;
    const named = new Set([...stored, ...conflicts, ...notOnPaper].map(keyText));
    await store.settle(
      chunk.filter((event) => named.has(keyText(event))),
      null,
    );
  }
  return (await store.read()).events.length === 0;
}
