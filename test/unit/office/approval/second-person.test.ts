import { describe, expect, it } from 'vitest';
import type { SecondPersonScene, Standing } from '#app/office/approval/second-person.ts';
import { decideWay, openWays, tellWays } from '#app/office/approval/second-person.ts';
import { scanFileName } from '#app/office/approval/scan.ts';

const one = (key: string) => ({ key, name: `${key}某` });
const alone: SecondPersonScene = {
  makerKey: 'maker',
  colleagues: [],
  leaders: [one('leader')],
  upper: [one('upper')],
  allowed: ['leader', 'upper_bureau', 'signed_form'],
};
const two: SecondPersonScene = { ...alone, colleagues: [one('colleague')] };
const by = (key: string, standing: Standing, hasSignedForm = false) => ({ key, standing, hasSignedForm });
const told = (outcome: ReturnType<typeof decideWay>) => (outcome.ok ? outcome.value : outcome.code);

describe('the second person (design.md invariant 11)', () => {
  it('is a colleague wherever there is one; nothing else is open then', () => {
    expect(openWays(two)).toEqual(['colleague']);
    expect(told(decideWay(two, by('colleague', 'colleague')))).toBe('colleague');
    expect(told(decideWay(two, by('maker', 'colleague')))).toBe('MAKER_IS_CHECKER');
    expect(told(decideWay(two, by('maker', 'colleague', true)))).toBe('MAKER_IS_CHECKER');
    expect(told(decideWay(two, by('leader', 'leader')))).toBe('OTHER_DECIDES');
    expect(told(decideWay(two, by('upper', 'upper_bureau')))).toBe('OTHER_DECIDES');
  });

  it.each([
    ['leader', 'leader', 'leader'],
    ['upper', 'upper_bureau', 'upper_bureau'],
    ['stranger', null, 'OTHER_DECIDES'],
  ] as const)('in a bureau of one: %s', (key, standing, expected) => {
    expect(told(decideWay(alone, by(key, standing)))).toBe(expected);
  });

  it('may be the signed form, brought by the maker and by nobody else', () => {
    expect(told(decideWay(alone, by('maker', 'colleague')))).toBe('SIGNED_FORM_MISSING');
    expect(told(decideWay(alone, by('maker', 'colleague', true)))).toBe('signed_form');
    expect(told(decideWay(alone, by('leader', 'leader', true)))).toBe('SIGNED_FORM_NOT_ALLOWED');
  });

  it('is exactly what the region allows, as far as there is such a person; without any the deed is refused', () => {
    const only = (allowed: SecondPersonScene['allowed'], over: Partial<SecondPersonScene> = {}) => ({
      ...alone,
      ...over,
      allowed,
    });
    expect(openWays(only(['leader']))).toEqual(['leader']);
    expect(told(decideWay(only(['leader']), by('upper', 'upper_bureau')))).toBe('OTHER_DECIDES');
    expect(told(decideWay(only(['leader']), by('maker', 'colleague', true)))).toBe('MAKER_IS_CHECKER');
    expect(openWays(only(['leader', 'upper_bureau'], { leaders: [], upper: [] }))).toEqual([]);
    expect(told(decideWay(only([]), by('maker', 'colleague', true)))).toBe('NO_SECOND_PERSON');
  });

  it('is named for whoever waits', () => {
    expect(tellWays(two)).toBe('由本局其他人员（colleague某）复核');
    expect(tellWays({ ...two, colleagues: ['a', 'b', 'c', 'd'].map(one) })).toContain('（a某、b某、c某等）');
    expect(tellWays(alone)).toContain('或者由经办人上传分管领导签字的审批单后办理');
    expect(tellWays({ ...alone, allowed: [] })).toContain('开通第二名人员的账号');
  });
});

describe('the name of a scan', () => {
  it('keeps no folders, no signs a file system trips over, no whole ID number', () => {
    expect(scanFileName('C:\\件\\批文:1.pdf', '批文')).toBe('批文1.pdf');
    expect(scanFileName('../../etc', '批文')).toBe('etc');
    expect(scanFileName('  ', '批文')).toBe('批文');
    expect(scanFileName('张三99010119900101001X.pdf', '批文')).not.toContain('99010119900101001X');
  });
});
