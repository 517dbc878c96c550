import ExcelJS from 'exceljs';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Faceless } from '#app/organization/register/photo.store.server.ts';
import { listFaceless } from '#app/organization/register/photo.store.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { done, refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { pageBounds } from '#app/platform/ui/table/table-query.ts';

export interface PhotosPage {
  readonly today: Day;
  readonly rows: readonly Faceless[];
  readonly total: number;
  readonly page: number;
}

/** People in enforcement posts within reach of whom there is no photo: what the next zip should hold. Refusal: FORBIDDEN. */
export async function viewFaceless(
  ctx: ActorCtx,
  query: { readonly page: number; readonly size: number },
): Promise<Outcome<PhotosPage, 'FORBIDDEN'>> {
  if (!mayDo(ctx, 'roster.manage')) return refused('FORBIDDEN');
  const { unitIds } = await reachFor(ctx, 'roster.manage');
  const today = dayOf(ctx.clock.now());
  const ask = (page: number) =>
    listFaceless(ctx.pool, [...unitIds], today, { limit: query.size, offset: (page - 1) * query.size });
  const first = await ask(query.page);
  const { page } = pageBounds(first.total, query.page, query.size);
  const list = page === query.page ? first : await ask(page);
  return done({ today, ...list, page });
}

/** Rows of one workbook; a province has fewer officers without a photo than this. */
const MAX_EXPORTED = 100_000;

/** The same list as a workbook to hand round, numbers masked. Refusal: FORBIDDEN. */
export async function exportFaceless(
  ctx: ActorCtx,
): Promise<Outcome<{ readonly fileName: string; readonly content: Uint8Array }, 'FORBIDDEN'>> {
  const page = await viewFaceless(ctx, { page: 1, size: MAX_EXPORTED });
  if (!page.ok) return page;
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('缺照片人员');
  sheet.columns = [
    { header: '序号', width: 8 },
    { header: '单位', width: 36 },
    { header: '姓名', width: 14 },
    { header: '身份证号', width: 24 },
  ];
  sheet.getRow(1).font = { bold: true };
  sheet.views = [{ state: 'frozen', ySplit: 1 }];
  page.value.rows.forEach(({ unitName, personName, idNumberMasked }, index) =>
    sheet.addRow([index + 1, unitName, personName, idNumberMasked]),
  );
  const content = new Uint8Array(await book.xlsx.writeBuffer());
  return done({ fileName: `缺照片人员（${page.value.today}）.xlsx`, content });
}
