import { createRequire } from 'node:module';
import pdfmake from 'pdfmake';
import type { Content, ContentTable, TDocumentDefinitions, TableCell } from 'pdfmake/interfaces';
import { qrSvg } from '#app/platform/qr/draw-qr.server.ts';
import { formRows } from '../form-rows.ts';
import type { PaperBlock, PaperData, PaperKind, PaperRow } from '../paper.ts';
import { ROW_NUMBER_FIELD } from '../paper.ts';
import type { Pictures } from '../picture-marks.ts';
import { NO_PICTURES } from '../picture-marks.ts';
import { fillText } from '../tags.ts';
import type { CellOf } from './pdf-pictures.server.ts';
import { cellsOf } from './pdf-pictures.server.ts';

const FONT = 'NotoSansSC';
const require = createRequire(import.meta.url);
const REGULAR = require.resolve('@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf');
const SEMIBOLD = require.resolve('@expo-google-fonts/noto-sans-sc/600SemiBold/NotoSansSC_600SemiBold.ttf');
pdfmake.addFonts({ [FONT]: { normal: REGULAR, bold: SEMIBOLD } });
// A paper draws on nothing but its own texts and these two fonts.
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setLocalAccessPolicy((path) => path === REGULAR || path === SEMIBOLD);

const POINTS_PER_MM = 2.8346;
const EDGE = 20 * POINTS_PER_MM;
const SIZES = { body: 12, title: 18, form: 10, edge: 8.5 } as const;
/** Side of a page's code with its quiet border: modules of half a millimetre, which office printers and scanners hold. */
const CODE = 17 * POINTS_PER_MM;
const CODE_TOP = 6 * POINTS_PER_MM;

/** What stands in the edges of every page. */
export interface PdfEdge {
  readonly unitName: string;
  /** 2026年11月23日 */
  readonly day: string;
  readonly mark: string;
}

/** Unit and day; on papers that are scanned, the page's code in the corner with its text beside it. */
function pageHead({ pageCode }: PaperKind, values: PaperRow, edge: PdfEdge, page: number): Content {
  const code = pageCode?.(values, page) ?? null;
  const style = { fontSize: SIZES.edge, color: '#555555' };
  const unit: Content = { text: edge.unitName, alignment: 'left' };
  if (code === null)
    return {
      columns: [unit, { text: edge.day, alignment: 'right' }],
      margin: [EDGE, EDGE / 2, EDGE, 0],
      ...style,
    };
  return {
    columns: [
      { ...unit, margin: [0, EDGE / 2 - CODE_TOP, 0, 0] },
      { stack: [edge.day, code], alignment: 'right', margin: [0, EDGE / 2 - CODE_TOP, 6, 0] },
      { svg: qrSvg(code), width: CODE },
    ],
    margin: [EDGE, CODE_TOP, EDGE, 0],
    ...style,
  };
}

/**
 * The paper as A4 PDF from its default layout and the same data as the file: header with unit and date, page x/y below,
 * heads of tables on every page. An uploaded template changes the .docx or .xlsx, not this print.
 * @param pictures those of the paper's people; a place without one stays open
 */
export async function drawPdf(
  kind: PaperKind,
  data: PaperData,
  edge: PdfEdge,
  pictures: Pictures = NO_PICTURES,
): Promise<Uint8Array> {
  const cellOf = cellsOf(kind, pictures);
  const definition: TDocumentDefinitions = {
    pageSize: 'A4',
    pageOrientation: kind.layout.orientation ?? 'portrait',
    pageMargins: [EDGE, kind.pageCode ? CODE_TOP + CODE + 4 : EDGE + 8, EDGE, EDGE],
    info: { title: kind.title },
    defaultStyle: {
      font: FONT,
      ...(kind.layout.isDense
        ? { fontSize: SIZES.form, lineHeight: 1.2 }
        : { fontSize: SIZES.body, lineHeight: 1.35 }),
    },
    header: (page) => pageHead(kind, data.values, edge, page),
    footer: (page, pages) => ({
      columns: [
        { text: edge.mark, alignment: 'left' },
        { text: `第 ${page} 页，共 ${pages} 页`, alignment: 'right' },
      ],
      margin: [EDGE, EDGE / 3, EDGE, 0],
      fontSize: SIZES.edge,
      color: '#555555',
    }),
    content: kind.layout.blocks.map((block) => drawBlock(block, data, cellOf)),
  };
  return new Uint8Array(await pdfmake.createPdf(definition).getBuffer());
}

/** Two blanks of the body's size before the first character. */
const INDENT = 2 * SIZES.body;

function drawBlock(block: PaperBlock, { values, rows }: PaperData, cellOf: CellOf): Content {
  const fill = (text: string): string => fillText(text, values);
  switch (block.kind) {
    case 'title':
      return {
        text: fill(block.text),
        fontSize: SIZES.title,
        bold: true,
        alignment: 'center',
        margin: [0, 4, 0, 10],
      };
    case 'number':
      return { text: fill(block.text), alignment: 'center', margin: [0, 0, 0, 12] };
    case 'addressee':
      return { text: fill(block.text), margin: [0, 4, 0, 4] };
    case 'heading':
      return { text: fill(block.text), bold: true, leadingIndent: INDENT, margin: [0, 4, 0, 2] };
    case 'paragraph':
      return {
        stack: fill(block.text)
          .split('\n')
          .map((text) => ({ text, leadingIndent: INDENT, margin: [0, 2, 0, 2] })),
      };
    case 'note':
      return { text: fill(block.text), fontSize: SIZES.form, margin: [0, 8, 0, 0] };
    case 'fields':
      return drawForm(block.items, values, cellOf);
    case 'table':
      return drawTable(block, values, rows?.[block.list] ?? [], cellOf);
    case 'signature':
      return {
        stack: [fill(block.office), fill(block.day)],
        alignment: 'right',
        margin: [0, 36, INDENT * 2, 0],
        unbreakable: true,
      };
    case 'blanks':
      return { stack: block.labels.map((label) => ({ text: fill(label), margin: [0, 12, 0, 0] })) };
  }
}

function drawForm(
  items: Extract<PaperBlock, { kind: 'fields' }>['items'],
  values: PaperRow,
  cellOf: CellOf,
): ContentTable {
  const body = formRows(items).map(({ left, right }): TableCell[] => {
    const label = { text: left.label, bold: true };
    if (right === null) return [label, { ...cellOf(left.text, values), colSpan: 3 }, '', ''];
    if (right === 'covered') return [label, cellOf(left.text, values), '', ''];
    const rowSpan = right.rows ?? 1;
    return [
      label,
      cellOf(left.text, values),
      { text: right.label, bold: true, rowSpan },
      { ...cellOf(right.text, values), rowSpan },
    ];
  });
  return {
    table: { widths: ['20%', '*', '20%', '*'], body, dontBreakRows: true },
    fontSize: SIZES.form,
    margin: [0, 4, 0, 8],
  };
}

function drawTable(
  block: Extract<PaperBlock, { kind: 'table' }>,
  values: PaperRow,
  rows: readonly PaperRow[],
  cellOf: CellOf,
): ContentTable {
  const sum = block.columns.reduce((total, column) => total + (column.weight ?? 1), 0);
  const shown = rows.length > 0 ? rows : [{}];
  const head = block.columns.map(({ head: text }): TableCell => ({ text, bold: true, alignment: 'center' }));
  const body = shown.map((row, index) =>
    block.columns.map(({ text, align = 'start' }): TableCell => ({
      ...cellOf(rows.length === 0 ? '' : text, {
        ...values,
        [ROW_NUMBER_FIELD]: String(index + 1),
        ...row,
      }),
      alignment: align === 'end' ? 'right' : align === 'center' ? 'center' : 'left',
    })),
  );
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: block.columns.map((column) => `${Math.floor((10_000 * (column.weight ?? 1)) / sum) / 100}%`),
      body: [head, ...body],
    },
    fontSize: SIZES.form,
    margin: [0, 4, 0, 8],
  };
}
