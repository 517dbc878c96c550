import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { listTiles } from './board.store.server.ts';
import type { PhotoStand } from './candidate-photo.server.ts';
import { photoStand } from './candidate-photo.server.ts';
import type { CandidateEvent, WatchedCandidate } from './candidate.store.server.ts';
import { findCandidate, listCandidateEvents } from './candidate.store.server.ts';
import type { IncidentRow } from './incident.store.server.ts';
import { listIncidents } from './incident.store.server.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';
import type { Tile, TileMoment } from './tile.ts';
import type { ListedVoid } from './void.store.server.ts';
import { listVoids } from './void.store.server.ts';

export interface CandidatePage {
  readonly sitting: Watch['sitting'];
  readonly candidate: WatchedCandidate;
  readonly photo: PhotoStand;
  readonly tile: Tile;
  readonly moment: TileMoment;
  readonly events: readonly CandidateEvent[];
  readonly incidents: readonly IncidentRow[];
  readonly voids: readonly ListedVoid[];
  readonly mayVoid: boolean;
  readonly mayReplay: boolean;
}

/** Everything about one candidate of the day. Refuses FORBIDDEN, NOT_FOUND (also outside one's rooms). */
export async function viewCandidate(
  ctx: ActorCtx,
  sittingId: string,
  registrationId: string,
): Promise<Outcome<CandidatePage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeWatch(ctx, sittingId);
  if (!taken.ok) return taken;
  const { sitting, isBureau } = taken.value;
  const roomIds = roomIdsOf(taken.value);
  const candidate = await findCandidate(ctx.pool, { sittingId, registrationId, roomIds });
  const tile = (await listTiles(ctx.pool, { sittingId, roomIds, registrationId }))[0];
  if (!candidate || !tile) return refused('NOT_FOUND');
  const [events, incidents, voids] = await Promise.all([
    listCandidateEvents(ctx.pool, registrationId, isBureau),
    listIncidents(ctx.pool, { sittingId, roomIds, registrationId }),
    isBureau && tile.attemptId ? listVoids(ctx.pool, [sitting.regionId], tile.attemptId) : [],
  ]);
  return done({
    sitting,
    candidate,
    photo: await photoStand(ctx, taken.value, candidate),
    tile,
    moment: { nowMs: ctx.clock.now().getTime(), latestEntryAtMs: sitting.latestEntryAt.getTime() },
    events,
    incidents,
    voids,
    mayVoid: isBureau && mayDo(ctx, 'exam.void'),
    mayReplay: isBureau && mayDo(ctx, 'exam.replay'),
  });
}
