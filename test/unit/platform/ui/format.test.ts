import { describe, expect, it } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatHours,
  formatHoursFigure,
  formatMissingHours,
  formatPercent,
  formatShare,
  groupDigits,
  maskIdNumber,
} from '#app/platform/ui/text/format.ts';

describe('counts and shares', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [7748, '7,748'],
    [1_234_567, '1,234,567'],
  ])('%i is written %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('a share tells its denominator', () => {
    expect(formatShare(7748, 8854)).toBe('87.5%（7,748/8,854）');
  });

  it('there is no share of nobody', () => {
    expect(formatShare(0, 0)).toBe('–');
    expect(formatPercent(0, 0)).toBe('–');
  });

  it.each([
    [0, 5, '0.0%'],
    [1, 3, '33.3%'],
    [2, 3, '66.6%'],
    [9999, 10_000, '99.9%'],
    [10_000, 10_000, '100.0%'],
  ])('%i of %i is %s: only the complete whole is written 100.0%%', (part, whole, text) => {
    expect(formatPercent(part, whole)).toBe(text);
  });
});

describe('hours', () => {
  it.each([
    [0, '0.00'],
    [26, '0.00'],
    [27, '0.01'],
    [2699, '0.99'],
    [2700, '1.00'],
    [33_291, '12.33'],
    [33_318, '12.34'],
    [115_209, '42.67'],
    [2_700_000, '1,000.00'],
  ])('%i credit seconds are cut to %s', (creditSeconds, text) => {
    expect(formatHoursFigure(creditSeconds)).toBe(text);
  });

  it('a reversing entry reads like the entry it reverses', () => {
    expect(formatHoursFigure(-33_291)).toBe('−12.33');
    expect(formatHoursFigure(-1)).toBe('0.00');
  });

  it('whole hours stand without decimals in text', () => {
    expect(formatHours(162_000)).toBe('60 学时');
    expect(formatHours(33_750)).toBe('12.50 学时');
  });
});

describe('numbers of persons and certificates', () => {
  it('an ID number keeps four characters at each end', () => {
    expect(maskIdNumber('99010619880315002X')).toBe('9901**********002X');
  });

  it('what is too short to hide anything is masked whole', () => {
    expect(maskIdNumber('123456789')).toBe('*********');
    expect(maskIdNumber('')).toBe('');
  });

  it.each([
    ['990120241037', '9901 2024 1037'],
    ['99012024103', '9901 2024 103'],
    ['9901', '9901'],
    ['', ''],
  ])('%s is read in groups: %s', (number, text) => {
    expect(groupDigits(number)).toBe(text);
  });

  it.each([
    [512, '512 B'],
    [1536, '1.5 KB'],
    [10 * 1024 * 1024, '10.0 MB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('what is missing', () => {
  it.each([
    [53_879, '19.96 学时'],
    [54_000, '20 学时'],
    [1, '0.01 学时'],
    [0, '0 学时'],
  ])('%i seconds are written %s: earning it is enough', (seconds, text) => {
    expect(formatMissingHours(seconds)).toBe(text);
  });
});
