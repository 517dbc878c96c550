import type { Pool } from '#app/platform/db/db.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';

const addresses = new WeakMap<Pool, () => string>();

/**
 * Set once by the composition root (and by tests): the origin under which people reach the platform, PUBLIC_URL when it
 * is set. Asked for when a link is made, because the port may not be known before.
 */
export function providePublicAddress(pool: Pool, origin: () => string): void {
  addresses.set(pool, origin);
}

/** Origin under which people reach the platform, without a slash at the end. Never the request's: its Host header is
 *  the caller's own word, and a link is read by others. */
export function publicOrigin(ctx: { readonly pool: Pool }): string {
  const origin = addresses.get(ctx.pool);
  invariant(origin, 'the public address was set before a link is made');
  return origin();
}

/** A path of ours as a link that can be pasted, printed and scanned anywhere: `/tasks` → `https://…/tasks`. */
export function publicLink(ctx: { readonly pool: Pool }, path: string): string {
  invariant(path.startsWith('/') && !path.startsWith('//'), 'a link leads to a page of ours');
  return `${publicOrigin(ctx)}${path}`;
}
