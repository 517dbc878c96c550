/**
 * Runs `work` over all items, at most `most` of them at once. @returns the results in the order of the items; the first
 * failure fails the whole, after what is running has come to rest
 */
export async function fewAtATime<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results = new Map<number, R>();
  const queue = items.entries();
  const worker = async (): Promise<void> => {
    for (const [index, item] of queue) results.set(index, await work(item));
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(most, items.length) }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as R] : []));
}
