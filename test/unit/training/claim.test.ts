import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf } from '#app/platform/time/day.ts';
import {
  askedSeconds,
  capLectures,
  checkStatement,
  checkVerifier,
  CLAIM_STATES,
  decideStep,
  entryKindOf,
  splitOverYears,
} from '#app/training/claim/claim.ts';
import { duplicateKey } from '#app/training/claim/duplicate-key.ts';
import { checkProof, checkProofCount, MAX_PROOF_BYTES, shownProofName } from '#app/training/claim/proof.ts';
import { drawSample, sampleSize } from '#app/training/claim/sample.ts';
import { suggestedHundredths } from '#app/training/claim/suggestion.ts';

const POLICY = { minutesPerCreditHour: 45, lecturePercent: 200, lectureYearCapSeconds: 20 * 2700 };
const hours = (amount: number) => ({ kind: 'hours' as const, amount: amount * 100 });
const minutes = (amount: number) => ({ kind: 'minutes' as const, amount });

describe('what a claim asks for', () => {
  it.each([
    ['external', hours(8), 8 * 2700],
    ['external', minutes(45), 2700],
    ['external', minutes(60), 3600],
    ['lecture', hours(2), 4 * 2700],
    ['lecture', minutes(45), 2 * 2700],
    ['lecture', hours(30), 20 * 2700],
    ['exam', hours(1), 2700],
    ['contest', hours(4), 4 * 2700],
    ['drill', hours(4), 4 * 2700],
    ['shadowing', hours(16), 16 * 2700],
  ] as const)('%s of %o is %i credit seconds', (kind, stated, seconds) => {
    expect(askedSeconds({ kind, stated }, POLICY)).toBe(seconds);
  });

  it('45 trainings of 60 minutes are exactly 60.00 学时', () => {
    const one = askedSeconds({ kind: 'external', stated: minutes(60) }, POLICY);
    expect(one * 45).toBe(60 * 2700);
  });

  it('teaching counts what the region says: five times, half, or nothing', () => {
    const asked = (lecturePercent: number) =>
      askedSeconds({ kind: 'lecture', stated: hours(2) }, { ...POLICY, lecturePercent });
    expect([500, 50, 0].map(asked)).toEqual([10 * 2700, 2700, 0]);
  });

  it('the ledger tells teaching and examinations from training', () => {
    expect(
      (['external', 'lecture', 'exam', 'contest', 'drill', 'shadowing'] as const).map(entryKindOf),
    ).toEqual(['external', 'lecture', 'exam', 'exam', 'external', 'external']);
  });

  it('a convention is a suggestion: so many hours a day', () => {
    const convention = { dayHundredths: 800, halfDayHundredths: 400, source: '' };
    expect(suggestedHundredths('2026-03-01', '2026-03-03', convention)).toBe(2400);
    expect(suggestedHundredths('2026-03-03', '2026-03-01', convention)).toBeNull();
  });
});

describe('a statement that cannot be true', () => {
  const check = (fromDay: string, toDay: string, stated: ReturnType<typeof hours | typeof minutes>) => {
    const result = checkStatement({ fromDay, toDay, stated }, '2026-11-22', POLICY);
    return result.ok ? 'ok' : result.code;
  };
  it.each([
    ['2026-03-02', '2026-03-01', hours(8), 'CLAIM_DAYS_REVERSED'],
    ['2026-11-22', '2026-11-22', hours(8), 'ok'],
    ['2026-11-22', '2026-11-23', hours(8), 'CLAIM_IN_FUTURE'],
    ['2025-01-01', '2026-01-01', hours(8), 'ok'],
    ['2025-01-01', '2026-01-02', hours(8), 'CLAIM_TOO_LONG'],
    ['2021-01-01', '2021-01-01', hours(8), 'ok'],
    ['2020-12-31', '2020-12-31', hours(8), 'CLAIM_TOO_OLD'],
    ['2026-03-01', '2026-03-01', hours(32), 'ok'],
    ['2026-03-01', '2026-03-01', hours(33), 'CLAIM_TOO_MANY_HOURS'],
    ['2026-03-01', '2026-03-01', minutes(24 * 60 + 1), 'CLAIM_TOO_MANY_HOURS'],
  ] as const)('%s to %s with %o: %s', (from, to, stated, code) => {
    expect(check(from, to, { ...stated })).toBe(code);
  });
});

const days = fc
  .tuple(fc.integer({ min: 0, max: 4000 }), fc.integer({ min: 0, max: 400 }))
  .map(([start, length]) => {
    const at = (n: number) => dayOf(new Date(Date.UTC(2018, 0, 1, 4) + n * 86_400_000));
    return { from: at(start), to: at(start + length) };
  });

describe('a training over New Year', () => {
  it('is split by days: three days before, one after', () => {
    expect(splitOverYears('2025-12-29', '2026-01-01', 4 * 2700)).toEqual([
      { year: 2025, day: '2025-12-31', creditSeconds: 3 * 2700 },
      { year: 2026, day: '2026-01-01', creditSeconds: 2700 },
    ]);
  });

  it('is credited in one piece on its last day when it lies in one year', () => {
    expect(splitOverYears('2026-03-01', '2026-03-03', 1)).toEqual([
      { year: 2026, day: '2026-03-03', creditSeconds: 1 },
    ]);
  });

  it('never loses nor gains a second, and each part lies in its own year within the training', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 2_700_000 }), ({ from, to }, seconds) => {
        const parts = splitOverYears(from, to, seconds);
        expect(parts.reduce((sum, part) => sum + part.creditSeconds, 0)).toBe(seconds);
        for (const { year, day } of parts)
          expect(day >= from && day <= to && day.startsWith(String(year))).toBe(true);
        expect(new Set(parts.map(({ year }) => year)).size).toBe(parts.length);
      }),
    );
  });
});

describe('the yearly cap of teaching', () => {
  const part = (year: number, creditSeconds: number) => ({ year, day: `${year}-06-01`, creditSeconds });
  it('leaves what is left of the year, and nothing beyond', () => {
    const cap = 20 * 2700;
    expect(capLectures([part(2026, 2700)], new Map([[2026, cap - 1000]]), cap)).toEqual([part(2026, 1000)]);
    expect(capLectures([part(2026, 2700)], new Map([[2026, cap]]), cap)).toEqual([]);
    expect(capLectures([part(2026, 2700)], new Map([[2025, cap]]), cap)).toEqual([part(2026, 2700)]);
  });
});

describe('who may decide a claim (maker ≠ checker, never one’s own)', () => {
  const claim = { personId: 'officer', filedAs: 'self' as const, makerKeys: ['officer'] };
  const filed = { personId: 'officer', filedAs: 'liaison' as const, makerKeys: ['liaison'] };
  const by = (key: string, mayVerify: boolean, mayVerifyFiled = false) => ({
    key,
    mayVerify,
    mayVerifyFiled,
  });
  const code = (result: ReturnType<typeof checkVerifier>) => (result.ok ? 'ok' : result.code);
  it.each([
    [claim, by('liaison', true), 'ok'],
    [claim, by('officer', true), 'CLAIM_OF_ONESELF'],
    [claim, by('stranger', false), 'FORBIDDEN'],
    [{ ...claim, makerKeys: ['officer', 'helper'] }, by('helper', true), 'MAKER_IS_CHECKER'],
    [filed, by('liaison', true), 'MAKER_IS_CHECKER'],
    [filed, by('liaison2', true), 'NEEDS_LEADER'],
    [filed, by('leader', true, true), 'ok'],
    [filed, by('officer', true, true), 'CLAIM_OF_ONESELF'],
    [filed, by('stranger', false), 'FORBIDDEN'],
  ])('%o by %o: %s', (one, verifier, expected) => {
    expect(code(checkVerifier(one, verifier))).toBe(expected);
  });
});

describe('the steps of a claim', () => {
  const ACTS = ['approve', 'return', 'withdraw', 'resubmit'] as const;
  it('every pair of state and act is allowed or refused', () => {
    const table = Object.fromEntries(
      CLAIM_STATES.map((state) => [
        state,
        ACTS.map((act) => {
          const step = decideStep(state, act);
          return step.ok ? step.value : step.code;
        }),
      ]),
    );
    expect(table).toEqual({
      filed: ['approved', 'returned', 'withdrawn', 'CLAIM_NOT_RETURNED'],
      returned: ['CLAIM_DECIDED', 'CLAIM_DECIDED', 'withdrawn', 'filed'],
      approved: ['CLAIM_DECIDED', 'CLAIM_DECIDED', 'CLAIM_DECIDED', 'CLAIM_NOT_RETURNED'],
      withdrawn: ['CLAIM_DECIDED', 'CLAIM_DECIDED', 'CLAIM_DECIDED', 'CLAIM_NOT_RETURNED'],
    });
  });
});

describe('the same training twice (case 16)', () => {
  const key = (title: string, organiser = '某市委党校', day = '2026-03-05') =>
    duplicateKey({ personId: 'p', day, title, organiser });
  it('is known whatever the width, blanks, quotes and dashes', () => {
    expect(key('“行政处罚法” 培训班（第１期）')).toBe(key('《行政处罚法》培训班(第1期)'));
    expect(key('行政处罚法', '某市委 党校')).toBe(key('行政处罚法'));
  });
  it('differs by person, day, title, number of the course, and organiser', () => {
    const keys = [
      key('培训班第1期'),
      key('培训班第2期'),
      key('培训班第1期', '某省委党校'),
      key('培训班第1期', undefined, '2026-03-06'),
      duplicateKey({ personId: 'q', day: '2026-03-05', title: '培训班第1期', organiser: '某市委党校' }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });
});

describe('proof files', () => {
  const bytes = (...head: number[]) => new Uint8Array([...head, 1, 2, 3]);
  const code = (name: string, content: Uint8Array) => {
    const checked = checkProof(name, content);
    return checked.ok ? checked.value.mediaType : checked.code;
  };
  it.each([
    ['通知.pdf', bytes(0x25, 0x50, 0x44, 0x46, 0x2d), 'application/pdf'],
    ['照片.png', bytes(0xff, 0xd8, 0xff), 'image/jpeg'],
    ['证书.png', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a), 'image/png'],
    ['证书.pdf', bytes(0x50, 0x4b, 0x03, 0x04), 'PROOF_TYPE_UNKNOWN'],
    ['证书.pdf', bytes(0x4d, 0x5a), 'PROOF_TYPE_UNKNOWN'],
    ['证书.jpg', new TextEncoder().encode('<svg onload="x"/>'), 'PROOF_TYPE_UNKNOWN'],
    ['空.pdf', new Uint8Array(), 'PROOF_EMPTY'],
  ])('%s is what its bytes say', (name, content, expected) => {
    expect(code(name, content)).toBe(expected);
  });
  it('are refused one byte beyond the limit', () => {
    const file = (size: number) => {
      const content = new Uint8Array(size);
      content.set([0x25, 0x50, 0x44, 0x46, 0x2d]);
      return content;
    };
    expect(code('大.pdf', file(MAX_PROOF_BYTES))).toBe('application/pdf');
    expect(code('大.pdf', file(MAX_PROOF_BYTES + 1))).toBe('PROOF_TOO_LARGE');
  });
  it('keep a name without folders, signs and numbers of persons', () => {
    expect(shownProofName('C:\\a\\..\\b<script>.pdf')).toBe('bscript.pdf');
    expect(shownProofName('110101199003074477.pdf')).not.toContain('19900307');
    expect(shownProofName('')).toBe('证明材料');
  });
  it('are at least one and at most eight, earlier ones counted', () => {
    const counted = (kept: number, added: number) => {
      const result = checkProofCount(kept, added);
      return result.ok ? 'ok' : result.code;
    };
    expect([counted(0, 0), counted(0, 1), counted(1, 0), counted(7, 1), counted(7, 2)]).toEqual([
      'PROOF_MISSING',
      'ok',
      'ok',
      'ok',
      'TOO_MANY_PROOFS',
    ]);
  });
});

describe('a sample', () => {
  const ids = Array.from({ length: 200 }, (_, n) => `claim-${n}`);
  it.each([
    [0, 10, 0],
    [1, 1, 1],
    [9, 10, 1],
    [10, 10, 1],
    [11, 10, 2],
    [200, 100, 200],
  ])('of %i with %i %% has %i', (population, percent, size) => {
    expect(sampleSize(population, percent)).toBe(size);
  });
  it('is the same again with the same seed, in whatever order the claims come', () => {
    fc.assert(
      fc.property(fc.string(), fc.shuffledSubarray(ids, { minLength: 200 }), (seed, shuffled) => {
        expect(drawSample(shuffled, seed, 10)).toEqual(drawSample(ids, seed, 10));
      }),
    );
  });
  it('is another one with another seed, and over many seeds every claim has its chance', () => {
    const drawn = new Set(Array.from({ length: 200 }, (_, n) => drawSample(ids, `seed-${n}`, 10)).flat());
    expect(drawn.size).toBe(200);
    expect(drawSample(ids, 'a', 10)).not.toEqual(drawSample(ids, 'b', 10));
  });
});
