import { describe, expect, it } from 'vitest';
import { daySchema } from '#app/platform/ui/form/day.schema.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';
import { describeDateText } from '#app/platform/ui/text/describe-date.ts';

describe('a typed day', () => {
  it.each([
    '2026-11-21',
    '2026/11/21',
    '2026.11.21',
    '2026年11月21日',
    '2026年11月21',
    '20261121',
    '  2026 - 11 - 21 ',
    '２０２６年１１月２１日',
  ])('%s is 2026-11-21', (text) => {
    expect(parseDateText(text)).toBe('2026-11-21');
  });

  it('one-digit months and days are filled up', () => {
    expect(parseDateText('2026-1-5')).toBe('2026-01-05');
    expect(parseDateText('2026年1月5日')).toBe('2026-01-05');
  });

  it.each(['2024-02-29', '20240229'])('%s exists', (text) => {
    expect(parseDateText(text)).toBe('2024-02-29');
  });

  it.each([
    '',
    '明天',
    '2023-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '26-11-21',
    '2026-11',
    '2026-1121',
    '2026-11-211',
    '202611211',
    '11/21/2026',
  ])('%j is no day', (text) => {
    expect(parseDateText(text)).toBeNull();
  });

  it('is read back with its weekday', () => {
    expect(describeDateText('20261121')).toBe('2026年11月21日 星期六');
    expect(describeDateText('2026-02-30')).toBe('');
  });

  it('passes the schema as a day and fails it with a message that shows the form', () => {
    expect(daySchema().parse('2026年11月21日')).toBe('2026-11-21');
    expect(daySchema().safeParse('昨天').error?.issues[0]?.message).toContain('2026-11-21');
  });
});
