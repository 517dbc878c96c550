import { spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { accessibilityFindings, expectQuietAndAlive, useBrowser } from '#test/support/browser.ts';
import { anXlsx } from '#test/support/import-files.ts';
import { makeIdNumber } from '#test/support/id-number.ts';

/**
 * A real installation from nothing: setup → the administrators → the bureau's first account → regions, units, roster →
 * a liaison who sees the own people. Each step by the person whose step it is; the steps lean on each other.
 */
const { visit } = useBrowser();
const PASSWORD = 'Qidong-2026-x';
const START_LIMIT_MS = 150_000;

let folder = '';
let origin = '';
let stopSite: () => Promise<void> = () => Promise.resolve();
/** Login → path of the one-time link. */
const links = new Map<string, string>();

function run(script: string, args: readonly string[]) {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--import', './scripts/run/client-first.ts', script, ...args],
    {
      env: { ...process.env, NODE_ENV: 'production', PORT: '0', DATA_DIR: path.join(folder, 'data') },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const printed = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`not printed: ${pattern}\n${output}`)), START_LIMIT_MS);
      const read = (chunk: Buffer): void => {
        output += chunk.toString('utf8');
        const found = pattern.exec(output);
        if (found === null) return;
        clearTimeout(limit);
        resolve(found[1] ?? '');
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
    });
  return { child, ended, printed, output: () => output };
}

async function setUp(): Promise<void> {
  const setup = run('scripts/setup.ts', [
    ...[
      '--region',
      '丰泽市',
      '--code',
      '970100',
      '--system',
      '甲某',
      '--security',
      '乙某',
      '--audit',
      '丙某',
    ],
  ]);
  await setup.printed(/(启动平台)/);
  expect(await setup.ended).toBe(0);
  for (const [, login = '', link = ''] of setup.output().matchAll(/ (\w+)\n\s+http\S+(\/activate\/\w+)/g))
    links.set(login, link);
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'zhifa-real-'));
  await chmod(folder, 0o755);
  await setUp();
  const site = run('scripts/start.ts', []);
  stopSite = async () => {
    site.child.kill('SIGTERM');
    await site.ended;
  };
  origin = await site.printed(/(http:\/\/[\w.]+:\d+)\s/);
});

afterAll(async () => {
  await stopSite();
  await rm(folder, { recursive: true, force: true });
});

/** Sets the password by the one-time link and signs in, as the person does. */
async function activate(login: string): Promise<Page> {
  const visitor = await visit({ expected: [/status of 410/] });
  const { page } = visitor;
  const link = links.get(login) ?? '';
  await page.goto(`${origin}${link}`);
  await page.getByLabel('新密码').fill(PASSWORD);
  await page.getByLabel('再次输入').fill(PASSWORD);
  await page.getByRole('button', { name: '启用账号' }).click();
  await page.waitForURL(/\/login/);
  expect((await page.request.get(`${origin}${link}`)).status()).toBe(410);
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => url.pathname === '/');
  await expectQuietAndAlive(visitor);
  return page;
}

async function expectAccessible(page: Page): Promise<void> {
  expect(await accessibilityFindings(page)).toEqual([]);
}

/** The link shown once on the page; kept for its person. */
async function keepLink(page: Page, login: string): Promise<void> {
  const text = await page.getByRole('status').filter({ hasText: '启用链接' }).innerText();
  links.set(login, /\/activate\/\w+/.exec(text)?.[0] ?? '');
}

async function giveRole(page: Page, role: string, fill: () => Promise<void>): Promise<void> {
  await page.getByLabel('角色', { exact: true }).selectOption({ label: role });
  await page.getByRole('button', { name: '下一步' }).click();
  await page.getByRole('button', { name: `授予${role}` }).waitFor();
  await fill();
  await page.getByLabel('依据或事由', { exact: true }).fill('任命文件');
  await page.getByRole('button', { name: `授予${role}` }).click();
  await page.getByRole('cell', { name: '有效' }).waitFor();
}

/** Hands in a workbook and confirms what the report says. */
async function importFile(page: Page, kind: string, rows: readonly (readonly string[])[]): Promise<void> {
  await page.goto(`${origin}/bureau/imports?kind=${kind}`);
  await page.locator('input[name=asOfDay]').first().fill('2020-01-01');
  await page.locator('input[type=file]').setInputFiles({
    name: `${kind}.xlsx`,
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: Buffer.from(await anXlsx([{ rows: rows.map((row) => [...row]) }])),
  });
  await page.getByRole('button', { name: '上传并核对' }).click();
  await page
    .getByRole('button', { name: /^确认导入/ })
    .first()
    .click({ timeout: 60_000 });
  await page.getByText('已导入').first().waitFor({ timeout: 60_000 });
}

describe.sequential('a real installation from nothing', () => {
  it("lets the security administrator open the bureau's first account and give it the region", async () => {
    const page = await activate('secadmin');
    await page.getByRole('link', { name: '账号管理' }).first().click();
    await page.getByRole('heading', { level: 1, name: '账号管理' }).waitFor();
    await expectAccessible(page);
    await page.getByRole('link', { name: '开通账号' }).click();
    await page.getByLabel('姓名或名称').fill('丁某');
    await page.getByLabel('账号', { exact: true }).fill('fz-bureau');
    await page.getByRole('button', { name: '开通账号' }).click();
    await keepLink(page, 'fz-bureau');
    await expectAccessible(page);
    await page.getByRole('link', { name: '接着授予角色' }).click();
    await giveRole(page, '司法局', async () => {
      await expectAccessible(page);
    });
    expect((await page.request.get(`${origin}/coordinate/roster`)).status()).toBe(403);
  });

  it("lets the bureau import regions, units and the roster, and open a liaison's account", async () => {
    const page = await activate('fz-bureau');
    await importFile(page, 'regions', [
      ['名称', '行政区划代码'],
      ['甲县', '970102'],
      ['城关镇', '970102001'],
    ]);
    await importFile(page, 'units', [
      ['单位名称', '所在地区', '执法领域', '编码'],
      ['甲县城市管理局', '甲县', '城市管理', '970102-01'],
      ['甲县水务局', '甲县', '水行政', '970102-02'],
    ]);
    await importFile(page, 'roster', [
      ['姓名', '身份证号', '工作单位', '编制性质', '是否执法岗'],
      ['戊联络', makeIdNumber(7_001), '甲县城市管理局', '行政编制', '是'],
      ['己执法', makeIdNumber(7_002), '甲县城市管理局', '行政编制', '是'],
      ['庚水务', makeIdNumber(7_003), '甲县水务局', '行政编制', '是'],
    ]);
    await page.goto(`${origin}/admin/accounts/new`);
    await page.getByLabel('查找人员').fill('戊联络');
    await page.getByRole('button', { name: '查找' }).click();
    await page.waitForURL(/[?&]q=/);
    // The roster is applied in the background; until then nobody of that name is found.
    await expect
      .poll(async () => {
        await page.reload();
        return page.getByLabel('账号', { exact: true }).count();
      })
      .toBe(1);
    await page.getByLabel('账号', { exact: true }).fill('jx-liaison');
    await expectAccessible(page);
    await page.getByRole('button', { name: '开通账号' }).click();
    await keepLink(page, 'jx-liaison');
    await page.getByRole('link', { name: '接着授予角色' }).click();
    await giveRole(page, '单位联络员', async () => {
      expect(await page.getByLabel('单位', { exact: true }).inputValue()).toBe('甲县城市管理局');
    });
  });

  it('shows the liaison exactly the own people', async () => {
    const page = await activate('jx-liaison');
    await page.goto(`${origin}/coordinate/roster`);
    await page.getByText('己执法').waitFor();
    expect(await page.getByText('戊联络').count()).toBeGreaterThan(0);
    expect(await page.getByText('庚水务').count()).toBe(0);
    expect((await page.request.get(`${origin}/admin/accounts`)).status()).toBe(403);
  });

  it('shows the system administrator how it runs, and the audit administrator who did what', async () => {
    const operator = await activate('sysadmin');
    await operator.goto(`${origin}/admin/health`);
    await operator.getByRole('heading', { level: 1, name: '运行状况' }).waitFor();
    await expectAccessible(operator);
    expect((await operator.request.get(`${origin}/admin/audit`)).status()).toBe(403);
    const auditor = await activate('auditor');
    await auditor.goto(`${origin}/admin/audit`);
    await auditor.getByRole('cell', { name: '授予角色' }).first().waitFor();
    await expectAccessible(auditor);
    const file = await auditor.request.get(`${origin}/admin/audit.xlsx`);
    expect(file.headers()['content-type']).toContain('spreadsheetml');
  });
});
