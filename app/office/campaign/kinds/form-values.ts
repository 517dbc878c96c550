import type { Day } from '#app/platform/time/day.ts';
import { parseDateText } from '#app/platform/ui/text/date-text.ts';

/** A form as it was filled in: texts by field name. A draft is exactly this, so nothing typed is ever lost. */
export type FormValues = Readonly<Record<string, string>>;

/** Messages by field name. */
export type FormProblems = Readonly<Record<string, string>>;

export type ReadForm<Content> =
  { readonly ok: true; readonly content: Content } | { readonly ok: false; readonly problems: FormProblems };

/** Longest single text of an answer. */
export const LONGEST_TEXT = 200;

/** Reads texts and days of one form and gathers what is wrong with them. */
export function formReader(values: FormValues) {
  const problems: Record<string, string> = {};
  const fail = (name: string, message: string): void => {
    problems[name] ??= message;
  };
  const text = (name: string): string | null => {
    const typed = (values[name] ?? '').trim();
    if (typed.length > LONGEST_TEXT) fail(name, `不得超过 ${LONGEST_TEXT} 个字`);
    return typed === '' ? null : typed;
  };
  const needed = (name: string, message: string): string => {
    const typed = text(name);
    if (typed === null) fail(name, message);
    return typed ?? '';
  };
  const day = (name: string): Day | null => {
    const typed = text(name);
    if (typed === null) return null;
    const read = parseDateText(typed);
    if (read === null) fail(name, '日期不对，请按 2026-11-21 的格式填写');
    return read;
  };
  return { problems, fail, text, needed, day };
}

/** Most fields of one posted answer: a unit of a thousand persons. */
const MAX_FIELDS = 8_000;
const FIELD_NAME = /^[\w.-]{1,60}$/;

/** The text fields of a posted form. Files and what does not look like one of our names are left out. */
export function formValuesOf(formData: FormData): FormValues {
  const entries = [...formData].filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string' && FIELD_NAME.test(entry[0]),
  );
  return Object.fromEntries(entries.slice(0, MAX_FIELDS));
}
