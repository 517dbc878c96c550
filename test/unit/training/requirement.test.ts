import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ROLES } from '#app/accounts/role.ts';
import { makeDay } from '#app/platform/time/day.ts';
import { courseFileSchema, TRAINED_AS } from '#app/training/course/course.schema.ts';
import type { TargetedCourse, Trainee } from '#app/training/course/requirement.ts';
import {
  areRequiredDone,
  isMeantFor,
  isMeantForPlace,
  requiredCoursesFor,
  requirementOn,
  trainedRoles,
} from '#app/training/course/requirement.ts';
import { REGION_LEVELS, UNIT_TYPES } from '#app/organization/tree/tree.ts';

const NOBODY = { fields: [], levels: [], unitTypes: [], roles: [] };
const officer: Omit<Trainee, 'personId'> = {
  fieldCode: 'ECO',
  unitType: 'team',
  regionLevel: 'county',
  isEnforcementPost: true,
  holdsCard: true,
  isLegalReviewer: false,
  roles: ['officer'],
};
const stranger: Omit<Trainee, 'personId'> = {
  fieldCode: null,
  unitType: null,
  regionLevel: null,
  isEnforcementPost: false,
  holdsCard: false,
  isLegalReviewer: false,
  roles: [],
};

describe('for whom a course is meant', () => {
  it.each([
    ['everybody, when it names nothing', NOBODY, officer, true],
    ['even people of whom nothing is known', NOBODY, stranger, true],
    ['its field', { ...NOBODY, fields: ['WATER', 'ECO'] }, officer, true],
    ['not another field', { ...NOBODY, fields: ['WATER'] }, officer, false],
    [
      'nobody without a field, when it names one',
      { ...NOBODY, fields: ['ECO'] },
      { ...officer, fieldCode: null },
      false,
    ],
    ['its level', { ...NOBODY, levels: ['county'] }, officer, true],
    ['not another level', { ...NOBODY, levels: ['city'] }, officer, false],
    ['nobody without a home, when it names a level', { ...NOBODY, levels: ['county'] }, stranger, false],
    ['its unit type', { ...NOBODY, unitTypes: ['team'] }, officer, true],
    ['not another unit type', { ...NOBODY, unitTypes: ['township'] }, officer, false],
    ['its role', { ...NOBODY, roles: ['officer'] }, officer, true],
    ['not another role', { ...NOBODY, roles: ['applicant'] }, officer, false],
    [
      'an officer by post, without an account',
      { ...NOBODY, roles: ['officer'] },
      { ...officer, roles: [], holdsCard: false },
      true,
    ],
    [
      'an officer by card, in an office post (§7 M1)',
      { ...NOBODY, roles: ['officer'] },
      { ...officer, roles: [], isEnforcementPost: false },
      true,
    ],
    [
      'nobody without role, post and card, when it names a role',
      { ...NOBODY, roles: ['officer'] },
      { ...officer, roles: [], isEnforcementPost: false, holdsCard: false },
      false,
    ],
    [
      'legal reviewers, by the register and not by a role (AJ6)',
      { ...NOBODY, roles: ['legal_reviewer'] },
      { ...officer, roles: [], isEnforcementPost: false, holdsCard: false, isLegalReviewer: true },
      true,
    ],
    ['no officer who reviews nothing', { ...NOBODY, roles: ['legal_reviewer'] }, officer, false],
    [
      'one of several roles',
      { ...NOBODY, roles: ['applicant'] },
      { ...officer, roles: ['applicant', 'unit_liaison'] },
      true,
    ],
    [
      'all axes at once',
      { fields: ['ECO'], levels: ['county'], unitTypes: ['team'], roles: ['officer'] },
      officer,
      true,
    ],
    [
      'nobody whom one axis leaves out',
      { fields: ['ECO'], levels: ['county'], unitTypes: ['department'], roles: ['officer'] },
      officer,
      false,
    ],
  ] as const)('%s', (_, targets, trainee, isMeant) => {
    expect(isMeantFor(targets, trainee)).toBe(isMeant);
  });

  const subset = <T>(values: readonly T[]) => fc.uniqueArray(fc.constantFrom(...values), { maxLength: 3 });
  const FIELDS = ['ECO', 'WATER', 'URBAN'];
  const targetsArbitrary = fc.record({
    fields: subset(FIELDS),
    levels: subset(REGION_LEVELS),
    unitTypes: subset(UNIT_TYPES),
    roles: subset(TRAINED_AS),
  });
  const traineeArbitrary = fc.record({
    fieldCode: fc.option(fc.constantFrom(...FIELDS), { nil: null }),
    unitType: fc.option(fc.constantFrom(...UNIT_TYPES), { nil: null }),
    regionLevel: fc.option(fc.constantFrom(...REGION_LEVELS), { nil: null }),
    isEnforcementPost: fc.boolean(),
    holdsCard: fc.boolean(),
    isLegalReviewer: fc.boolean(),
    roles: subset(ROLES),
  });

  it('each axis decides for itself: naming nothing on it only ever lets more people in', () => {
    fc.assert(
      fc.property(targetsArbitrary, traineeArbitrary, (targets, trainee) => {
        const isMeant = isMeantFor(targets, trainee);
        for (const axis of ['fields', 'levels', 'unitTypes', 'roles'] as const)
          if (isMeant) expect(isMeantFor({ ...targets, [axis]: [] }, trainee)).toBe(true);
      }),
    );
  });

  it('place, field and role together are the whole rule', () => {
    fc.assert(
      fc.property(targetsArbitrary, traineeArbitrary, (targets, trainee) => {
        const byParts =
          isMeantForPlace(targets, trainee) &&
          isMeantFor({ ...NOBODY, fields: targets.fields }, trainee) &&
          isMeantFor({ ...NOBODY, roles: targets.roles }, trainee);
        expect(isMeantFor(targets, trainee)).toBe(byParts);
      }),
    );
  });

  it.each([
    [true, true, ['officer', 'unit_liaison'], ['officer', 'unit_liaison']],
    [true, false, ['applicant'], ['officer', 'applicant']],
    [false, true, ['applicant'], ['officer', 'applicant']],
    [false, false, ['applicant'], ['applicant']],
  ] as const)(
    'a post (%s) or a card (%s) makes an officer once, and takes no role away',
    (post, card, roles, as) => {
      const trainee = { isEnforcementPost: post, holdsCard: card, isLegalReviewer: false, roles };
      expect(trainedRoles(trainee)).toEqual(as);
    },
  );
});

describe('AJ6: legal reviewers as the audience of a course', () => {
  const file = (roles: readonly string[], required: unknown) =>
    courseFileSchema.safeParse({
      code: 'C1',
      title: '法制审核',
      summary: '法制审核要点。',
      category: 'skill',
      axes: { level: 'county', audience: 'enforcement', subject: '法制审核' },
      trainingKind: 'in_service',
      actKinds: [],
      targets: { ...NOBODY, roles },
      prerequisites: [],
      required,
      statedHours: null,
    });
  const span = { from: '2026-01-01', to: '2026-12-31', basis: '《通知》' };

  it('a course may be meant for them alone; one that is required must bind officers too', () => {
    expect(file(['legal_reviewer'], null).success).toBe(true);
    expect(file(['legal_reviewer', 'officer'], span).success).toBe(true);
    expect(file(['legal_reviewer'], span).success).toBe(false);
    expect(file(['reviewer'], null).success).toBe(false);
  });

  it('somebody who reviews is trained as such, beside what the post and the roles say', () => {
    const reviewer = {
      isEnforcementPost: true,
      holdsCard: true,
      isLegalReviewer: true,
      roles: ['unit_leader'] as const,
    };
    expect(trainedRoles(reviewer)).toEqual(['officer', 'unit_leader', 'legal_reviewer']);
  });
});

describe('a required course', () => {
  const required = { from: '2024-01-01', to: '2025-12-31', basis: '国办发〔2023〕27号' };
  it.each([
    ['2023-12-31', null],
    ['2024-01-01', false],
    ['2025-12-31', false],
    ['2026-01-01', true],
  ])('ZY13: on %s its basis has lapsed: %s', (day, lapsed) => {
    expect(requirementOn(required, day)?.isLapsed ?? null).toBe(lapsed);
  });

  it('is told from the beginning of the year in which it begins, with its document and its days', () => {
    const next = { ...required, from: '2026-07-01', to: '2027-06-30' };
    expect(requirementOn(next, '2026-01-02')).toEqual({
      basis: '国办发〔2023〕27号',
      fromDay: '2026-07-01',
      untilDay: '2027-06-30',
      isLapsed: false,
    });
    expect(requirementOn(next, '2025-12-31')).toBeNull();
    expect(requirementOn(null, '2026-01-02')).toBeNull();
  });

  const course = (slug: string, over: Partial<TargetedCourse> = {}): TargetedCourse => ({
    slug,
    title: `课程 ${slug}`,
    targets: NOBODY,
    required,
    ...over,
  });

  it('is asked of each person it is meant for, over many persons at once', () => {
    const courses = [
      course('all'),
      course('eco', { targets: { ...NOBODY, fields: ['ECO'] } }),
      course('township', { targets: { ...NOBODY, unitTypes: ['township'] } }),
      course('elective', { required: null }),
    ];
    const people: Trainee[] = [
      { ...officer, personId: 'a' },
      { ...officer, personId: 'b', fieldCode: 'URBAN', unitType: 'township' },
      { ...stranger, personId: 'c' },
    ];
    const owed = requiredCoursesFor(courses, people, '2025-03-01');
    const slugs = (id: string) => owed.get(id)?.map((one) => one.slug);
    expect([slugs('a'), slugs('b'), slugs('c')]).toEqual([['all', 'eco'], ['all', 'township'], ['all']]);
    expect(requiredCoursesFor([course('none', { required: null })], people, '2025-03-01').get('a')).toEqual(
      [],
    );
  });

  it('is a condition of the year while its document is in force, and only a warning afterwards', () => {
    const on = (year: number) => {
      const day = makeDay(year, 6, 1);
      if (day === null) throw new Error('June has a first');
      return requiredCoursesFor([course('plan')], [{ ...officer, personId: 'a' }], day).get('a') ?? [];
    };
    expect(areRequiredDone(on(2025), new Set())).toBe(false);
    expect(areRequiredDone(on(2025), new Set(['plan']))).toBe(true);
    expect(areRequiredDone(on(2026), new Set())).toBe(true);
    expect(areRequiredDone([], new Set())).toBe(true);
  });
});
