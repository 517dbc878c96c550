import type { KindHeads } from '../kind.ts';
import type { MaybeCell } from './cell.ts';
import { columnLetters, textOf } from './cell.ts';
import type { FoundTable } from './find-table.ts';
import type { HeadMeaning, HeadWords } from './head-words.ts';
import { headWordsOf, meaningOf } from './head-words.ts';
import { maskLongNumbers } from '../values/reading.ts';
import { headSpellings } from './normalise-head.ts';

/** Target of a column whose cells each become a row of their own (wide tables). No field id begins with `*`. */
export const WIDE_TARGET = '*wide';

/** Column key → field id, `*wide`, or null (not read). Keys without an entry are not read either. */
export type ColumnMapping = Readonly<Record<string, string | null>>;

export type Confidence = 'certain' | 'likely' | 'none';

export interface ColumnProposal {
  readonly key: string;
  /** As in the file. */
  readonly title: string;
  /** Where it stands first: sheet and letters. */
  readonly sheetName: string;
  readonly letters: string;
  /** Field id, `*wide` or null. */
  readonly target: string | null;
  readonly confidence: Confidence;
  /** Why a known column is not read, or why another column was preferred; null otherwise. */
  readonly note: string | null;
  /** Up to three values, numbers of persons masked. */
  readonly samples: readonly string[];
}

/** A near match must cover this share of the longer text. */
const MIN_LIKENESS = 0.5;
const SAMPLES = 3;
const SAMPLE_CHARACTERS = 20;
const ROWS_LOOKED_AT_FOR_SAMPLES = 50;

interface Candidate {
  readonly key: string;
  readonly fieldId: string;
  /** 1 and more for exact words (2 − rank/100), below 1 for likeness. */
  readonly score: number;
}

/** Proposes which column feeds which field. A field is given to one column only (the best word wins), unless the kind
 *  lets it stand several times; a column is given to at most one field. */
export function proposeMapping(kind: KindHeads, tables: readonly FoundTable[]): readonly ColumnProposal[] {
  const words = headWordsOf(kind);
  const columns = distinctColumns(tables);
  const taken = assign(kind, candidatesOf(columns, words));
  return columns.map((column) => describe(kind, column, words, taken.get(column.key)));
}

/** The mapping as proposed, before a person has looked at it. */
export function mappingOf(proposals: readonly ColumnProposal[]): ColumnMapping {
  return Object.fromEntries(proposals.map(({ key, target }) => [key, target]));
}

interface DistinctColumn {
  readonly key: string;
  readonly path: readonly string[];
  readonly title: string;
  readonly table: FoundTable;
  readonly index: number;
}

/** Columns of all tables, one per key; several sheets usually share their heads. */
function distinctColumns(tables: readonly FoundTable[]): readonly DistinctColumn[] {
  const byKey = new Map<string, DistinctColumn>();
  for (const table of tables) {
    for (const { key, path, title, index } of table.head.columns) {
      if (!byKey.has(key)) byKey.set(key, { key, path, title, table, index });
    }
  }
  return [...byKey.values()];
}

function candidatesOf(columns: readonly DistinctColumn[], words: HeadWords): readonly Candidate[] {
  return columns.flatMap(({ key, path }) => {
    const exact = meaningOf(words, path);
    if (exact?.is === 'ignored') return [];
    if (exact?.is === 'field') return [{ key, fieldId: exact.fieldId, score: 2 - exact.rank / 100 }];
    return likeMeanings(words, path).map(({ fieldId, likeness }) => ({ key, fieldId, score: likeness }));
  });
}

/** Fields whose word contains the head or lies in it; likeness = shorter length over longer. */
function likeMeanings(
  words: HeadWords,
  path: readonly string[],
): readonly { readonly fieldId: string; readonly likeness: number }[] {
  const best = new Map<string, number>();
  for (const spelling of headSpellings(path)) {
    for (const [word, meaning] of words) {
      if (meaning.is !== 'field') continue;
      const likeness = likenessOf(spelling, word);
      if (likeness > (best.get(meaning.fieldId) ?? 0)) best.set(meaning.fieldId, likeness);
    }
  }
  return [...best].map(([fieldId, likeness]) => ({ fieldId, likeness }));
}

/** Below 1; 0 when neither text contains the other or they share less than half of the longer one. */
export function likenessOf(a: string, b: string): number {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < 2 || !long.includes(short)) return 0;
  const share = short.length / long.length;
  return share < MIN_LIKENESS ? 0 : share * 0.99;
}

function assign(kind: KindHeads, candidates: readonly Candidate[]): ReadonlyMap<string, Candidate> {
  const repeatable = new Set(kind.groupFields);
  const fieldsTaken = new Set<string>();
  const byColumn = new Map<string, Candidate>();
  for (const candidate of [...candidates].sort((a, b) => b.score - a.score)) {
    const isFieldFree = repeatable.has(candidate.fieldId) || !fieldsTaken.has(candidate.fieldId);
    if (byColumn.has(candidate.key) || !isFieldFree) continue;
    byColumn.set(candidate.key, candidate);
    fieldsTaken.add(candidate.fieldId);
  }
  return byColumn;
}

function describe(
  kind: KindHeads,
  column: DistinctColumn,
  words: HeadWords,
  taken: Candidate | undefined,
): ColumnProposal {
  const base = {
    key: column.key,
    title: column.title,
    sheetName: column.table.sheetName,
    letters: columnLetters(column.index),
    samples: samplesOf(column),
  };
  if (taken) {
    return {
      ...base,
      target: taken.fieldId,
      confidence: taken.score >= 1 ? 'certain' : 'likely',
      note: null,
    };
  }
  const meaning = meaningOf(words, column.path);
  // A sum beside the wide columns holds numbers, too, but the kind knows that it is none of them.
  if (kind.wide !== null && meaning?.is !== 'ignored' && looksWide(column)) {
    return { ...base, target: WIDE_TARGET, confidence: 'likely', note: null };
  }
  return { ...base, target: null, confidence: 'none', note: whyNotRead(kind, meaning) };
}

function whyNotRead(kind: KindHeads, meaning: HeadMeaning | null): string | null {
  if (meaning?.is === 'ignored') return meaning.why;
  const field = meaning ? kind.fields.find(({ id }) => id === meaning.fieldId) : undefined;
  return field ? `「${field.label}」已由另一列对应` : null;
}

/** A wide column holds numbers (or ticks) wherever it holds anything. */
function looksWide({ table, index }: DistinctColumn): boolean {
  const texts = table.rows.map((row) => textOf(row.cells[index])).filter((text) => text !== '');
  return texts.length > 0 && texts.every((text) => /^(?:\d+(?:\.\d+)?|√|✓)$/.test(text));
}

function samplesOf({ table, index }: DistinctColumn): readonly string[] {
  const samples = new Set<string>();
  for (const row of table.rows.slice(0, ROWS_LOOKED_AT_FOR_SAMPLES)) {
    const cell: MaybeCell | undefined = row.cells[index];
    if (cell) samples.add(sampleText(textOf(cell)));
    if (samples.size === SAMPLES) break;
  }
  return [...samples].filter((text) => text !== '');
}

/** A value as shown on the mapping page: cut, and numbers of persons masked but for their ends. */
export function sampleText(text: string): string {
  const characters = [...maskLongNumbers(text)];
  return characters.length > SAMPLE_CHARACTERS
    ? `${characters.slice(0, SAMPLE_CHARACTERS).join('')}…`
    : characters.join('');
}

/** Identity of a source: kind and heads, whatever their order. A mapping is remembered under its hash. */
export function headSignature(kindId: string, proposals: readonly Pick<ColumnProposal, 'key'>[]): string {
  return [kindId, ...proposals.map(({ key }) => key).sort()].join('\n');
}

/** Required fields that no column (and no fallback) feeds. */
export function missingFields(kind: KindHeads, mapping: ColumnMapping): readonly string[] {
  const fed = new Set(Object.values(mapping));
  const wideFields =
    kind.wide !== null && fed.has(WIDE_TARGET) ? [kind.wide.valueField, ...kind.wide.headFields] : [];
  return kind.fields
    .filter((field) => field.required && field.fallback === undefined)
    .map(({ id }) => id)
    .filter((id) => !fed.has(id) && !wideFields.includes(id));
}

/** A mapping as a person sent it, brought back to what this file and kind know. Problems are in Chinese. */
export function checkMapping(
  kind: KindHeads,
  proposals: readonly Pick<ColumnProposal, 'key' | 'title'>[],
  given: ColumnMapping,
): { readonly mapping: ColumnMapping; readonly problems: readonly string[] } {
  const fieldIds = new Set(kind.fields.map(({ id }) => id));
  const isTarget = (target: string): boolean =>
    fieldIds.has(target) || (target === WIDE_TARGET && kind.wide !== null);
  const mapping: Record<string, string | null> = {};
  for (const { key } of proposals) {
    const target = Object.hasOwn(given, key) ? (given[key] ?? null) : null;
    mapping[key] = target !== null && isTarget(target) ? target : null;
  }
  return { mapping, problems: [...doubleClaims(kind, mapping), ...missingTexts(kind, mapping)] };
}

function doubleClaims(kind: KindHeads, mapping: ColumnMapping): readonly string[] {
  return kind.fields
    .filter(({ id }) => !kind.groupFields.includes(id))
    .filter(({ id }) => Object.values(mapping).filter((target) => target === id).length > 1)
    .map(({ label }) => `「${label}」对应了不止一列，只能选一列`);
}

function missingTexts(kind: KindHeads, mapping: ColumnMapping): readonly string[] {
  const missing = new Set(missingFields(kind, mapping));
  return kind.fields
    .filter(({ id }) => missing.has(id))
    .map(({ label }) => `没有哪一列对应「${label}」，这是必填项`);
}
