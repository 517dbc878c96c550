import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FoundTable } from '#app/platform/import/table/find-table.ts';
import { findTables } from '#app/platform/import/table/find-table.ts';
import { headWordsOf } from '#app/platform/import/table/head-words.ts';
import {
  checkMapping,
  headSignature,
  likenessOf,
  mappingOf,
  missingFields,
  proposeMapping,
  sampleText,
} from '#app/platform/import/table/map-columns.ts';
import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';
import { aSheet, aWorkbook } from '#test/support/import-files.ts';
import { loanKind } from '#test/support/toy-import.ts';

function tablesOf(...rows: (readonly string[])[]): readonly FoundTable[] {
  return findTables(aWorkbook(aSheet(rows)), headWordsOf(loanKind)).tables;
}

const proposalsFor = (...rows: (readonly string[])[]) => proposeMapping(loanKind, tablesOf(...rows));

describe('proposing which column is what', () => {
  it('knows heads whatever their width, blanks, brackets and signs', () => {
    const proposals = proposalsFor(['图　书 编号°', '借阅人（签名）', '＊借出日期', '备 注']);
    expect(proposals.map(({ target, confidence }) => [target, confidence])).toEqual([
      ['code', 'certain'],
      ['borrower', 'certain'],
      ['day', 'certain'],
      [null, 'none'],
    ]);
    expect(proposals[3]?.note).toBe('不登记');
  });

  it('gives a field to one column: its own label before a synonym', () => {
    const proposals = proposalsFor(['编号', '图书编号', '姓名']);
    expect(proposals.map(({ target }) => target)).toEqual([null, 'code', 'borrower']);
    expect(proposals[0]?.note).toBe('「图书编号」已由另一列对应');
  });

  it('marks near words as likely, and leaves distant ones alone', () => {
    const proposals = proposalsFor(['图书编号', '日期', '借阅人姓名', '所在书架号', '页数']);
    expect(proposals.map(({ target, confidence }) => [target, confidence])).toEqual([
      ['code', 'certain'],
      ['day', 'certain'],
      ['borrower', 'likely'],
      ['shelf', 'likely'],
      [null, 'none'],
    ]);
  });

  it('says which required fields no column feeds', () => {
    const mapping = mappingOf(proposalsFor(['图书编号', '书架', '日期']));
    expect(missingFields(loanKind, mapping)).toEqual(['borrower']);
  });

  it('shows samples without whole numbers of persons', () => {
    expect(sampleText('990001199001010010')).toBe('990*************10');
    expect(sampleText('电话 13900001234')).toBe('电话 139******34');
    expect(sampleText('2026')).toBe('2026');
  });

  it('ignores the notes column that we added ourselves', () => {
    const proposals = proposalsFor(['图书编号', '借阅人', '错误说明']);
    expect(proposals[2]).toMatchObject({ target: null, note: '这一列是核对后加上的说明，不读取' });
  });
});

describe('a mapping that a person sends', () => {
  const columns = [
    { key: 'a', title: 'A' },
    { key: 'b', title: 'B' },
  ];

  it('drops columns and fields that do not exist', () => {
    const { mapping } = checkMapping(loanKind, columns, { a: 'code', b: 'no_such', c: 'borrower' });
    expect(mapping).toEqual({ a: 'code', b: null });
  });

  it('refuses one field twice and a required field without a column', () => {
    const { problems } = checkMapping(loanKind, columns, { a: 'code', b: 'code' });
    expect(problems).toEqual([
      '「图书编号」对应了不止一列，只能选一列',
      '没有哪一列对应「借阅人」，这是必填项',
    ]);
  });

  it('is not fooled by names of object members', () => {
    expect(checkMapping(loanKind, [{ key: '__proto__', title: 'x' }], {}).problems).not.toEqual([]);
  });
});

describe('properties of mapping', () => {
  const head = fc.constantFrom(
    ...loanKind.fields.flatMap(({ label, synonyms }) => [label, ...synonyms]),
    '备注',
    '页数',
    '册数',
    '出版社',
  );

  it('never gives a field to two columns, nor a column to two fields', () => {
    fc.assert(
      fc.property(fc.uniqueArray(head, { minLength: 2, maxLength: 10 }), (heads) => {
        const targets = proposalsFor(heads).flatMap(({ target }) => (target === null ? [] : [target]));
        expect(new Set(targets).size).toBe(targets.length);
      }),
    );
  });

  it('does not depend on the order of the columns, and has one signature for them', () => {
    fc.assert(
      fc.property(fc.uniqueArray(head, { minLength: 2, maxLength: 8 }), (heads) => {
        const forward = proposalsFor(heads);
        const backward = proposalsFor([...heads].reverse());
        expect(headSignature('loan', forward)).toBe(headSignature('loan', backward));
        const byKey = new Map(backward.map((proposal) => [proposal.key, proposal.confidence]));
        for (const { key, confidence } of forward) expect(byKey.get(key)).toBe(confidence);
      }),
    );
  });

  it('normalises in one step: doing it twice changes nothing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(normaliseHead(normaliseHead(text))).toBe(normaliseHead(text));
      }),
    );
  });

  it('likeness is symmetric and below 1', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(likenessOf(a, b)).toBe(likenessOf(b, a));
        expect(likenessOf(a, b)).toBeLessThan(1);
      }),
    );
  });
});
