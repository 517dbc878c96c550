import type { PaperData, PaperRow } from '#app/office/document/paper.ts';
import { formatRange } from '#app/platform/time/day.ts';
import type { QuestionType } from '../../bank/question.ts';
import { TYPE_LABELS } from '../../bank/question.ts';
import type { FrozenItem, FrozenPaper } from '../../paper/frozen-paper.ts';
import type { Variant } from '../paper-mode.ts';
import { PARTS, SHEET_COLUMNS } from './printed-papers.ts';

/** One paper on its way to the printer. */
export interface PrintedPaper {
  readonly paperId: string;
  readonly ticketNo: string;
  readonly name: string;
  readonly unitName: string;
  readonly roomName: string | null;
  readonly roomNo: number | null;
  readonly seatNo: number | null;
  readonly variant: Variant | null;
  readonly contentHash: string;
  readonly content: FrozenPaper;
}

export interface PrintedSitting {
  readonly title: string;
  readonly opensAt: Date;
  readonly hardEndAt: Date;
  readonly durationSeconds: number;
}

const HASH_SHOWN = 16;
/** 试卷编号: what was printed is what was sealed. */
export const paperMark = (contentHash: string): string => contentHash.slice(0, HASH_SHOWN);

const marks = (hundredths: number): string => String(hundredths / 100);

/** Items by type, in the order of the paper. */
function partsOf(
  paper: FrozenPaper,
): { readonly type: QuestionType; readonly items: readonly FrozenItem[] }[] {
  const types = [...new Set(paper.items.map((item) => item.type))];
  return types.map((type) => ({ type, items: paper.items.filter((item) => item.type === type) }));
}

/** Characters of all options that stand on one line, and of one option that shares its line with another. */
const ONE_LINE = 36;
const HALF_LINE = 20;

/** Options side by side as far as they are short. */
function optionLines(texts: readonly string[]): string[] {
  if (texts.reduce((sum, text) => sum + text.length, 0) <= ONE_LINE) return [texts.join('　　')];
  if (texts.some((text) => text.length > HALF_LINE)) return [...texts];
  return texts.flatMap((text, index) => {
    const next = texts[index + 1];
    if (index % 2 === 1) return [];
    return [next === undefined ? text : `${text.padEnd(HALF_LINE + 2, '　')}${next}`];
  });
}

function questionText({ position, type, stem, options }: FrozenItem): string {
  if (type === 'true_false') return `${position}．${stem}（　　）`;
  const texts = options.map(({ letter, text }) => `${letter}．${text}`);
  return [`${position}．${stem}`, ...optionLines(texts)].join('\n');
}

function headsOf(paper: FrozenPaper): PaperRow {
  return Object.fromEntries(
    PARTS.map((part, index) => {
      const found = partsOf(paper)[index];
      const [first] = found?.items ?? [];
      const text =
        found && first
          ? `${part}、${TYPE_LABELS[found.type]}（共${found.items.length}题，每题${marks(first.markHundredths)}分）`
          : '';
      return [`标题${part}`, text];
    }),
  );
}

function whoOf(sitting: PrintedSitting, paper: PrintedPaper, isOwn: boolean): PaperRow {
  const own = (text: string): string => (isOwn ? text : '');
  return {
    场次: sitting.title,
    考试时间: formatRange(sitting.opensAt, sitting.hardEndAt),
    准考证号: own(paper.ticketNo),
    姓名: own(paper.name),
    单位名称: own(paper.unitName),
    考场: own(paper.roomName ?? ''),
    座位: own(paper.seatNo === null ? '' : String(paper.seatNo)),
    卷别: paper.variant === null ? '一人一卷' : `${paper.variant}卷`,
    试卷编号: paperMark(paper.contentHash),
  };
}

/** @param isOwn false for one of the two sets, which is copied for many */
export function questionPaperData(sitting: PrintedSitting, paper: PrintedPaper, isOwn: boolean): PaperData {
  const full = paper.content.items.reduce((sum, item) => sum + item.markHundredths, 0);
  const texts = PARTS.map((part, index) => [
    `试题${part}`,
    (partsOf(paper.content)[index]?.items ?? []).map(questionText).join('\n'),
  ]);
  return {
    values: {
      ...whoOf(sitting, paper, isOwn),
      ...headsOf(paper.content),
      ...Object.fromEntries(texts),
      满分: marks(full),
      时长: String(Math.floor(sitting.durationSeconds / 60)),
    },
  };
}

function boxesOf({ type, options }: FrozenItem): string {
  const letters = type === 'true_false' ? ['√', '×'] : options.map((option) => option.letter);
  // Five boxes fill the cell without blanks.
  return letters.map((letter) => `[${letter}]`).join(letters.length > 4 ? '' : ' ');
}

/** Numbered down the columns, as people read a sheet. */
function sheetRows(items: readonly FrozenItem[]): PaperRow[] {
  const rows = Math.ceil(items.length / SHEET_COLUMNS.length);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(
      SHEET_COLUMNS.flatMap((place, column) => {
        const item = items[column * rows + row];
        return [
          [`题${place}`, item ? String(item.position) : ''],
          [`选${place}`, item ? boxesOf(item) : ''],
        ];
      }),
    ),
  );
}

export function answerSheetData(sitting: PrintedSitting, paper: PrintedPaper): PaperData {
  const parts = partsOf(paper.content);
  return {
    values: { ...whoOf(sitting, paper, true), ...headsOf(paper.content) },
    rows: Object.fromEntries(PARTS.map((part, index) => [`答${part}`, sheetRows(parts[index]?.items ?? [])])),
  };
}
