import { describe, expect, it } from 'vitest';
import {
  DEFAULT_RULES,
  RULE_KEYS,
  lapsedRules,
  mergeRules,
  standingOf,
  statedRulesSchema,
} from '#app/organization/rules/region-rules.ts';
import { formatRegisterNumber } from '#app/organization/rules/register-number.ts';
import { RULE_GROUPS, describePattern, showRule } from '#app/office/rules/rule-words.ts';

describe('regional rules', () => {
  it('all have a default that passes its own schema and names its source', () => {
    expect(Object.keys(DEFAULT_RULES).sort()).toEqual([...RULE_KEYS].sort());
    expect(statedRulesSchema.parse(DEFAULT_RULES)).toEqual(DEFAULT_RULES);
    expect(RULE_KEYS.filter((key) => DEFAULT_RULES[key].source.length < 8)).toEqual([]);
  });

  it('ZY1, ZY2, HY: 60 and 30 学时 a year and 45 minutes for one rest on policy documents', () => {
    expect(DEFAULT_RULES.yearlyCreditSeconds).toMatchObject({ value: 162_000, basis: 'policy' });
    expect(DEFAULT_RULES.keyFieldCreditSeconds).toMatchObject({ value: 81_000, basis: 'policy' });
    expect(DEFAULT_RULES.minutesPerCreditHour).toMatchObject({ value: 45, basis: 'policy' });
  });

  it('mark as a proposal what no document gives', () => {
    for (const key of [
      'suspensionMonthsMin',
      'suspensionMonthsMax',
      'numberPattern',
      'examGraceSeconds',
    ] as const)
      expect(DEFAULT_RULES[key].basis).toBe('proposal');
  });

  it('of a county win over those of its city, value by value', () => {
    const city = { checkPassPercent: { value: 70, basis: 'policy', source: '市里的文件一号' } } as const;
    const county = { heartbeatSeconds: { value: 20, basis: 'policy', source: '县里的文件一号' } } as const;
    const merged = mergeRules(DEFAULT_RULES, city, county);
    expect([merged.checkPassPercent.value, merged.heartbeatSeconds.value]).toEqual([70, 20]);
    expect(merged.yearlyCreditSeconds).toEqual(DEFAULT_RULES.yearlyCreditSeconds);
    expect(mergeRules(DEFAULT_RULES, { ...county, checkPassPercent: undefined }).checkPassPercent.value).toBe(
      80,
    );
  });

  it.each([
    ['an unknown key', { yearlyCredits: { value: 60, basis: 'policy', source: 'x' } }],
    ['a fraction of a second', { heartbeatSeconds: { value: 30.5, basis: 'policy', source: 'x' } }],
    ['a share above 100 %', { checkPassPercent: { value: 101, basis: 'policy', source: 'x' } }],
    ['an unknown basis', { checkPassPercent: { value: 80, basis: 'rumour', source: 'x' } }],
    ['no source', { checkPassPercent: { value: 80, basis: 'policy', source: '' } }],
    [
      'a day that does not exist',
      { checkPassPercent: { value: 80, basis: 'policy', source: 'x', until: '2025-02-30' } },
    ],
    [
      'an unknown placeholder',
      { numberPattern: { value: '{county}{serial:5}', basis: 'policy', source: 'x' } },
    ],
  ])('with %s are refused', (_, stated) => {
    expect(statedRulesSchema.safeParse(stated).success).toBe(false);
  });

  it('warn from the day after their document has ended, and before when it ends soon', () => {
    const rule = { value: 1, basis: 'policy', source: 'x', until: '2025-12-31' } as const;
    expect(standingOf(rule, '2025-12-31', '2026-03-31')).toBe('lapsing');
    expect(standingOf(rule, '2026-01-01', '2026-04-01')).toBe('lapsed');
    expect(standingOf(rule, '2025-01-01', '2025-04-01')).toBe('in_force');
    expect(standingOf({ ...rule, until: undefined }, '2099-01-01', '2099-01-02')).toBe('in_force');
    expect(lapsedRules(DEFAULT_RULES, '2025-12-31')).toEqual([]);
    expect(lapsedRules(DEFAULT_RULES, '2026-01-01')).toEqual([
      'yearlyCreditSeconds',
      'keyFieldCreditSeconds',
      'keyFields',
      'minutesPerCreditHour',
    ]);
  });

  it('all stand on the page exactly once, with value and unit', () => {
    expect(RULE_GROUPS.flatMap((group) => group.keys).sort()).toEqual([...RULE_KEYS].sort());
    const names = new Map([['ECO', '生态环境']]);
    expect(showRule('yearlyCreditSeconds', DEFAULT_RULES, names)).toEqual({ text: '60', unit: '学时' });
    expect(showRule('examPassHundredths', DEFAULT_RULES, names)).toEqual({ text: '60', unit: '分' });
    expect(showRule('keyFields', DEFAULT_RULES, names).text).toBe('生态环境、WATER、FOREST、AGRI');
  });
});

describe('a register number', () => {
  it('follows the pattern of the region', () => {
    const parts = { regionCode: '990102003', year: 2026, serial: 42 };
    expect(formatRegisterNumber('{region}{year}{serial:5}', parts)).toBe('990102202600042');
    expect(formatRegisterNumber('JH-{serial:3}', parts)).toBe('JH-042');
  });

  it('is described in words where people read the rule', () => {
    expect(describePattern('{region}{year}{serial:5}')).toBe('地区代码 6 位＋年份＋流水号 5 位');
    expect(describePattern('JH-{serial:3}')).toBe('JH-＋流水号 3 位');
  });

  it('is never cut when the serial outgrows its digits', () => {
    expect(() =>
      formatRegisterNumber('{serial:2}', { regionCode: '990102', year: 2026, serial: 100 }),
    ).toThrow();
  });
});
