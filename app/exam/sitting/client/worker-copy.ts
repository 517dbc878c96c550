import { DISK_LIMIT_MS, deleteCopy, findKept, openCopy, putPage, withCopy, within } from './kept-copies.ts';
import {
  TAKE_PAGES,
  WORKER_SCOPE,
  WORKER_URL,
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
/** After a copy that failed, at least; twice as long after each further one and spread over as long again, so that a hall
 *  of full devices does not fetch its pages over and over, nor all at once. */
const AGAIN_MS = 5_000;
const AGAIN_LIMIT_MS = 60_000;
/** A try that has not ended by then has failed: a gateway may swallow a request. */
const TRY_LIMIT_MS = 60_000;

/** Scripts, styles and icon this page was made of: all from `/assets`, whose names change with their content. */
function assetUrls(): string[] {
  const loaded = performance.getEntriesByType('resource').map((entry) => entry.name);
  const linked = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map((link) => link.href);
  const own = [...loaded, ...linked].filter((url) => url.startsWith(`${location.origin}/assets/`));
  return [...new Set(own)];
}

/**
 * @param isWanted false once the paper was wiped or the page was left: nothing is written then
 * @returns false when the page may not be kept
 * @throws when the copy is not there afterwards, though it may be: a later try may succeed
 */
async function makeCopy(attemptId: string, isWanted: () => boolean): Promise<boolean> {
  await navigator.serviceWorker.register(WORKER_URL, { scope: WORKER_SCOPE });
  const copy = (await openKept(attemptId)) ?? (await fetchCopy(attemptId, isWanted));
  if (copy === null) return false;
  await comeUnderWorker();
  await copy.addAll(assetUrls());
  if (!(await findKept(attemptId))) throw new Error('the copy was taken away while it was made');
  return true;
}

/**
 * From here on what the page loads passes through the worker. One that came to life while the page was on its way does not
 * take it by itself (a page counts for it only once it is there), so it is asked to. Where it does not answer, the files
 * loaded up to now are kept all the same, and a reload comes through it.
 */
async function comeUnderWorker(): Promise<void> {
  const workers = navigator.serviceWorker;
  const { active } = await workers.ready;
  if (workers.controller !== null) return;
  const taken = new Promise((resolve) => {
    workers.addEventListener('controllerchange', resolve, { once: true });
  });
  active?.postMessage(TAKE_PAGES);
  await within(DISK_LIMIT_MS, taken).catch((error: unknown) => {
    console.info(`the exam's worker has not taken this page: ${String(error)}`);
  });
}

/** The copy of a page that came through the worker and was kept on its way. */
const openKept = (attemptId: string): Promise<Cache | null> =>
  withCopy(attemptId, async () => ((await findKept(attemptId)) ? await openCopy(attemptId) : null));

/** @returns the copy with the page in it; null when it may not be kept */
async function fetchCopy(attemptId: string, isWanted: () => boolean): Promise<Cache | null> {
  const response = await fetch(pagePath(attemptId), { credentials: 'same-origin', cache: 'no-store' });
  const verdict = response.redirected
    ? judgeRedirect(response.url, location.origin)
    : judgePage(response.status, response.headers);
  // To the login page, too: who signs in again elsewhere goes on with this page.
  if (verdict === 'use_copy' || response.redirected)
    throw new Error(`${response.url} came, ${String(response.status)}`);
  if (verdict === 'drop') return null;
  const page = await stamped(response, Date.now());
  return await withCopy(attemptId, async () => {
    if (!isWanted()) return null;
    const copy = await putPage(attemptId, page);
    if (isWanted()) return copy;
    // Wiped meanwhile, out of turn.
    await deleteCopy(attemptId);
    return null;
  });
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

/**
 * Makes the copy, and again until it is there. The exam goes on without one: only a reload while offline would fail.
 * @param tell hears what became of each try
 * @returns ends the tries; the copy of one still under way is not written any more
 */
function keepTrying(attemptId: string, firstAfterMs: number, tell: (kept: KeptPage) => void): () => void {
  let isWanted = true;
  let waitMs = AGAIN_MS;
  const make = (): void => {
    within(
      TRY_LIMIT_MS,
      makeCopy(attemptId, () => isWanted),
    ).then(
      (isThere) => {
        if (isWanted) tell(isThere ? 'kept' : 'failed');
      },
      (error: unknown) => {
        console.info(`no copy of this page on the device: ${String(error)}`);
        if (!isWanted) return;
        tell('failed');
        timer = setTimeout(make, waitMs * (1 + Math.random()));
        waitMs = Math.min(2 * waitMs, AGAIN_LIMIT_MS);
      },
    );
  };
  let timer = setTimeout(make, firstAfterMs);
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}

/**
 * Keeps the page that is shown, now: who waits for the bell has the paper in it.
 * @param tell hears what became of each try; after `kept` there is none
 * @returns ends the tries
 */
export function keepPage(attemptId: string, tell: (kept: KeptPage) => void): () => void {
  if (canKeep()) return keepTrying(attemptId, 0, tell);
  tell('not_possible');
  return () => undefined;
}

/** The copy of the exam page that the service worker shows while there is no network. */
export function workerCopy(attemptId: string): PageCopy {
  let stop: (() => void) | null = null;
  return {
    keep: () => {
      if (!canKeep() || stop !== null) return;
      const cameThroughWorker = navigator.serviceWorker.controller !== null;
      const afterMs = cameThroughWorker ? 0 : KEEP_AFTER_MS + Math.random() * SPREAD_MS;
      stop = keepTrying(attemptId, afterMs, () => undefined);
    },
    drop: async () => {
      stop?.();
      if (!canKeep()) return;
      const deleted = withCopy(attemptId, () => deleteCopy(attemptId));
      // What a browser cannot delete it cannot show either; the worker asks the server first, always.
      await within(DISK_LIMIT_MS, deleted).catch(() => false);
    },
  };
}
