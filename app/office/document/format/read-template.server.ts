import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { PaperKind } from '../paper.ts';
import { exampleData } from '../paper.ts';
import type { TemplateProblem } from '../template-check.ts';
import { checkDocxTexts, checkXlsxTexts } from '../template-check.ts';
import type { ColumnMapping } from '../column-mapping.ts';
import { docxTexts } from './docx-texts.ts';
import { fillDocx } from './docx-fill.server.ts';
import type { PlacedFormula } from './formula-loop.ts';
import { formulaLoop } from './formula-loop.ts';
import { MAX_TEMPLATE_FORMULAS } from '../limits.ts';
import { forbiddenContent } from './forbidden-content.ts';
import type { Parts } from './open-container.server.ts';
import { openContainer } from './open-container.server.ts';
import { fillXlsx } from './xlsx-fill.server.ts';
import { openWorkbook, workbookFormulas, workbookTexts } from './xlsx-open.server.ts';
import { oversizedSheet } from './xlsx-size.ts';

export type TemplateFormat = 'docx' | 'xlsx';

/** A template that may be kept: what it is, and whether its columns still have to be named on screen. */
export interface ReadTemplate {
  readonly format: TemplateFormat;
  /** A workbook without a single field: its columns are named on screen before it can be used. */
  readonly needsMapping: boolean;
}

export type TemplateRefusal = 'TEMPLATE_REFUSED' | 'TEMPLATE_HAS_PROBLEMS';

/** Problems told at once; a template with more is broken in the same way everywhere. */
const PROBLEMS_TOLD = 12;

/**
 * Looks at an uploaded template from the outside in: container, forbidden content, fields, and last a trial fill with
 * the examples. Refusals: TEMPLATE_REFUSED (not to be opened at all), TEMPLATE_HAS_PROBLEMS (fields to be put right);
 * both with detail `text`.
 */
export async function readTemplate(
  kind: PaperKind,
  bytes: Uint8Array,
  mapping: ColumnMapping | null = null,
): Promise<Outcome<ReadTemplate, TemplateRefusal>> {
  const opened = openContainer(bytes);
  if (!opened.ok) return opened;
  const parts = opened.value;
  const format = formatOf(parts);
  if (format === null)
    return refused('TEMPLATE_REFUSED', {
      text: '这不是 Word 文档（.docx）或 Excel 工作簿（.xlsx），不能作为模板。',
    });
  const texts = textsOf(parts);
  const forbidden = forbiddenContent(texts);
  if (forbidden !== null) return refused('TEMPLATE_REFUSED', { text: forbidden });
  if (format === 'docx') return readDocx(kind, bytes, texts);
  const oversized = oversizedSheet(texts);
  return oversized === null
    ? readXlsx(kind, bytes, mapping)
    : refused('TEMPLATE_REFUSED', { text: oversized });
}

function formatOf(parts: Parts): TemplateFormat | null {
  if (!parts.has('[Content_Types].xml')) return null;
  if (parts.has('word/document.xml')) return 'docx';
  return parts.has('xl/workbook.xml') ? 'xlsx' : null;
}

const decoder = new TextDecoder();
const isText = (name: string): boolean => /\.(xml|rels|vml)$/i.test(name);

function textsOf(parts: Parts): ReadonlyMap<string, string> {
  return new Map([...parts].map(([name, part]) => [name, isText(name) ? decoder.decode(part) : '']));
}

async function readDocx(
  kind: PaperKind,
  bytes: Uint8Array,
  parts: ReadonlyMap<string, string>,
): Promise<Outcome<ReadTemplate, TemplateRefusal>> {
  const texts = docxTexts(parts);
  const problems = checkDocxTexts(kind, texts);
  if (problems.length > 0) return withProblems(problems);
  if (!texts.some(({ text }) => text.includes('{')))
    return withProblems([
      { place: '整个文件', text: '没有找到任何字段，请按字段表在要填写的地方写上“{字段名}”' },
    ]);
  const filled = fillDocx(bytes, exampleData(kind));
  return filled.ok ? done({ format: 'docx', needsMapping: false }) : filled;
}

async function readXlsx(
  kind: PaperKind,
  bytes: Uint8Array,
  mapping: ColumnMapping | null,
): Promise<Outcome<ReadTemplate, TemplateRefusal>> {
  const book = await openWorkbook(bytes);
  if (!book.ok) return book;
  const wrongFormulas = refuseFormulas(workbookFormulas(book.value));
  if (wrongFormulas !== null) return refused('TEMPLATE_REFUSED', { text: wrongFormulas });
  const texts = workbookTexts(book.value);
  const needsMapping = mapping === null && !texts.some(({ text }) => text.includes('{'));
  const problems = checkXlsxTexts(kind, texts, needsMapping || mapping !== null);
  if (problems.length > 0) return withProblems(problems);
  const filled = await fillXlsx(bytes, exampleData(kind), kind, mapping);
  return filled.ok ? done({ format: 'xlsx', needsMapping }) : filled;
}

function refuseFormulas(formulas: readonly PlacedFormula[]): string | null {
  if (formulas.length > MAX_TEMPLATE_FORMULAS)
    return `工作簿的公式超过 ${MAX_TEMPLATE_FORMULAS} 个。请只保留需要的公式后再上传。`;
  const loop = formulaLoop(formulas);
  return loop === null ? null : `工作簿的公式循环引用（${loop}），无法计算。请改正后再上传。`;
}

function withProblems(problems: readonly TemplateProblem[]) {
  const told = problems.slice(0, PROBLEMS_TOLD).map(({ place, text }) => `${place}：${text}`);
  const rest = problems.length - told.length;
  return refused('TEMPLATE_HAS_PROBLEMS', {
    count: problems.length,
    text: `${told.join('。\n')}。${rest > 0 ? `\n另有 ${rest} 处同类问题。` : ''}`,
  });
}
