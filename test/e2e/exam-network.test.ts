import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { type TestContext, beforeAll, describe, expect, it } from 'vitest';
import { expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';
import { courseIsStudied, handIn, headSays, option, pick, startExam } from '#test/support/exam-page.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * The exam page in real Chromium while the network, the tab or the device goes: nothing entered is lost. Each test is a
 * candidate of its own at the demo city's open sitting.
 */
const { visit } = useBrowser();
const site = useSiteDatabase();
/** What the browser itself says about requests that cannot leave while offline. */
const OFFLINE = [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /__manifest/];
/** A browser's own name in tests is that of a program, and programs get pages in one piece. */
const PERSON = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0 Safari/537.36';
const SAVED_LIMIT = { timeout: 30_000 };
/** The first page after a start fetches every file of the room while others do the same. */
const COPY_LIMIT = { timeout: 90_000 };

beforeAll(async () => {
  if (hasSiteDatabase()) await courseIsStudied(site, 'applicant010%');
});

/** What is still missing for a reload without network: the worker, the page, files it is made of. */
const missingOfCopy = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const loaded = performance.getEntriesByType('resource').map(({ name }) => name);
    const linked = [...document.querySelectorAll<HTMLLinkElement>('link[href]')].map(({ href }) => href);
    const assets = [...loaded, ...linked].filter((url) => new URL(url).pathname.startsWith('/assets/'));
    const missing = navigator.serviceWorker.controller === null ? ['worker'] : [];
    for (const url of [location.pathname, ...assets])
      if ((await caches.match(url, { ignoreVary: true })) === undefined) missing.push(url);
    return missing;
  });

/** The copy of the page is on the device with all it is made of: from then on a reload needs no network. */
const copyIsKept = (page: Page, test: TestContext) =>
  test.expect.poll(() => missingOfCopy(page), COPY_LIMIT).toEqual([]);

/** In the page: one of its files once more, through the worker, which then looks after the copies it finds. */
async function fetchThroughWorker(): Promise<void> {
  await navigator.serviceWorker.ready;
  if (navigator.serviceWorker.controller === null)
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  const url = performance.getEntriesByType('resource').find(({ name }) => name.includes('/assets/'))?.name;
  if (url === undefined) throw new Error('the page has no file of its own');
  await (await fetch(url, { cache: 'no-store' })).arrayBuffer();
  if ((await caches.keys()).length > 0) throw new Error('there is a copy without its page');
}

/** In a page beside the exam's: the device as it was before any exam. */
async function forgetWorker(): Promise<void> {
  const all = await navigator.serviceWorker.getRegistrations();
  await Promise.all(all.map((registration) => registration.unregister()));
  await Promise.all((await caches.keys()).map((name) => caches.delete(name)));
}

/** In a page beside the exam's: the worker, alive when this ends. */
async function startWorker(): Promise<void> {
  const { installing, waiting, active } = await navigator.serviceWorker.register('/exam-worker.js', {
    scope: '/attempts/',
  });
  const worker = installing ?? waiting ?? active;
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (worker?.state === 'activated') resolve();
    };
    worker?.addEventListener('statechange', look);
    look();
  });
}

const copyOf = (page: Page) => page.evaluate(async () => (await caches.match(location.pathname))?.status);

const copies = (page: Page) => page.evaluate(async () => (await caches.keys()).length);

/** Most of the time they wait, for the network or for a clock. */
describe.skipIf(!hasSiteDatabase()).concurrent('the exam page', () => {
  it('goes on while offline, reloads while offline, and sends everything afterwards; nothing stays after the hand-in', async (test) => {
    const visitor = await visit({ expected: OFFLINE, test });
    const page = await startExam('applicant0101', visitor);
    await pick(page, 1, 0);
    await headSays(page, /^已保存 1\/80/);
    await copyIsKept(page, test);
    await pick(page, 1, 1);
    await headSays(page, /^已保存 1\/80/);
    await visitor.context.setOffline(true);
    await pick(page, 2, 0);
    await headSays(page, /网络不通，1 项作答已暂存在本机/);
    await page.reload();
    await headSays(page, /网络不通|正在保存/);
    // The copy is older than the second answer to question 1; the device remembers what was confirmed since.
    expect(await option(page, 1, 1).isChecked()).toBe(true);
    expect(await option(page, 2, 0).isChecked()).toBe(true);
    await pick(page, 3, 0);
    await visitor.context.setOffline(false);
    await headSays(page, /^已保存 3\/80/);
    await handIn(page);
    await test.expect.poll(() => copies(page), SAVED_LIMIT).toBe(0);
    expect(await page.getByText('合格', { exact: false }).count()).toBeGreaterThan(0);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('is the same, byte for byte, by the short way and by the ordinary one', async (test) => {
    const visitor = await visit({ test });
    const page = await startExam('applicant0107', visitor);
    /** Without what differs from one request to the next: ids, nonces, and the clock. */
    const load = async (query: string): Promise<string> => {
      const answer = await page.request.get(`${page.url()}${query}`, { headers: { 'User-Agent': PERSON } });
      const { 'x-request-id': id = '', 'content-security-policy': policy = '' } = answer.headers();
      const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
      return (await answer.text())
        .replaceAll(id, 'ID')
        .replaceAll(nonce, 'NONCE')
        .replaceAll(/serverNowMs\W+\d+|\d+:\d\d(?::\d\d)?/g, 'CLOCK');
    };
    const short = await load('');
    expect(short).toContain('CLOCK');
    // A query that means nothing keeps a request off the short way.
    expect(await load('?as=ordinary')).toBe(short);
    expect(await load('')).toBe(short);
    await visitor.context.close();
  });

  it('comes back after its tab was killed, with the answer that was never sent', async (test) => {
    const visitor = await visit({ expected: OFFLINE, test });
    const page = await startExam('applicant0102', visitor);
    await copyIsKept(page, test);
    await visitor.context.setOffline(true);
    await pick(page, 1, 0);
    await headSays(page, /已暂存在本机/);
    const address = page.url();
    await page.close({ runBeforeUnload: false });
    await visitor.context.setOffline(false);
    const again = await visitor.context.newPage();
    await again.goto(address);
    await headSays(again, /^已保存 1\/80/);
    expect(await option(again, 1, 0).isChecked()).toBe(true);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('moves to a second device; the first turns read-only and its answers are kept as evidence', async (test) => {
    const first = await visit({ test });
    const page = await startExam('applicant0103', first);
    await pick(page, 1, 0);
    await headSays(page, /^已保存 1\/80/);
    const isSaid = () => page.waitForResponse((response) => response.url().endsWith('/flags'));
    const [flagged] = await Promise.all([
      isSaid(),
      page.getByRole('button', { name: '标记本题' }).first().click(),
    ]);
    expect(flagged.status()).toBe(204);
    // A page says once more what an earlier one may not have said.
    const [said] = await Promise.all([isSaid(), page.reload()]);
    expect(said.request().postDataJSON()).toEqual({ positions: [1] });
    const second = await visit({ test });
    await signIn(second, 'applicant0103');
    await second.page.goto(page.url());
    await second.page.getByRole('button', { name: '转到本机继续作答' }).click();
    await expectQuietAndAlive(second);
    await headSays(second.page, /^已保存 1\/80/);
    await second.page.getByRole('link', { name: /^第 1 题，.*已标记$/ }).waitFor();
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.getByText('本次考试已转到另一台设备或另一个页面上作答').waitFor();
    expect(await option(page, 1, 1).isDisabled()).toBe(true);
    await pick(second.page, 2, 0);
    await headSays(second.page, /^已保存 2\/80/);
    // No page before this one has called the worker here: the copy is made afterwards.
    await copyIsKept(second.page, test);
    expect(first.complaints.concat(second.complaints)).toEqual([]);
    await first.context.close();
    await second.context.close();
  });

  it('keeps its copy though the page came late and broken, and files of it came through the worker meanwhile', async (test) => {
    const first = await visit({ test });
    const room = (await startExam('applicant0108', first)).url();
    const { page, context, complaints } = await visit({ expected: [...OFFLINE, /502/], test });
    await signIn({ page, context, complaints }, 'applicant0108');
    await page.goto(room);
    const came: string[] = [];
    // The first time a gateway answers for the server; the second time the page takes as long as the worker needs.
    await page.route(new URL(room).pathname, async (route) => {
      if (route.request().resourceType() !== 'fetch') return await route.continue();
      came.push(route.request().url());
      if (came.length === 1) return await route.fulfill({ status: 502, body: 'Bad Gateway' });
      await page.evaluate(fetchThroughWorker);
      await route.continue();
    });
    // No page before this one has called the worker here: the copy is made afterwards.
    await page.getByRole('button', { name: '转到本机继续作答' }).click();
    await headSays(page, /^已保存 0\/80/);
    await copyIsKept(page, test);
    expect(came).toHaveLength(2);
    await context.setOffline(true);
    await page.reload();
    await pick(page, 1, 0);
    await headSays(page, /已暂存在本机/);
    await context.setOffline(false);
    await headSays(page, /^已保存 1\/80/);
    expect(first.complaints.concat(complaints)).toEqual([]);
    await first.context.close();
    await context.close();
  });

  it('comes under the worker though that came to life while the page was on its way', async (test) => {
    const visitor = await visit({ test });
    const page = await startExam('applicant0100', visitor);
    await copyIsKept(page, test);
    const room = page.url();
    const beside = await visitor.context.newPage();
    await beside.goto('/hours');
    await page.goto('about:blank');
    await beside.evaluate(forgetWorker);
    await page.route(room, async (route) => {
      if (route.request().resourceType() === 'document') await beside.evaluate(startWorker);
      await route.continue();
    });
    await page.goto(room);
    await copyIsKept(page, test);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('opens, saves and hands in on a full disk, and while something is stuck over its copy', async (test) => {
    const visitor = await visit({ test });
    const { page, context } = visitor;
    await page.goto('/login');
    const disk = await context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await disk.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await startExam('applicant0109', visitor);
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    await pick(page, 1, 0);
    await headSays(page, /^本机无法暂存作答，请勿关闭页面 · 已保存 1\/80/);
    expect(await copyOf(page)).toBeUndefined();
    await page.reload();
    await headSays(page, /^本机无法暂存作答，请勿关闭页面 · 已保存 1\/80/);
    await disk.send('Storage.overrideQuotaForOrigin', { origin });
    await page.reload();
    await copyIsKept(page, test);
    // As a write that never ends would.
    await page.evaluate(() => {
      const [name = ''] = location.pathname.split('/').slice(-1);
      void navigator.locks.request(`copy-of-${name}`, () => new Promise(() => undefined));
    });
    await handIn(page);
    await test.expect.poll(() => copies(page), SAVED_LIMIT).toBe(0);
    expect(visitor.complaints).toEqual([]);
    await context.close();
  });

  it('shows the same in two tabs, and is handed in once from both', async (test) => {
    const visitor = await visit({ test });
    const page = await startExam('applicant0104', visitor);
    const other = await visitor.context.newPage();
    await other.goto(page.url());
    await headSays(other, /^已保存 0\/80/);
    await pick(page, 1, 0);
    await headSays(page, /^已保存 1\/80/);
    await headSays(other, /^已保存 1\/80/);
    expect(await option(other, 1, 0).isChecked()).toBe(true);
    for (const tab of [page, other]) await tab.getByRole('button', { name: '交卷' }).first().click();
    await Promise.all([page, other].map((tab) => tab.getByRole('button', { name: '确认交卷' }).click()));
    await Promise.all([page, other].map((tab) => tab.waitForURL(/\/attempts\/[^/]+\/result$/)));
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('sends nothing while an input method composes, and everything when it has ended', async (test) => {
    const visitor = await visit({ test });
    const page = await startExam('applicant0105', visitor);
    await headSays(page, /^已保存 0\/80/);
    const saves: string[] = [];
    page.on('request', (request) => {
      const body = request.url().endsWith('/answers') ? (request.postData() ?? '') : '';
      if (body.includes('"seq"')) saves.push(body);
    });
    const compose = (type: string) =>
      page.evaluate((name) => document.dispatchEvent(new CompositionEvent(name, { bubbles: true })), type);
    await compose('compositionstart');
    await pick(page, 1, 0);
    await headSays(page, /正在保存 1 项/);
    // Longer than the page ever waits before it sends.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1_500)));
    expect(saves).toEqual([]);
    await compose('compositionend');
    await headSays(page, /^已保存 1\/80/);
    expect(saves).toHaveLength(1);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('saves what never got through to a file that only the platform opens, and an invigilator uploads it', async (test) => {
    const visitor = await visit({ expected: OFFLINE, test });
    const page = await startExam('applicant0106', visitor);
    await headSays(page, /^已保存 0\/80/);
    await visitor.context.setOffline(true);
    await pick(page, 1, 0);
    const button = page.getByRole('button', { name: '保存加密作答文件' });
    await button.waitFor({ timeout: 90_000 });
    const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
    const file = await download.path();
    expect(await readFile(file, 'utf8')).toContain('zhifa-sealed-answers/1');
    const official = await visit({ test });
    await signIn(official, 'invigilator');
    await official.page.goto('/bureau/exams/sealed');
    await expectQuietAndAlive(official);
    for (const answer of ['已接收 1 个文件', '此前已接收']) {
      await official.page.locator('input[type=file]').setInputFiles(file);
      await official.page.getByRole('button', { name: '上传并入库' }).click();
      await official.page.getByText(answer).first().waitFor();
    }
    expect(official.complaints).toEqual([]);
    await official.context.close();
    await visitor.context.setOffline(false);
    await page.reload();
    await headSays(page, /^已保存 1\/80/);
    await visitor.context.close();
  }, 240_000);
});
