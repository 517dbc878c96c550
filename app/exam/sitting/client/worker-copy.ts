import {
  WORKER_SCOPE,
  WORKER_URL,
  copyName,
  judgePage,
  judgeRedirect,
  pagePath,
  stamped,
} from './page-copies.ts';
import type { PageCopy } from './ports.ts';

/** A hall starts within one second; pages that have to be fetched once more for their copy are fetched spread over this
 *  time. A page that came through the worker has been kept on its way: then there is nothing to wait for. */
const SPREAD_MS = 4_000;
const KEEP_AFTER_MS = 500;
/** After a copy that failed. */
const AGAIN_MS = 5_000;

/** Scripts, styles and icon this page was made of: all from `/assets`, whose names change with their content. */
function assetUrls(): string[] {
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
  const linked = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map((link) => link.href);
  const own = [...loaded, ...linked].filter((url) => url.startsWith(`${location.origin}/assets/`));
  return [...new Set(own)];
}

async function makeCopy(attemptId: string): Promise<void> {
  await navigator.serviceWorker.register(WORKER_URL, { scope: WORKER_SCOPE });
  if (!(await putPage(attemptId))) return;
  const cache = await caches.open(copyName(attemptId));
  await cache.addAll(assetUrls());
  if (await isKept(attemptId)) return;
  // Nothing of a paper that was wiped meanwhile stays, not even the files beside it.
  await caches.delete(copyName(attemptId));
  throw new Error('the copy was taken away while it was made');
}

const isKept = async (attemptId: string): Promise<boolean> =>
  (await caches.match(pagePath(attemptId), { cacheName: copyName(attemptId) })) !== undefined;

/**
 * Fetches the page unless it came through the worker and was kept on its way. The copy is opened with the page in hand: a
 * worker that has come meanwhile takes one without a page for one that was wiped, and deletes it under who writes into it.
 * @returns false when it may not be kept
 */
async function putPage(attemptId: string): Promise<boolean> {
  const path = pagePath(attemptId);
  if (await isKept(attemptId)) return true;
  const response = await fetch(path, { credentials: 'same-origin', cache: 'no-store' });
  const verdict = response.redirected
    ? judgeRedirect(response.url, location.origin)
    : judgePage(response.status, response.headers);
  if (verdict === 'renew')
    await (await caches.open(copyName(attemptId))).put(path, stamped(response, Date.now()));
  else await caches.delete(copyName(attemptId));
  return verdict === 'renew';
}

/**
 * Starts the worker before the exam does, from the page that leads to it: the room's first load then passes through it and
 * is kept on its way, so that there is no moment of an attempt without a copy. Where that fails, `keep` makes one later.
 */
export function prepareWorker(): void {
  if (!canKeep()) return;
  navigator.serviceWorker.register(WORKER_URL, { scope: WORKER_SCOPE }).catch((error: unknown) => {
    console.info(`the exam's worker is not there yet: ${String(error)}`);
  });
}

/** True where a page can be kept at all: a secure context with a worker. */
const canKeep = (): boolean => 'serviceWorker' in navigator && 'caches' in globalThis;

/** Whether a page lies on the device; `not_possible`: this browser or connection keeps none. */
export type KeptPage = 'kept' | 'failed' | 'not_possible';

/** Keeps the page that is shown, now, and tells what became of it: who waits for the bell has the paper in it. */
export async function keepPage(attemptId: string): Promise<KeptPage> {
  if (!canKeep()) return 'not_possible';
  try {
    await makeCopy(attemptId);
    await navigator.serviceWorker.ready;
    return (await isKept(attemptId)) ? 'kept' : 'failed';
  } catch (error) {
    console.info(`no copy of this page on the device: ${String(error)}`);
    return 'failed';
  }
}

/** The copy of the exam page that the service worker shows while there is no network. */
export function workerCopy(attemptId: string, random: () => number): PageCopy {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let isDropped = false;
  const make = (): void => {
    makeCopy(attemptId).catch((error: unknown) => {
      // The exam goes on without a copy: only a reload while offline would fail, so it is made again.
      console.info(`no copy of this page on the device: ${String(error)}`);
      if (!isDropped) timer = setTimeout(make, AGAIN_MS + random() * SPREAD_MS);
    });
  };
  return {
    keep: () => {
      if (!canKeep() || timer !== null) return;
      const isNear = navigator.serviceWorker.controller !== null;
      timer = setTimeout(make, isNear ? 0 : KEEP_AFTER_MS + random() * SPREAD_MS);
    },
    drop: async () => {
      isDropped = true;
      if (timer !== null) clearTimeout(timer);
      if (!canKeep()) return;
      // What a browser cannot delete it cannot show either; the worker asks the server first, always.
      await caches.delete(copyName(attemptId)).catch(() => false);
    },
  };
}
