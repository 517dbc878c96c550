import type { PaperBlock, PaperColumn } from '../paper.ts';
import { NUMBER_FIELD, ROW_NUMBER_FIELD, SIGNED_DAY_FIELD } from '../paper.ts';

/** The building blocks of a paper's layout: what remains for the paper itself are its words and fields. */

/** The place of a field in a text. */
const placeOf = (name: string): string => `{${name}}`;

export const title = (text: string): PaperBlock => ({ kind: 'title', text });
export const addressee = (text: string): PaperBlock => ({ kind: 'addressee', text });
export const heading = (text: string): PaperBlock => ({ kind: 'heading', text });
export const paragraph = (text: string): PaperBlock => ({ kind: 'paragraph', text });
export const note = (text: string): PaperBlock => ({ kind: 'note', text });
export const blanks = (...labels: readonly string[]): PaperBlock => ({ kind: 'blanks', labels });

/** The line of the 文号, filled in after signing. */
export const numberLine = (): PaperBlock => ({ kind: 'number', text: placeOf(NUMBER_FIELD) });

/** 落款. @param office as a text; @param day the day of signing unless the paper has one of its own */
export const signature = (office: string, day: string = placeOf(SIGNED_DAY_FIELD)): PaperBlock => ({
  kind: 'signature',
  office,
  day,
});

interface FormItem {
  readonly label: string;
  readonly text: string;
  readonly wide?: boolean;
  readonly rows?: number | undefined;
}

/** A place of a form, called like its field unless `text` says otherwise. */
export const item = (label: string, text: string = placeOf(label)): FormItem => ({ label, text });
/** A place on the right beside several rows. */
export const tallItem = (label: string, rows: number): FormItem => ({ ...item(label), rows });
/** A place over the whole width of the form. */
export const wideItem = (label: string, text: string = placeOf(label)): FormItem => ({
  ...item(label, text),
  wide: true,
});
/** A bordered form: label, value, label, value. */
export const form = (...items: readonly FormItem[]): PaperBlock => ({ kind: 'fields', items });

/** A column headed like its field unless `text` says otherwise. */
export const column = (
  head: string,
  { text = placeOf(head), ...look }: Partial<Omit<PaperColumn, 'head'>> = {},
): PaperColumn => ({ head, text, ...look });

/** 序号: 1, 2, 3 … @param weight share of the table's width */
export const rowNumbers = (weight = 0.5): PaperColumn =>
  column(ROW_NUMBER_FIELD, { weight, align: 'center' });

/** A table with one row for each row of `list`. */
export const table = (list: string, ...columns: readonly PaperColumn[]): PaperBlock => ({
  kind: 'table',
  list,
  columns,
});
