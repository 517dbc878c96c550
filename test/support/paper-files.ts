import { Document, Packer, Paragraph, TextRun } from 'docx';
import ExcelJS from 'exceljs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

/** A .docx with these paragraphs, each text cut into several runs, as editors do. */
export async function aDocx(...texts: readonly string[]): Promise<Uint8Array> {
  const children = texts.map(
    (text) =>
      new Paragraph({
        children: (text.match(/[\s\S]{1,3}/gu) ?? []).map(
          (part, index) => new TextRun({ text: part, bold: index % 2 === 1 }),
        ),
      }),
  );
  return new Uint8Array(await Packer.toBuffer(new Document({ sections: [{ children }] })));
}

/** A workbook made by `fill`. */
export async function anXlsx(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** The same file with one part put in or changed, and packed again. */
export function withPart(
  file: Uint8Array,
  name: string,
  change: string | Uint8Array | ((text: string) => string),
): Uint8Array {
  const parts: Record<string, Uint8Array> = unzipSync(file);
  const before = parts[name];
  const changed = typeof change === 'function' ? change(before ? strFromU8(before) : '') : change;
  parts[name] = typeof changed === 'string' ? strToU8(changed) : changed;
  return zipSync(parts);
}
