import ExcelJS from 'exceljs';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { formatInstant } from '#app/platform/time/day.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done } from '#app/platform/result/outcome.ts';
import { VERDICT_LABELS } from '../../eligibility/eligibility.ts';
import { REGISTRATION_LABELS } from '../../sitting/registration.ts';
import { takeManagedBatch } from '../batch-scope.server.ts';
import type { RegistrationTableQuery } from '../batch-view.server.ts';
import { registrationQuery } from '../batch-view.server.ts';
import type { Registration } from './registration.store.server.ts';
import { ASKED_WORDS, ROUTE_WORDS } from './registration-words.ts';
import { queryRegistrations } from './registrations.store.server.ts';

const HEADS = [
  '姓名',
  '身份证号',
  '单位',
  '方式',
  '状态',
  '资格审查',
  '审查说明',
  '申请',
  '答复理由',
  '准考证号',
  '报名时间',
] as const;
const WIDTHS = [12, 22, 34, 8, 12, 10, 60, 10, 30, 22, 20];
const HEAD_ROW = 3;

function cellsOf(one: Registration): string[] {
  return [
    one.personName,
    one.idNumberMasked,
    one.unitName,
    ROUTE_WORDS[one.route],
    REGISTRATION_LABELS[one.status],
    one.verdict === null ? '–' : VERDICT_LABELS[one.verdict],
    one.reasons.map((reason) => `${reason.text}（${reason.source}）`).join('\n'),
    one.asked === null ? '–' : ASKED_WORDS[one.asked],
    one.answerNote ?? '–',
    one.ticketNo ?? '–',
    formatInstant(one.registeredAt),
  ];
}

export interface RegistrationsFile {
  readonly fileName: string;
  readonly content: Uint8Array;
}

/** The list as the page shows it, all pages, as a workbook. Refusals: FORBIDDEN, NOT_FOUND. */
export async function exportRegistrations(
  ctx: ActorCtx,
  batchId: string,
  query: RegistrationTableQuery,
): Promise<Outcome<RegistrationsFile, 'FORBIDDEN' | 'NOT_FOUND'>> {
  const taken = await takeManagedBatch(ctx, batchId);
  if (!taken.ok) return taken;
  const { batch } = taken.value;
  const asked = registrationQuery(batchId, query);
  const { rows } = await queryRegistrations(ctx.pool, { ...asked, limit: null, offset: 0 });
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('报名名单', { views: [{ state: 'frozen', ySplit: HEAD_ROW }] });
  sheet.getCell(1, 1).value = `${batch.title} · 报名名单`;
  sheet.getCell(1, 1).font = { bold: true, size: 14 };
  sheet.getCell(2, 1).value =
    `本表 ${rows.length} 人；导出：${ctx.actor.displayName}，${formatInstant(ctx.clock.now())}`;
  [[...HEADS], ...rows.map(cellsOf)].forEach((cells, index) => {
    cells.forEach((value, column) => {
      const cell = sheet.getCell(index + HEAD_ROW, column + 1);
      cell.value = value;
      cell.alignment = { wrapText: true, vertical: 'top' };
      if (index === 0) cell.font = { bold: true };
    });
  });
  WIDTHS.forEach((width, column) => {
    sheet.getColumn(column + 1).width = width;
  });
  const page = {
    paperSize: 9,
    orientation: 'landscape',
    fitToPage: true,
    fitToWidth: 1,
    fitToHeight: 0,
  } as const;
  sheet.pageSetup = { ...page, printTitlesRow: `${HEAD_ROW}:${HEAD_ROW}` };
  return done({
    fileName: `${batch.title}报名名单.xlsx`,
    content: new Uint8Array(await book.xlsx.writeBuffer()),
  });
}
