import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import { listPeopleOfUnits } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';
import { decidingReach } from '../year/deciding-unit.server.ts';
import type { ClaimQuery } from './claim-list.store.server.ts';
import { countClaims, listClaims } from './claim-list.store.server.ts';
import type { Claim } from './claim.store.server.ts';
import { listMakerKeys } from './claim.store.server.ts';
import { checkVerifier } from './claim.ts';
import { verifierFor, verifierOf } from './decide-claims.server.ts';
import { MAX_CLAIM_PEOPLE } from './file-claim.server.ts';
import { claimsWithOverlap } from './overlap.store.server.ts';

export interface ClaimLine extends Claim {
  readonly unitName: string;
  readonly hasOverlap: boolean;
  /** Whether the viewer may decide it now. */
  readonly isMine: boolean;
}

export interface ClaimsView {
  readonly rows: readonly ClaimLine[];
  readonly total: number;
  readonly page: number;
  readonly mayFile: boolean;
  readonly mayVerify: boolean;
}

async function linesOf(ctx: ActorCtx, claims: readonly Claim[]): Promise<ClaimLine[]> {
  const ids = claims.map(({ id }) => id);
  const [reach, makers, overlapping, { nameOf }] = await Promise.all([
    verifierOf(ctx),
    listMakerKeys(ctx.pool, ids),
    claimsWithOverlap(ctx.pool, ids),
    decidingReach(ctx, 'claim.read'),
  ]);
  return claims.map((claim) => ({
    ...claim,
    unitName: nameOf(claim.unitId),
    hasOverlap: overlapping.has(claim.id),
    isMine:
      claim.state === 'filed' &&
      checkVerifier({ ...claim, makerKeys: makers.get(claim.id) ?? [] }, verifierFor(reach, claim.unitId)).ok,
  }));
}

/** Claims of the units in reach, one page. */
export async function viewClaims(
  ctx: ActorCtx,
  query: ClaimQuery,
): Promise<Outcome<ClaimsView, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'claim.read')) return refused('FORBIDDEN');
  const ids = [...(await decidingReach(ctx, 'claim.read')).unitIds];
  const total = await countClaims(ctx.pool, ids, query);
  const { page } = pageBounds(total, query.page, query.size);
  return done({
    rows: await linesOf(ctx, await listClaims(ctx.pool, ids, { ...query, page })),
    total,
    page,
    mayFile: mayDo(ctx, 'claim.file'),
    mayVerify: mayDo(ctx, 'claim.verify'),
  });
}

/** The chosen claims as the preview of a bulk approval shows them; those out of reach are not there. */
export async function previewClaims(
  ctx: ActorCtx,
  claimIds: readonly string[],
): Promise<readonly ClaimLine[]> {
  const { unitIds } = await decidingReach(ctx, 'claim.verify');
  const chosen = new Set(claimIds);
  const query = { page: 1, size: MAX_CLAIM_PEOPLE, text: '', state: 'filed' as const };
  const sort = { field: 'person' as const, direction: 'asc' as const };
  const found = await listClaims(ctx.pool, [...unitIds], { ...query, sort, claimIds: [...chosen] });
  return (await linesOf(ctx, found)).filter(({ isMine }) => isMine);
}

export interface PersonChoice {
  readonly id: string;
  readonly name: string;
  readonly unitName: string;
}

/** Own people for a liaison's filing, found by name; at most as many as one filing takes. */
export async function viewPeopleToClaim(
  ctx: ActorCtx,
  text: string,
): Promise<Outcome<{ readonly people: readonly PersonChoice[]; readonly total: number }, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'claim.file')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'claim.file');
  const { rows, total } = await listPeopleOfUnits(ctx.pool, [...unitIds], dayOf(ctx.clock.now()), {
    page: 1,
    size: MAX_CLAIM_PEOPLE,
    sort: { field: 'unit', direction: 'asc' },
    text,
  });
  return done({ people: rows.map(({ id, name, unitName }) => ({ id, name, unitName })), total });
}
