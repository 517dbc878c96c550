import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { noteAllRead, noteRead } from './inbox.store.server.ts';
import type { NoticeKind } from './notice-kinds.ts';

/**
 * Notes that the actor has read a notice; reading again changes nothing. Never called by a GET: a prefetch or a mail
 * scanner reads for nobody. Refusal: NOT_FOUND for a notice of others.
 */
export async function markRead(
  ctx: ActorCtx,
  noticeId: string,
): Promise<Outcome<{ path: string | null }, 'NOT_FOUND'>> {
  const noted = await noteRead(ctx.pool, ctx.actorId, noticeId, ctx.clock.now());
  return noted === null ? refused('NOT_FOUND') : done(noted);
}

/**
 * Notes everything as read that had come by `upTo`, the moment the page was made: what arrives between looking and
 * clicking stays unread. Cannot be refused: it concerns the actor's own inbox alone.
 */
export async function markAllRead(
  ctx: ActorCtx,
  asked: { readonly kind: NoticeKind | null; readonly upTo: Date },
): Promise<number> {
  return noteAllRead(ctx.pool, ctx.actorId, { ...asked, at: ctx.clock.now() });
}
