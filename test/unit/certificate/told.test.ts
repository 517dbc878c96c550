import { describe, expect, it } from 'vitest';
import {
  isFoundByNumber,
  normaliseName,
  normaliseNumber,
  sinceSentence,
} from '#app/certificate/check/check-answer.ts';
import { decideEntitlement } from '#app/certificate/register/entitlement.ts';
import type { EntitlementFacts } from '#app/certificate/register/entitlement.ts';
import { decisionSentence, issueSentence } from '#app/certificate/register/preview.ts';
import type { Status } from '#app/certificate/register/status-on.ts';
import { SHOWN_STANDINGS } from '#app/certificate/register/certificate.ts';

const status = (change: Partial<Status>): Status => ({
  state: 'active',
  isLost: false,
  stateSinceDay: '2026-01-10',
  suspendedFromDay: null,
  suspendedUntilDay: null,
  shown: 'active',
  shownSinceDay: '2026-01-10',
  lastEffectiveDay: '2026-01-10',
  ...change,
});

describe('what the public is told', () => {
  it.each(SHOWN_STANDINGS)('%s is told with its date and never as 无效', (shown) => {
    const sentence = sinceSentence(status({ shown }), '2031-01-09');
    expect(sentence).not.toContain('无效');
    expect(sentence).toMatch(shown === 'pending_print' ? /尚未发放/ : /20\d\d年/);
  });

  it.each([
    ['9901 0120 2600 001', '990101202600001'],
    ['９９０１０１２０２６０００１', '99010120260001'],
    ['ab-12', 'AB-12'],
  ])('reads the number %s as %s', (typed, read) => {
    expect(normaliseNumber(typed)).toBe(read);
  });

  it('reads a name with any spaces', () => {
    expect(normaliseName(' 张　 三 ')).toBe('张三');
  });

  it('finds an ended card by number for twelve months, others always, and never one not handed over', () => {
    const ended = status({ state: 'revoked', shown: 'revoked', stateSinceDay: '2026-01-31' });
    expect(isFoundByNumber(ended, '2027-01-31')).toBe(true);
    expect(isFoundByNumber(ended, '2027-02-01')).toBe(false);
    expect(isFoundByNumber(status({ state: 'recovered', shown: 'recovered' }), '2040-01-01')).toBe(true);
    expect(isFoundByNumber(status({ state: 'pending_print', shown: 'pending_print' }), '2026-01-10')).toBe(
      false,
    );
  });
});

describe('entitled on a day (AJ7)', () => {
  const whole: EntitlementFacts = {
    day: '2026-06-01',
    firstRecordedDay: '2020-01-01',
    post: { unitName: '某局', isEnforcementPost: true },
    entityName: '某局',
    qualifications: [{ status: 'valid', obtainedDay: '2019-01-01', validUntilDay: '2020-12-31' }],
    cards: [{ certificateNo: '1', status: status({}) }],
  };
  const answer = (change: Partial<EntitlementFacts>) => decideEntitlement({ ...whole, ...change }).answer;

  it('all four hold: entitled, also long after the period for claiming the card', () => {
    expect(answer({})).toBe('entitled');
  });
  it('a valid card proves a qualification that is older than the system', () => {
    expect(answer({ qualifications: [] })).toBe('entitled');
  });
  describe('on a 免考 that was taken back', () => {
    const ended = {
      status: 'void',
      obtainedDay: '2026-01-10',
      validUntilDay: '2028-01-09',
      exemptedFor: '持有证书',
      endedDay: '2026-06-01',
    } as const;
    const line = (change: Partial<EntitlementFacts>) =>
      decideEntitlement({ ...whole, qualifications: [ended], ...change }).lines.find(
        (one) => one.title === '执法资格',
      );
    it('the card issued on it proves nothing from that day on', () => {
      expect(line({ day: '2026-05-31' })).toMatchObject({ isMet: true });
      expect(line({})).toMatchObject({ isMet: false, text: '免考已于2026年6月1日撤销，当日证件尚未处理。' });
      expect(answer({ qualifications: [ended] })).toBe('not_entitled');
    });
    it('without a valid card nothing is said of one', () => {
      expect(line({ cards: [] })).toMatchObject({
        isMet: false,
        text: '免考已于2026年6月1日撤销，当日不具备执法资格。',
      });
    });
    it('another pass still gives the qualification', () => {
      expect(line({ qualifications: [ended, ...whole.qualifications] })).toMatchObject({
        isMet: true,
        text: '2019年1月1日取得执法资格。',
      });
    });
  });
  it.each([
    ['not in post', { post: null }],
    ['no entity', { entityName: null }],
    ['no card', { cards: [] }],
    ['a suspended card', { cards: [{ certificateNo: '1', status: status({ shown: 'suspended' }) }] }],
    ['a lost card', { cards: [{ certificateNo: '1', status: status({ shown: 'lost' }) }] }],
  ])('%s: not entitled', (_, change) => {
    expect(answer(change)).toBe('not_entitled');
  });
  it('claims nothing before the first record', () => {
    expect(answer({ day: '2019-12-31' })).toBe('no_record');
    expect(answer({ firstRecordedDay: null })).toBe('no_record');
  });
});

describe('previews in plain words', () => {
  it('say who, what, which number, how long and on which basis', () => {
    const issue = issueSentence({
      personName: '张某',
      unitName: '某局',
      expectedNo: '990101202600001',
      fieldName: '城市管理',
      area: '甲县',
      validFromDay: '2026-11-23',
      validToDay: '2031-11-22',
      issuingAuthority: '某省人民政府',
    });
    expect(issue).toContain('将对 张某（某局）核发行政执法证，预计证号 9901 0120 2600 001');
    expect(issue).toContain('有效期 2026年11月23日 至 2031年11月22日');
    const decision = decisionSentence({
      kind: 'suspended',
      personName: '张某',
      certificateNo: '1',
      reason: '将证件转借他人使用',
      legalBasis: '某条例第三条',
      documentNo: '某〔2026〕1号',
      effectiveFromDay: '2026-11-23',
      effectiveToDay: '2027-01-22',
    });
    expect(decision).toBe(
      '将对 张某 的行政执法证（证号 1）作出暂扣决定，自 2026年11月23日 至 2027年1月22日，事由：将证件转借他人使用，依据 某条例第三条（某〔2026〕1号）。',
    );
  });
});
