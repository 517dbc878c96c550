import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SheetItem } from '#app/exam/release/key-in/sheet.ts';
import {
  choiceText,
  differences,
  groupsOf,
  readChoice,
  readGroup,
  readTyped,
} from '#app/exam/release/key-in/sheet.ts';

const single = (position: number): SheetItem => ({ position, type: 'single', letters: ['A', 'B', 'C', 'D'] });
const multiple = (position: number): SheetItem => ({
  position,
  type: 'multiple',
  letters: ['A', 'B', 'C', 'D', 'E'],
});
const trueFalse = (position: number): SheetItem => ({ position, type: 'true_false', letters: ['T', 'F'] });
const from = (count: number, make: (position: number) => SheetItem, first = 1): SheetItem[] =>
  Array.from({ length: count }, (_, index) => make(first + index));

describe('one answer as typed from a sheet', () => {
  it.each([
    [single(1), 'b', 'B'],
    [single(1), ' C ', 'C'],
    [single(1), 'Ｄ', 'D'],
    [single(1), '-', ''],
    [single(1), '—', ''],
    [single(1), '', ''],
    [multiple(2), 'cab', 'ABC'],
    [multiple(2), 'A、C', 'AC'],
    [multiple(2), 'AA', 'A'],
    [trueFalse(3), '√', 'T'],
    [trueFalse(3), '对', 'T'],
    [trueFalse(3), '×', 'F'],
    [trueFalse(3), 'x', 'F'],
    [trueFalse(3), 'f', 'F'],
  ])('%o: %s is %s', (item, typed, choice) => {
    expect(readChoice(item, typed)).toEqual({ choice });
  });

  it.each([
    [single(7), 'E', '第 7 题没有选项“E”'],
    [single(7), 'AB', '第 7 题是单项选择，录入了 2 个选项'],
    [multiple(8), 'AF', '第 8 题没有选项“F”'],
    [trueFalse(9), 'A', '第 9 题应填 √ 或 ×，录入的是“A”'],
  ])('%o: %s is told with its question', (item, typed, problem) => {
    expect(readChoice(item, typed)).toEqual({ problem });
  });
});

describe('a field of several answers', () => {
  it('holds ten single answers in one go or apart, and says how many are missing', () => {
    const [group] = groupsOf(from(10, single));
    if (!group) throw new Error('ten questions make a group');
    const choices = { 1: 'A', 2: 'B', 4: 'D', 5: 'A', 6: 'B', 7: 'C', 8: 'D', 9: 'A', 10: 'B' };
    expect(readGroup(group, 'ab-dabcdab')).toEqual({ choices });
    expect(readGroup(group, 'A B - D A B C D A B')).toEqual({ choices });
    expect(readGroup(group, 'ABC')).toEqual({
      problem: '第 1–10 题应录入 10 个答案，现有 3 个；未作答的用 - 占位',
    });
  });

  it('holds five multiple answers with blanks between them', () => {
    const [group] = groupsOf(from(5, multiple, 41));
    if (!group) throw new Error('five questions make a group');
    expect(readGroup(group, 'AB cd - e ABCDE')).toEqual({
      choices: { 41: 'AB', 42: 'CD', 44: 'E', 45: 'ABCDE' },
    });
    expect(readGroup(group, 'ABCD')).toHaveProperty('problem');
  });

  it('ends with its type and its size: 40, 20 and 20 questions make four, four and two fields', () => {
    const items = [...from(40, single), ...from(20, multiple, 41), ...from(20, trueFalse, 61)];
    expect(groupsOf(items).map((group) => [group.name, group.items.length])).toEqual([
      ...[1, 11, 21, 31].map((first) => [`from${first}`, 10]),
      ...[41, 46, 51, 56].map((first) => [`from${first}`, 5]),
      ...[61, 71].map((first) => [`from${first}`, 10]),
    ]);
  });

  it('names every field that is wrong at once', () => {
    const groups = groupsOf([...from(10, single), ...from(10, trueFalse, 11)]);
    expect(readTyped(groups, { from1: 'ABCDABCDAE', from11: '' })).toEqual({
      errors: {
        from1: '第 10 题没有选项“E”',
        from11: '第 11–20 题应录入 10 个答案，现有 0 个；未作答的用 - 占位',
      },
    });
  });
});

describe('two readings of one sheet', () => {
  const items = from(40, single);
  const sheet = fc.dictionary(
    fc.integer({ min: 1, max: 40 }).map(String),
    fc.constantFrom('A', 'B', 'C', 'D'),
  );

  it('differ nowhere from themselves, and in the same places whichever comes first', () => {
    fc.assert(
      fc.property(sheet, sheet, (one, other) => {
        expect(differences(items, one, one)).toEqual([]);
        expect(differences(items, one, other)).toEqual(differences(items, other, one));
      }),
    );
  });

  it('come out of the fields as they were typed in', () => {
    fc.assert(
      fc.property(sheet, (choices) => {
        const groups = groupsOf(items);
        const typed = Object.fromEntries(
          groups.map((group) => [
            group.name,
            group.items.map((item) => choices[item.position] ?? '-').join(''),
          ]),
        );
        expect(readTyped(groups, typed)).toEqual({ choices });
      }),
    );
  });

  it('are written as on the sheet', () => {
    expect(['T', 'F', '', 'ABD', undefined].map(choiceText)).toEqual(['√', '×', '未答', 'ABD', '未答']);
  });
});
