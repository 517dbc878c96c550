import { browserPorts } from './browser-ports.ts';
import { handOver } from './hand-over.ts';

/**
 * Takes a finished attempt off this device: the paper's copy goes, what was never sent is handed over as evidence, then
 * the confirmed answers go. Without an answer of the server the unsent ones stay for the next visit.
 */
export async function wipeDevice(attemptId: string): Promise<void> {
  const { store, transport, copy } = browserPorts(attemptId);
  // The exam is over, so the paper and the notes on it go in any case.
  await copy.drop();
  try {
    if (await handOver(store, transport)) await store.clear();
  } catch (error) {
    // A browser without a store has kept nothing, and one that fails now is asked again at the next visit.
    console.info(`this device’s store cannot be emptied: ${String(error)}`);
  }
}
