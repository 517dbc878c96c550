import { newId } from '#app/platform/ids/id.ts';
import { browserWire, deviceClock } from '../../sitting/client/browser-ports.ts';
import { httpTransport } from '../../sitting/client/http-transport.ts';
import { indexedDbStore } from '../../sitting/client/indexed-db-store.ts';
import { WORKER_SCOPE, WORKER_URL } from '../../sitting/client/page-copies.ts';
import { serverNowMs, serverTimeFrom } from '../../sitting/client/timing.ts';
import type { Ability, Measurements } from '../measurement.ts';
import { rehearsalKey } from '../rehearsal.ts';

const ROUND_TRIPS = 8;
const WORKER_LIMIT_MS = 8_000;
const STORE_LIMIT_MS = 5_000;
/** Name under which the check keeps its probe, beside the attempts of this device. */
const PROBE = 'device-check';
const MARK_KEY = 'zhifa-exam-device-mark';

/** The result, or null after a failure or when it took too long. */
async function attempt<T>(work: () => Promise<T>, limitMs: number): Promise<T | null> {
  const limit = new Promise<null>((resolve) => {
    deviceClock.after(limitMs, () => resolve(null));
  });
  // Why a browser refuses changes nothing: the check says what does not work.
  return Promise.race([work().catch(() => null), limit]);
}

const VERSIONS: readonly (readonly [string, RegExp])[] = [
  ['Chromium', /Chrom(?:e|ium)\/(\d+)/],
  ['Firefox', /Firefox\/(\d+)/],
  ['Safari', /Version\/(\d+)[\d.]* (?:Mobile\/\w+ )?Safari/],
];

/** Engine and main version as the browser states them. Domestic browsers are Chromium under another name. */
export function browserOf(userAgent: string): { name: string; version: number | null } {
  for (const [name, pattern] of VERSIONS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return { name, version: Number(version) };
  }
  return { name: '', version: null };
}

function missingAbilities(): Ability[] {
  const has: Record<Ability, boolean> = {
    indexed_db: 'indexedDB' in globalThis,
    service_worker: 'serviceWorker' in navigator,
    web_crypto: 'crypto' in globalThis && 'subtle' in crypto,
    broadcast_channel: 'BroadcastChannel' in globalThis,
    locks: 'locks' in navigator,
  };
  return (Object.keys(has) as Ability[]).filter((ability) => !has[ability]);
}

/** Keeps an answer as the exam does, finds it again, and takes it away. */
async function measureStorage(): Promise<Measurements['storage']> {
  const began = deviceClock.monotonicMs();
  const kept = await attempt(async () => {
    const store = indexedDbStore(PROBE);
    const draft = { epoch: 1, position: 1, choice: 'A', clientTime: null };
    const event = await store.append(draft, 1);
    const { events } = await store.read();
    await store.settle(events, null);
    await store.clear();
    return events.some((other) => other.seq === event.seq);
  }, STORE_LIMIT_MS);
  const keptMs = kept === true ? Math.round(deviceClock.monotonicMs() - began) : null;
  const estimate = await attempt(() => navigator.storage.estimate(), STORE_LIMIT_MS);
  const { quota, usage } = estimate ?? {};
  const freeBytes = quota === undefined || usage === undefined ? null : Math.max(0, quota - usage);
  return { keptMs, freeBytes };
}

async function activeWorker(): Promise<boolean> {
  const registration = await navigator.serviceWorker.register(WORKER_URL, { scope: WORKER_SCOPE });
  const worker = registration.active ?? registration.waiting ?? registration.installing;
  if (!worker || worker.state === 'activated') return worker !== null;
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => {
      if (worker.state === 'activated' || worker.state === 'redundant') resolve(worker.state === 'activated');
    });
  });
}

/** Brings the exam's service worker to life and keeps a page as it does. */
async function measurePage(): Promise<boolean> {
  const isKept = await attempt(async () => {
    if (!(await activeWorker())) return false;
    const cache = await caches.open(PROBE);
    await cache.put(`${WORKER_SCOPE}${PROBE}`, new Response('kept'));
    const found = await cache.match(`${WORKER_SCOPE}${PROBE}`);
    await caches.delete(PROBE);
    return found !== undefined;
  }, WORKER_LIMIT_MS);
  return isKept === true;
}

/** Asks the server some times as the exam does; the quickest answer tells its time best. */
async function measureNetwork(probeId: string): Promise<Pick<Measurements, 'network' | 'clockOffsetMs'>> {
  const transport = httpTransport(rehearsalKey(probeId), browserWire);
  const roundTripsMs: number[] = [];
  let failures = 0;
  let clockOffsetMs: number | null = null;
  for (let asked = 0; asked < ROUND_TRIPS; asked += 1) {
    const sentMs = deviceClock.monotonicMs();
    const result = await transport.send([]);
    const receivedMs = deviceClock.monotonicMs();
    if (result.kind !== 'ack') {
      failures += 1;
      continue;
    }
    const trip = receivedMs - sentMs;
    if (trip < Math.min(...roundTripsMs)) {
      const wallMs = deviceClock.wallMs();
      const time = serverTimeFrom(result.ack.serverNowMs, { sentMs, receivedMs, wallMs });
      clockOffsetMs = Math.round(wallMs - serverNowMs(time, receivedMs));
    }
    roundTripsMs.push(trip);
  }
  return { network: { roundTripsMs, failures }, clockOffsetMs };
}

/** Everything a machine can measure of itself; takes a few seconds. @param probeId made by the server */
export async function measureDevice(probeId: string): Promise<Omit<Measurements, 'keyboard'>> {
  const { network, clockOffsetMs } = await measureNetwork(probeId);
  return {
    browser: { ...browserOf(navigator.userAgent), missing: missingAbilities() },
    storage: await measureStorage(),
    isPageKept: await measurePage(),
    clockOffsetMs,
    network,
    screen: { width: innerWidth, height: innerHeight, pixelRatio: devicePixelRatio },
  };
}

/** A random mark of this browser on this machine; a new one each time where nothing can be kept. */
export function deviceMark(): string {
  try {
    const kept = localStorage.getItem(MARK_KEY);
    if (kept !== null) return kept;
    const mark = newId();
    localStorage.setItem(MARK_KEY, mark);
    return mark;
  } catch {
    return newId();
  }
}
