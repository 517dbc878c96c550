import ExcelJS from 'exceljs';
import { dayOf, formatDay, formatTime } from '#app/platform/time/day.ts';
import type { AskedAudit } from './asked-audit.ts';
import { actionWord, detailText, subjectWord } from './audit-words.ts';
import type { AuditRow } from './audit.store.server.ts';

const COLUMNS: readonly { header: string; width: number; cell: (row: AuditRow) => string }[] = [
  {
    header: '时间',
    width: 26,
    cell: (row) => `${formatDay(dayOf(row.occurredAt))} ${formatTime(row.occurredAt)}`,
  },
  { header: '操作人账号', width: 16, cell: (row) => row.actorLogin ?? '' },
  { header: '操作人', width: 16, cell: (row) => row.actorName ?? '平台' },
  { header: '操作', width: 24, cell: (row) => actionWord(row.action) },
  { header: '操作代码', width: 26, cell: (row) => row.action },
  { header: '对象', width: 14, cell: (row) => subjectWord(row.subjectKind) },
  { header: '对象编号', width: 38, cell: (row) => row.subjectLogin ?? row.subjectId ?? '' },
  { header: '说明', width: 60, cell: (row) => detailText(row.detail) },
  { header: '请求编号', width: 38, cell: (row) => row.requestId ?? '' },
  { header: '记录编号', width: 38, cell: (row) => row.id },
];

/** The log as a workbook. Every value is a text cell: nothing in it is computed when the file is opened. */
export async function auditWorkbook(rows: readonly AuditRow[], asked: AskedAudit): Promise<Uint8Array> {
  const workbook = new ExcelJS.Workbook();
  const sheet = workbook.addWorksheet('审计日志', { views: [{ state: 'frozen', ySplit: 2 }] });
  sheet.getCell(1, 1).value =
    `审计日志 ${formatDay(asked.fromDay)}至${formatDay(asked.toDay)}，共 ${rows.length} 条`;
  sheet.getCell(1, 1).font = { bold: true };
  COLUMNS.forEach(({ header, width }, index) => {
    sheet.getColumn(index + 1).width = width;
    sheet.getCell(2, index + 1).value = header;
    sheet.getCell(2, index + 1).font = { bold: true };
  });
  for (const row of rows) sheet.addRow(COLUMNS.map((column) => column.cell(row)));
  return new Uint8Array(await workbook.xlsx.writeBuffer());
}
