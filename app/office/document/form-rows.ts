import type { PaperBlock } from './paper.ts';

export type FormItem = Extract<PaperBlock, { kind: 'fields' }>['items'][number];

/** Items of a form two by two; a wide one takes its own row. */
export function formRows(items: readonly FormItem[]): readonly (readonly FormItem[])[] {
  const rows: FormItem[][] = [];
  for (const item of items) {
    const last = rows.at(-1);
    if (!item.wide && last?.length === 1 && !last[0]?.wide) last.push(item);
    else rows.push([item]);
  }
  return rows;
}
