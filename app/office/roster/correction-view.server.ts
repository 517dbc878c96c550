import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { personKeyOf } from '#app/accounts/person-key.store.server.ts';
import { openScan } from '#app/organization/register/correct-person.server.ts';
import { findCorrection, findScan } from '#app/organization/register/correction.store.server.ts';
import { findPhoto } from '#app/organization/register/photo.store.server.ts';
import { openPhoto } from '#app/organization/register/register-secret.server.ts';
import { isId } from '#app/platform/ids/id.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { personInReach } from './person-scope.server.ts';
import type { CorrectionLine } from './person-view.server.ts';
import { withNames } from './person-view.server.ts';
import { listUnitNames } from './unit-names.store.server.ts';

export interface CorrectionPage {
  readonly correction: CorrectionLine;
  readonly unitName: string;
  readonly mayAnswer: boolean;
  /** Why the viewer may not answer although the permission is there. */
  readonly isOwn: boolean;
  readonly mayWithdraw: boolean;
}

async function correctionInReach(
  ctx: ActorCtx,
  correctionId: string,
): Promise<Outcome<CorrectionLine, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'roster.read_correction')) return refused('FORBIDDEN');
  if (!isId(correctionId)) return refused('NOT_FOUND');
  const correction = await findCorrection(ctx.pool, correctionId);
  if (correction === null) return refused('NOT_FOUND');
  const { unitIds } = await reachFor(ctx, 'roster.read_correction');
  if (!unitIds.has(correction.unitId)) return refused('NOT_FOUND');
  const [line] = await withNames(ctx, [correction]);
  return line === undefined ? refused('NOT_FOUND') : done(line);
}

/** One correction, before and after, with what the viewer may do. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewCorrection(
  ctx: ActorCtx,
  correctionId: string,
): Promise<Outcome<CorrectionPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const found = await correctionInReach(ctx, correctionId);
  if (!found.ok) return found;
  const correction = found.value;
  const { unitId, filedBy, state } = correction;
  const isOwn = (await personKeyOf(ctx.db, filedBy)) === (await personKeyOf(ctx.db, ctx.actorId));
  const mayApprove =
    mayDo(ctx, 'roster.approve_correction') &&
    (await reachFor(ctx, 'roster.approve_correction')).unitIds.has(unitId);
  const isOpen = state === 'filed';
  return done({
    correction,
    unitName: (await listUnitNames(ctx.pool, [unitId])).get(unitId) ?? '',
    mayAnswer: isOpen && mayApprove && !isOwn,
    isOwn: isOpen && isOwn,
    mayWithdraw: isOpen && filedBy === ctx.actorId,
  });
}

export interface OpenedFile {
  readonly type: string;
  readonly name: string;
  readonly bytes: Buffer;
}

/** The scan that proves a correction. Refusals: FORBIDDEN; NOT_FOUND (also without a scan). */
export async function readCorrectionScan(
  ctx: ActorCtx,
  correctionId: string,
): Promise<Outcome<OpenedFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const found = await correctionInReach(ctx, correctionId);
  if (!found.ok) return found;
  const scan = await findScan(ctx.pool, correctionId);
  if (scan === null) return refused('NOT_FOUND');
  const { type, name, cipher } = scan;
  return done({ type, name, bytes: openScan(ctx, correctionId, cipher) });
}

/** The photo of a person in reach. Refusals: FORBIDDEN; NOT_FOUND (also without a photo). */
export async function readPhotoOf(
  ctx: ActorCtx,
  personId: string,
): Promise<Outcome<OpenedFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!isId(personId)) return refused('NOT_FOUND');
  const stand = await personInReach(ctx, 'organization.read', personId);
  if (!stand.ok) return stand;
  const photo = await findPhoto(ctx.pool, personId);
  if (photo === null) return refused('NOT_FOUND');
  const { mediaType, content } = photo;
  const ending = mediaType === 'image/png' ? 'png' : 'jpg';
  return done({ type: mediaType, name: `photo.${ending}`, bytes: openPhoto(ctx, personId, content) });
}
