import { describe, expect, it } from 'vitest';
import {
  byOrgan,
  requiredReviewers,
  reviewStanding,
  sumReviews,
} from '#app/organization/register/reviewer.ts';
import { buildTree } from '#app/organization/tree/tree.ts';
import type { UnitNode } from '#app/organization/tree/tree.ts';

const organ = (officers: number, reviewers: number) => ({ unitId: 'u', officers, reviewers, qualified: 0 });

describe('法制审核人员 of at least 5 % (YC9)', () => {
  it.each([
    [0, 0],
    [1, 1],
    [19, 1],
    [20, 1],
    [21, 2],
    [40, 2],
    [41, 3],
    [100, 5],
    [101, 6],
    [8_854, 443],
  ])('of %i officers needs %i: rounded up, one at least', (officers, required) => {
    expect(requiredReviewers(officers)).toBe(required);
  });

  it('is met by exactly 5 % and missed by one officer more', () => {
    expect(reviewStanding(organ(20, 1))).toBe('met');
    expect(reviewStanding(organ(21, 1))).toBe('short');
    expect(reviewStanding(organ(100, 5))).toBe('met');
    expect(reviewStanding(organ(100, 4))).toBe('short');
  });

  it('is not asked of an organ without officers, with reviewers or without', () => {
    expect(reviewStanding(organ(0, 0))).toBe('no_officers');
    expect(reviewStanding(organ(0, 2))).toBe('no_officers');
  });

  it('counts the team with the organ in whose name it acts, and a unit under no organ for itself', () => {
    const unit = (id: string, parentId: string | null): UnitNode => ({
      id,
      code: id,
      parentId,
      regionId: 'r',
      name: id,
      namePinyin: id,
      unitType: 'department',
      fieldCodes: [],
    });
    const tree = buildTree(
      '2026-01-01',
      [],
      [unit('bureau', null), unit('team', 'bureau'), unit('lone', null)],
    );
    const organs = byOrgan(
      [
        { unitId: 'team', officers: 30, reviewers: 0, qualified: 0 },
        { unitId: 'bureau', officers: 10, reviewers: 2, qualified: 1 },
        { unitId: 'lone', officers: 3, reviewers: 0, qualified: 0 },
      ],
      tree,
      new Set(['bureau']),
    );
    expect(organs).toEqual([
      { unitId: 'bureau', officers: 40, reviewers: 2, qualified: 1 },
      { unitId: 'lone', officers: 3, reviewers: 0, qualified: 0 },
    ]);
    expect(sumReviews(organs)).toEqual({ officers: 43, reviewers: 2, qualified: 1 });
  });
});
