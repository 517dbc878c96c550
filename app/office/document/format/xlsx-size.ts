import { MAX_TEMPLATE_CELLS, MAX_TEMPLATE_COLUMNS, MAX_TEMPLATE_ROWS } from '../limits.ts';

const MERGE =
  /<(?:\w+:)?mergeCell\b[^>]*\bref\s*=\s*["']\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)["']/g;

/**
 * A workbook whose sheets ask for more memory than a form may have, counted in its XML before any reader builds cells:
 * cells, last rows, and the area of merged ranges. @returns the reason, or null
 */
export function oversizedSheet(parts: ReadonlyMap<string, string>): string | null {
  for (const [name, xml] of parts) {
    if (!/^xl\/worksheets\/[^/]+\.xml$/i.test(name)) continue;
    const cells = countOf(xml, /<(?:\w+:)?c[\s>/]/g);
    const merged = [...xml.matchAll(MERGE)].reduce((sum, [, left, top, right, bottom]) => {
      const columns = columnNumber(right ?? '') - columnNumber(left ?? '') + 1;
      return sum + Math.max(0, columns) * Math.max(0, Number(bottom) - Number(top) + 1);
    }, 0);
    const lastRow = Math.max(
      0,
      ...[...xml.matchAll(/<(?:\w+:)?row\b[^>]*\br\s*=\s*["'](\d+)["']/g)].map(([, row]) => Number(row)),
    );
    const lastColumn = Math.max(
      0,
      ...[...xml.matchAll(/<(?:\w+:)?c\b[^>]*\br\s*=\s*["']([A-Z]{1,3})\d+["']/g)].map(([, column]) =>
        columnNumber(column ?? ''),
      ),
    );
    if (cells > MAX_TEMPLATE_CELLS || merged > MAX_TEMPLATE_CELLS)
      return `工作表内容过多（单元格或合并区域超过 ${MAX_TEMPLATE_CELLS} 格）。请删去空白行列后另存再上传。`;
    if (lastRow > MAX_TEMPLATE_ROWS || lastColumn > MAX_TEMPLATE_COLUMNS)
      return `工作表过大（超过 ${MAX_TEMPLATE_ROWS} 行或 ${MAX_TEMPLATE_COLUMNS} 列）。请删去空白行列后另存再上传。`;
  }
  return null;
}

function countOf(text: string, pattern: RegExp): number {
  let count = 0;
  for (const match of text.matchAll(pattern)) count += match.length > 0 ? 1 : 0;
  return count;
}

/** A → 1, AA → 27. */
export function columnNumber(letters: string): number {
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
}
