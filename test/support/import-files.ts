import * as XLSX from '@e965/xlsx';
import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import type { Cell, MaybeCell, Merge, SheetGrid, WorkbookGrid } from '#app/platform/import/table/cell.ts';

/** Builders of the files that offices send: real bytes, made by the libraries that read and write them elsewhere. */
export type Value = string | number | Date | null;

export interface SheetPlan {
  readonly name?: string;
  readonly rows: readonly (readonly Value[])[];
  /** Areas as Excel writes them: `A1:U1`. */
  readonly merges?: readonly string[];
  readonly isHidden?: boolean;
}

/** An .xlsx as Excel and WPS save it, with the given cells. */
export async function anXlsx(sheets: readonly SheetPlan[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  sheets.forEach((plan, at) => {
    const sheet = book.addWorksheet(plan.name ?? `Sheet${at + 1}`, {
      state: plan.isHidden === true ? 'hidden' : 'visible',
    });
    for (const row of plan.rows) sheet.addRow([...row]);
    for (const area of plan.merges ?? []) sheet.mergeCells(area);
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** A BIFF8 .xls (Excel 97–2003). */
export function anXls(sheets: readonly SheetPlan[]): Uint8Array {
  const book = XLSX.utils.book_new();
  sheets.forEach((plan, at) => {
    const sheet = XLSX.utils.aoa_to_sheet(plan.rows.map((row) => [...row]));
    sheet['!merges'] = (plan.merges ?? []).map((area) => XLSX.utils.decode_range(area));
    XLSX.utils.book_append_sheet(book, sheet, plan.name ?? `Sheet${at + 1}`);
  });
  const written: unknown = XLSX.write(book, { type: 'array', bookType: 'biff8' });
  if (!(written instanceof ArrayBuffer)) throw new Error('SheetJS writes array buffers');
  return new Uint8Array(written);
}

export function aCsv(rows: readonly (readonly Value[])[], delimiter = ','): string {
  const quote = (text: string): string => (/[",\n\t;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return rows.map((row) => row.map((value) => quote(String(value ?? ''))).join(delimiter)).join('\r\n');
}

export function utf8(text: string, options: { bom?: boolean } = {}): Uint8Array {
  return new TextEncoder().encode(options.bom === true ? `\ufeff${text}` : text);
}

let gbBytes: Map<string, readonly [number, number]> | null = null;

/** The two-byte part of GB18030, turned round from what the decoder says: Node has no encoder for it. */
export function gb18030(text: string): Uint8Array {
  if (gbBytes === null) {
    gbBytes = new Map();
    const decoder = new TextDecoder('gb18030');
    for (let lead = 0x81; lead <= 0xfe; lead += 1) {
      for (let trail = 0x40; trail <= 0xfe; trail += 1) {
        if (trail === 0x7f) continue;
        const char = decoder.decode(new Uint8Array([lead, trail]));
        if ([...char].length === 1 && char !== '\ufffd' && !gbBytes.has(char))
          gbBytes.set(char, [lead, trail]);
      }
    }
  }
  const bytes: number[] = [];
  for (const char of text) {
    const pair = gbBytes.get(char);
    if (char.charCodeAt(0) < 0x80) bytes.push(char.charCodeAt(0));
    else if (pair) bytes.push(...pair);
    else throw new Error(`${char} is not in the two-byte part of GB18030`);
  }
  return new Uint8Array(bytes);
}

/** The parts of a minimal .xlsx around a given sheet XML, for files that no library would write. */
export function xlsxParts(sheetXml: string): Record<string, Uint8Array> {
  return {
    '[Content_Types].xml': strToU8(
      `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
    ),
    '_rels/.rels': strToU8(
      `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    'xl/workbook.xml': strToU8(
      `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': strToU8(
      `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ),
    'xl/worksheets/sheet1.xml': strToU8(sheetXml),
  };
}

export function sheetXml(rowsXml: string): string {
  return `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rowsXml}</sheetData></worksheet>`;
}

export function zipped(parts: Record<string, Uint8Array>): Uint8Array {
  return zipSync(parts, { level: 9 });
}

export function text(value: string): Cell {
  return { kind: 'text', text: value };
}

export function number(value: number, shown = String(value)): Cell {
  return { kind: 'number', text: shown, value };
}

/** A sheet as it comes out of the reader; `''` and null are blank cells. */
export function aSheet(
  rows: readonly (readonly (string | Cell | null)[])[],
  options: { name?: string; merges?: readonly Merge[]; isHidden?: boolean } = {},
): SheetGrid {
  return {
    name: options.name ?? 'Sheet1',
    isHidden: options.isHidden ?? false,
    merges: options.merges ?? [],
    rows: rows.map((row) =>
      row.map((cell): MaybeCell =>
        cell === '' || cell === null ? null : typeof cell === 'string' ? text(cell) : cell,
      ),
    ),
  };
}

export function aWorkbook(...sheets: readonly SheetGrid[]): WorkbookGrid {
  return { format: 'xlsx', sheets, formulaCells: 0, hasExternalLinks: false };
}
