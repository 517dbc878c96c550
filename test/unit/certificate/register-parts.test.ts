import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateNumber, certificateSeries } from '#app/certificate/register/certificate-number.ts';
import {
  CHECK_TOKEN_LENGTH,
  checkTokenFrom,
  isWellFormedToken,
} from '#app/certificate/register/check-token.ts';
import { planIssue } from '#app/certificate/register/issue-plan.ts';
import { openProposal } from '#app/certificate/register/proposal.ts';
import {
  isClaimable,
  qualificationLastDay,
  stepAfterResult,
} from '#app/certificate/register/qualification.ts';
import { DEFAULT_RULES } from '#app/organization/rules/region-rules.ts';

const randomBytes = fc.uint8Array({ minLength: 25, maxLength: 32 });

describe('check tokens', () => {
  it('are well formed, and not after any one character was changed', () => {
    fc.assert(
      fc.property(randomBytes, fc.nat(CHECK_TOKEN_LENGTH - 1), (bytes, at) => {
        const token = checkTokenFrom(bytes);
        expect(isWellFormedToken(token)).toBe(true);
        const other = token[at] === '0' ? '2' : '0';
        expect(isWellFormedToken(token.slice(0, at) + other + token.slice(at + 1))).toBe(false);
      }),
    );
  });

  it.each(['', 'abc', 'I'.repeat(26), `${'2'.repeat(26)}2`, '../../etc/passwd'])('%j is none', (text) => {
    expect(isWellFormedToken(text)).toBe(false);
  });
});

describe('register numbers', () => {
  const place = { regionCode: '990101001', year: 2026 };
  it('are made by the pattern of the region', () => {
    expect(certificateNumber('{region}{year}{serial:5}', place, 42)).toBe('990101202600042');
  });
  it('count within region and year, or for ever where the pattern has no year', () => {
    expect(certificateSeries('{region}{year}{serial:5}', place)).toBe('certificate_no:9901012026{serial:5}');
    expect(certificateSeries('{region}{serial:6}', place)).toBe(
      certificateSeries('{region}{serial:6}', { ...place, year: 2027 }),
    );
    expect(certificateSeries('{region}{serial:6}', place)).not.toBe(
      certificateSeries('{region}{serial:6}', { ...place, regionCode: '990102' }),
    );
  });
});

describe('qualification (AJ1)', () => {
  it('may be claimed from the day of the pass to the last day of the period', () => {
    const validUntilDay = qualificationLastDay('2026-11-23', 24);
    expect(validUntilDay).toBe('2028-11-22');
    const one = { status: 'valid', obtainedDay: '2026-11-23', validUntilDay } as const;
    expect(
      ['2026-11-22', '2026-11-23', '2028-11-22', '2028-11-23'].map((day) => isClaimable(one, day)),
    ).toEqual([false, true, true, false]);
    expect(isClaimable({ ...one, status: 'void' }, '2027-01-01')).toBe(false);
  });

  it.each([
    [null, true, 1, 'grant'],
    [null, false, 1, 'none'],
    [{ status: 'valid', resultVersion: 1 }, true, 1, 'none'],
    [{ status: 'valid', resultVersion: 1 }, false, 1, 'none'],
    [{ status: 'valid', resultVersion: 1 }, false, 2, 'void'],
    [{ status: 'valid', resultVersion: 1 }, true, 2, 'none'],
    [{ status: 'void', resultVersion: 2 }, true, 3, 'restore'],
    [{ status: 'void', resultVersion: 2 }, false, 3, 'none'],
    [{ status: 'disqualified', resultVersion: 1 }, true, 2, 'none'],
  ] as const)('known %j, passed %s in version %i: %s', (known, passed, resultVersion, step) => {
    expect(stepAfterResult(known, { passed, resultVersion })).toBe(step);
  });
});

describe('a first issue (T4)', () => {
  const facts = {
    certificateNo: '990101202600001',
    legalBasis: '某省行政执法证件管理办法第八条',
    documentNo: null,
    operatorId: 'r',
    approverId: 'a',
    issuedBy: 'a',
    today: '2026-11-23',
  };
  it('is two events in one act and ends with an active card of whole months', () => {
    const plan = planIssue(facts, DEFAULT_RULES);
    expect(plan).toMatchObject({
      ok: true,
      value: {
        validFromDay: '2026-11-23',
        validToDay: '2031-11-22',
        events: [
          { kind: 'issued', fromState: null, toState: 'pending_print' },
          { kind: 'handed_over', fromState: 'pending_print', toState: 'active' },
        ],
      },
    });
  });
  it('needs a legal basis and two persons', () => {
    expect(planIssue({ ...facts, legalBasis: ' ' }, DEFAULT_RULES)).toMatchObject({
      code: 'LEGAL_BASIS_REQUIRED',
    });
    expect(planIssue({ ...facts, approverId: 'r' }, DEFAULT_RULES)).toMatchObject({
      code: 'TWO_PERSONS_NEEDED',
    });
    expect(planIssue({ ...facts, operatorId: null }, DEFAULT_RULES)).toMatchObject({
      code: 'TWO_PERSONS_NEEDED',
    });
  });
});

describe('a proposal', () => {
  const proposed = (id: string) => ({ id, kind: 'decision_proposed', detail: {} }) as const;
  it('waits until an event answers it by name', () => {
    expect(openProposal([])).toBeNull();
    expect(openProposal([proposed('1')])?.id).toBe('1');
    expect(
      openProposal([proposed('1'), { id: '2', kind: 'suspended', detail: { proposalId: '1' } }]),
    ).toBeNull();
    const again = [
      proposed('1'),
      { id: '2', kind: 'decision_declined', detail: { proposalId: '1' } } as const,
      proposed('3'),
    ];
    expect(openProposal(again)?.id).toBe('3');
  });
});
