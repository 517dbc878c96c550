import type { MaybeCell, Merge } from './cell.ts';
import { textOf } from './cell.ts';
import { withoutBlanks } from '../values/width.ts';

/** What a row below a head is. Only `data` rows are read. */
export type RowClass = 'blank' | 'footer' | 'section_title' | 'data';

const TOTALS = /^(?:合计|总计|小计|本页小计|本页合计|共计)(?:[:：].*|\(.*\)|（.*）)?$/;
const SIGNATURES =
  /^(?:填表人|制表人|制表|经办人|审核人|复核人|审批人|负责人|单位负责人|分管领导|主管领导|填报人|填报单位|单位[（(]?盖章[)）]?|联系人|联系电话|填报日期|填表日期|制表日期|报送日期|打印日期)(?:[（(].*?[)）])?(?:[:：].*)?$/;
const REMARKS = /^(?:注|备注|说明|填表说明|填报说明|附注|注意事项)\d*[:：.、]/;
/** A footer line has few cells; a person's row has many. */
const MAX_FOOTER_CELLS = 12;
const MAX_REMARK_CELLS = 2;

interface FilledCell {
  readonly text: string;
  readonly column: number;
}

function filledCells(row: readonly MaybeCell[]): readonly FilledCell[] {
  return row.flatMap((cell, column) => {
    const text = withoutBlanks(textOf(cell));
    return text === '' ? [] : [{ text, column }];
  });
}

/** @param merges merged areas of the sheet that touch this row
 *  @param columnCount columns of the head */
export function classifyRow(
  row: readonly MaybeCell[],
  merges: readonly Merge[],
  columnCount: number,
): RowClass {
  const filled = filledCells(row);
  const first = filled[0];
  if (first === undefined) return 'blank';
  if (isFooter(filled)) return 'footer';
  return filled.length === 1 && columnCount > 2 && spansColumns(merges, first.column, columnCount)
    ? 'section_title'
    : 'data';
}

function isFooter(filled: readonly FilledCell[]): boolean {
  const [first, second] = filled;
  if (first === undefined) return false;
  if (TOTALS.test(first.text)) return true;
  // A running number may stand before the word: 「12 合计」.
  if (second !== undefined && /^\d+$/.test(first.text) && TOTALS.test(second.text)) return true;
  if (SIGNATURES.test(first.text)) return filled.length <= MAX_FOOTER_CELLS;
  return REMARKS.test(first.text) && filled.length <= MAX_REMARK_CELLS;
}

/** A title inside the table is one cell merged over at least half of its columns. */
function spansColumns(merges: readonly Merge[], column: number, columnCount: number): boolean {
  return merges.some(
    (merge) =>
      merge.left === column && merge.right - merge.left + 1 >= Math.max(3, Math.ceil(columnCount / 2)),
  );
}
