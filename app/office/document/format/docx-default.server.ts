import {
  AlignmentType,
  BorderStyle,
  Document,
  Footer,
  LineRuleType,
  Packer,
  PageNumber,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import type { FileChild, IParagraphOptions } from 'docx';
import type { FormItem } from '../form-rows.ts';
import { formRows } from '../form-rows.ts';
import type { PaperBlock, PaperKind } from '../paper.ts';

/** Sizes in half points and lengths in twips, after GB/T 9704—2012: 三号仿宋, title 二号, 28 points a line. */
const BODY = 32;
const TITLE = 44;
const FORM = 24;
const LINE = 28 * 20;
const FORM_LINE = 20 * 20;
const MM = 56.7;
const A4 = { width: Math.round(210 * MM), height: Math.round(297 * MM) };
const MARGIN = {
  top: Math.round(37 * MM),
  bottom: Math.round(35 * MM),
  left: Math.round(28 * MM),
  right: Math.round(26 * MM),
};
/** Landscape lists take narrower edges: they are working papers, not letters. */
const LIST_MARGIN = { top: 1134, bottom: 1134, left: 1134, right: 1134 };

const BODY_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '仿宋' };
const TITLE_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '方正小标宋简体' };
const HEAD_FONT = { ascii: 'Times New Roman', hAnsi: 'Times New Roman', eastAsia: '黑体' };

/** The default .docx template of a paper, drawn from its layout: fields in braces, list rows between loop marks. */
export async function defaultDocx(kind: PaperKind): Promise<Uint8Array> {
  const { blocks, orientation = 'portrait' } = kind.layout;
  const isLandscape = orientation === 'landscape';
  const margin = isLandscape ? LIST_MARGIN : MARGIN;
  const width = (isLandscape ? A4.height : A4.width) - margin.left - margin.right;
  const document = new Document({
    title: kind.title,
    creator: '',
    styles: { default: { document: { run: { font: BODY_FONT, size: BODY } } } },
    sections: [
      {
        properties: {
          page: {
            margin,
            size: {
              ...A4,
              orientation: isLandscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
          },
        },
        footers: { default: new Footer({ children: [pageNumber()] }) },
        children: blocks.flatMap((block) => drawBlock(block, width)),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

function pageNumber(): Paragraph {
  const run = { font: { eastAsia: '宋体', ascii: '宋体', hAnsi: '宋体' }, size: 28 };
  return new Paragraph({
    alignment: AlignmentType.CENTER,
    children: [new TextRun({ ...run, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
}

const spacing = (line: number, before = 0, after = 0) => ({
  line,
  lineRule: LineRuleType.EXACT,
  before,
  after,
});

function line(text: string, options: IParagraphOptions = {}): Paragraph {
  return new Paragraph({ spacing: spacing(LINE), ...options, children: [new TextRun({ text })] });
}

function drawBlock(block: PaperBlock, width: number): FileChild[] {
  switch (block.kind) {
    case 'title':
      return [
        new Paragraph({
          alignment: AlignmentType.CENTER,
          spacing: { before: 0, after: 240 },
          children: [new TextRun({ text: block.text, font: TITLE_FONT, size: TITLE })],
        }),
      ];
    case 'number':
      return [line(block.text, { alignment: AlignmentType.CENTER, spacing: spacing(LINE, 0, LINE) })];
    case 'addressee':
      return [line(block.text)];
    case 'heading':
      return [
        new Paragraph({
          spacing: spacing(LINE),
          indent: { firstLine: 2 * BODY * 10 },
          keepNext: true,
          children: [new TextRun({ text: block.text, font: HEAD_FONT })],
        }),
      ];
    case 'paragraph':
      return [line(block.text, { indent: { firstLine: 2 * BODY * 10 } })];
    case 'note':
      return [
        new Paragraph({
          spacing: { before: 160 },
          children: [new TextRun({ text: block.text, size: FORM })],
        }),
      ];
    case 'fields':
      return [form(block.items, width), gap()];
    case 'table':
      return [list(block, width), gap()];
    case 'signature':
      return [
        line(block.office, {
          alignment: AlignmentType.RIGHT,
          spacing: spacing(LINE, 2 * LINE),
          indent: { right: 4 * BODY * 10 },
          keepNext: true,
        }),
        line(block.day, { alignment: AlignmentType.RIGHT, indent: { right: 4 * BODY * 10 } }),
      ];
    case 'blanks':
      return block.labels.map((label) => line(label, { spacing: spacing(LINE, LINE / 2) }));
  }
}

/** Word joins tables that touch; a thin line keeps them apart. */
const gap = (): Paragraph =>
  new Paragraph({ spacing: { line: 120, lineRule: LineRuleType.EXACT }, children: [] });

const BORDER = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
const BORDERS = { top: BORDER, bottom: BORDER, left: BORDER, right: BORDER };

function cell(
  text: string,
  width: number,
  options: {
    isHead?: boolean;
    align?: 'start' | 'center' | 'end';
    span?: number;
    rows?: number | undefined;
  } = {},
): TableCell {
  const alignment =
    options.align === 'end'
      ? AlignmentType.RIGHT
      : options.align === 'center'
        ? AlignmentType.CENTER
        : AlignmentType.LEFT;
  return new TableCell({
    width: { size: width, type: WidthType.DXA },
    borders: BORDERS,
    verticalAlign: VerticalAlign.CENTER,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    ...(options.span === undefined ? {} : { columnSpan: options.span }),
    ...(options.rows === undefined ? {} : { rowSpan: options.rows }),
    children: [
      new Paragraph({
        alignment,
        spacing: { line: FORM_LINE, lineRule: LineRuleType.AT_LEAST },
        children: [new TextRun({ text, size: FORM, ...(options.isHead ? { font: HEAD_FONT } : {}) })],
      }),
    ],
  });
}

function form(items: readonly FormItem[], width: number): Table {
  const widths = [0.2, 0.3, 0.2, 0.3].map((share) => Math.round(width * share));
  const [label = 0, value = 0] = widths;
  const rows = formRows(items).map(({ left, right }) => {
    const head = cell(left.label, label, { isHead: true });
    if (right === null) return [head, cell(left.text, width - label, { span: 3 })];
    if (right === 'covered') return [head, cell(left.text, value)];
    const { rows: tall } = right;
    return [
      head,
      cell(left.text, value),
      cell(right.label, label, { isHead: true, rows: tall }),
      cell(right.text, value, { rows: tall, ...(tall === undefined ? {} : { align: 'center' }) }),
    ];
  });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    rows: rows.map((children) => new TableRow({ cantSplit: true, children })),
  });
}

/** The head repeats on every page; the row between `{#list}` and `{/list}` repeats for every row of data. */
function list(block: Extract<PaperBlock, { kind: 'table' }>, width: number): Table {
  const sum = block.columns.reduce((total, column) => total + (column.weight ?? 1), 0);
  const widths = block.columns.map((column) => Math.round((width * (column.weight ?? 1)) / sum));
  const last = block.columns.length - 1;
  const head = block.columns.map((column, index) =>
    cell(column.head, widths[index] ?? 0, { isHead: true, align: 'center' }),
  );
  const row = block.columns.map(({ text, align = 'start' }, index) => {
    const opened = index === 0 ? `{#${block.list}}${text}` : text;
    return cell(index === last ? `${opened}{/${block.list}}` : opened, widths[index] ?? 0, { align });
  });
  return new Table({
    width: { size: width, type: WidthType.DXA },
    columnWidths: widths,
    rows: [
      new TableRow({ tableHeader: true, cantSplit: true, children: head }),
      new TableRow({ cantSplit: true, children: row }),
    ],
  });
}
