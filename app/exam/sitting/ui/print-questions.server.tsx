import { renderToString } from 'react-dom/server';
import type { Stencil } from '#app/platform/ui/stencil.ts';
import { cutStencil, fillStencil } from '#app/platform/ui/stencil.ts';
import type { CellLook } from './map-cell.tsx';
import { MapCell } from './map-cell.tsx';
import type { QuestionLook } from './question-block.tsx';
import { QuestionBlock } from './question-block.tsx';
import type { PaperPrinter } from './question-printer.ts';

/** Stands for the number of a question while its stencil is cut; no paper has as many. */
const POSITION = 987_654_321;
/** Characters of the private use area stand for the texts: first the stem, then the options in turn. */
const FIRST_TEXT = 0xe000;
const MARK = new RegExp(`${POSITION}|[\\ue000-\\ue01f]`);

const ignore = (): void => undefined;
const textMark = (index: number): string => String.fromCharCode(FIRST_TEXT + index);

function cut(look: QuestionLook): Stencil {
  const { item } = look;
  const blank = {
    ...item,
    position: POSITION,
    stem: textMark(0),
    options: item.options.map(({ letter }, index) => ({ letter, text: textMark(index + 1) })),
  };
  const html = renderToString(<QuestionBlock {...look} item={blank} onChoose={ignore} onReach={ignore} />);
  return cutStencil(html, MARK);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '&quot;',
  '&': '&amp;',
  "'": '&#x27;',
  '<': '&lt;',
  '>': '&gt;',
};

/** As React writes a text into HTML. */
function escapeText(text: string): string {
  return /["&'<>]/.test(text) ? text.replace(/["&'<>]/g, (sign) => ESCAPES[sign] ?? sign) : text;
}

function htmlFor(mark: string, { position, stem, options }: QuestionLook['item']): string {
  if (mark.length > 1) return String(position);
  const index = mark.charCodeAt(0) - FIRST_TEXT;
  return escapeText(index === 0 ? stem : (options[index - 1]?.text ?? ''));
}

/**
 * Everything of a question's look that is neither its number nor a text. Few of them occur, whatever the bank holds and
 * whatever is sent as a choice: only letters that are there to choose count.
 */
function shapeOf({ item, choice, isFlagged, isHidden, isDisabled }: QuestionLook): string {
  const letters = item.type === 'true_false' ? ['T', 'F'] : item.options.map(({ letter }) => letter);
  const chosen = letters.map((letter) => (choice.includes(letter) ? `${letter}!` : letter)).join('');
  return `${item.type} ${chosen} ${isFlagged} ${isHidden} ${isDisabled}`;
}

const stencils = new Map<string, Stencil>();

/**
 * HTML of questions as `QuestionBlock` draws them: React draws each shape of a question once for all papers, and number
 * and texts are put in. A paper of 80 questions would otherwise be two thousand elements for React, in each of the
 * thousands of papers that are opened in the same seconds.
 */
function printQuestions(questions: readonly QuestionLook[]): string {
  let html = '';
  for (const look of questions) {
    const shape = shapeOf(look);
    const stencil = stencils.get(shape) ?? cut(look);
    stencils.set(shape, stencil);
    html += fillStencil(stencil, (mark) => htmlFor(mark, look.item));
  }
  return html;
}

const cells = new Map<string, Stencil>();

/** The same for the question map: a cell is its number, and one of eight looks. */
function printCells(looks: readonly CellLook[]): string {
  let html = '';
  for (const look of looks) {
    const shape = `${look.isAnswered} ${look.isFlagged} ${look.isCurrent}`;
    const stencil =
      cells.get(shape) ??
      cutStencil(renderToString(<MapCell {...look} position={POSITION} onGo={ignore} />), MARK);
    cells.set(shape, stencil);
    html += fillStencil(stencil, () => String(look.position));
  }
  return html;
}

/** How the server draws a paper. */
export const paperPrinter: PaperPrinter = { questions: printQuestions, cells: printCells };
