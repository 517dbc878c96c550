import type { DeviceMemo, EventStore } from '../../sitting/client/ports.ts';

/**
 * Keeps the time as an opening without network knows it, unless the device knows better: what the server has confirmed
 * since (another tab, an earlier opening) must not look unanswered again. Rejects where the store does.
 */
export async function keepTimeIn(
  store: Pick<EventStore, 'read' | 'settle'>,
  memo: DeviceMemo,
): Promise<void> {
  const { memo: known } = await store.read();
  if (known === null || known.heardMs < memo.heardMs) await store.settle([], memo);
}
