import { describe, expect, it } from 'vitest';
import {
  accessibilityFindings,
  expectQuietAndAlive,
  go,
  leave,
  send,
  useBrowser,
} from '#test/support/browser.ts';

/**
 * External training from the phone of the officer to the ledger (domain.md §4.2 case 11): filed with a proof at 390 px,
 * returned by the liaison, completed, approved. The steps lean on each other, in this order.
 */
const { enter } = useBrowser();

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const known = { claim: '', title: '', year: '' };

const PHONE = { width: 390, height: 844 };

describe.sequential('external training', () => {
  it('is filed by the officer on a phone with a proof; a mistake keeps what was typed', async () => {
    const visitor = await enter('officer', PHONE);
    const page = await go(visitor, '/hours/claims/new');
    expect(await accessibilityFindings(page)).toEqual([]);
    // Another title each time, so that a site used before does not know the training.
    known.title = `全省行政执法培训（浏览器检验${Date.now()}）`;
    // The last day of the month before last: over, and in this or the last year, whenever the test runs.
    const today = new Date();
    const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 0))
      .toISOString()
      .slice(0, 10);
    known.year = day.slice(0, 4);
    await page.getByLabel('培训名称').fill(known.title);
    await page.getByLabel('主办单位').fill('某省司法厅');
    await page.getByLabel('开始日期').fill(day);
    await page.getByLabel('学时或分钟数').fill('八');
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.getByText('学时请填数字').first().waitFor();
    expect(await page.getByLabel('培训名称').inputValue()).toBe(known.title);
    await page.getByLabel('学时或分钟数').fill('8');
    await page.getByLabel('证明材料').setInputFiles({
      name: '结业证书.pdf',
      mimeType: 'application/pdf',
      buffer: PDF,
    });
    await page.getByRole('button', { name: '提交申请' }).click();
    await page.waitForURL(/\/hours\/claims\/[0-9a-f-]{36}/);
    known.claim = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await expect.poll(() => page.getByText('待认定').count()).toBe(1);
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('comes back from the liaison with a reason; the proof opens as a download', async () => {
    const visitor = await enter('liaison');
    const list = await go(visitor, '/coordinate/claims?f.state=filed');
    expect(await accessibilityFindings(list)).toEqual([]);
    const page = await go(visitor, `/coordinate/claims/${known.claim}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '结业证书.pdf' }).click();
    expect((await download).suggestedFilename()).toBe('结业证书.pdf');
    await page.getByLabel('退回理由').fill('请补充签到表');
    await send(page, '退回申请');
    await expect.poll(() => page.getByRole('button', { name: '退回申请' }).count()).toBe(0);
    await leave(visitor);
  });

  it('is completed by the officer', async () => {
    const visitor = await enter('officer', PHONE);
    const page = await go(visitor, `/hours/claims/${known.claim}`);
    await expect.poll(() => page.getByText('请补充签到表').count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('证明材料').setInputFiles({
      name: '签到表.pdf',
      mimeType: 'application/pdf',
      buffer: PDF,
    });
    // While it is under way the button says something else: the answer is what counts.
    await send(page, '重新提交');
    await expect.poll(() => page.getByRole('button', { name: '重新提交' }).count()).toBe(0);
    await leave(visitor);
  });

  it('is approved by the liaison after a preview of several, and stands in the officer’s ledger', async () => {
    const desk = await enter('liaison');
    const page = await go(desk, `/coordinate/claims?q=${encodeURIComponent(known.title)}`);
    await page
      .getByRole('checkbox', { name: new RegExp('浏览器检验') })
      .first()
      .check();
    await page.getByRole('button', { name: '核对后批量认定' }).click();
    const approve = page.getByRole('button', { name: '认定 1 项' });
    // The preview is an answer to a POST, too: only once it stands there is the next answer that of the decision.
    await approve.waitFor();
    // Others of the unit are 已认定 already: only the answer says that this one is.
    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await approve.click();
    expect((await answered).status()).toBeLessThan(400);
    await approve.waitFor({ state: 'detached' });
    await leave(desk);

    const visitor = await enter('officer', PHONE);
    const claim = await go(visitor, `/hours/claims/${known.claim}`);
    expect(await claim.getByText('认定计入').count()).toBe(1);
    const ledger = await go(visitor, `/hours?year=${known.year}`);
    const link = ledger.getByRole('link', { name: known.title, exact: true });
    await expect.poll(() => link.count()).toBe(1);
    await leave(visitor);
  });

  it('may be objected to by the officer; the liaison answers', async () => {
    const visitor = await enter('officer', PHONE);
    const ledger = await go(visitor, `/hours?year=${known.year}`);
    const entry = ledger.getByRole('listitem').filter({ hasText: known.title });
    await entry.getByRole('link', { name: '提出异议' }).click();
    await ledger.waitForURL(/\/hours\/objections/);
    await expectQuietAndAlive(visitor);
    expect(await accessibilityFindings(ledger)).toEqual([]);
    await ledger.getByLabel('异议内容').fill('实际参加了两天，应为 16 学时');
    await ledger.getByRole('button', { name: '提交异议' }).click();
    await expect.poll(() => ledger.getByText('异议待处理').count()).toBe(1);
    await leave(visitor);

    const desk = await enter('liaison');
    const list = await go(desk, '/coordinate/hour-corrections?f.state=objected');
    expect(await accessibilityFindings(list)).toEqual([]);
    await list.locator('tbody a').first().click();
    await list.waitForURL(/hour-corrections\/[0-9a-f-]{36}/);
    await expectQuietAndAlive(desk);
    expect(await accessibilityFindings(list)).toEqual([]);
    await list.getByLabel('理由', { exact: true }).fill('证书载明 8 学时，维持原记录');
    await list.getByRole('button', { name: '答复本人，不予更正' }).click();
    await expect.poll(() => list.getByText('未更正').count()).toBeGreaterThan(0);
    await leave(desk);
  });
});
