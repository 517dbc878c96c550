import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { CandidateEvent } from './candidate.store.server.ts';
import { listCandidateEvents } from './candidate.store.server.ts';
import type { IncidentRow } from './incident.store.server.ts';
import { listIncidents } from './incident.store.server.ts';
import type { Watch } from './scope.server.ts';
import { roomIdsOf, takeWatch } from './scope.server.ts';

export interface CorrectionPage {
  readonly sitting: Watch['sitting'];
  /** The record that is to be corrected, as it was written. */
  readonly original: IncidentRow;
  /** Of its candidate, as evidence to choose from; empty for the record of a room. */
  readonly events: readonly CandidateEvent[];
}

/** One record within one's rooms. Refuses FORBIDDEN, NOT_FOUND. */
async function takeRecord(
  ctx: ActorCtx,
  sittingId: string,
  incidentId: string,
): Promise<Outcome<{ watch: Watch; original: IncidentRow }, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeWatch(ctx, sittingId);
  if (!taken.ok) return taken;
  const roomIds = roomIdsOf(taken.value);
  const [original] = await listIncidents(ctx.pool, { sittingId, roomIds, incidentId });
  return original ? done({ watch: taken.value, original }) : refused('NOT_FOUND');
}

/** What the page of a correction shows. Refuses FORBIDDEN, NOT_FOUND (also outside one's rooms). */
export async function viewCorrection(
  ctx: ActorCtx,
  sittingId: string,
  incidentId: string,
): Promise<Outcome<CorrectionPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeRecord(ctx, sittingId, incidentId);
  if (!taken.ok) return taken;
  const { watch, original } = taken.value;
  const { registrationId } = original;
  const events =
    registrationId === null ? [] : await listCandidateEvents(ctx.pool, registrationId, watch.isBureau);
  return done({ sitting: watch.sitting, original, events });
}

/** Room and candidate of a record: a correction is about the same ones, whatever the form says. */
export async function findCorrected(
  ctx: ActorCtx,
  sittingId: string,
  incidentId: string,
): Promise<Outcome<Pick<IncidentRow, 'roomId' | 'registrationId'>, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeRecord(ctx, sittingId, incidentId);
  return taken.ok ? done(taken.value.original) : taken;
}
