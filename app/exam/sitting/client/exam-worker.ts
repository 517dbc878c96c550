import type { PageVerdict } from './page-copies.ts';
import {
  DISK_LIMIT_MS,
  attemptOfCopy,
  attemptOfPath,
  copyName,
  isCopyName,
  isKept,
  isTooOld,
  judgePage,
  judgeRedirect,
  pagePath,
  stamped,
  withCopy,
  within,
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
  addEventListener(type: 'fetch', listener: (event: FetchEvent) => void): void;
}
const worker = globalThis as unknown as WorkerScope;

/** With a copy at hand nobody waits longer for a network that swallows requests. */
const NETWORK_LIMIT_MS = 8_000;

/** A device that cannot read or write its copies, or is stuck over them, still shows what the server sends. */
const orNothing = <T>(work: Promise<T>): Promise<T | null> =>
  within(DISK_LIMIT_MS, work).catch((error: unknown) => {
    console.info(`this device's copies cannot be used: ${String(error)}`);
    return null;
  });

const match = (attemptId: string): Promise<Response | undefined> =>
  caches.match(pagePath(attemptId), { cacheName: copyName(attemptId) });

/** The kept page; null when there is none or when it is too old to be anybody's running attempt. */
async function findCopy(attemptId: string): Promise<Response | null> {
  const kept = await match(attemptId);
  if (!kept) return null;
  if (!isTooOld(kept, Date.now())) return kept;
  await withCopy(attemptId, async () => {
    const now = await match(attemptId);
    if (now && isTooOld(now, Date.now())) await caches.delete(copyName(attemptId));
  });
  return null;
}

/** @throws when the page broke off on its way: the copy is shown then */
async function obey(verdict: PageVerdict, attemptId: string, response: Response): Promise<void> {
  if (verdict === 'drop') await orNothing(withCopy(attemptId, () => caches.delete(copyName(attemptId))));
  if (verdict !== 'renew') return;
  const page = await stamped(response.clone(), Date.now());
  const write = async (): Promise<void> => {
    const cache = await caches.open(copyName(attemptId));
    await cache.put(pagePath(attemptId), page);
  };
  await orNothing(withCopy(attemptId, write));
}

/** A worker does not get to read where a load is led: the way is gone once more, as far as it stays on this origin. */
async function endOfWay(url: string, signal: AbortSignal): Promise<string | null> {
  const followed = await fetch(url, { mode: 'same-origin', signal }).catch(() => null);
  return followed?.url ?? null;
}

/** The server first, always: a copy is shown only when the server cannot be asked. */
async function loadPage(request: Request, attemptId: string): Promise<Response> {
  const copy = await orNothing(findCopy(attemptId));
  const abort = new AbortController();
  const timer = copy ? setTimeout(() => abort.abort(), NETWORK_LIMIT_MS) : undefined;
  try {
    const response = await fetch(request, { signal: abort.signal });
    const verdict =
      response.type === 'opaqueredirect'
        ? judgeRedirect(await endOfWay(request.url, abort.signal), worker.location.origin)
        : judgePage(response.status, response.headers);
    if (verdict === 'use_copy' && copy) return copy;
    await obey(verdict, attemptId, response);
    return response;
  } catch (error) {
    if (copy) return copy;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Beside the pages that lie here, so that no kept page lacks a script; nothing where a page was wiped meanwhile. */
async function keepBesidePages(url: string, file: Response): Promise<void> {
  for (const attemptId of (await caches.keys()).filter(isCopyName).map(attemptOfCopy))
    await withCopy(attemptId, async () => {
      if (await isKept(attemptId)) await (await caches.open(copyName(attemptId))).put(url, file.clone());
    });
}

async function keepAsset(url: string, response: Response): Promise<void> {
  const file = await stamped(response, Date.now());
  await orNothing(keepBesidePages(url, file));
}

/** Asset names change with their content, so what is kept is what the server has. */
async function loadAsset(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const kept = await orNothing(caches.match(request.url, { ignoreVary: true }));
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(keepAsset(request.url, response.clone()));
  return response;
}

/** Copies of attempts long over go when the worker starts its work. */
async function dropOld(): Promise<void> {
  const names = (await caches.keys()).filter(isCopyName);
  await Promise.all(names.map((name) => orNothing(findCopy(attemptOfCopy(name)))));
}

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOld().then(() => worker.clients.claim())));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  const attemptId = request.mode === 'navigate' ? attemptOfPath(url.pathname) : null;
  if (attemptId !== null) event.respondWith(loadPage(request, attemptId));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(loadAsset(event));
});
