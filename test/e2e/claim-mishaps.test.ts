import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import {
  type Visitor,
  accessibilityFindings,
  expectQuietAndAlive,
  signIn,
  useBrowser,
} from '#test/support/browser.ts';

/**
 * What goes wrong around a form of 学时认定: a bad file, a session that ended while somebody was writing, sent three times
 * in a row, decided in two windows. Nothing typed is lost, nothing is done twice, and the answer stands where one looks.
 */
const { visit } = useBrowser();

const PHONE = { width: 390, height: 844 };
/** Refused on purpose; the browser reports each refused request. */
const REFUSED = /status of 4\d\d/;
const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
const certificate = { name: '结业证书.pdf', mimeType: 'application/pdf', buffer: PDF };

/** The last day of the month before last, and a title no other run has used. */
function aTraining(): { title: string; day: string } {
  const today = new Date();
  const day = new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - 1, 0));
  return { title: `全省行政执法培训（差错检验${today.getTime()}）`, day: day.toISOString().slice(0, 10) };
}

async function openForm(): Promise<Visitor & { title: string }> {
  const visitor = await visit({ ...PHONE, expected: [REFUSED] });
  await signIn(visitor, 'officer');
  const { page } = visitor;
  await page.goto('/hours/claims/new');
  await expectQuietAndAlive(visitor);
  const { title, day } = aTraining();
  await page.getByLabel('培训名称').fill(title);
  await page.getByLabel('主办单位').fill('某省司法厅');
  await page.getByLabel('开始日期').fill(day);
  await page.getByLabel('学时或分钟数').fill('8');
  return { ...visitor, title };
}

const send = async ({ page }: Visitor): Promise<number> => {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name: '提交申请' }).click();
  return (await answer).status();
};

const filedClaim = async ({ page }: Visitor): Promise<string> => {
  await page.waitForURL(/\/hours\/claims\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
};

describe('a claim whose form meets a mishap', () => {
  it('names a file without content, and one of another kind, at its field; the message takes the focus', async () => {
    const visitor = await openForm();
    const { page, title } = { ...visitor };
    const files = page.getByLabel('证明材料');
    const bad: [string, Buffer, RegExp][] = [
      ['空白.pdf', Buffer.alloc(0), /空白\.pdf”是空的/],
      ['程序.pdf', Buffer.from('MZ\u0090\u0000program'), /程序\.pdf”不是 PDF/],
    ];
    for (const [name, buffer, words] of bad) {
      await files.setInputFiles({ name, mimeType: 'application/pdf', buffer });
      expect(await send(visitor)).toBe(422);
      const summary = page.getByRole('alert').filter({ hasText: words });
      await summary.waitFor();
      await expect.poll(() => summary.evaluate((box) => box.contains(document.activeElement))).toBe(true);
      expect(await files.getAttribute('aria-invalid')).toBe('true');
      expect(await page.getByLabel('培训名称').inputValue()).toBe(title);
    }
    expect(await accessibilityFindings(page)).toEqual([]);
    await files.setInputFiles(certificate);
    await send(visitor);
    await filedClaim(visitor);
    await visitor.context.close();
  });

  it('is kept when the session has ended meanwhile: signed in beside it, it is sent again', async () => {
    const visitor = await openForm();
    const { page, context, title } = visitor;
    await page.getByLabel('证明材料').setInputFiles(certificate);
    await context.clearCookies();
    expect(await send(visitor)).toBe(401);
    await page.getByText('登录已失效，没有提交成功').waitFor();
    expect(await page.getByLabel('培训名称').inputValue()).toBe(title);
    expect(await accessibilityFindings(page)).toEqual([]);

    const login = context.waitForEvent('page');
    await page.getByRole('link', { name: '在新窗口登录' }).click();
    await signIn({ ...visitor, page: await login }, 'officer');
    await send(visitor);
    await filedClaim(visitor);
    await page.getByText('待认定').first().waitFor();
    await context.close();
  });

  it('sent three times in a row is filed once; decided in two windows, the second is told', async () => {
    const visitor = await openForm();
    const { page, title } = visitor;
    await page.getByLabel('证明材料').setInputFiles(certificate);
    await page.getByRole('button', { name: '提交申请' }).evaluate((button) => {
      for (let times = 0; times < 3; times += 1) if (button instanceof HTMLElement) button.click();
    });
    const claim = await filedClaim(visitor);
    await page.goto('/hours/claims');
    expect(await page.getByRole('link', { name: title }).count()).toBe(1);
    await visitor.context.close();

    const desk = await visit({ expected: [REFUSED] });
    await signIn(desk, 'liaison');
    const second = await desk.context.newPage();
    for (const window of [desk.page, second]) {
      await window.goto(`/coordinate/claims/${claim}`);
      await expectQuietAndAlive({ ...desk, page: window });
    }
    await desk.page.getByRole('button', { name: '认定并记入台账' }).click();
    await desk.page.getByText('认定计入').first().waitFor();
    await second.getByRole('button', { name: '认定并记入台账' }).click();
    const told = second.getByRole('alert').filter({ hasText: '这项申请已办结' });
    await told.waitFor();
    await expect.poll(() => told.evaluate((box) => box === document.activeElement)).toBe(true);
    await desk.context.close();
  });

  it('taken back in two windows, the second is told in the dialog itself, not behind it', async () => {
    const visitor = await openForm();
    await visitor.page.getByLabel('证明材料').setInputFiles(certificate);
    await send(visitor);
    const claim = await filedClaim(visitor);
    const second = await visitor.context.newPage();
    for (const window of [visitor.page, second]) {
      await window.goto(`/hours/claims/${claim}`);
      await expectQuietAndAlive({ ...visitor, page: window });
      await window.getByRole('button', { name: '撤回申请' }).click();
    }
    const takeBack = (window: Page) =>
      window.getByRole('dialog').getByRole('button', { name: /撤回/ }).click();
    await takeBack(visitor.page);
    await visitor.page.getByText('已撤回').first().waitFor();
    await takeBack(second);
    const told = second.getByRole('dialog').getByRole('alert');
    await told.filter({ hasText: /请刷新页面/ }).waitFor();
    await expect.poll(() => told.evaluate((box) => box === document.activeElement)).toBe(true);
    expect(await accessibilityFindings(second)).toEqual([]);
    await visitor.context.close();
  });

  it('is nobody else’s: another unit’s liaison does not find it, nor its proof', async () => {
    const owner = await openForm();
    await owner.page.getByLabel('证明材料').setInputFiles(certificate);
    await send(owner);
    const claim = await filedClaim(owner);
    const proof = await owner.page.getByRole('link', { name: certificate.name }).getAttribute('href');
    await owner.context.close();

    const stranger = await visit({ expected: [REFUSED] });
    await signIn(stranger, 'liaison2');
    expect((await stranger.page.goto(`/coordinate/claims/${claim}`))?.status()).toBe(404);
    expect((await stranger.context.request.get(proof ?? '')).status()).toBe(404);
    await stranger.context.close();
  });
});
