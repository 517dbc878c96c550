import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { dayOf, addDays } from '#app/platform/time/day.ts';
import {
  type Visitor,
  accessibilityFindings,
  expectQuietAndAlive,
  go,
  leave,
  send,
  signIn,
  useBrowser,
} from '#test/support/browser.ts';

/**
 * The main job from end to end, each step by the person whose step it is, in a real browser: study → hours → exam →
 * application → review → issue → public check → chart → class → hours. The steps lean on each other, in this order.
 */
const { visit, enter } = useBrowser();
const STUDY_LIMIT_MS = 240_000;

interface Known {
  applicant: string;
  certificateNo: string;
  holdersBefore: string;
}
/** What one step learned and a later one needs. */
const known: Known = { applicant: '', certificateNo: '', holdersBefore: '' };
const CLASS_TITLE = '行政处罚法轮训（第一期）';

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

describe.sequential('the road from the first lesson to the certificate and back to class', () => {
  it('the applicant studies the short course, and its 学时 stand in the own ledger (HY3)', async () => {
    const visitor = await enter('applicant', { width: 390, height: 844 });
    const { page } = visitor;
    known.applicant = (await page.getByRole('heading', { level: 1 }).innerText())
      .replace(/，您好$/, '')
      .trim();
    expect(known.applicant.length).toBeGreaterThan(1);
    await go(visitor, '/courses/quick-start');
    await page
      .getByRole('link', { name: /开始学习|继续学习|开始|继续/ })
      .first()
      .click();
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

  it('the supervisor notes the chart as it is before the certificate exists', async () => {
    const visitor = await enter('supervisor');
    const page = await go(visitor, '/supervise/completion');
    known.holdersBefore = await totalOfTable(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    await leave(visitor);
  });

  it('the liaison files the application, bureau reviews it, bureau2 approves and issues (AJ1, maker is not checker)', async () => {
    const liaison = await enter('liaison');
    const filing = await go(liaison, '/coordinate/applications/new');
    await filing
      .getByRole('listitem')
      .filter({ hasText: known.applicant })
      .getByRole('link', { name: '申领' })
      .click();
    await filing.getByRole('button', { name: '提交申领' }).click();
    await filing.waitForURL(/\/coordinate\/applications\/[0-9a-f-]{36}/);
    await leave(liaison);

    const bureau = await enter('bureau');
    const review = await openApplication(bureau);
    await send(review, '初审通过');
    await expect.poll(() => review.getByRole('button', { name: '初审通过' }).count()).toBe(0);
    expect(await review.getByRole('button', { name: '批准核发' }).count()).toBe(0);
    await leave(bureau);

    const second = await enter('bureau2');
    const decision = await openApplication(second);
    await decision.getByRole('button', { name: '批准核发' }).click();
    await decision.getByRole('button', { name: '核发证件' }).click();
    await decision.getByRole('link', { name: '查看证件' }).click();
    await decision.waitForURL(/\/bureau\/certificates\/[0-9a-f-]{36}/);
    const number = decision
      .locator('dt')
      .filter({ hasText: /^证号$/ })
      .locator('xpath=following-sibling::dd');
    known.certificateNo = (await number.first().innerText()).replace(/\s/g, '');
    expect(known.certificateNo).toMatch(/^\d{8,}$/);
    await leave(second);
  });

  it('the public check answers 有效, by number and name, also without JavaScript (AJ4, HY10)', async () => {
    for (const javaScript of [true, false]) {
      const visitor = await visit({ javaScript, width: 390 });
      const { page } = visitor;
      await page.goto('/verify');
      await page.getByLabel('证号').fill(known.certificateNo);
      await page.getByLabel('姓名').fill(known.applicant);
      await page.getByRole('button', { name: '查验' }).click();
      await page.getByText('有效', { exact: true }).first().waitFor();
      expect(page.url()).not.toContain(known.certificateNo);
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    }
  });

  it('the chart of the supervisor has moved, and the export says the same', async () => {
    const visitor = await enter('supervisor');
    await expect
      .poll(async () => totalOfTable(await go(visitor, '/supervise/completion')), {
        timeout: 30_000,
        interval: 1_000,
      })
      .not.toBe(known.holdersBefore);
    await leave(visitor);
  });

  it('the liaison schedules a class, marks attendance and closes it, and the 学时 arrive', async () => {
    const learner = await enter('applicant');
    const name = (await learner.page.getByRole('heading', { level: 1 }).innerText())
      .replace(/，您好$/, '')
      .trim();
    await leave(learner);
    const liaison = await enter('liaison');
    const page = await go(liaison, '/coordinate/sessions/new');
    await page.getByLabel('班次名称').fill(CLASS_TITLE);
    await page.getByLabel('主办单位').selectOption({ index: 1 });
    await page.getByLabel('时段 1 日期').fill(addDays(dayOf(new Date()), -1));
    await page.getByLabel('开始').fill('09:00');
    await page.getByLabel('结束').fill('10:30');
    await page.getByLabel('地点').fill('本单位三楼会议室');
    await page.getByLabel('授课人').fill('李某');
    await page.getByLabel('名额').fill('30');
    await page.getByRole('button', { name: /安排培训班/ }).click();
    await page.waitForURL(/\/coordinate\/sessions\/[0-9a-f-]{36}/);
    const session = new URL(page.url()).pathname;
    await go(liaison, `${session}?tab=add`);
    await page.getByRole('checkbox', { name: new RegExp(name) }).check();
    const enrolled = page.waitForResponse((answer) => answer.request().method() === 'POST');
    await page.getByRole('button', { name: '加入名册' }).click();
    expect((await enrolled).ok()).toBe(true);
    await go(liaison, `${session}?tab=attendance`);
    await page.getByRole('button', { name: /全部到场/ }).click();
    await page.getByText('已登记完').first().waitFor();
    await go(liaison, `${session}?tab=close`);
    expect(await accessibilityFindings(page)).toEqual([]);
    await page.getByRole('button', { name: /结班，为 1 人/ }).click();
    await page.getByText('本班已结班').first().waitFor();
    await leave(liaison);

    const applicant = await enter('applicant');
    const hours = await go(applicant, '/hours');
    const entry = hours.getByRole('listitem').filter({ hasText: CLASS_TITLE });
    expect(await entry.innerText()).toContain('2.00');
    await leave(applicant);

    const stranger = await visit({ expected: [/404/] });
    await signIn(stranger, 'liaison2');
    expect((await stranger.page.goto(session))?.status()).toBe(404);
    await stranger.context.close();
  });
});

/** The applicant's case on the bureau's list. */
async function openApplication(visitor: Visitor): Promise<Page> {
  const page = await go(visitor, '/bureau/applications');
  await page.getByRole('link', { name: known.applicant }).first().click();
  await page.waitForURL(/\/bureau\/applications\/[0-9a-f-]{36}/);
  await expectQuietAndAlive(visitor);
  return page;
}

/** The last row of the completion table: the figures of the whole scope. */
async function totalOfTable(page: Page): Promise<string> {
  return page.getByRole('row').filter({ hasText: '合计' }).first().innerText();
}

/** Answers the lesson's questions from the course file, as somebody who has read it. */
async function answerChecks(page: Page): Promise<void> {
  const text = await readFile('content/courses/quick-start/01-before-you-enforce.mdx', 'utf8');
  const front = z
    .object({ checks: z.array(z.object({ id: z.string(), answer: z.array(z.string()) })) })
    .parse(parse(text.split('---')[1] ?? ''));
  for (const check of front.checks)
    for (const letter of check.answer)
      await page.locator(`input[name="check.${check.id}"][value="${letter}"]`).check();
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
  await page.getByRole('button', { name: '整卷显示' }).click();
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
