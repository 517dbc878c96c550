import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { ReviewerRow } from '#app/organization/register/reviewer.store.server.ts';
import {
  countReviewers,
  listEntityUnits,
  listReviewersOf,
} from '#app/organization/register/reviewer.store.server.ts';
import type { OrganReview, ReviewStanding } from '#app/organization/register/reviewer.ts';
import {
  byOrgan,
  organOf,
  requiredReviewers,
  reviewStanding,
  sumReviews,
} from '#app/organization/register/reviewer.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';

export interface OrganLine extends OrganReview {
  readonly name: string;
  readonly regionName: string;
  readonly required: number;
  readonly standing: ReviewStanding;
}

export interface ReviewersPage {
  readonly today: Day;
  readonly total: Omit<OrganReview, 'unitId'>;
  readonly organsMet: number;
  readonly organsJudged: number;
  readonly organs: readonly OrganLine[];
  readonly organsTotal: number;
  /** Reviewers of the chosen organ and its teams; of all where there are few organs. */
  readonly reviewers: readonly ReviewerRow[];
  readonly chosen: { readonly id: string; readonly name: string } | null;
}

export interface ReviewersQuery {
  readonly text: string;
  readonly only: 'all' | 'short' | 'met';
  readonly organId: string | null;
  readonly page: number;
  readonly size: number;
}

/** Up to so many organs all reviewers are listed by name at once. */
const FEW_ORGANS = 5;

/**
 * 法制审核人员 and their share per organ (YC9, M14), shortest first. Refusals: FORBIDDEN; NOT_FOUND (an organ out of reach).
 */
export async function viewReviewers(
  ctx: ActorCtx,
  query: ReviewersQuery,
): Promise<Outcome<ReviewersPage, 'FORBIDDEN' | 'NOT_FOUND'>> {
  if (!mayDo(ctx, 'organization.read')) return refused('FORBIDDEN');
  const { unitIds, tree } = await reachFor(ctx, 'organization.read');
  if (query.organId !== null && !unitIds.has(query.organId)) return refused('NOT_FOUND');
  const today = dayOf(ctx.clock.now());
  const entities = await listEntityUnits(ctx.pool, today);
  const organs = byOrgan(await countReviewers(ctx.pool, [...unitIds], today), tree, entities);
  const lines = organs.map((organ): OrganLine => {
    const unit = tree.units.get(organ.unitId);
    return {
      ...organ,
      name: unit?.name ?? '',
      regionName: tree.regions.get(unit?.regionId ?? '')?.name ?? '',
      required: requiredReviewers(organ.officers),
      standing: reviewStanding(organ),
    };
  });
  const judged = lines.filter((line) => line.standing !== 'no_officers');
  const shown = lines
    .filter((line) => query.only === 'all' || line.standing === query.only)
    .filter((line) => query.text === '' || line.name.includes(query.text))
    .sort((a, b) => b.required - b.reviewers - (a.required - a.reviewers) || (a.name < b.name ? -1 : 1));
  const chosenUnits = [...unitIds].filter((unitId) =>
    query.organId === null ? lines.length <= FEW_ORGANS : organOf(tree, unitId, entities) === query.organId,
  );
  const offset = (query.page - 1) * query.size;
  return done({
    today,
    total: sumReviews(lines),
    organsMet: judged.filter((line) => line.standing === 'met').length,
    organsJudged: judged.length,
    organs: shown.slice(offset, offset + query.size),
    organsTotal: shown.length,
    reviewers: await listReviewersOf(ctx.pool, chosenUnits, today),
    chosen:
      query.organId === null ? null : { id: query.organId, name: tree.units.get(query.organId)?.name ?? '' },
  });
}
