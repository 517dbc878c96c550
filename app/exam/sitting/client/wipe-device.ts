import { browserPorts } from './browser-ports.ts';
import { handOver } from './hand-over.ts';

/**
 * Takes a finished attempt off this device: what was never sent is handed over as evidence first, then the confirmed
 * answers and the paper's copy go. Without an answer of the server the unsent ones stay for the next visit.
 */
export async function wipeDevice(attemptId: string): Promise<void> {
  const { store, transport, copy } = browserPorts(attemptId);
  const isEmpty = await handOver(store, transport).catch((error: unknown) => {
    // A browser without a store has kept nothing, and one that fails now is asked again at the next visit.
    console.info(`this device’s store cannot be read: ${String(error)}`);
    return false;
  });
  if (isEmpty) await store.clear();
  // The exam is over, so the paper and the notes on it go in any case.
  await copy.drop();
}
