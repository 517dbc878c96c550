import { z } from 'zod';
import { normaliseHead } from '#app/platform/import/table/normalise-head.ts';
import type { PaperKind } from './paper.ts';
import { ROW_NUMBER_FIELD, allFields } from './paper.ts';

/** Where the rows of a list go in a workbook that has no fields of its own; named once, on screen. */
export const columnMappingSchema = z.object({
  sheet: z.string().min(1).max(60),
  /** Last row of the head, as Excel shows it, from 1. */
  headRow: z.number().int().min(1).max(1_000),
  /** First row that is filled. */
  firstRow: z.number().int().min(2).max(1_001),
  list: z.string().min(1).max(40),
  /** Column letters → field of the list. */
  columns: z.record(z.string().regex(/^[A-Z]{1,3}$/), z.string().min(1).max(40)),
});
export type ColumnMapping = z.infer<typeof columnMappingSchema>;

export type MappingRefusal = 'MAPPING_EMPTY' | 'MAPPING_TWICE' | 'MAPPING_UNKNOWN' | 'MAPPING_ROW';

/** A mapping must name known fields of one list, each once, below the head. @returns the refusal, or null */
export function refuseMapping(kind: PaperKind, mapping: ColumnMapping): MappingRefusal | null {
  const names = Object.values(mapping.columns);
  const known = new Set(fieldsOfList(kind, mapping.list).map((field) => field.name));
  if (names.length === 0 || names.every((name) => name === ROW_NUMBER_FIELD)) return 'MAPPING_EMPTY';
  if (names.some((name) => !known.has(name))) return 'MAPPING_UNKNOWN';
  if (new Set(names).size !== names.length) return 'MAPPING_TWICE';
  return mapping.firstRow <= mapping.headRow ? 'MAPPING_ROW' : null;
}

export function fieldsOfList(kind: PaperKind, list: string) {
  return allFields(kind).filter((field) => field.repeats === list);
}

/** Fields proposed for the heads of a workbook, by their words: 单位 and 工作单位 both take {单位名称} if nothing fits better. */
export function proposeColumns(
  kind: PaperKind,
  list: string,
  heads: readonly { readonly column: string; readonly text: string }[],
): Readonly<Record<string, string>> {
  const fields = fieldsOfList(kind, list);
  const taken = new Set<string>();
  const proposed: Record<string, string> = {};
  const take = (column: string, name: string | undefined): void => {
    if (name === undefined || taken.has(name) || column in proposed) return;
    taken.add(name);
    proposed[column] = name;
  };
  for (const { column, text } of heads) {
    const head = normaliseHead(text);
    take(column, fields.find((field) => normaliseHead(field.name) === head)?.name);
  }
  for (const { column, text } of heads) {
    const head = normaliseHead(text);
    if (head.length < 2) continue;
    take(
      column,
      fields.find(({ name }) => normaliseHead(name).includes(head) || head.includes(normaliseHead(name)))
        ?.name,
    );
  }
  return proposed;
}
