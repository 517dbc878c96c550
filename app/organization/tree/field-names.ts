import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';
import { FIELD_ALIASES } from '../roster/roster-words.ts';

const SEPARATOR = /[、,，;；/]+/;
const ENDING = /(?:行政)?(?:综合)?(?:行政)?执法(?:类)?$|类$|领域$/;

/** 执法领域 named in one cell, each by name, everyday name or code. @returns codes, and the words nobody knows */
export function fieldCodesIn(
  text: string,
  fields: readonly { readonly code: string; readonly name: string }[],
): { readonly codes: readonly string[]; readonly unknown: readonly string[] } {
  const byWord = new Map<string, string>();
  for (const [alias, code] of Object.entries(FIELD_ALIASES)) byWord.set(normaliseHead(alias), code);
  for (const { code, name } of fields) byWord.set(normaliseHead(name), code).set(normaliseHead(code), code);
  const known = new Set(fields.map(({ code }) => code));
  const codes = new Set<string>();
  const unknown: string[] = [];
  for (const part of text.split(SEPARATOR)) {
    const key = normaliseHead(part);
    if (key === '') continue;
    const code = byWord.get(key) ?? byWord.get(key.replace(ENDING, ''));
    if (code !== undefined && known.has(code)) codes.add(code);
    else unknown.push(part.trim());
  }
  return { codes: [...codes], unknown };
}
