import ExcelJS from 'exceljs';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { PlacedFormula } from './formula-loop.ts';
import type { TemplateText } from '../template-check.ts';

/** Opens a workbook that has passed the container and size checks. Refusal: TEMPLATE_REFUSED (detail: text). */
export async function openWorkbook(
  bytes: Uint8Array,
): Promise<Outcome<ExcelJS.Workbook, 'TEMPLATE_REFUSED'>> {
  const book = new ExcelJS.Workbook();
  try {
    // Lists over whole columns would be spread out cell by cell, a million times.
    await book.xlsx.load(new Uint8Array(bytes).buffer, { ignoreNodes: ['dataValidations'] });
  } catch (error) {
    // exceljs throws plain Errors and TypeErrors for parts it does not know; the bytes are a stranger's.
    if (!(error instanceof Error)) throw error;
    return refused('TEMPLATE_REFUSED', {
      text: '无法读取这个工作簿。请用 Excel 或 WPS 打开，删去图表、图形等内容，另存为 .xlsx 后上传。',
    });
  }
  return book.worksheets.length > 0
    ? done(book)
    : refused('TEMPLATE_REFUSED', { text: '工作簿里没有工作表，请重新选择文件。' });
}

/** What a person sees in a cell, rich text put together; empty for formulas, figures and days. */
export function textOfCell(cell: ExcelJS.Cell): string {
  const { value } = cell;
  if (typeof value === 'string') return value;
  if (value !== null && typeof value === 'object' && 'richText' in value)
    return value.richText.map((run) => run.text).join('');
  return '';
}

/** Every formula of a workbook with its place. */
export function workbookFormulas(book: ExcelJS.Workbook): readonly PlacedFormula[] {
  const formulas: PlacedFormula[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        const { value } = cell;
        if (value !== null && typeof value === 'object' && ('formula' in value || 'sharedFormula' in value))
          formulas.push({ sheet: sheet.name, address: cell.address, formula: cell.formula });
      });
    });
  }
  return formulas;
}

/** Every text of a workbook with its place; the lower cells of a merged range are left out. */
export function workbookTexts(book: ExcelJS.Workbook): readonly TemplateText[] {
  const texts: TemplateText[] = [];
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) => {
      row.eachCell((cell) => {
        if (cell.isMerged && cell.master.address !== cell.address) return;
        const text = textOfCell(cell);
        if (text !== '')
          texts.push({ place: `${sheet.name}!${cell.address}`, text, row: `${sheet.name}!${row.number}` });
      });
    });
  }
  return texts;
}
