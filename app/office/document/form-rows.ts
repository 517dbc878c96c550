import type { PaperBlock } from './paper.ts';

export type FormItem = Extract<PaperBlock, { kind: 'fields' }>['items'][number];

/** One row of a form. `covered`: the right half belongs to a tall item that began above; null: the left one is wide. */
export interface FormRow {
  readonly left: FormItem;
  readonly right: FormItem | 'covered' | null;
}

/**
 * Items of a form two by two; a wide one takes its own row, a tall one on the right covers the right half of the rows
 * below, which take one item each.
 */
export function formRows(items: readonly FormItem[]): readonly FormRow[] {
  const rows: { left: FormItem; right: FormRow['right'] }[] = [];
  let covered = 0;
  for (const item of items) {
    const last = rows.at(-1);
    if (last?.right === null && !last.left.wide && !item.wide) {
      last.right = item;
      covered = (item.rows ?? 1) - 1;
    } else {
      rows.push({ left: item, right: covered > 0 ? 'covered' : null });
      covered = Math.max(0, covered - 1);
    }
  }
  return rows;
}
