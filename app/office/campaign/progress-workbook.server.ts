import ExcelJS from 'exceljs';
import { formatDay, formatInstant } from '#app/platform/time/day.ts';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import type { BoardLine, BoardQuery } from './board-view.server.ts';
import { listWholeBoard } from './board-view.server.ts';
import { TARGET_STATE_LABELS } from './campaign.ts';

const HEADS = ['单位', '地区', '状态', '截止日期', '填报时间', '填报人', '变化', '是否逾期'] as const;
const WIDTHS = [36, 16, 10, 16, 20, 12, 8, 12];
const LINE = { style: 'thin', color: { argb: 'FF9AA5B1' } } as const;
const THIN = { top: LINE, bottom: LINE, left: LINE, right: LINE } as const;

const lateText = (row: BoardLine): string => (row.isOverdue ? '逾期未报' : row.isLate ? '逾期填报' : '否');

/** Values with their real type; a text that begins with `=` stays a text cell. */
function cellsOf(row: BoardLine): (string | number)[] {
  return [
    row.unitName,
    row.regionName,
    TARGET_STATE_LABELS[row.state],
    formatDay(row.dueDay),
    row.answeredAt === null ? '–' : formatInstant(row.answeredAt),
    row.answeredByName ?? '–',
    row.exceptionCount,
    lateText(row),
  ];
}

export interface ProgressFile {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** The board as a workbook: same campaign, same filters, same order, all pages. Refusals: FORBIDDEN, NOT_FOUND. */
export async function exportProgress(
  ctx: ActorCtx,
  campaignId: string,
  query: BoardQuery,
): Promise<Outcome<ProgressFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const found = await listWholeBoard(ctx, campaignId, query);
  if (!found.ok) return found;
  const { campaign, rows, counts } = found.value;
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('填报进度', { views: [{ state: 'frozen', ySplit: 3 }] });
  const answered = counts.submitted + counts.accepted;
  sheet.getCell(1, 1).value = `${campaign.title} · 填报进度`;
  sheet.getCell(1, 1).font = { bold: true, size: 14 };
  sheet.getCell(2, 1).value =
    `已报${answered}/${counts.total}，已审${counts.accepted}/${counts.total}，退回${counts.returned}，未报${counts.waiting}；` +
    `本表${rows.length}个单位；导出：${ctx.actor.displayName}，${formatInstant(ctx.clock.now())}`;
  const table = [HEADS, ...rows.map(cellsOf)];
  table.forEach((cells, index) => {
    cells.forEach((value, column) => {
      const cell = sheet.getCell(index + 3, column + 1);
      cell.value = value;
      cell.border = THIN;
      if (index === 0) cell.font = { bold: true };
    });
  });
  WIDTHS.forEach((width, column) => {
    sheet.getColumn(column + 1).width = width;
  });
  sheet.pageSetup = {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
    printTitlesRow: '3:3',
  };
  const content = new Uint8Array(await book.xlsx.writeBuffer());
  return done({ fileName: `${campaign.title}填报进度.xlsx`, content });
}
