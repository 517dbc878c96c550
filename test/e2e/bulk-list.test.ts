import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { useBrowser } from '#test/support/browser.ts';
import type { Visitor } from '#test/support/browser.ts';
import type { BulkListState } from '#test/support/bulk-list-page.tsx';

/** What a bulk bar says and posts when the same rows come back after an act: a matter of the browser alone. */
const { visit } = useBrowser();

async function aList(): Promise<Visitor> {
  const { outputFiles } = await build({
    entryPoints: ['test/support/bulk-list-page.tsx'],
    bundle: true,
    write: false,
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const visitor = await visit();
  await visitor.page.setContent('<!doctype html><title>名单</title>');
  await visitor.page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
  await visitor.page.getByRole('table', { name: '名单' }).waitFor();
  return visitor;
}

/** Not `leave`: there is no site here whose page would have to be alive. */
async function close({ context, complaints }: Visitor): Promise<void> {
  await context.close();
  expect(complaints).toEqual([]);
}

const answer = (page: Page, state: BulkListState): Promise<void> =>
  page.evaluate((detail) => {
    window.dispatchEvent(new CustomEvent('answer', { detail }));
  }, state);

/** The words of the bar, whether other pages are offered, what each act would do, and what would be posted. */
const bar = async (page: Page) => ({
  says: await page.getByRole('status').innerText(),
  isOffered: (await page.getByText('包括其他各页').count()) === 1,
  acts: await page.getByText('将办理').allInnerTexts(),
  posts: await page.locator('form[method=post]').evaluate((form) => {
    const fields = form instanceof HTMLFormElement ? new FormData(form) : new FormData();
    return [...fields.getAll('scope'), ...fields.getAll('ids')];
  }),
});

const NOTHING = { says: '勾选各行后批量办理', isOffered: false, acts: [], posts: [] };

async function tickAll(page: Page): Promise<void> {
  await page.getByLabel('选择本页全部').check();
  await page.getByText('包括其他各页').click();
  await expect
    .poll(() => bar(page))
    .toEqual({
      says: '已选 30 条',
      isOffered: true,
      acts: ['将办理 30 人'],
      posts: ['matching', 'a', 'b', 'c'],
    });
}

describe('the bar of a list after a bulk act', () => {
  it('says and posts nothing any more when its rows come back done', async () => {
    const visitor = await aList();
    const { page } = visitor;
    await tickAll(page);
    await answer(page, { done: ['a', 'b', 'c'], matching: 2, total: 45 });
    await expect.poll(() => bar(page)).toEqual(NOTHING);
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(0);
    await answer(page, { done: [], matching: 30, total: 45 });
    await expect.poll(() => bar(page)).toEqual(NOTHING);
    await close(visitor);
  });

  it('goes back to the ticked rows where the act finds no more on other pages, and stays there', async () => {
    const visitor = await aList();
    const { page } = visitor;
    await tickAll(page);
    const ticked = { says: '已选 3 条', acts: ['将办理 3 人'], posts: ['a', 'b', 'c'] };
    await answer(page, { done: [], matching: 2, total: 45 });
    await expect.poll(() => bar(page)).toEqual({ ...ticked, isOffered: false });
    await answer(page, { done: [], matching: 30, total: 45 });
    await expect.poll(() => bar(page)).toEqual({ ...ticked, isOffered: true });
    await close(visitor);
  });

  it('offers no other pages where there is one', async () => {
    const visitor = await aList();
    const { page } = visitor;
    await answer(page, { done: ['c'], matching: 9, total: 3 });
    await page.getByLabel('选择本页全部').check();
    await expect.poll(() => bar(page)).toMatchObject({ isOffered: false, posts: ['a', 'b'] });
    await close(visitor);
  });
});
