import { headWordsOf } from '#app/platform/import/table/head-words.ts';
import type { MaybeCell } from '#app/platform/import/table/cell.ts';
import { textOf } from '#app/platform/import/table/cell.ts';
import type { FoundTable } from '#app/platform/import/table/find-table.ts';
import { meaningOf } from '#app/platform/import/table/head-words.ts';
import { dayReader } from '#app/platform/import/values/day.ts';
import { textReader } from '#app/platform/import/values/text.ts';
import { fileRefusalText } from '#app/platform/import/workbook/file-refusal.ts';
import { readWorkbook } from '#app/platform/import/workbook/read-workbook.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';

const read = textReader(60);
const column = (id: string, label: string, synonyms: readonly string[]) => ({
  id,
  label,
  synonyms,
  hint: label,
  required: true,
  read,
});

/** Heads of a calendar file, in the order in which a line is written. */
const FIELDS = [
  column('day', '日期', ['日期范围', '时间']),
  column('kind', '类型', ['休班', '班休', '安排', '类别']),
  column('name', '名称', ['节日', '节日名称', '节假日', '说明']),
];
const WORDS = headWordsOf({ id: 'workdays', fields: FIELDS, ignored: [], wide: null, groupFields: [] });
const readDay = dayReader();

/** A date cell is written as its day; everything else as it is shown. */
function cellText(cell: MaybeCell | undefined): string {
  const day = cell?.kind === 'date' ? readDay(cell) : null;
  return day?.ok && day.value !== null ? day.value : textOf(cell);
}

function linesOf(table: FoundTable): string[] {
  const indexOf = new Map(
    table.head.columns.flatMap(({ index, path }) => {
      const meaning = meaningOf(WORDS, path);
      return meaning?.is === 'field' ? [[meaning.fieldId, index] as const] : [];
    }),
  );
  return table.rows.map(({ cells }) =>
    FIELDS.map(({ id }) => {
      const index = indexOf.get(id);
      return index === undefined ? '' : cellText(cells[index]);
    }).join(' '),
  );
}

/**
 * The lines of an uploaded calendar (.xlsx, .xls, .csv with the heads 日期、类型、名称), as text that the person sees and
 * confirms. Refusal: FILE_UNREADABLE with the reason in words.
 */
export async function workdayLinesOfFile(bytes: Uint8Array): Promise<Outcome<string, 'FILE_UNREADABLE'>> {
  const file = await readWorkbook(bytes, WORDS);
  if ('code' in file) return refused('FILE_UNREADABLE', { reason: fileRefusalText(file) });
  const lines = file.tables.flatMap(linesOf).filter((line) => line.trim() !== '');
  return lines.length === 0
    ? refused('FILE_UNREADABLE', { reason: '没有找到表头“日期、类型、名称”下面的内容。' })
    : done(lines.join('\n'));
}
