import { copyName, pagePath } from './page-copies.ts';

/** Nobody waits longer for a disk that is stuck, neither a hand-in nor a page on its way. */
export const DISK_LIMIT_MS = 3_000;

/** @throws after the limit; the work goes on, and what becomes of it is nobody's any more */
export function within<T>(limitMs: number, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`not done in ${String(limitMs)} ms`)), limitMs);
    void work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/**
 * Pages, worker and wiping touch one attempt's copy in turns, so that nothing is written into a copy that is being deleted
 * and no copy without its page comes into being. Without locks, or when another's turn does not end, without turns: what
 * comes back then goes with the result page. Signing out takes no turn, and deletes for everybody.
 */
export async function withCopy<T>(attemptId: string, work: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return await work();
  const giveUp = new AbortController();
  const timer = setTimeout(() => giveUp.abort(), DISK_LIMIT_MS);
  let isMine = false;
  try {
    // Not the copy's own name: tabs hold that one for as long as they lead.
    return await locks.request(`copy-of-${attemptId}`, { signal: giveUp.signal }, () => {
      isMine = true;
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (isMine) throw error;
    return await work();
  } finally {
    clearTimeout(timer);
  }
}

/** The page as it lies on this device, of whatever age. */
export const findKept = (attemptId: string): Promise<Response | undefined> =>
  caches.match(pagePath(attemptId), { cacheName: copyName(attemptId) });

export const openCopy = (attemptId: string): Promise<Cache> => caches.open(copyName(attemptId));

export const deleteCopy = (attemptId: string): Promise<boolean> => caches.delete(copyName(attemptId));

/** @returns the copy, for what the page is made of */
export async function putPage(attemptId: string, page: Response): Promise<Cache> {
  const copy = await openCopy(attemptId);
  await copy.put(pagePath(attemptId), page);
  return copy;
}
