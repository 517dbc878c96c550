import { type ActorCtx, reachFor } from '#app/accounts/actor.server.ts';
import type { Part, Services } from '#app/accounts/part.server.ts';
import { rosterWork } from '#app/organization/roster/apply-roster.server.ts';
import { parseRosterScope } from '#app/organization/roster/roster-scope.ts';
import { openImportDesk } from '#app/platform/import/import-desk.server.ts';
import { purgeExpiredImports } from '#app/platform/import/run/withdraw-import.server.ts';
import { startLoop } from '#app/platform/jobs/loop.server.ts';
import { provideRosterDesk } from './roster-desk.server.ts';

const PURGE_EVERY_MS = 3_600_000;

/** The import counters of the office: which kinds there are, who may use them, and the clearing of expired files. */
export function rosterPart(services: Services): Part {
  const { system, jobs } = services;
  const desk = openImportDesk({
    work: rosterWork,
    jobs,
    system,
    mayImport: async (ctx: ActorCtx, scope) => {
      const { regionIds } = await reachFor(ctx, 'roster.import');
      return regionIds.has(parseRosterScope(scope).regionId);
    },
  });
  provideRosterDesk(system.pool, desk);
  return {
    jobs: desk.jobs,
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
