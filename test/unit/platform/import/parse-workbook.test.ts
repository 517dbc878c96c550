import * as XLSX from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { strToU8 } from 'fflate';
import { describe, expect, it } from 'vitest';
import { MAX_FILE_BYTES, MAX_ZIP_ENTRIES } from '#app/platform/import/limits.ts';
import type { WorkbookGrid } from '#app/platform/import/table/cell.ts';
import { fileRefusalText } from '#app/platform/import/workbook/file-refusal.ts';
import { parseWorkbook } from '#app/platform/import/workbook/parse-workbook.server.ts';
import {
  aCsv,
  anXls,
  anXlsx,
  gb18030,
  sheetXml,
  utf8,
  xlsxParts,
  zipped,
} from '#test/support/import-files.ts';

const ROWS = [
  ['姓名', '身份证号', '日期', '数'],
  ['张　三', '990001199001010010', '2022.11.1', 12.5],
] as const;

/** Texts of the first sheet, row by row; or the refusal's code. */
async function texts(bytes: Uint8Array): Promise<string[][] | string> {
  const book = await parseWorkbook(bytes);
  return 'code' in book ? book.code : gridTexts(book);
}

function gridTexts(book: WorkbookGrid): string[][] {
  return (book.sheets[0]?.rows ?? []).map((row) => row.map((cell) => cell?.text ?? ''));
}

const EXPECTED = [
  ['姓名', '身份证号', '日期', '数'],
  ['张　三', '990001199001010010', '2022.11.1', '12.5'],
];

describe('files that offices send', () => {
  it('reads .xlsx', async () => {
    expect(await texts(await anXlsx([{ rows: ROWS }]))).toEqual(EXPECTED);
  });

  it('reads .xls of 97–2003, named by its streams and not by its ending', async () => {
    const book = await parseWorkbook(anXls([{ rows: ROWS, merges: ['A1:B1'] }]));
    expect(book).toMatchObject({
      format: 'xls',
      sheets: [{ merges: [{ top: 0, left: 0, bottom: 0, right: 1 }] }],
    });
    expect(await texts(anXls([{ rows: ROWS }]))).toEqual(EXPECTED);
  });

  it.each([
    ['UTF-8', utf8(aCsv(ROWS))],
    ['UTF-8 with BOM', utf8(aCsv(ROWS), { bom: true })],
    ['GB18030', gb18030(aCsv(ROWS))],
    [
      'UTF-16 with tabs, as Excel’s Unicode text',
      new Uint8Array(Buffer.from(`\ufeff${aCsv(ROWS, '\t')}`, 'utf16le')),
    ],
    ['semicolons', utf8(aCsv(ROWS, ';'))],
  ])('reads .csv in %s', async (_, bytes) => {
    expect(await texts(bytes)).toEqual(EXPECTED);
  });

  it('keeps every .csv cell as text', async () => {
    const book = await parseWorkbook(utf8('a,b\n0123,2022-11-01'));
    if ('code' in book) throw new Error(book.code);
    expect(book.sheets[0]?.rows[1]).toEqual([
      { kind: 'text', text: '0123' },
      { kind: 'text', text: '2022-11-01' },
    ]);
  });

  it('shows dates as days, whole numbers with all their digits, and hidden sheets as hidden', async () => {
    const bytes = await anXlsx([
      { rows: [[new Date('2022-11-01T00:00:00Z'), 990001199001010000, 140402200012]] },
      { rows: [['x']], isHidden: true },
    ]);
    const book = await parseWorkbook(bytes);
    if ('code' in book) throw new Error(book.code);
    expect(book.sheets[0]?.rows[0]).toMatchObject([
      { kind: 'date', text: '2022-11-01', value: 44866 },
      { kind: 'number', text: '990001199001010000' },
      { kind: 'number', text: '140402200012' },
    ]);
    expect(book.sheets.map((sheet) => sheet.isHidden)).toEqual([false, true]);
  });

  it('takes the saved value of a formula, never computes, and keeps text that begins with =', async () => {
    const workbook = new ExcelJS.Workbook();
    const sheet = workbook.addWorksheet('s');
    sheet.getCell('A1').value = { formula: '1+1', result: 3, date1904: false };
    sheet.getCell('B1').value = '=1+1';
    sheet.getCell('C1').value = { formula: 'NOW()', date1904: false };
    const book = await parseWorkbook(new Uint8Array(await workbook.xlsx.writeBuffer()));
    expect(book).toMatchObject({ formulaCells: 2, hasExternalLinks: false });
    expect('code' in book ? [] : book.sheets[0]?.rows[0]).toMatchObject([
      { kind: 'number', text: '3', isFormula: true },
      { kind: 'text', text: '=1+1' },
      { kind: 'text', text: '', isFormula: true },
    ]);
  });

  it('notices links to other workbooks', async () => {
    const parts = xlsxParts(sheetXml('<row r="1"><c r="A1"><v>1</v></c></row>'));
    const linked = zipped({ ...parts, 'xl/externalLinks/externalLink1.xml': strToU8('<x/>') });
    expect(await parseWorkbook(linked)).toMatchObject({ hasExternalLinks: true });
  });
});

describe('files that are no workbook', () => {
  const oleWith = (stream: string): Uint8Array => {
    const container = XLSX.CFB.utils.cfb_new() as object;
    XLSX.CFB.utils.cfb_add(container, `/${stream}`, Buffer.alloc(5_000, 1));
    return new Uint8Array(XLSX.CFB.write(container, { type: 'buffer' }) as Buffer);
  };
  const zipWith = (...names: string[]): Uint8Array =>
    zipped(Object.fromEntries(names.map((name) => [name, strToU8('x')])));

  it.each([
    ['nothing', new Uint8Array(), 'FILE_EMPTY'],
    ['blank text', utf8(' \r\n '), 'FILE_EMPTY'],
    ['a PDF', utf8('%PDF-1.7\n...'), 'FILE_NOT_A_WORKBOOK'],
    ['a PNG', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]), 'FILE_NOT_A_WORKBOOK'],
    ['a JPEG', new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 16]), 'FILE_NOT_A_WORKBOOK'],
    ['a program', new Uint8Array([0x4d, 0x5a, 0x90, 0, 3]), 'FILE_NOT_A_WORKBOOK'],
    ['a RAR', new Uint8Array([0x52, 0x61, 0x72, 0x21, 0x1a, 7]), 'FILE_IS_ARCHIVE'],
    ['a web page named .xls', utf8('<html><body><table><tr><td>姓名</td></tr></table>'), 'FILE_IS_HTML'],
    ['a bare HTML table', utf8('\ufeff\n <TABLE><tr><td>1'), 'FILE_IS_HTML'],
    ['a single-file web page', utf8('MIME-Version: 1.0\nX-Document-Type: Workbook'), 'FILE_IS_HTML'],
    [
      'XML 表格 2003',
      utf8('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'),
      'FILE_IS_XML_SPREADSHEET',
    ],
    ['other XML', utf8('<?xml version="1.0"?><a/>'), 'FILE_NOT_A_WORKBOOK'],
    ['bytes in no encoding', new Uint8Array([0xe5, 0xbc, 0xff, 0x2c, 0x80, 0xff]), 'FILE_UNKNOWN_ENCODING'],
    ['a Word document', zipWith('word/document.xml', '[Content_Types].xml'), 'FILE_IS_OTHER_OFFICE'],
    ['a presentation', zipWith('ppt/presentation.xml'), 'FILE_IS_OTHER_OFFICE'],
    ['an OpenDocument sheet', zipWith('mimetype', 'content.xml'), 'FILE_OTHER_SPREADSHEET'],
    ['an .xlsb', zipWith('xl/workbook.bin'), 'FILE_OTHER_SPREADSHEET'],
    ['a zip of photos', zipWith('1.jpg', '2.jpg'), 'FILE_IS_ARCHIVE'],
    ['an old Word document', oleWith('WordDocument'), 'FILE_IS_OTHER_OFFICE'],
    ['a workbook with a password', oleWith('EncryptedPackage'), 'FILE_ENCRYPTED'],
    ['another compound file', oleWith('Something'), 'FILE_NOT_A_WORKBOOK'],
    ['a cut-off .xlsx', zipWith('xl/workbook.xml').subarray(0, 60), 'FILE_DAMAGED'],
    ['an .xlsx without its parts', zipWith('xl/workbook.xml'), 'FILE_DAMAGED'],
  ])('%s is refused with a text that says what to do', async (_, bytes, code) => {
    const refusal = await parseWorkbook(bytes);
    expect(refusal).toMatchObject({ code });
    if ('code' in refusal) expect(fileRefusalText(refusal)).toMatch(/请/);
  });

  it('refuses a cut-off .xls', async () => {
    expect(await texts(anXls([{ rows: ROWS }]).subarray(0, 700))).toBe('FILE_DAMAGED');
  });

  it('refuses an .xls with a password', async () => {
    const container = XLSX.CFB.read(Buffer.from(anXls([{ rows: ROWS }])), { type: 'buffer' }) as object;
    const entry = XLSX.CFB.find(container, 'Workbook') as { content: Uint8Array };
    const stream = Buffer.from(entry.content);
    const afterBof = 4 + stream.readUInt16LE(2);
    const filePass = Buffer.concat([Buffer.from([0x2f, 0, 54, 0, 1, 0, 1, 0, 1, 0]), Buffer.alloc(48)]);
    const locked = Buffer.concat([stream.subarray(0, afterBof), filePass, stream.subarray(afterBof)]);
    const written = XLSX.CFB.utils.cfb_new() as object;
    XLSX.CFB.utils.cfb_add(written, '/Workbook', locked);
    expect(await texts(new Uint8Array(XLSX.CFB.write(written, { type: 'buffer' }) as Buffer))).toBe(
      'FILE_ENCRYPTED',
    );
  });
});

describe('hostile files', () => {
  const sheet = (rows: string): Uint8Array => zipped(xlsxParts(sheetXml(rows)));

  it('refuses 100 MB by its size alone', async () => {
    const refusal = await parseWorkbook(new Uint8Array(MAX_FILE_BYTES + 1));
    expect(refusal).toMatchObject({ code: 'FILE_TOO_LARGE' });
    if ('code' in refusal) expect(fileRefusalText(refusal)).toContain('上限 30 MB');
  });

  it('refuses a part that is packed a thousandfold before inflating it', async () => {
    const bomb = sheet(`<row r="1"><c r="A1"><v>1</v></c></row>${' '.repeat(8_000_000)}`);
    expect(bomb.length).toBeLessThan(20_000);
    expect(await texts(bomb)).toBe('FILE_INFLATES_TOO_MUCH');
  });

  it('refuses a directory that lies about sizes', async () => {
    const honest = sheet(`<row r="1"><c r="A1"><v>1</v></c></row>${' '.repeat(8_000_000)}`);
    const lying = Buffer.from(honest);
    // Offset 24 of each central entry is the inflated size.
    for (let at = lying.indexOf('PK\x01\x02'); at >= 0; at = lying.indexOf('PK\x01\x02', at + 4)) {
      if (lying.readUInt32LE(at + 24) > 1_000_000) lying.writeUInt32LE(5_000, at + 24);
    }
    expect(await texts(new Uint8Array(lying))).toBe('FILE_DAMAGED');
    const huge = Buffer.from(sheet(''));
    huge.writeUInt32LE(0xfffffff0, huge.lastIndexOf('PK\x01\x02') + 24);
    expect(await texts(new Uint8Array(huge))).toBe('FILE_INFLATES_TOO_MUCH');
  });

  it('refuses a zip of thousands of parts', async () => {
    const parts = xlsxParts(sheetXml(''));
    for (let n = 0; n <= MAX_ZIP_ENTRIES; n += 1) parts[`xl/media/${n}.xml`] = strToU8('');
    expect(await texts(zipped(parts))).toBe('FILE_INFLATES_TOO_MUCH');
  });

  it('refuses cells far to the right and says where', async () => {
    const refusal = await parseWorkbook(sheet('<row r="3"><c r="XFD3"><v>1</v></c></row>'));
    expect(refusal).toMatchObject({ code: 'FILE_TOO_MANY_CELLS' });
    if ('code' in refusal) expect(refusal.detail).toContain('XFD3');
  });

  it('reads past a stray cell in the last row of Excel without walking there', async () => {
    const rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>';
    const xml = sheetXml(rows).replace('<sheetData>', '<dimension ref="A1:A1048576"/><sheetData>');
    const book = await parseWorkbook(zipped(xlsxParts(xml)));
    expect(book).toMatchObject({ sheets: [{ isCut: true }] });
  });

  it('leaves XML entities and odd sheet names without effect', async () => {
    const parts = xlsxParts(
      `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>`,
    );
    parts['xl/workbook.xml'] = strToU8(
      new TextDecoder().decode(parts['xl/workbook.xml']).replace('name="Sheet1"', 'name="__proto__"'),
    );
    const book = await parseWorkbook(zipped(parts));
    expect(JSON.stringify(book)).not.toContain('aaaaaaaaaa');
    expect({}).not.toHaveProperty('!ref');
  });
});
