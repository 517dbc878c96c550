import { describe, expect, it } from 'vitest';
import { MAX_QUERY, askedFor, isNamedLike } from '#app/shell/search/asked.ts';

describe('what is typed into the search', () => {
  it.each([
    [null, { kind: 'nothing' }],
    ['   ', { kind: 'nothing' }],
    [' 张三 ', { kind: 'text', text: '张三' }],
    ['zs', { kind: 'text', text: 'zs' }],
    ['990101199001011234', { kind: 'id_number' }],
    ['99010119900101123x', { kind: 'id_number' }],
    ['990101 19900101 1234', { kind: 'id_number' }],
    ['９９０１０１１９９００１０１１２３Ｘ', { kind: 'id_number' }],
    ['990101-19900101-1234', { kind: 'id_number' }],
    ['９９０１０１２０２６', { kind: 'text', text: '9901012026' }],
    ['ＺＳ', { kind: 'text', text: 'ZS' }],
    ['某局（本级）', { kind: 'text', text: '某局（本级）' }],
    ['张\u0000三', { kind: 'text', text: '张 三' }],
    ['\u200B \t', { kind: 'nothing' }],
    ['9901012026000001', { kind: 'text', text: '9901012026000001' }],
  ])('%j', (typed, asked) => {
    expect(askedFor(typed)).toEqual(asked);
  });

  it('is cut when it is too long', () => {
    expect(askedFor('长'.repeat(300))).toEqual({ kind: 'text', text: '长'.repeat(MAX_QUERY) });
  });
});

describe('a name is like the text', () => {
  const name = { name: '松岚县市场监督管理局', pinyin: 'songlanxianshichang', initials: 'slxscjdglj' };
  it.each([
    ['市场监督', true],
    ['SongLan', true],
    ['slxsc', true],
    ['scjd', false],
    ['城管', false],
  ])('%s: %s', (text, expected) => {
    expect(isNamedLike(name, text)).toBe(expected);
  });
});
