import { describe, expect, it } from 'vitest';
import { judgeRows, rowsToDecide } from '#app/platform/import/judge-rows.ts';
import type { ImportKind } from '#app/platform/import/kind.ts';
import { meaningOfSheetName, readRows } from '#app/platform/import/read-rows.ts';
import type { SheetGrid } from '#app/platform/import/table/cell.ts';
import { findTables } from '#app/platform/import/table/find-table.ts';
import { headWordsOf } from '#app/platform/import/table/head-words.ts';
import { mappingOf, proposeMapping, WIDE_TARGET } from '#app/platform/import/table/map-columns.ts';
import { aSheet, aWorkbook, number } from '#test/support/import-files.ts';
import { hourKind, loanKind } from '#test/support/toy-import.ts';

function readAll<Row, Fact, Context>(kind: ImportKind<Row, Fact, Context>, ...sheets: SheetGrid[]) {
  const { tables } = findTables(aWorkbook(...sheets), headWordsOf(kind));
  return readRows(kind, tables, mappingOf(proposeMapping(kind, tables)));
}

const rowsOf = <Row, Fact, Context>(kind: ImportKind<Row, Fact, Context>, ...sheets: SheetGrid[]) =>
  rowsToDecide(kind, readAll(kind, ...sheets));

const merge = (top: number, left: number, bottom: number, right: number) => ({ top, left, bottom, right });
const nothingKnown = { known: new Map<string, string>() };

describe('reading rows', () => {
  it('fills a blank place from the merged cell, the section, the sheet or the label above, in that order', () => {
    const merged = aSheet(
      [
        ['所属书架：丙'],
        ['图书编号', '借阅人', '书架'],
        ['A1', '张三', '甲'],
        ['A2', '李四', ''],
        ['A3', '王五', ''],
      ],
      { name: '乙馆', merges: [merge(2, 2, 3, 2)] },
    );
    expect(rowsOf(loanKind, merged).map((row) => row.shelf)).toEqual(['甲', '甲', '乙馆']);
    const labelled = aSheet([
      ['所属书架（盖章）：丙　　填报日期：2026'],
      ['图书编号', '借阅人'],
      ['B1', '张三'],
    ]);
    expect(rowsOf(loanKind, labelled)[0]?.shelf).toBe('丙');
    const sections = aSheet(
      [
        ['图书编号', '借阅人', '日期'],
        ['（一）东架', '', ''],
        ['C1', '张三', ''],
      ],
      { name: '馆', merges: [merge(1, 0, 1, 2)] },
    );
    expect(rowsOf(loanKind, sections)[0]?.shelf).toBe('东架');
  });

  it('leaves out template rows that hold a running number only', () => {
    const sheet = aSheet([
      ['序号', '图书编号', '借阅人'],
      [number(1), 'A1', '张三'],
      [number(2), '', ''],
      [number(3), '', ''],
    ]);
    expect(readAll(loanKind, sheet)).toHaveLength(1);
  });

  it('takes the rows of a wide table apart, with both head lines', () => {
    const sheet = aSheet(
      [
        ['姓名', '2026.3.1', '', '2026.4.1'],
        ['', '读书会', '讲座', '展览'],
        ['张三', '3.5', '', '2'],
        ['李四', '', '1', ''],
      ],
      { merges: [merge(0, 0, 1, 0), merge(0, 1, 0, 2)] },
    );
    const { tables } = findTables(
      aWorkbook(sheet),
      headWordsOf({ ...hourKind, fields: hourKind.fields.slice(0, 1) }),
    );
    expect(tables).toHaveLength(1);
    const proposals = proposeMapping(hourKind, tables);
    expect(proposals.map(({ target }) => target)).toEqual(['name', WIDE_TARGET, WIDE_TARGET, WIDE_TARGET]);
    const rows = rowsToDecide(hourKind, readRows(hourKind, tables, mappingOf(proposals)));
    expect(rows).toEqual([
      { name: '张三', title: '读书会', day: '2026-03-01', hundredths: 350 },
      { name: '张三', title: '展览', day: '2026-04-01', hundredths: 200 },
      { name: '李四', title: '讲座', day: '2026-03-01', hundredths: 100 },
    ]);
  });

  it('takes repeated sets of columns apart', () => {
    const sheet = aSheet([
      ['姓名', '名称', '日期', '时数', '名称', '日期', '时数'],
      ['张三', '读书会', '2026.3.1', '3', '讲座', '2026.4.1', '1'],
      ['李四', '', '', '', '展览', '2026.4.2', '2'],
    ]);
    expect(rowsOf(hourKind, sheet).map(({ name, title }) => [name, title])).toEqual([
      ['张三', '读书会'],
      ['张三', '讲座'],
      ['李四', '展览'],
    ]);
  });

  it.each([
    ['Sheet1', ''],
    ['sheet 12', ''],
    ['工作表1', ''],
    ['Sheet1 (2)', ''],
    ['第1页', ''],
    ['花名册', ''],
    ['2026年人员名单', ''],
    ['市场监管局', '市场监管局'],
    ['甲局花名册', '甲局'],
    ['3中队', '3中队'],
  ])('the sheet name %s says 「%s」', (name, meaning) => {
    expect(meaningOfSheetName(name)).toBe(meaning);
  });
});

describe('judging a file', () => {
  const sheet = aSheet(
    [
      ['图书编号', '借阅人', '借出日期', '应还日期'],
      ['A1', '张三', '2026.1.1', '2026.2.1'],
      ['A2', '李四', '2023-02-30', ''],
      ['A3', '', '', ''],
      ['A1', '王五', '', ''],
      ['A4', '赵六', '2026.2.1', '2026.1.1'],
      ['A5', '钱七', '', ''],
      ['A6', '孙八', '', ''],
    ],
    { name: '一馆' },
  );
  const known = {
    known: new Map([
      ['A5', '钱七'],
      ['A6', '周九'],
    ]),
  };

  it('gives each row one verdict and says where, why and what to do', () => {
    const judgement = judgeRows(loanKind, readAll(loanKind, sheet), known);
    expect(judgement.counts).toEqual({ total: 7, new: 2, change: 1, same: 1, refused: 3, warning: 1 });
    expect(judgement.issues.map(({ cell, verdict, code }) => [cell, verdict, code])).toEqual([
      ['C3', 'warning', 'DATE_NOT_EXISTING'],
      ['B4', 'refused', 'VALUE_MISSING'],
      ['A5', 'refused', 'DUPLICATE_IN_FILE'],
      ['D6', 'refused', 'DUE_BEFORE_LOAN'],
      ['B8', 'change', 'CHANGES'],
    ]);
    expect(judgement.issues[2]).toMatchObject({ label: '图书编号', reason: '图书编号与第 2 行重复' });
    expect(judgement.facts.map(({ code }) => code)).toEqual(['A1', 'A2', 'A6']);
  });

  it('names the other sheet when a duplicate stands there', () => {
    const other = aSheet(
      [
        ['图书编号', '借阅人'],
        ['A1', '张三'],
      ],
      { name: '二馆' },
    );
    const { issues } = judgeRows(loanKind, readAll(loanKind, sheet, other), nothingKnown);
    expect(issues.at(-1)?.reason).toBe('图书编号与工作表「一馆」第 2 行重复');
  });

  it('has one signature for equal decisions and another for changed ones', () => {
    const rows = readAll(loanKind, sheet);
    expect(judgeRows(loanKind, rows, known).signature).toBe(judgeRows(loanKind, rows, known).signature);
    expect(judgeRows(loanKind, rows, known).signature).not.toBe(
      judgeRows(loanKind, rows, nothingKnown).signature,
    );
  });
});
