import type { Db, Pool } from '#app/platform/db/db.server.ts';
import type { Logger } from '#app/platform/log/logger.server.ts';
import type { Secrets } from '#app/platform/secret/keys.server.ts';
import type { Clock } from '#app/platform/time/clock.ts';

/** What a command or view works with. Slices above add the acting person (`ActorCtx` in accounts). */
export interface Ctx {
  readonly db: Db;
  readonly pool: Pool;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly log: Logger;
  /** Account on whose behalf this runs; null for the system itself. */
  readonly actorId: string | null;
  /** Id that stands in the log, in audit rows and on error pages. */
  readonly requestId: string;
}
