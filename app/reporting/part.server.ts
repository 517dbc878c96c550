import type { Part, Services } from '#app/accounts/part.server.ts';
import { officerYearProjector } from './completion/officer-year-projector.server.ts';

/** Reporting adds the projector of officer-year figures; its pages are plain routes. */
export function reportingPart(_services: Services): Part {
  return { consumers: [officerYearProjector] };
}
