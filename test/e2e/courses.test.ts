import { describe, expect, it } from 'vitest';
import { accessibilityFindings, expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';

/** Courses as an officer meets them: the list, the search across lessons, a lesson with its contents, paper. */
const { visit } = useBrowser();
const LESSON = '/courses/penalty-law-2/whether-and-how-much';

describe('a page that is not alive yet', () => {
  it('takes keys pressed before hydration and comes to life all the same', async () => {
    const visitor = await visit();
    await visitor.page.addInitScript(() => {
      // A key in every turn of the event loop, so that one meets each moment of the page's start.
      const turns = new MessageChannel();
      turns.port1.onmessage = () => {
        const field = document.querySelector('input[name=login]');
        field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true }));
        const isAlive = field !== null && Object.keys(field).some((key) => key.startsWith('__react'));
        if (!isAlive) turns.port2.postMessage(0);
      };
      turns.port2.postMessage(0);
    });
    await visitor.page.goto('/login');
    await expectQuietAndAlive(visitor);
  });
});

describe('courses in a browser', () => {
  it('are narrowed by a choice that stands in the address and survives a reload', async () => {
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await signIn(visitor, 'officer');
    await page.goto('/courses');
    await page.getByLabel('执法行为').selectOption('licence');
    await page.waitForURL((url) => url.searchParams.get('act') === 'licence');
    await page.reload();
    expect(await page.getByLabel('执法行为').inputValue()).toBe('licence');
    await page.getByRole('link', { name: '清除筛选' }).click();
    await page.waitForURL((url) => url.search === '');
    expect(await accessibilityFindings(page)).toEqual([]);
    await expectQuietAndAlive(visitor);
  });

  it('a statute is found by its number, and the hit leads to its place in the lesson', async () => {
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, 'officer');
    await page.goto('/courses');
    await page.getByLabel('搜索课件内容').fill('处罚法33');
    await page.getByLabel('搜索课件内容').press('Enter');
    await page.waitForURL((url) => url.pathname === '/courses/search');
    await page.getByText('《行政处罚法》第三十三条').first().waitFor();
    const hit = page.locator('ol li ul a').first();
    const href = await hit.getAttribute('href');
    expect(href).toMatch(/^\/courses\/[a-z0-9-]+\/[a-z0-9-]+#/);
    await hit.click();
    await page.waitForURL((url) => url.hash !== '');
    await expect
      .poll(() =>
        page.evaluate(() => {
          const top = document.querySelector(location.hash)?.getBoundingClientRect().top ?? -1;
          return top >= 0 && top < window.innerHeight;
        }),
      )
      .toBe(true);
    await expectQuietAndAlive(visitor);
  });

  it('search and the filter work without JavaScript', async () => {
    const visitor = await visit({ javaScript: false });
    const { page } = visitor;
    await signIn(visitor, 'officer');
    await page.goto('/courses?category=skill');
    await page.getByRole('button', { name: '筛选' }).click();
    expect(new URL(page.url()).searchParams.get('category')).toBe('skill');
    await page.getByLabel('搜索课件内容').fill('听证');
    await page.getByRole('button', { name: '搜索', exact: true }).click();
    await page.waitForURL((url) => url.pathname === '/courses/search');
    expect(await page.locator('mark').count()).toBeGreaterThan(0);
  });

  it('a lesson keeps the place where it was left, on this device', async () => {
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await signIn(visitor, 'officer');
    await page.goto(LESSON);
    await expectQuietAndAlive(visitor);
    await page.locator('#s3').scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelector('#s3')?.scrollIntoView());
    await expect.poll(() => page.evaluate(() => JSON.stringify(Object.values(localStorage)))).toContain('s3');
    await page.goto('/courses');
    await page.goto(LESSON);
    await page.getByRole('link', { name: '从这里继续' }).click();
    await expect.poll(() => page.evaluate(() => location.hash)).toBe('#s3');
    await expectQuietAndAlive(visitor);
  });

  it('a tab that a phone puts away keeps the place that was reached, on the device and for others', async () => {
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await signIn(visitor, 'officer');
    const opened = page.waitForResponse((response) => response.url().endsWith('/study/open'));
    await page.goto(LESSON);
    expect((await opened).status()).toBe(200);
    await expectQuietAndAlive(visitor);
    const told = page.waitForRequest((request) => request.url().endsWith('/study/beat'));
    // In one go, before a frame is drawn: what is put away draws none any more.
    const kept = await page.evaluate(() => {
      document.querySelector('#s2')?.scrollIntoView();
      Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
      return JSON.stringify(Object.values(localStorage));
    });
    expect(kept).toContain('s2');
    const beat = JSON.parse((await told).postData() ?? '{}') as { at?: number };
    expect(beat.at).toBeGreaterThan(0);
  });

  it('a course on paper has its version and no key', async () => {
    const visitor = await visit();
    const { page } = visitor;
    await signIn(visitor, 'officer');
    await page.goto(`${LESSON}/print`);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByText(/来源：执法学堂《.+》第 \d+ 版，内容标识/).isVisible()).toBe(true);
    expect(await page.getByRole('button', { name: '打印' }).isVisible()).toBe(false);
    expect(await page.locator('input[type=radio]').count()).toBe(0);
    await expectQuietAndAlive(visitor);
  });
});
