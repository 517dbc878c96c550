import { describe, expect, it } from 'vitest';
import { accessibilityFindings, atRest, go, leave, useBrowser } from '#test/support/browser.ts';

/**
 * Closing a year of the demo city from the list to the card with its seal, each step by the person whose step it is
 * (domain.md §4.2 case 14, §11.4). The notice period would take five 工作日, so the list is signed on paper. The steps
 * lean on each other, in this order.
 */
const { enter } = useBrowser();
const known = { path: '', year: '', sealNo: '' };

const A_PAGE = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n');

describe.sequential('closing a year', () => {
  it('the liaison puts the list of last year up', async () => {
    const visitor = await enter('liaison');
    const page = await go(visitor, '/coordinate/years');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.locator('tbody a').first().click();
    await page.waitForURL(/unit=/);
    const address = new URL(page.url());
    known.path = address.pathname + address.search;
    known.year = address.pathname.split('/').at(-1) ?? '';
    await page.getByRole('heading', { name: '公示名单' }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '公示名单', exact: true }).click();
    await page.getByRole('button', { name: '重新公示名单' }).waitFor();
    expect(await page.getByText('公示中').count()).toBeGreaterThan(0);
    await leave(visitor);
  });

  it('an officer sees the own line on a phone and objects; what was typed is kept', async () => {
    const visitor = await enter('officer', { width: 390, height: 844 });
    const hours = await go(visitor, `/hours?year=${known.year}`);
    await hours.getByRole('link', { name: '核对或提出异议' }).click();
    const page = hours;
    await page.waitForURL(/\/hours\/closing/);
    await page.getByLabel('异议的内容').fill('少记');
    await page.getByRole('button', { name: '提出异议' }).click();
    await page.getByText('至少 5 个字').first().waitFor();
    expect(await page.getByLabel('异议的内容').inputValue()).toBe('少记');
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByLabel('异议的内容').fill('6月的集中学习少记 2 学时');
    await page.getByRole('button', { name: '提出异议' }).click();
    await page.getByText('等待单位答复').first().waitFor();
    await visitor.context.close();
  });

  it('the unit answers, uploads the signed sheet, and its leader confirms', async () => {
    const liaison = await enter('liaison');
    const page = await go(liaison, known.path);
    await page.getByLabel('异议不成立').check();
    await page.getByLabel('答复内容').fill('经核对签到表，该次学习已按实际时间计入');
    await page.getByRole('button', { name: '答复异议' }).click();
    await page.getByText('经核对签到表').first().waitFor();
    await page
      .getByLabel('签字表扫描件')
      .setInputFiles({ name: '签字表.pdf', mimeType: 'application/pdf', buffer: A_PAGE });
    await page.getByRole('button', { name: '上传签字表' }).click();
    await page.getByRole('link', { name: '签字表.pdf' }).waitFor();
    await leave(liaison);
    const leader = await enter('leader');
    const confirming = await go(leader, known.path);
    await confirming.getByRole('button', { name: '确认名单并报司法局' }).click();
    await expect.poll(() => confirming.getByText('待封账').count()).toBeGreaterThan(0);
    await leave(leader);
  });

  it('the bureau looks at the preview and freezes', async () => {
    const visitor = await enter('bureau');
    const page = await go(visitor, `/bureau/years?year=${known.year}&f.standing=to_freeze`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.locator('tbody input[type=checkbox]').first().check();
    await page.getByRole('button', { name: '预览封账' }).click();
    await page.getByRole('heading', { name: '封账预览' }).waitFor();
    await atRest(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: '封账 1 个单位' }).click();
    await page.getByText('已封账 1 个单位').waitFor();
    await go(visitor, known.path);
    await page.getByRole('link', { name: '查验封账' }).click();
    await page.getByText('封账数据完整，未被改动').waitFor();
    known.sealNo = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    expect(known.sealNo).toMatch(new RegExp(`^${known.year}-`));
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('the officer’s card carries the seal, as page and as PDF', async () => {
    const visitor = await enter('officer');
    const page = await go(visitor, `/hours/card?year=${known.year}`);
    expect(await page.getByText(known.sealNo).count()).toBeGreaterThan(0);
    expect(await accessibilityFindings(page)).toEqual([]);
    // On paper the title stands on the sheet: outside of it, upright, it would be a page of its own.
    expect(await page.locator('.print-wide h1').count()).toBe(1);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '下载 PDF' }).click();
    expect((await download).suggestedFilename()).toMatch(/登记卡.*\.pdf$/);
    await leave(visitor);
  });

  it('the unit has its cards drawn in one go', async () => {
    const visitor = await enter('liaison');
    const page = await go(visitor, `/coordinate/cards?year=${known.year}`);
    expect(await accessibilityFindings(page)).toEqual([]);
    for (const row of [0, 1]) await page.locator('tbody input[type=checkbox]').nth(row).check();
    await page.getByRole('button', { name: '批量出具 Word' }).click();
    await page.getByText('已出具 2 份').waitFor();
    await leave(visitor);
  });
});
