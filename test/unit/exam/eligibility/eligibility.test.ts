import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CandidateFacts, ExamPurpose, ReasonCode, Verdict } from '#app/exam/eligibility/eligibility.ts';
import { judge, verdictOf } from '#app/exam/eligibility/eligibility.ts';
import { storedReasons } from '#app/exam/eligibility/reason.schema.ts';
import {
  SANCTIONS,
  SANCTION_MONTHS,
  isSanctionInForce,
  sanctionEnd,
} from '#app/exam/eligibility/sanction.ts';
import { ESTABLISHMENTS } from '#app/organization/person/person.ts';
import { addDays } from '#app/platform/time/day.ts';

const DAY = '2026-11-23';
const CLEAN: CandidateFacts = {
  post: { isOfUnit: true, establishment: 'admin', isEnforcementPost: true },
  entity: { name: '甲县城市管理局', isEntrusted: false },
  absence: null,
  hasCompletedCourse: true,
  assessment: { year: 2025, grade: 'competent' },
  sanction: null,
  qualificationUntil: null,
  liveCardNo: null,
  barredUntil: null,
  hasLegalQualification: false,
  hasPhoto: true,
  deferredFrom: null,
  otherBatch: null,
};
const post = (over: Partial<NonNullable<CandidateFacts['post']>>) => ({
  post: { isOfUnit: true, establishment: 'admin' as const, isEnforcementPost: true, ...over },
});

describe('资格审核 (domain.md §5.5)', () => {
  it.each<[string, Partial<CandidateFacts>, Verdict, ReasonCode[]]>([
    ['a clean person', {}, 'eligible', []],
    ['nobody in post', { post: null }, 'refused', ['NOT_IN_POST']],
    ['somebody of another unit', post({ isOfUnit: false }), 'refused', ['NOT_OF_UNIT']],
    ['contract staff', post({ establishment: 'contract' }), 'refused', ['ESTABLISHMENT_NOT_ADMITTED']],
    [
      'dispatched labour',
      post({ establishment: 'dispatched_labour' }),
      'refused',
      ['ESTABLISHMENT_NOT_ADMITTED'],
    ],
    ['worker grade', post({ establishment: 'worker' }), 'refused', ['ESTABLISHMENT_NOT_ADMITTED']],
    ['public institution', post({ establishment: 'public_institution' }), 'eligible', []],
    [
      'a post that enforces nothing yet',
      post({ isEnforcementPost: false }),
      'needs_look',
      ['NOT_ENFORCEMENT_POST'],
    ],
    ['a unit that is no entity', { entity: null }, 'refused', ['UNIT_IS_NO_ENTITY']],
    ['an entrusted body', { entity: { name: '某执法大队', isEntrusted: true } }, 'eligible', []],
    ['不称职', { assessment: { year: 2025, grade: 'incompetent' } }, 'refused', ['ASSESSMENT_FAILED']],
    ['基本称职', { assessment: { year: 2025, grade: 'basically_competent' } }, 'eligible', []],
    ['no assessment on record', { assessment: null }, 'eligible', []],
    [
      '记过 in force',
      { sanction: { kind: 'demerit', fromDay: '2026-01-10' } },
      'refused',
      ['SANCTION_IN_FORCE'],
    ],
    ['记过 that has run out', { sanction: { kind: 'demerit', fromDay: '2025-11-23' } }, 'eligible', []],
    ['警告 in force', { sanction: { kind: 'warning', fromDay: '2026-10-10' } }, 'eligible', ['WARNED']],
    ['a bar after a revocation', { barredUntil: '2027-01-01' }, 'refused', ['BARRED']],
    ['a bar that ends today', { barredUntil: DAY }, 'eligible', []],
    ['registered in another batch', { otherBatch: '第一批' }, 'refused', ['REGISTERED_ELSEWHERE']],
    [
      'on secondment',
      { absence: { kind: 'secondment', expectedReturnDay: '2027-03-01' } },
      'needs_look',
      ['SECONDED'],
    ],
    [
      'on maternity leave',
      { absence: { kind: 'maternity', expectedReturnDay: '2027-03-01' } },
      'eligible',
      ['AWAY'],
    ],
    ['the course not completed', { hasCompletedCourse: false }, 'needs_look', ['COURSE_NOT_COMPLETED']],
    ['no course asked for', { hasCompletedCourse: null }, 'eligible', []],
    ['a pass that still holds', { qualificationUntil: DAY }, 'needs_look', ['QUALIFIED_ALREADY']],
    ['a pass that has lapsed', { qualificationUntil: '2026-11-22' }, 'eligible', []],
    ['a live card', { liveCardNo: '99010020260001' }, 'needs_look', ['HOLDS_CARD']],
    ['the national legal qualification', { hasLegalQualification: true }, 'eligible', ['MAY_BE_EXEMPT']],
    ['缓考 in the batch before', { deferredFrom: '第一批' }, 'eligible', ['DEFERRED_BEFORE']],
    ['no photo', { hasPhoto: false }, 'eligible', ['NO_PHOTO']],
  ])('%s', (_, over, verdict, codes) => {
    const judged = judge({ ...CLEAN, ...over }, DAY, 'qualification');
    expect(judged.verdict).toBe(verdict);
    expect(judged.reasons.map((one) => one.code)).toEqual(codes);
  });

  it('asks holders of a card to the renewal, and looks at those who hold none', () => {
    expect(judge({ ...CLEAN, liveCardNo: '1' }, DAY, 'renewal').verdict).toBe('eligible');
    expect(judge(CLEAN, DAY, 'renewal').reasons.map((one) => one.code)).toEqual(['HOLDS_NO_CARD']);
  });

  it('names every reason with text, source and basis, the heaviest first', () => {
    const { verdict, reasons } = judge(
      {
        ...CLEAN,
        ...post({ establishment: 'public_welfare', isEnforcementPost: false }),
        hasPhoto: false,
        entity: null,
        hasCompletedCourse: false,
      },
      DAY,
      'qualification',
    );
    expect(verdict).toBe('refused');
    expect(reasons.map((one) => one.weight)).toEqual(['refuses', 'refuses', 'look', 'look', 'note']);
    expect(reasons.every((one) => one.text !== '' && one.source !== '')).toBe(true);
    expect(reasons.find((one) => one.code === 'UNIT_IS_NO_ENTITY')).toMatchObject({
      basis: 'search',
      source: '参照吉林、安徽等省行政执法证件管理规定（所在单位为执法主体），由本地区确认',
    });
  });

  it('gives reasons that are read back as they were written, whatever the facts', () => {
    const day = fc.constantFrom('2024-01-31', '2025-06-01', '2026-11-23', '2027-02-28');
    const facts: fc.Arbitrary<CandidateFacts> = fc.record({
      post: fc.option(
        fc.record({
          isOfUnit: fc.boolean(),
          establishment: fc.constantFrom(...ESTABLISHMENTS),
          isEnforcementPost: fc.boolean(),
        }),
      ),
      entity: fc.option(fc.record({ name: fc.constant('某局'), isEntrusted: fc.boolean() })),
      absence: fc.option(
        fc.record({
          kind: fc.constantFrom('secondment' as const, 'maternity' as const),
          expectedReturnDay: day,
        }),
      ),
      hasCompletedCourse: fc.option(fc.boolean()),
      assessment: fc.option(
        fc.record({
          year: fc.constant(2025),
          grade: fc.constantFrom('excellent' as const, 'incompetent' as const),
        }),
      ),
      sanction: fc.option(fc.record({ kind: fc.constantFrom(...SANCTIONS), fromDay: day })),
      qualificationUntil: fc.option(day),
      liveCardNo: fc.option(fc.constant('1')),
      barredUntil: fc.option(day),
      hasLegalQualification: fc.boolean(),
      hasPhoto: fc.boolean(),
      deferredFrom: fc.option(fc.constant('上一批')),
      otherBatch: fc.option(fc.constant('另一批')),
    });
    const purpose = fc.constantFrom<ExamPurpose>('qualification', 'renewal');
    fc.assert(
      fc.property(facts, day, purpose, (one, on, what) => {
        const judged = judge(one, on, what);
        expect(storedReasons.parse(JSON.parse(JSON.stringify(judged.reasons)))).toEqual(judged.reasons);
        expect(judged.verdict).toBe(verdictOf(judged.reasons));
        expect(new Set(judged.reasons.map(({ code }) => code)).size).toBe(judged.reasons.length);
      }),
    );
  });
});

describe('a sanction', () => {
  it('lasts as long as 公职人员政务处分法 §8 says, from the day of its decision', () => {
    expect(SANCTION_MONTHS).toEqual({
      warning: 6,
      demerit: 12,
      major_demerit: 18,
      demotion: 24,
      removal: 24,
    });
    const demerit = { kind: 'demerit', fromDay: '2026-01-10' } as const;
    expect(sanctionEnd(demerit)).toBe('2027-01-10');
    expect(isSanctionInForce(demerit, '2026-01-09')).toBe(false);
    expect(isSanctionInForce(demerit, '2026-01-10')).toBe(true);
    expect(isSanctionInForce(demerit, addDays(sanctionEnd(demerit), -1))).toBe(true);
    expect(isSanctionInForce(demerit, sanctionEnd(demerit))).toBe(false);
  });
});
