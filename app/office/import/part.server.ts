import type { Part, Services } from '#app/accounts/part.server.ts';
import { purgeExpiredImports } from '#app/platform/import/run/withdraw-import.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import type { Counter } from './counter.server.ts';
import { openCounters } from './counter.server.ts';
import { COUNTERS } from './counters.server.ts';

const PURGE_EVERY_MS = 3_600_000;

/** The import counters of the office: which kinds there are, who may use them, and the clearing of expired files. */
export function rosterPart(
  services: Services,
  /** Kinds of the slices above; they are handed in at the same counters. */
  given: { readonly counters: readonly Counter[] } = { counters: [] },
): Part {
  const { system } = services;
  const desks = openCounters(services, [...COUNTERS, ...given.counters]);
  return {
    jobs: desks.flatMap((desk) => desk.jobs),
    loops: () => [
      startLoop({
        name: 'expired imports',
        everyMs: PURGE_EVERY_MS,
        log: system.log,
        work: () => purgeExpiredImports(system),
      }),
    ],
  };
}
