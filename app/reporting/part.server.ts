import type { Part, Services } from '#app/accounts/part.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { refreshStoredCounts } from './completion/count-units.server.ts';
import { officerYearProjector } from './completion/officer-year-projector.server.ts';

const REFRESH_EVERY_MS = 3_000;

/** Reporting keeps officer-year figures by a projector and unit figures by a loop; its pages are plain routes. */
export function reportingPart({ system }: Services): Part {
  return {
    consumers: [officerYearProjector],
    loops: () => [
      startLoop({
        name: 'unit completion',
        everyMs: REFRESH_EVERY_MS,
        log: system.log,
        work: (signal) => refreshStoredCounts(system, signal),
      }),
    ],
  };
}
