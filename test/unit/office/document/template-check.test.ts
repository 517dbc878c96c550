import { describe, expect, test } from 'vitest';
import type { PaperKind } from '#app/office/document/paper.ts';
import { checkDocxTexts, checkXlsxTexts } from '#app/office/document/template-check.ts';
import { docxTexts } from '#app/office/document/format/docx-texts.ts';

const KIND: PaperKind = {
  code: 'test.paper',
  title: '通知',
  format: 'docx',
  area: '测试',
  issuer: 'unit',
  reads: 'document.read',
  fields: [
    { name: '单位名称', label: '', example: '某局' },
    { name: '姓名', label: '', example: '张某', repeats: '学员' },
    { name: '科目', label: '', example: '法律', repeats: '课程' },
  ],
  layout: { blocks: [] },
};

const docx = (...texts: string[]) =>
  checkDocxTexts(
    KIND,
    texts.map((text, index) => ({ place: `正文第 ${index + 1} 段`, text })),
  );
const xlsx = (cells: readonly (readonly [string, string])[], isMapped = false) =>
  checkXlsxTexts(
    KIND,
    cells.map(([address, text]) => ({ place: `S!${address}`, text, row: `S!${address.slice(1)}` })),
    isMapped,
  );

describe('a Word template is checked against its paper', () => {
  test('one with known fields and a closed list passes', () => {
    expect(docx('{单位名称}：{文号}', '{#学员}{序号}{姓名}', '{单位名称}{/学员}')).toEqual([]);
  });

  test.each([
    [['{单位名}'], '没有名为“单位名”的字段，是否想写“单位名称”？'],
    [['{单位名称'], '没有闭合'],
    [['单位名称}'], '多了一个“}”'],
    [['{}'], '空的花括号'],
    [['{单位名称 + 1}'], '不是可以填写的字段'],
    [['{@单位名称}'], '不是可以填写的字段'],
    [['{=<% %>=}'], '不是可以填写的字段'],
    [['｛单位名称｝'], '全角花括号'],
    [['{#学员}{姓名}'], '没有结束'],
    [['{姓名}'], '要写在“{#学员}”和“{/学员}”之间'],
    [['{#学员}{科目}{/学员}'], '要写在“{#课程}”'],
    [['{#学员}{/课程}'], '应以“{/学员}”结束'],
    [['{/学员}'], '前面没有“{#学员}”'],
    [['{#人员}{/人员}'], '没有名为“人员”的列表'],
    [['{#学员}{#课程}{/课程}{/学员}'], '不能嵌套'],
  ])('%j is told: %s', (texts, told) => {
    const problems = docx(...texts);
    expect(problems.map((problem) => problem.text).join('\n')).toContain(told);
    expect(problems[0]?.place).toBe('正文第 1 段');
  });

  test('a field cut into several runs is one field; words of the file itself are left alone', () => {
    const xml =
      '<w:p><w:r><w:t>{单位</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">名称} &lt;好&gt;</w:t></w:r></w:p><w:p/>' +
      '<w:p><w:r><w:t>外</w:t></w:r><w:txbxContent><w:p><w:r><w:t>{文号}</w:t></w:r></w:p></w:txbxContent></w:p>';
    const texts = docxTexts(new Map([['word/document.xml', xml]]));
    expect(texts.map((one) => one.text)).toEqual(['{单位名称} <好>', '{文号}', '外']);
  });
});

describe('a workbook template is checked against its paper', () => {
  test('the fields of a list stand in one row', () => {
    expect(
      xlsx([
        ['A1', '{单位名称}'],
        ['A3', '{序号}'],
        ['B3', '{姓名}'],
      ]),
    ).toEqual([]);
  });

  test.each([
    [[['A1', '{单位名}']], '没有名为'],
    [
      [
        ['A3', '{姓名}'],
        ['B3', '{科目}'],
      ],
      '一行只能重复一个列表',
    ],
    [
      [
        ['A3', '{姓名}'],
        ['A4', '{姓名}'],
      ],
      '分在了两行',
    ],
    [[['A3', '{#学员}{姓名}{/学员}']], '表格里不用写'],
    [[['A1', '通知']], '没有找到任何字段'],
  ] as const)('%j is told', (cells, told) => {
    expect(
      xlsx(cells)
        .map((problem) => problem.text)
        .join('\n'),
    ).toContain(told);
  });

  test('a sheet without fields passes when its columns were named on screen', () => {
    expect(xlsx([['A1', '花名册']], true)).toEqual([]);
  });
});
