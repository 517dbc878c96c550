import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Permission } from '#app/accounts/permission.ts';
import { loadSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import type { LoadedSecondPersons } from '#app/office/approval/load-second-persons.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { CustodySitting } from './seal.store.server.ts';
import { findCustodySitting } from './seal.store.server.ts';

/** A sitting of the actor's regions. Refuses FORBIDDEN, NOT_FOUND (also outside the reach). */
export async function takeSitting(
  ctx: ActorCtx,
  permission: Permission,
  sittingId: string,
): Promise<Outcome<CustodySitting, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, permission)) return refused('FORBIDDEN');
  const sitting = await findCustodySitting(ctx.pool, sittingId);
  if (sitting === null) return refused('NOT_FOUND');
  const { regionIds } = await reachFor(ctx, permission);
  return regionIds.has(sitting.regionId) ? done(sitting) : refused('NOT_FOUND');
}

export interface CustodyScene {
  readonly sitting: CustodySitting;
  readonly people: LoadedSecondPersons;
  /** May file; the 分管领导 confirms only. */
  readonly isBureau: boolean;
}

/**
 * The sitting with who there is beside the maker, for the bureau of its region and the leader who is asked.
 * Refuses FORBIDDEN, NOT_FOUND (for everybody else).
 * @param makerId who filed the request; null: the actor would
 */
export async function openCustody(
  ctx: ActorCtx,
  sittingId: string,
  makerId: string | null,
): Promise<Outcome<CustodyScene, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'exam.confirm_seal')) return refused('FORBIDDEN');
  const sitting = await findCustodySitting(ctx.pool, sittingId);
  if (sitting === null) return refused('NOT_FOUND');
  const people = await loadSecondPersons(ctx, {
    makerId: makerId ?? ctx.actorId,
    regionId: sitting.regionId,
  });
  const isBureau =
    mayDo(ctx, 'exam.seal') && (await reachFor(ctx, 'exam.seal')).regionIds.has(sitting.regionId);
  return isBureau || people.standing === 'leader'
    ? done({ sitting, people, isBureau })
    : refused('NOT_FOUND');
}
