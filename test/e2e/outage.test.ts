import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';

const { visit } = useBrowser();
const RECOVERY_MS = 60_000;

/** Process id of the embedded server, first line of its own file. */
async function databasePid(dataDir: string): Promise<number> {
  const files = await readdir(dataDir, { recursive: true });
  const file = files.find((name) => path.basename(name) === 'postmaster.pid');
  if (file === undefined) throw new Error(`no database runs in ${dataDir}`);
  return Number((await readFile(path.join(dataDir, file), 'utf8')).split('\n')[0]);
}

const { baseUrl, dataDir } = inject('site');

/** Whoever comes next finds the site as it was. */
afterEach(async () => {
  if (dataDir === null) return;
  const readiness = async (): Promise<number> => (await fetch(`${baseUrl}/readyz`)).status;
  await expect.poll(readiness, { timeout: RECOVERY_MS }).toBe(200);
});

describe.skipIf(dataDir === null)('the database dies while the site serves', () => {
  it('says so with status 503 and shows the page again by itself', async () => {
    const visitor = await visit({ expected: [/503|Service Unavailable|ERR_CONNECTION/] });
    const { page } = visitor;
    await signIn(visitor, 'supervisor');
    await page.goto('/supervise/completion');
    const title = await page.getByRole('heading', { level: 1 }).innerText();

    process.kill(await databasePid(dataDir ?? ''), 'SIGKILL');
    const away = await page.goto('/supervise/completion');
    expect(away?.status()).toBe(503);
    await page.getByRole('heading', { name: '服务暂时不可用' }).waitFor();
    // Nobody touches the page: it comes back when the database, started again by its owner, answers.
    await page.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: RECOVERY_MS });
    expect(page.url()).toContain('/supervise/completion');
    await expectQuietAndAlive(visitor);
  });

  it('keeps a form that found the database away on its page, and takes it when sent again', async () => {
    const visitor = await visit({ expected: [/503|Service Unavailable|ERR_CONNECTION/] });
    const { page } = visitor;
    await signIn(visitor, 'leader');
    await page.goto('/inbox/sent/new');
    await page.getByLabel('标题').fill('关于报送材料的提醒');
    await page.getByLabel('内容').fill('请于本周五前报送，逾期不候。');
    await page.locator('input[name="regions"], input[name="units"]').first().check();

    process.kill(await databasePid(dataDir ?? ''), 'SIGKILL');
    await page.getByRole('button', { name: '发送给所选单位的联络员' }).click();
    await page.getByText('系统暂时不可用，没有提交成功，请稍后重试').waitFor();
    expect(await page.getByLabel('标题').inputValue()).toBe('关于报送材料的提醒');
    expect(await page.getByLabel('内容').inputValue()).toBe('请于本周五前报送，逾期不候。');
    await page.getByText('系统已恢复，请再次提交').waitFor({ timeout: RECOVERY_MS });
    await page.getByRole('button', { name: '发送给所选单位的联络员' }).click();
    await page.getByText('已发送。').waitFor();
    await expectQuietAndAlive(visitor);
  });

  it('without JavaScript says how to get back, and the browser still has what was typed', async () => {
    const visitor = await visit({ javaScript: false });
    const { page } = visitor;
    await signIn(visitor, 'leader');
    await page.goto('/inbox/sent/new');
    await page.getByLabel('标题').fill('关于报送材料的提醒');
    process.kill(await databasePid(dataDir ?? ''), 'SIGKILL');
    await page.getByRole('button', { name: '发送给所选单位的联络员' }).click();
    await page.getByRole('heading', { name: '没有提交成功，请稍后重试' }).waitFor();
    await page.getByText('填写的内容还在').waitFor();
    await page.goBack();
    expect(await page.getByLabel('标题').inputValue()).toBe('关于报送材料的提醒');
  });
});
