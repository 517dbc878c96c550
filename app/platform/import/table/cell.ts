/** What one cell held, as plain data: this is all that leaves the worker thread. Blank cells are null. */
export interface Cell {
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error';
  /** As the sheet shows it, with the cell's number format applied; never evaluated, also when it begins with `=`. */
  readonly text: string;
  /** Number as stored; for `date` the day serial of the 1900 system. Absent for text. */
  readonly value?: number | undefined;
  /** True when a formula stood in the cell and the value is the one saved with it. */
  readonly isFormula?: true | undefined;
}

export type MaybeCell = Cell | null;

/** Rows and columns from 0, both ends included. */
export interface Merge {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

export interface SheetGrid {
  readonly name: string;
  readonly isHidden: boolean;
  /** Index = row as in the sheet, from 0; a row without content is an empty list. */
  readonly rows: readonly (readonly MaybeCell[])[];
  readonly merges: readonly Merge[];
  /** Something stands below the last row that is read. */
  readonly isCut?: true | undefined;
}

/** `zip`: a kind that takes no table; its own reader makes one row of each file inside. */
export type FileFormat = 'xlsx' | 'xls' | 'csv' | 'zip';

export interface WorkbookGrid {
  readonly format: FileFormat;
  readonly sheets: readonly SheetGrid[];
  readonly formulaCells: number;
  /** The workbook names other files; their values are the ones saved, nothing is fetched. */
  readonly hasExternalLinks: boolean;
}

const LETTERS = 26;
const CODE_A = 65;

/** @param index column from 0; 0 → A, 26 → AA */
export function columnLetters(index: number): string {
  let rest = index;
  let letters = '';
  do {
    letters = String.fromCharCode(CODE_A + (rest % LETTERS)) + letters;
    rest = Math.floor(rest / LETTERS) - 1;
  } while (rest >= 0);
  return letters;
}

/** Address as Excel shows it. @param row from 0 @param column from 0 */
export function cellAddress(row: number, column: number): string {
  return `${columnLetters(column)}${row + 1}`;
}

/** A text cell; empty text is a blank cell. */
export function textCell(text: string): MaybeCell {
  return text === '' ? null : { kind: 'text', text };
}

/** The cell's text without the blanks around it; empty for a blank cell. */
export function textOf(cell: MaybeCell | undefined): string {
  return cell ? trimBlanks(cell.text) : '';
}

/** Characters that print nothing: controls (Cc, except the white space among them) and format marks (Cf) such as
 *  zero-width spaces, direction marks, the soft hyphen and the byte order mark. */
const INVISIBLE = /(?![\t\n\r])[\p{Cc}\p{Cf}]/gu;

/** Removes invisible characters and blanks at both ends (also 　 and no-break spaces). */
export function trimBlanks(text: string): string {
  return text.replace(INVISIBLE, '').trim();
}
