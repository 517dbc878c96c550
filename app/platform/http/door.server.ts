import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { isDatabaseAway } from '#app/platform/db/errors.server.ts';
import { LOST_FORM_BODY } from './lost-form.ts';
import { STRANGER_BODY_BYTES, withSmallBody } from './small-body.server.ts';

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    nonce: string;
    requestId: string;
  }
}

export type DoorArgs = LoaderFunctionArgs | ActionFunctionArgs;

/** The mark by which start-up and the door test recognise a declared door. */
const DOOR = Symbol.for('zhifa.door');

export interface Door {
  readonly permission: string;
  /** Bytes of a body that are read before anybody is asked who they are; null: nobody unknown gets so far. */
  readonly mostBodyBytes: number | null;
  /** Decides who passes, without doing what lies behind; the door test asks it for every role. */
  admit(args: DoorArgs): Promise<unknown>;
}

/** The permission a loader or action declares; null for an undeclared one. */
export function doorOf(handler: unknown): Door | null {
  if (typeof handler !== 'function' || !(DOOR in handler)) return null;
  return handler[DOOR] as Door;
}

const RETRY_SECONDS = 5;

/**
 * Wraps a loader or action: `admit` decides who passes and supplies the context; what comes out when the database is
 * away is a 503 that the page recovers from by itself, not a failure of the program.
 *
 * Whoever makes a door opens it to strangers unless `admit` turns them away before the handler reads anything; so a body
 * is read here, up to 8 KB, before anybody is asked who they are.
 * @param mostBodyBytes null where `admit` lets no stranger pass: the handler reads, and the edge's limit holds
 */
export function makeDoor<A extends DoorArgs, C, R>(
  permission: string,
  admit: (args: A) => Promise<C>,
  handler: (args: A & { ctx: C }) => Promise<R> | R,
  mostBodyBytes: number | null = STRANGER_BODY_BYTES,
): (args: A) => Promise<R> {
  const guarded = async (knocked: A): Promise<R> => {
    try {
      const args =
        mostBodyBytes === null
          ? knocked
          : { ...knocked, request: await withSmallBody(knocked.request, mostBodyBytes) };
      const ctx = await admit(args);
      return await handler({ ...args, ctx });
    } catch (error) {
      if (error instanceof Response || !isDatabaseAway(error)) throw error;
      throw new Response(knocked.request.method === 'GET' ? null : LOST_FORM_BODY, {
        status: 503,
        headers: { 'Retry-After': String(RETRY_SECONDS) },
      });
    }
  };
  // The mark is read by tests and at start-up only; they ask with the arguments this very handler would get.
  const mark: Door = { permission, mostBodyBytes, admit: (args) => admit(args as A) };
  return Object.assign(guarded, { [DOOR]: mark });
}

interface RouteLike {
  readonly id: string;
  readonly module: { readonly loader?: unknown; readonly action?: unknown };
}

/** Every loader and action without a declared door, as `route#loader`. The server does not start while there is one. */
export function undeclaredDoors(routes: Iterable<RouteLike>): string[] {
  const missing: string[] = [];
  for (const route of routes) {
    for (const kind of ['loader', 'action'] as const) {
      const handler = route.module[kind];
      if (handler !== undefined && doorOf(handler) === null) missing.push(`${route.id}#${kind}`);
    }
  }
  return missing;
}
