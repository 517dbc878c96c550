import { DISK_LIMIT_MS, deleteCopy, findKept, openCopy, putPage, withCopy, within } from './kept-copies.ts';
import {
  TAKE_PAGES,
  attemptOfCopy,
  attemptOfPath,
  isCopyName,
  isTooOld,
  judgePage,
  judgeRedirect,
  stamped,
} from './page-copies.ts';

/** The parts of a service worker's world that are used here; the project is typed for the page's. */
interface ExtendableEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface FetchEvent extends ExtendableEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface WorkerScope {
  readonly location: Location;
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'install' | 'activate', listener: (event: ExtendableEvent) => void): void;
  addEventListener(
    type: 'message',
    listener: (event: ExtendableEvent & { readonly data: unknown }) => void,
  ): void;
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

/** With a copy at hand nobody waits longer for a network that swallows requests. */
const NETWORK_LIMIT_MS = 8_000;
const COLD_DISK_LIMIT_MS = 30_000;

/** A device that cannot read or write its copies, or is stuck over them, still shows what the server sends. */
const orNothing = <T>(work: Promise<T>, limitMs = DISK_LIMIT_MS): Promise<T | null> =>
  within(limitMs, work).catch((error: unknown) => {
    console.info(`this device's copies cannot be used: ${String(error)}`);
    return null;
  });

/** What is shown when there is no server: a cold disk is waited for. */
const inTheEnd = <T>(work: Promise<T>): Promise<T | null> => orNothing(work, COLD_DISK_LIMIT_MS);

/** The kept page; null when there is none or when it is too old to be anybody's running attempt. */
async function findCopy(attemptId: string): Promise<Response | null> {
  const kept = await findKept(attemptId);
  if (!kept) return null;
  if (!isTooOld(kept, Date.now())) return kept;
  await withCopy(attemptId, async () => {
    const now = await findKept(attemptId);
    if (now && isTooOld(now, Date.now())) await deleteCopy(attemptId);
  });
  return null;
}

/** A worker does not get to read where a load is led: the way is gone once more, as far as it stays on this origin. */
async function endOfWay(url: string, signal: AbortSignal): Promise<string | null> {
  const followed = await fetch(url, { mode: 'same-origin', signal }).catch(() => null);
  return followed?.url ?? null;
}

/** The server first, always: a copy is shown only when the server cannot be asked. */
async function loadPage(request: Request, attemptId: string): Promise<Response> {
  const copy = inTheEnd(findCopy(attemptId));
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isHere = false;
  const arrive = (): void => {
    isHere = true;
    clearTimeout(timer);
  };
  void copy.then((kept) => {
    if (kept && !isHere) timer = setTimeout(() => abort.abort(), NETWORK_LIMIT_MS);
  });
  try {
    const response = await fetch(request, { signal: abort.signal });
    const verdict =
      response.type === 'opaqueredirect'
        ? judgeRedirect(await endOfWay(request.url, abort.signal), worker.location.origin)
        : judgePage(response.status, response.headers);
    if (verdict === 'use_copy') return (await copy) ?? response;
    // One that breaks off on its way is no page: the copy is shown.
    const page = verdict === 'renew' ? await stamped(response.clone(), Date.now()) : null;
    arrive();
    await orNothing(
      withCopy<unknown>(attemptId, () => (page ? putPage(attemptId, page) : deleteCopy(attemptId))),
    );
    return response;
  } catch (error) {
    const kept = await copy;
    if (kept) return kept;
    throw error;
  } finally {
    arrive();
  }
}

/** Beside the pages that lie here, so that no kept page lacks a script; nothing where a page was wiped meanwhile. */
async function keepBesidePages(url: string, file: Response): Promise<void> {
  for (const attemptId of (await caches.keys()).filter(isCopyName).map(attemptOfCopy))
    await withCopy(attemptId, async () => {
      if (await findKept(attemptId)) await (await openCopy(attemptId)).put(url, file.clone());
    });
}

async function keepAsset(url: string, response: Response): Promise<void> {
  const file = await stamped(response, Date.now());
  await orNothing(keepBesidePages(url, file));
}

/** Asset names change with their content, so what is kept is what the server has. */
async function loadAsset(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const finding = caches.match(request.url, { ignoreVary: true });
  const kept = await orNothing(finding);
  if (kept) return kept;
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(keepAsset(request.url, response.clone()));
    return response;
  } catch (error) {
    const late = await inTheEnd(finding);
    if (late) return late;
    throw error;
  }
}

/** Copies of attempts long over go when the worker starts its work. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter(isCopyName);
  await Promise.all(names.map((name) => findCopy(attemptOfCopy(name))));
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) =>
  event.waitUntil(orNothing(dropOld()).then(() => worker.clients.claim())),
);
worker.addEventListener('message', (event) => {
  if (event.data === TAKE_PAGES) event.waitUntil(worker.clients.claim());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  const attemptId = request.mode === 'navigate' ? attemptOfPath(url.pathname) : null;
  if (attemptId !== null) event.respondWith(loadPage(request, attemptId));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(loadAsset(event));
});
