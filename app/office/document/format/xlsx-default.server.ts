import ExcelJS from 'exceljs';
import type { PaperBlock, PaperKind } from '../paper.ts';

const THIN = { style: 'thin' } as const;
const BOX = { top: THIN, left: THIN, bottom: THIN, right: THIN };
const BODY_FONT = { name: '宋体', size: 11 };
const TITLE_FONT = { name: '黑体', size: 16 };
/** Characters across an A4 page, portrait and landscape, at the body size. */
const PAGE_WIDTHS = { portrait: 88, landscape: 132 } as const;
const FORM_COLUMNS = 4;

/** The default .xlsx template of a paper, drawn from its layout: fields in braces, one row for each list. */
export async function defaultXlsx(kind: PaperKind): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const { blocks, orientation = 'portrait' } = kind.layout;
  const sheet = book.addWorksheet(kind.title.replace(/[\\/?*[\]:]/g, ''), {
    pageSetup: { paperSize: 9, orientation, fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
    headerFooter: { oddFooter: '&C第 &P 页，共 &N 页' },
  });
  const table = blocks.find((block) => block.kind === 'table');
  const weights =
    table?.columns.map((column) => column.weight ?? 1) ?? Array.from({ length: FORM_COLUMNS }, () => 1);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  weights.forEach((weight, index) => {
    sheet.getColumn(index + 1).width = Math.max(6, (weight / sum) * PAGE_WIDTHS[orientation]);
  });
  for (const block of blocks) addBlock(sheet, block, weights.length);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

function addBlock(sheet: ExcelJS.Worksheet, block: PaperBlock, width: number): void {
  switch (block.kind) {
    case 'title':
      return addLine(
        sheet,
        block.text,
        width,
        { font: TITLE_FONT, alignment: { horizontal: 'center', vertical: 'middle' } },
        36,
      );
    case 'number':
      return addLine(sheet, block.text, width, { font: BODY_FONT, alignment: { horizontal: 'right' } });
    case 'addressee':
    case 'heading':
    case 'paragraph':
    case 'note':
      return addLine(sheet, block.text, width, {
        font: BODY_FONT,
        alignment: { wrapText: true, vertical: 'middle' },
      });
    case 'fields':
      return addForm(sheet, block.items, width);
    case 'table':
      return addTable(sheet, block.columns);
    case 'signature':
      addLine(sheet, block.office, width, { font: BODY_FONT, alignment: { horizontal: 'right' } });
      return addLine(sheet, block.day, width, { font: BODY_FONT, alignment: { horizontal: 'right' } });
    case 'blanks':
      return addLine(
        sheet,
        block.labels.join('　　　　　　　　'),
        width,
        { font: BODY_FONT, alignment: { vertical: 'middle' } },
        28,
      );
  }
}

function addLine(
  sheet: ExcelJS.Worksheet,
  text: string,
  width: number,
  style: Partial<ExcelJS.Style>,
  height?: number,
): void {
  const row = sheet.addRow([text]);
  row.getCell(1).style = style;
  if (height !== undefined) row.height = height;
  if (width > 1) sheet.mergeCells(row.number, 1, row.number, width);
}

/** Label and value two by two, in a box. */
function addForm(
  sheet: ExcelJS.Worksheet,
  items: readonly { readonly label: string; readonly text: string; readonly wide?: boolean }[],
  width: number,
): void {
  const style = { font: BODY_FONT, border: BOX, alignment: { wrapText: true, vertical: 'middle' } } as const;
  for (const item of items) {
    const row = sheet.addRow([item.label, item.text]);
    for (let column = 1; column <= width; column += 1) row.getCell(column).style = style;
    if (width > 2) sheet.mergeCells(row.number, 2, row.number, width);
  }
}

function addTable(
  sheet: ExcelJS.Worksheet,
  columns: Extract<PaperBlock, { kind: 'table' }>['columns'],
): void {
  const head = sheet.addRow(columns.map((column) => column.head));
  head.height = 24;
  head.eachCell((cell) => {
    cell.style = {
      font: { ...BODY_FONT, bold: true },
      border: BOX,
      alignment: { horizontal: 'center', vertical: 'middle', wrapText: true },
    };
  });
  const row = sheet.addRow(columns.map((column) => column.text));
  columns.forEach(({ align }, index) => {
    const horizontal = align === 'end' ? 'right' : align === 'center' ? 'center' : 'left';
    row.getCell(index + 1).style = {
      font: BODY_FONT,
      border: BOX,
      alignment: { horizontal, vertical: 'middle', wrapText: true },
    };
  });
  sheet.pageSetup.printTitlesRow = `${head.number}:${head.number}`;
}
