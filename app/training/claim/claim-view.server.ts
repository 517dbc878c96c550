import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo } from '#app/accounts/actor.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { decidingReach, decidingUnit } from '../year/deciding-unit.server.ts';
import { checkVerifier } from './claim.ts';
import type { ClaimRules } from './claim-policy.server.ts';
import { loadClaimRules } from './claim-policy.server.ts';
import type { Claim, ClaimEvent } from './claim.store.server.ts';
import { findClaim, listClaimEvents, listClaimsOfPerson } from './claim.store.server.ts';
import { closedYearsOf, verifierFor, verifierOf } from './decide-claims.server.ts';
import type { OverlapFact } from './overlap.store.server.ts';
import { listOverlaps } from './overlap.store.server.ts';
import type { ProofLine } from './proof.store.server.ts';
import { listClaimProofs } from './proof.store.server.ts';

/** Claims a person sees of their own. */
const MOST_OWN = 200;

/** Own claims, the latest training first. */
export async function viewOwnClaims(ctx: ActorCtx): Promise<Outcome<readonly Claim[], 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'claim.file_own') || ctx.actor.personId === null) return refused('FORBIDDEN');
  return done(await listClaimsOfPerson(ctx.pool, ctx.actor.personId, MOST_OWN));
}

/** What the form needs besides the statement: conventions of the person's or the unit's region today. */
export async function viewClaimRules(ctx: ActorCtx): Promise<ClaimRules> {
  const today = dayOf(ctx.clock.now());
  const { personId } = ctx.actor;
  const home = personId === null ? undefined : (await homeLinksOn(ctx.pool, [personId], today)).get(personId);
  const unitId = ctx.actor.grants.find((grant) => grant.unitId !== null)?.unitId ?? '';
  const regionId = home?.regionId ?? (await decidingUnit(ctx, unitId))?.regionId ?? null;
  return loadClaimRules(ctx.pool, regionId, today);
}

export interface ClaimPage {
  readonly claim: Claim;
  readonly unitName: string;
  readonly events: readonly ClaimEvent[];
  readonly proofs: readonly ProofLine[];
  readonly mayComplete: boolean;
  readonly mayWithdraw: boolean;
}

async function pageOf(ctx: ActorCtx, claim: Claim, mayHandle: boolean): Promise<ClaimPage> {
  const [events, proofs, unit] = await Promise.all([
    listClaimEvents(ctx.pool, claim.id),
    listClaimProofs(ctx.pool, claim.id),
    decidingUnit(ctx, claim.unitId),
  ]);
  const { state } = claim;
  return {
    claim,
    unitName: unit?.shownName ?? '',
    events,
    proofs,
    mayComplete: mayHandle && state === 'returned',
    mayWithdraw: mayHandle && (state === 'filed' || state === 'returned'),
  };
}

/** One own claim; a liaison's filing for the person is seen, too. Refusals: FORBIDDEN; NOT_FOUND. */
export async function viewOwnClaim(
  ctx: ActorCtx,
  claimId: string,
): Promise<Outcome<ClaimPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'claim.file_own')) return refused('FORBIDDEN');
  const claim = await findClaim(ctx.pool, claimId);
  if (claim === null || claim.personId !== ctx.actor.personId) return refused('NOT_FOUND');
  return done(await pageOf(ctx, claim, claim.filedAs === 'self'));
}

export interface ClaimDesk extends ClaimPage {
  readonly overlaps: readonly OverlapFact[];
  readonly mayDecide: boolean;
  /** Why not, where the permission is there but another hand is needed. */
  readonly whyNot: 'MAKER_IS_CHECKER' | 'CLAIM_OF_ONESELF' | 'NEEDS_LEADER' | 'YEAR_CLOSED' | null;
  /** The year that is closed already: the entry will stand beside its sealed figure. */
  readonly closedYear: number | null;
}

/** One claim on the unit's desk. Refusals: FORBIDDEN; NOT_FOUND (also out of reach). */
export async function viewClaimDesk(
  ctx: ActorCtx,
  claimId: string,
): Promise<Outcome<ClaimDesk, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'claim.read')) return refused('FORBIDDEN');
  const claim = await findClaim(ctx.pool, claimId);
  if (claim === null || !(await decidingReach(ctx, 'claim.read')).unitIds.has(claim.unitId))
    return refused('NOT_FOUND');
  const mayHandle =
    claim.filedAs === 'liaison' && (await decidingReach(ctx, 'claim.file')).unitIds.has(claim.unitId);
  const page = await pageOf(ctx, claim, mayHandle);
  const reach = await verifierOf(ctx);
  const makerKeys = page.events.flatMap(({ kind, actorKey }) =>
    (kind === 'filed' || kind === 'resubmitted') && actorKey !== null ? [actorKey] : [],
  );
  const verifier = checkVerifier({ ...claim, makerKeys }, verifierFor(reach, claim.unitId));
  const closedYear = (await closedYearsOf(ctx.pool, [claim])).get(claim.id) ?? null;
  const isShut = closedYear !== null && !reach.closedUnits.has(claim.unitId);
  const isOpen = claim.state === 'filed';
  const whyNot = verifier.ok
    ? isShut
      ? 'YEAR_CLOSED'
      : null
    : verifier.code === 'FORBIDDEN'
      ? null
      : verifier.code;
  return done({
    ...page,
    overlaps: await listOverlaps(ctx.pool, { ...claim, claimId: claim.id }),
    mayDecide: isOpen && verifier.ok,
    whyNot: isOpen ? whyNot : null,
    closedYear,
  });
}
