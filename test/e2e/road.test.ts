import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayOf, addDays } from '#app/platform/time/day.ts';
import { type Visitor, accessibilityFindings, expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';

/**
 * The main job from end to end, each step by the person whose step it is, in a real browser: study → hours → exam →
 * application → review → issue → public check → chart → class → hours. The steps lean on each other, in this order.
 */
const { visit } = useBrowser();
const STUDY_LIMIT_MS = 240_000;

interface Known {
  readonly applicant: string;
  readonly certificateNo: string;
  readonly completion: string;
}
const known: { -readonly [K in keyof Known]?: Known[K] } = {};

const question = z.object({
  type: z.enum(['single', 'multiple', 'true_false']),
  stem: z.string(),
  options: z.record(z.string(), z.string()).optional(),
  answer: z.array(z.string()),
});

/** Right option texts by stem: what a candidate knows who has learned the whole bank. */
async function learnTheBank(): Promise<Map<string, string[]>> {
  const folder = 'content/questions';
  const known = new Map<string, string[]>();
  for (const file of await readdir(folder)) {
    const items = z.array(question).parse(parse(await readFile(path.join(folder, file), 'utf8')));
    for (const item of items) {
      const texts =
        item.type === 'true_false'
          ? [item.answer[0] === 'T' ? '正确' : '错误']
          : item.answer.map((letter) => item.options?.[letter] ?? '');
      known.set(item.stem.trim(), texts);
    }
  }
  return known;
}

/** Signs in and proves that the page lives and complains of nothing. */
async function enter(login: string, options: Parameters<typeof visit>[0] = {}): Promise<Visitor> {
  const visitor = await visit(options);
  await signIn(visitor, login);
  await expectQuietAndAlive(visitor);
  return visitor;
}

async function leave(visitor: Visitor): Promise<void> {
  await expectQuietAndAlive(visitor);
  await visitor.context.close();
}

async function go(visitor: Visitor, where: string): Promise<Page> {
  await visitor.page.goto(where);
  await expectQuietAndAlive(visitor);
  return visitor.page;
}

describe.sequential('the road from the first lesson to the certificate and back to class', () => {
  it('the applicant studies the short course, and its 学时 stand in the own ledger (HY3)', async () => {
    const visitor = await enter('applicant', { width: 390, height: 844 });
    const page = await go(visitor, '/me');
    known.applicant = (await page.getByRole('button', { name: /账号|菜单/ }).first().textContent().catch(() => null)) ?? '';
    await go(visitor, '/courses/quick-start');
    await page.getByRole('link', { name: /上岗|执法/ }).first().click();
    await page.waitForURL(/\/courses\/quick-start\/.+/);
    await expectQuietAndAlive(visitor);
    expect(await accessibilityFindings(page)).toEqual([]);
    await answerChecks(page);
    await readOn(page, STUDY_LIMIT_MS);
    await go(visitor, '/hours');
    expect(await page.getByText('执法资格考试须知').count()).toBeGreaterThan(0);
    await leave(visitor);
  }, 420_000);

  it('the applicant sits the exam, sees every answer saved, hands in and passes', async () => {
    const visitor = await enter('applicant');
    const page = await go(visitor, '/exams');
    await page.getByRole('button', { name: '开始考试' }).click();
    await page.waitForURL(/\/attempts\/[^/]+$/);
    await expectQuietAndAlive(visitor);
    expect(await accessibilityFindings(page)).toEqual([]);
    await answerPaper(page, await learnTheBank());
    await expect.poll(() => page.getByText(/已保存 80\/80/).count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await page.reload();
    await expect.poll(() => page.getByText(/已保存 80\/80/).count(), { timeout: 30_000 }).toBeGreaterThan(0);
    await page.getByRole('button', { name: '交卷' }).click();
    await page.getByRole('button', { name: '确认交卷' }).click();
    await page.waitForURL(/\/attempts\/[^/]+\/result$/);
    expect(await page.getByText('合格', { exact: false }).count()).toBeGreaterThan(0);
    await leave(visitor);
  });
});

/** Answers the lesson's questions from the course file, as somebody who has read it. */
async function answerChecks(page: Page): Promise<void> {
  const text = await readFile('content/courses/quick-start/01-before-you-enforce.mdx', 'utf8');
  const front = z
    .object({ checks: z.array(z.object({ id: z.string(), answer: z.array(z.string()) })) })
    .parse(parse(text.split('---')[1] ?? ''));
  for (const check of front.checks)
    for (const letter of check.answer) await page.locator(`input[name="check.${check.id}"][value="${letter}"]`).check();
  await page.getByRole('button', { name: /提交/ }).click();
  await expect.poll(() => page.getByText('回答正确').count(), { timeout: 20_000 }).toBe(front.checks.length);
}

/** Reads until the lesson is complete: a reader scrolls now and then. */
async function readOn(page: Page, limitMs: number): Promise<void> {
  await expect
    .poll(
      async () => {
        await page.mouse.wheel(0, 200);
        await page.keyboard.press('ArrowDown');
        return page.getByText('本课已学完').count();
      },
      { timeout: limitMs, interval: 2_000 },
    )
    .toBeGreaterThan(0);
}

/** Chooses the right options of every question by their texts. */
async function answerPaper(page: Page, bank: ReadonlyMap<string, readonly string[]>): Promise<void> {
  await page.getByRole('button', { name: /整卷|全部/ }).first().click();
  const blocks = page.locator('#paper fieldset');
  const count = await blocks.count();
  expect(count).toBe(80);
  for (let index = 0; index < count; index += 1) {
    const block = blocks.nth(index);
    const legend = (await block.locator('legend').innerText()).replace(/^\d+\.\s*/, '').trim();
    const texts = bank.get(legend);
    expect(texts, legend).toBeDefined();
    for (const text of texts ?? []) await block.locator('label', { hasText: text }).first().click();
  }
}
export { addDays, dayOf };
