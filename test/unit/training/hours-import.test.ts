import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textCell } from '#app/platform/import/table/cell.ts';
import { readHours } from '#app/training/hours-import/hours-kind.ts';
import { entryKindOfMode } from '#app/training/hours-import/hours-words.ts';
import { daysInTitle, readDayOrText } from '#app/training/hours-import/training-days.ts';

const daysOf = (text: string) => {
  const read = readDayOrText(textCell(text));
  if (!read.ok || read.value === null) return null;
  if (read.value.is === 'text') return read.value.problem.code;
  const { from, to, isMonth } = read.value.days;
  return `${from}..${to}${isMonth ? ' month' : ''}`;
};

describe('dates as ledgers write them', () => {
  it.each([
    ['2026-03-05', '2026-03-05..2026-03-05'],
    ['2026.3.5', '2026-03-05..2026-03-05'],
    ['２０２６年３月５日', '2026-03-05..2026-03-05'],
    ['2026/3/5 14:20', '2026-03-05..2026-03-05'],
    ['2022.11.1-2027.10.31', '2022-11-01..2027-10-31'],
    ['2026.3.5-7', '2026-03-05..2026-03-07'],
    ['2026年3月30日至4月2日', '2026-03-30..2026-04-02'],
    ['2026年3月5日—7日', '2026-03-05..2026-03-07'],
    ['2021.3', '2021-03-01..2021-03-31 month'],
    ['2024年2月', '2024-02-01..2024-02-29 month'],
    ['2026.2.30', 'DATE_NOT_EXISTING'],
    ['2026.3.7-5', 'RANGE_REVERSED'],
    ['上周五', 'DATE_MALFORMED'],
    ['26.3.5', 'DATE_TWO_DIGIT_YEAR'],
  ])('%s', (text, expected) => {
    expect(daysOf(text)).toBe(expected);
  });

  it('a blank cell is nothing', () => {
    expect(daysOf(' 　')).toBeNull();
    expect(readDayOrText(null)).toEqual({ ok: true, value: null });
  });

  it.each([
    ['2026.3.5行政处罚法轮训', '2026-03-05', '行政处罚法轮训'],
    ['行政处罚法轮训（2026年3月5日）', '2026-03-05', '行政处罚法轮训'],
    ['2026.3.5-7 集中培训', '2026-03-05', '集中培训'],
    ['2026-03-05', '2026-03-05', ''],
  ])('the head %s holds its day', (head, day, title) => {
    expect(daysInTitle(head)).toMatchObject({ days: { from: day }, title });
  });

  it('a head without a date holds none', () => {
    expect(daysInTitle('行政处罚法轮训')).toBeNull();
  });

  it('never throws, whatever stands in the cell', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readDayOrText(textCell(text));
        expect(read.ok).toBe(true);
        daysInTitle(text);
      }),
    );
  });
});

describe('hours in a cell', () => {
  it.each([
    ['8', 800],
    ['1.5学时', 150],
    ['８', 800],
    ['0.25', 25],
    ['-', 0],
    ['/', 0],
    ['无', 0],
    ['0', 0],
  ])('%s is %i hundredths', (text, hundredths) => {
    expect(readHours(textCell(text))).toEqual({ ok: true, value: hundredths });
  });
  it.each([
    ['√', 'NUMBER_MALFORMED'],
    ['1.333', 'NUMBER_TOO_PRECISE'],
    ['-3', 'NUMBER_OUT_OF_RANGE'],
    ['9999', 'NUMBER_OUT_OF_RANGE'],
  ])('%s is refused', (text, code) => {
    expect(readHours(textCell(text))).toMatchObject({ ok: false, problem: { code } });
  });
});

it('the 方式 of a ledger decides the kind of entry', () => {
  expect(
    ['集中学习', '网络培训', '外出培训', '授课', '知识竞赛', null].map((mode) => entryKindOfMode(mode)),
  ).toEqual(['session', 'course', 'external', 'lecture', 'exam', 'external']);
});
