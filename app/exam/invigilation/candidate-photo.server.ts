import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { findPhoto } from '#app/organization/register/photo.store.server.ts';
import { openPhoto } from '#app/organization/register/register-secret.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { WatchedCandidate } from './candidate.store.server.ts';
import { findCandidate, hasRunningAttempt } from './candidate.store.server.ts';
import { isPhotoTimeOver } from './photo-time.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';

/** What the viewer gets of a photo: none is kept; over: one is, but who only watches the room opens it no more. */
export type PhotoStand = 'shown' | 'none' | 'over';

/**
 * How the photo of a candidate stands for this viewer. The bureau opens it whenever it likes; who only watches a room until
 * `isPhotoTimeOver`, and as long as an attempt of the sitting still runs (a forgotten pause keeps one open).
 */
export async function photoStand(
  ctx: ActorCtx,
  { sitting, isBureau }: Watch,
  { hasPhoto }: WatchedCandidate,
): Promise<PhotoStand> {
  if (!hasPhoto) return 'none';
  if (isBureau || !isPhotoTimeOver(sitting.hardEndAt, ctx.clock.now())) return 'shown';
  return (await hasRunningAttempt(ctx.pool, sitting.id)) ? 'shown' : 'over';
}

/**
 * The present photo of a candidate of one's rooms (domain.md §3.4: an invigilator has the seat list and the photo).
 * Refuses FORBIDDEN, NOT_FOUND (outside one's rooms, without a photo, and when its time is over).
 */
export async function readCandidatePhoto(
  ctx: ActorCtx,
  sittingId: string,
  registrationId: string,
): Promise<
  Outcome<
    { readonly type: string; readonly name: string; readonly bytes: Uint8Array },
    'FORBIDDEN' | 'NOT_FOUND'
  >
> {
  const taken = await takeWatch(ctx, sittingId);
  if (!taken.ok) return taken;
  const roomIds = roomIdsOf(taken.value);
  const candidate = await findCandidate(ctx.pool, { sittingId, registrationId, roomIds });
  if (!candidate || (await photoStand(ctx, taken.value, candidate)) !== 'shown') return refused('NOT_FOUND');
  const photo = await findPhoto(ctx.pool, candidate.personId);
  if (photo === null) return refused('NOT_FOUND');
  return done({
    type: photo.mediaType,
    name: `${candidate.name}的照片`,
    bytes: openPhoto(ctx, candidate.personId, photo.content),
  });
}
