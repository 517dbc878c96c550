import { setTimeout as sleep } from 'node:timers/promises';
import type { DrawRandom } from '#app/exam/paper/draw-random.ts';
import type { Wire } from '#app/exam/sitting/client/http-transport.ts';

/** What the network between one candidate and the servers is doing. */
export type Weather = 'fine' | 'lossy' | 'slow' | 'doubling' | 'outage';
const WEATHERS: readonly Weather[] = ['fine', 'fine', 'lossy', 'lossy', 'slow', 'doubling', 'outage'];

export const someWeather = (random: DrawRandom): Weather => WEATHERS[random.below(WEATHERS.length)] ?? 'fine';

/** How often each fault was met; printed at the end. */
export interface WeatherCounts {
  requests: number;
  lostRequests: number;
  lostAnswers: number;
  delayed: number;
  doubled: number;
}

const SLOWEST_MS = 3_000;
const LOST = new TypeError('the network lost it');
const AT_ONCE = 1;

export interface RoughWire extends Wire {
  weather: Weather;
  /** A request of a page's own (start, takeover, hand-in): lost and delayed like any other. */
  call(path: string, init: RequestInit): Promise<Response>;
  /** Waits for what is still on its way: repeats that were held back, beacons. */
  settled(): Promise<void>;
}

/**
 * A network that loses requests and answers, holds them back, and delivers some twice, the second time late, so that it
 * comes after newer ones. Each request goes to any of the servers.
 */
export function roughWire(input: {
  readonly urls: readonly string[];
  readonly cookie: () => string;
  readonly random: DrawRandom;
  readonly counts: WeatherCounts;
}): RoughWire {
  const { urls, random, counts } = input;
  const under = new Set<Promise<unknown>>();
  const track = <T>(work: Promise<T>): Promise<T> => {
    const settled = work.then(
      () => undefined,
      () => undefined,
    );
    under.add(settled);
    void settled.then(() => under.delete(settled));
    return work;
  };
  const oneIn = (bound: number): boolean => random.below(bound) === 0;
  const request = (path: string, init: RequestInit): Promise<Response> => {
    const url = urls[random.below(urls.length)] ?? '';
    const headers = new Headers(init.headers);
    headers.set('Cookie', input.cookie());
    headers.set('Origin', url);
    return fetch(`${url}${path}`, { ...init, headers, redirect: 'manual' });
  };
  const wire: RoughWire = {
    weather: 'fine',
    fetch: (path, init) => track(carry(path, init)),
    call: (path, init) => track(carry(path, init)),
    beacon: (path, body) => {
      if (wire.weather === 'outage') return;
      track(
        body
          .text()
          .then((text) =>
            request(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: text }),
          ),
      ).catch(() => undefined);
    },
    settled: async () => {
      while (under.size > 0) await Promise.all(under);
    },
  };

  async function carry(path: string, init: RequestInit): Promise<Response> {
    counts.requests += 1;
    const { weather } = wire;
    if (weather === 'outage' || (weather === 'lossy' && oneIn(3))) {
      counts.lostRequests += 1;
      await sleep(AT_ONCE);
      throw LOST;
    }
    if (weather === 'slow' || oneIn(10)) {
      counts.delayed += 1;
      await sleep(random.below(SLOWEST_MS));
    }
    if (weather === 'doubling' && oneIn(2)) {
      counts.doubled += 1;
      // The repeat is on nobody's account: what becomes of it is the server's business alone.
      const { signal: _, ...late } = init;
      track(sleep(random.below(SLOWEST_MS)).then(() => request(path, late))).catch(() => undefined);
    }
    const response = await request(path, init);
    if (weather === 'lossy' && oneIn(4)) {
      counts.lostAnswers += 1;
      await response.arrayBuffer();
      throw LOST;
    }
    return response;
  }
  return wire;
}
