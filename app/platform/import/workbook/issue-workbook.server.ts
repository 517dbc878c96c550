import ExcelJS from 'exceljs';
import type { RowIssue } from '../report.ts';
import { verdictWord } from '../report.ts';

/** The report as a plain list, for files that cannot be marked themselves. Text cells only: nothing is a formula. */
export async function issueWorkbook(issues: readonly RowIssue[]): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('错误说明');
  sheet.columns = [
    { header: '序号', width: 8 },
    { header: '处理', width: 10 },
    { header: '原因', width: 80 },
    { header: '建议', width: 48 },
  ];
  sheet.getRow(1).font = { bold: true };
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  for (const { rowNumber, verdict, reason, fix } of issues)
    sheet.addRow([rowNumber, verdictWord(verdict), reason, fix ?? '']);
  return new Uint8Array(await book.xlsx.writeBuffer());
}
