import type { AppLoadContext } from '@remix-run/node';
import type { Express, Request as ExpressRequest, Response as ExpressResponse } from 'express';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { HotDoors } from '#app/platform/http/hot-door.server.ts';
import type { AnyJob, Jobs } from '#app/platform/jobs/jobs.server.ts';
import type { Loop } from '#app/platform/jobs/loop.server.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import type { RequestCtx } from './actor.server.ts';
import type { Finding } from './operation/findings.ts';
import type { Sessions } from './session.server.ts';

/** What a page is rendered with by who keeps it: at least these, and what a slice tells its own loaders. */
export type PageContext = Pick<AppLoadContext, 'nonce' | 'requestId' | 'requestCtx'> &
  Partial<AppLoadContext>;

/** What the composition root hands to every slice. */
export interface Services {
  /** Context of the system itself (no person), for loops, jobs and content loading. */
  readonly system: Ctx;
  readonly jobs: Jobs;
  /** Repository root: `content/` and `.cache/` lie below it. */
  readonly rootDir: string;
  /** The request's context, for handlers that stand before Remix; the same session and grant code as everywhere. */
  requestCtx(req: ExpressRequest, res: ExpressResponse): Promise<RequestCtx>;
  readonly sessions: Pick<Sessions, 'sessionIdOf'>;
  /** A page as Remix renders it, for who keeps one; absent where nothing is built (development, tests). */
  readonly renderPage?: ((request: Request, context: PageContext) => Promise<Response>) | undefined;
  /** Says what the first start is doing. */
  progress(text: string): void;
}

/** What a slice adds to the running application; every list may be left out. */
export interface Part {
  /** Runs before serving, once per process: loads content/ into the database and memory. Idempotent. */
  prepare?(): Promise<void>;
  readonly consumers?: readonly OutboxConsumer[];
  readonly jobs?: readonly AnyJob[];
  /** Due-time loops (sweeps); started after the server listens. Each is safe with several processes. */
  loops?(): readonly Loop[];
  /** What of this part the system administrator should look at now; empty when all is well. */
  findings?(): Promise<readonly Finding[]>;
  /** Handlers before Remix: hot paths and plain resources. */
  mount?(app: Express): void;
  /** Doors in front of everything, knocked at by every reader twice a minute; what they leave aside goes to `mount`. */
  hotDoors?(): HotDoors;
}
