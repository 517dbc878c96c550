import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { findPhoto } from '#app/organization/register/photo.store.server.ts';
import { openPhoto } from '#app/organization/register/register-secret.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { findCandidate } from './candidate.store.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';

/**
 * The present photo of a candidate of one's rooms (domain.md §3.4: an invigilator has the seat list and the photo).
 * Refuses FORBIDDEN, NOT_FOUND (outside one's rooms, and without a photo).
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
  const photo = candidate?.hasPhoto ? await findPhoto(ctx.pool, candidate.personId) : null;
  if (!candidate || photo === null) return refused('NOT_FOUND');
  return done({
    type: photo.mediaType,
    name: `${candidate.name}的照片`,
    bytes: openPhoto(ctx, candidate.personId, photo.content),
  });
}
