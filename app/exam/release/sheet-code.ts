/**
 * What the code on a printed sheet says: `20269900010100001-101-47` — ticket number, kind and page of the sheet, check.
 * Figures and strokes only: a hand scanner types like a keyboard, and an input method for Chinese swallows letters. Nothing
 * of a person but the ticket number (behaviour.md part 4, idea 17: paper with a code for each candidate).
 */
export const SHEET_KINDS = ['answer_sheet', 'question_paper'] as const;
export type SheetKind = (typeof SHEET_KINDS)[number];

export const SHEET_KIND_LABELS: Readonly<Record<SheetKind, string>> = {
  answer_sheet: '答题卡',
  question_paper: '试卷',
};

export interface SheetCode {
  readonly ticketNo: string;
  readonly kind: SheetKind;
  /** From 1. */
  readonly page: number;
}

/** Most pages one sheet can have: two figures of the code. */
export const MOST_PAGES = 99;

/** Kinds by their figure in the code; never renumbered, sheets bear it. */
const FIGURES: Readonly<Record<SheetKind, string>> = { answer_sheet: '1', question_paper: '2' };

const TICKET = /^\d{12,20}$/;
const SCANNED = /^(\d{12,20})-(\d)(\d{2})-(\d{2})$/;
/** Whoever types the code from below the picture writes strokes as the keyboard has them. */
const STROKES = /[‐‑‒–—―−_]/gu;
const MODULUS = 97;

/** Two check figures over figures (ISO/IEC 7064, MOD 97-10): finds every wrong figure and every pair in wrong order. */
function checkOf(figures: string): string {
  let rest = 0;
  for (const figure of `${figures}00`) rest = (rest * 10 + Number(figure)) % MODULUS;
  return String(MODULUS + 1 - rest).padStart(2, '0');
}

/** The text of the code on one page of a sheet. */
export function sheetCode({ ticketNo, kind, page }: SheetCode): string {
  const place = `${FIGURES[kind]}${String(page).padStart(2, '0')}`;
  return `${ticketNo}-${place}-${checkOf(`${ticketNo}${place}`)}`;
}

export type ScannedTicket =
  | { readonly is: 'ticket'; readonly ticketNo: string }
  | { readonly is: 'sheet'; readonly sheet: SheetCode }
  /** `wrong_check`: the form of a code with a misread figure. `unknown`: neither ticket number nor code. */
  | { readonly is: 'wrong_check' | 'unknown' };

/** Reads what was typed or scanned: a plain ticket number, or the code of a sheet. */
export function readScanned(text: string): ScannedTicket {
  const typed = text.normalize('NFKC').replace(STROKES, '-').replace(/\s/gu, '');
  if (TICKET.test(typed)) return { is: 'ticket', ticketNo: typed };
  const [, ticketNo = '', figure = '', pageText = '', check = ''] = SCANNED.exec(typed) ?? [];
  if (ticketNo === '') return { is: 'unknown' };
  const kind = SHEET_KINDS.find((one) => FIGURES[one] === figure);
  const page = Number(pageText);
  if (kind === undefined || page === 0 || checkOf(`${ticketNo}${figure}${pageText}`) !== check)
    return { is: 'wrong_check' };
  return { is: 'sheet', sheet: { ticketNo, kind, page } };
}

/** The ticket number in what was typed or scanned; the text itself where it is neither. */
export function ticketIn(text: string): string {
  const scanned = readScanned(text);
  switch (scanned.is) {
    case 'ticket':
      return scanned.ticketNo;
    case 'sheet':
      return scanned.sheet.ticketNo;
    case 'wrong_check':
    case 'unknown':
      return text;
  }
}
