import type { OrgTree } from '../tree/tree.ts';
import { unitAncestors } from '../tree/tree.ts';

/** 法制审核人员: by how they work. */
export const WORK_MODES = ['full_time', 'part_time'] as const;
export type WorkMode = (typeof WORK_MODES)[number];
export const WORK_MODE_LABELS: Readonly<Record<WorkMode, string>> = {
  full_time: '专职',
  part_time: '兼职',
};

/** 法制审核人员 per hundred officers that an organ needs at least (YC9; 国办发〔2018〕118号). */
export const REVIEWER_PERCENT = 5;

/**
 * How many reviewers an organ needs: `ceil(5 % × officers)`, one at least where it has officers (domain.md §7 M14; the
 * rounding up is our proposal). @param officers whole number ≥ 0
 */
export function requiredReviewers(officers: number): number {
  // Whole numbers only: 0.05 × 20 is not exactly 1 in floating point.
  return Math.ceil((officers * REVIEWER_PERCENT) / 100);
}

/** An organ's figures on one day. */
export interface OrganReview {
  readonly unitId: string;
  /** Persons on an admitted 编制 in an enforcement post, the organ's teams included. */
  readonly officers: number;
  readonly reviewers: number;
  /** Reviewers with the national legal-professional qualification. */
  readonly qualified: number;
}

export type ReviewStanding = 'met' | 'short' | 'no_officers';

/** Exactly 5 % is enough. An organ without officers is not judged. */
export function reviewStanding({ officers, reviewers }: OrganReview): ReviewStanding {
  if (officers === 0) return 'no_officers';
  return reviewers >= requiredReviewers(officers) ? 'met' : 'short';
}

/**
 * The organ a unit belongs to for the ratio: the nearest one upwards (itself first) that is a 执法主体; a unit that
 * stands under none counts for itself. @param entityUnitIds units that are entities on the tree's day
 */
export function organOf(tree: OrgTree, unitId: string, entityUnitIds: ReadonlySet<string>): string {
  return unitAncestors(tree, unitId).find((unit) => entityUnitIds.has(unit.id))?.id ?? unitId;
}

/** Figures of single units put together per organ, in the order in which organs first appear. */
export function byOrgan(
  units: readonly OrganReview[],
  tree: OrgTree,
  entityUnitIds: ReadonlySet<string>,
): OrganReview[] {
  const organs = new Map<string, OrganReview>();
  for (const unit of units) {
    const unitId = organOf(tree, unit.unitId, entityUnitIds);
    const known = organs.get(unitId) ?? { unitId, officers: 0, reviewers: 0, qualified: 0 };
    organs.set(unitId, {
      unitId,
      officers: known.officers + unit.officers,
      reviewers: known.reviewers + unit.reviewers,
      qualified: known.qualified + unit.qualified,
    });
  }
  return [...organs.values()];
}

export function sumReviews(organs: readonly OrganReview[]): Omit<OrganReview, 'unitId'> {
  return organs.reduce(
    (sum, organ) => ({
      officers: sum.officers + organ.officers,
      reviewers: sum.reviewers + organ.reviewers,
      qualified: sum.qualified + organ.qualified,
    }),
    { officers: 0, reviewers: 0, qualified: 0 },
  );
}
