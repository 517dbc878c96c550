import { readFile } from 'node:fs/promises';
import pg from 'pg';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { attachEmbedded } from '#app/platform/db/embedded/embedded.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import {
  accessibilityFindings,
  expectQuietAndAlive,
  signIn,
  useBrowser,
  type Visitor,
  type VisitOptions,
} from '#test/support/browser.ts';

/**
 * Study time in a real browser: a lesson read on a phone, the presence question, a lost network, two pages at once.
 * The region of these readers gets a shorter heartbeat for as long as the file runs; nothing else is different.
 */
const { visit } = useBrowser();
const { dataDir } = inject('site');
const HEARTBEAT_SECONDS = 8;
const SHORT_LESSON = '/courses/quick-start/before-you-enforce';
const LONG_LESSON = '/courses/penalty-law-1/definition-and-kinds';
const PHONE = { width: 390, height: 844 };
const OFFLINE = /ERR_INTERNET_DISCONNECTED|Failed to fetch/;
const STUDY_LIMIT_MS = 200_000;
/** The question may be answered for a minute. */
const ANSWER_LIMIT_MS = 90_000;
/** Readers of the demo city whom no other browser test needs. */
const READERS = [
  'applicant0191',
  'applicant0192',
  'applicant0193',
  'applicant0194',
  'applicant0195',
] as const;

const quiet = { info: () => undefined, warn: () => undefined };
const rule = (value: number) => ({ value, basis: 'proposal', source: '浏览器测试' });
let database: pg.Client;
let detach = (): Promise<void> => Promise.resolve();
const ruleIds: string[] = [];

/** A statement about one reader; `$1` is the login. */
const forReader = (login: string, sql: string) => database.query(sql, [login]);

async function shortenHeartbeats(): Promise<void> {
  const { rows } = await database.query<{ region_id: string }>(
    `select distinct v.region_id from account a
       join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
       join unit_version v on v.unit_id = l.unit_id and v.superseded_at is null
     where a.login = any($1)`,
    [READERS],
  );
  for (const { region_id: regionId } of rows) {
    const id = newId();
    ruleIds.push(id);
    await database.query(
      `insert into region_rules (id, region_id, valid_from, values) values ($1, $2, '2000-01-01', $3)`,
      [id, regionId, JSON.stringify({ heartbeatSeconds: rule(HEARTBEAT_SECONDS) })],
    );
  }
}

async function enter(login: string, where: string, options: VisitOptions): Promise<Visitor> {
  const visitor = await visit(options);
  await signIn(visitor, login);
  await visitor.page.goto(where);
  await expectQuietAndAlive(visitor);
  return visitor;
}

const says = (page: Page, text: string) => page.getByRole('status').filter({ hasText: text });
const counting = (page: Page) => says(page, '学习计时中').waitFor();

const COUNTED = '[role="progressbar"][aria-label="本课已核验学习时间"]';

/** Seconds the page shows as counted; also behind an open question, where the page is hidden from everybody else. */
async function countedSeconds(page: Page): Promise<number> {
  return Number(await page.locator(COUNTED).getAttribute('aria-valuenow'));
}

async function countsOn(page: Page): Promise<void> {
  const before = await countedSeconds(page);
  await page.waitForFunction(
    ([selector, seconds]) =>
      Number(document.querySelector(selector)?.getAttribute('aria-valuenow')) > seconds,
    [COUNTED, before] as const,
    { polling: 200 },
  );
}

/** The next verified beat brings the question, as after a quarter of an hour. */
const makeQuestionDue = (login: string) =>
  forReader(
    login,
    `update study_visit set prompt_due_at = last_beat_at
     where ended_at is null and person_id = (select person_id from account where login = $1)`,
  );

/** By the server's clock, with the seconds an answer may travel. */
async function isAnswerTooLate(login: string): Promise<boolean> {
  const { rows } = await forReader(
    login,
    `select v.prompt_opened_at < now() - interval '70 seconds' as late from study_visit v
     where v.ended_at is null and v.person_id = (select person_id from account where login = $1)`,
  );
  return z.object({ late: z.boolean() }).parse(rows[0]).late;
}

/** Place of the word that stands in the lesson's text, and of one that does not. */
async function readQuestion(page: Page): Promise<{ right: number; wrong: number }> {
  const dialog = page.getByRole('dialog', { name: '您还在学习吗？' });
  await dialog.waitFor();
  const squeezed = (text: string): string => text.replaceAll(/\s+/g, '');
  const stem = squeezed((await dialog.locator('p').filter({ hasText: '（空缺）' }).textContent()) ?? '');
  const lesson = squeezed((await page.locator('#lesson-checks').textContent()) ?? '');
  const options = await dialog.getByRole('listitem').allTextContents();
  const right = options.findIndex((option) => lesson.includes(stem.replace('（空缺）', option)));
  expect(right, `${stem} – ${options.join('、')}`).toBeGreaterThanOrEqual(0);
  return { right, wrong: (right + 1) % options.length };
}

/** By keyboard alone: the options are reached with Tab and chosen with Enter. */
async function chooseByKeyboard(page: Page, place: number): Promise<void> {
  const options = page.getByRole('dialog').getByRole('listitem').getByRole('button');
  for (let steps = 0; steps < 8; steps += 1) {
    if (await options.nth(place).evaluate((button) => button === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Enter');
}

async function answerChecks(page: Page): Promise<void> {
  const text = await readFile('content/courses/quick-start/01-before-you-enforce.mdx', 'utf8');
  const { checks } = z
    .object({ checks: z.array(z.object({ id: z.string(), answer: z.array(z.string()) })) })
    .parse(parse(text.split('---')[1] ?? ''));
  for (const check of checks)
    for (const letter of check.answer)
      await page.locator(`input[name="check.${check.id}"][value="${letter}"]`).check();
  await page.getByRole('button', { name: '提交自测' }).click();
  await page
    .getByText('回答正确')
    .nth(checks.length - 1)
    .waitFor();
}

beforeAll(async () => {
  if (dataDir === null) return;
  const embedded = await attachEmbedded({ dataDir, checkoutDir: process.cwd(), log: quiet });
  detach = () => embedded.detach();
  database = new pg.Client({ connectionString: embedded.ownerUrl });
  await database.connect();
  await shortenHeartbeats();
});

afterAll(async () => {
  if (dataDir === null) return;
  await database.query('update region_rules set superseded_at = now() where id = any($1)', [ruleIds]);
  await database.end();
  await detach();
});

/** Each with a reader and a browser window of its own: most of the time they wait for the same clock. */
describe.skipIf(dataDir === null).concurrent('study time in the browser', () => {
  it('a lesson read on a phone of 390 px: each minute is credited, and the hours stand in the ledger', async (test) => {
    const visitor = await enter(READERS[0], SHORT_LESSON, { ...PHONE, test });
    const { page } = visitor;
    await counting(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    await answerChecks(page);
    await test.expect
      .poll(
        async () => {
          await page.mouse.wheel(0, 120);
          return page.getByText('本课已学完').count();
        },
        { timeout: STUDY_LIMIT_MS, interval: 1_000 },
      )
      .toBeGreaterThan(0);
    expect(await countedSeconds(page)).toBeGreaterThanOrEqual(108);
    await page.goto('/hours');
    expect(await page.getByText('先取得资格，再执法').count()).toBeGreaterThan(0);
    await page.goto('/hours/uncounted');
    await page.getByRole('heading', { level: 1, name: /未计入的学习时间/ }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    await expectQuietAndAlive(visitor);
    await visitor.context.close();
  }, 300_000);

  it('left alone it asks about the text; a wrong word may be corrected once, by keyboard, and the time counts', async (test) => {
    const visitor = await enter(READERS[1], LONG_LESSON, { ...PHONE, test });
    const { page } = visitor;
    await counting(page);
    await countsOn(page);
    await makeQuestionDue(READERS[1]);
    const first = await readQuestion(page);
    expect(await accessibilityFindings(page)).toEqual([]);
    const dialog = page.getByRole('dialog', { name: '您还在学习吗？' });
    expect(await dialog.getByText(/还有 \d+ 秒/).count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await dialog.waitFor();
    const before = await countedSeconds(page);
    await chooseByKeyboard(page, first.wrong);
    await dialog.getByText('请再选一次').waitFor();
    const second = await readQuestion(page);
    await chooseByKeyboard(page, second.right);
    await dialog.waitFor({ state: 'detached' });
    await counting(page);
    expect(await countedSeconds(page)).toBeGreaterThan(before);
    await expectQuietAndAlive(visitor);
    await visitor.context.close();
  });

  it('left alone and not answering, nothing of that time counts, and its reason is listed', async (test) => {
    const visitor = await enter(READERS[4], LONG_LESSON, { ...PHONE, test });
    const { page } = visitor;
    await counting(page);
    await countsOn(page);
    await makeQuestionDue(READERS[4]);
    const { right } = await readQuestion(page);
    const before = await countedSeconds(page);
    await page.getByText('已超过确认时间').first().waitFor({ timeout: ANSWER_LIMIT_MS });
    await test.expect.poll(() => isAnswerTooLate(READERS[4]), { timeout: ANSWER_LIMIT_MS }).toBe(true);
    await page.getByRole('dialog').getByRole('listitem').getByRole('button').nth(right).click();
    await counting(page);
    // Answered too late, though rightly: what was counted before stands, the time of silence is not added.
    expect(await countedSeconds(page)).toBeLessThan(before + HEARTBEAT_SECONDS);
    await countsOn(page);
    await page.goto('/hours/uncounted');
    await page.getByText('没有按时确认在学').first().waitFor();
    await expectQuietAndAlive(visitor);
    await visitor.context.close();
  }, 300_000);

  it('loses the network, says so, and counts on by itself when it is back', async (test) => {
    const visitor = await enter(READERS[2], LONG_LESSON, { ...PHONE, expected: [OFFLINE], test });
    const { page, context } = visitor;
    await counting(page);
    await countsOn(page);
    await context.setOffline(true);
    await says(page, '网络中断').waitFor();
    await context.setOffline(false);
    await counting(page);
    await countsOn(page);
    await expectQuietAndAlive(visitor);
    await context.close();
  });

  it('opened twice, the newer page counts and the older says so, in a second tab and on a second device', async (test) => {
    const visitor = await enter(READERS[3], LONG_LESSON, { ...PHONE, test });
    const { page, context } = visitor;
    await counting(page);
    const tab = await context.newPage();
    await tab.goto(LONG_LESSON);
    await counting(tab);
    await page.bringToFront();
    await says(page, '您在其他页面或设备学习').waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);

    const device = await enter(READERS[3], LONG_LESSON, { test });
    await counting(device.page);
    await page.getByRole('button', { name: '在本页继续学习' }).click();
    await counting(page);
    await countsOn(page);
    await device.page.bringToFront();
    await says(device.page, '您在其他页面或设备学习').waitFor();
    await expectQuietAndAlive(device);
    await expectQuietAndAlive(visitor);
    await device.context.close();
    await context.close();
  });
});

describe.skipIf(dataDir === null)('what the study time shows', () => {
  it('what looks out of the ordinary is judged by a person, with a reason the reader sees', async () => {
    await forReader(
      READERS[0],
      `insert into study_finding (id, person_id, lesson_version_id, unit_id, kind, day, facts, found_at)
       select gen_random_uuid(), a.person_id, v.id, l.unit_id, 'night_study',
         (now() at time zone 'Asia/Shanghai')::date, '{"nightSeconds":4200}', now()
       from account a
         join person_unit_link l on l.person_id = a.person_id and l.kind = 'home' and l.superseded_at is null
         cross join (select id from lesson_version where slug = 'before-you-enforce' order by id limit 1) v
       where a.login = $1 limit 1 on conflict do nothing`,
    );
    const { rows } = await forReader(
      READERS[0],
      'select p.name from person p join account a on a.person_id = p.id where a.login = $1',
    );
    const name = z.object({ name: z.string() }).parse(rows[0]).name;
    const bureau = await visit();
    await signIn(bureau, 'bureau');
    await bureau.page.goto('/coordinate/study-findings');
    await expectQuietAndAlive(bureau);
    expect(await accessibilityFindings(bureau.page)).toEqual([]);
    await bureau.page.getByRole('link', { name }).first().click();
    await bureau.page.getByText(/0 时至 5 时.*学习 70 分钟/).waitFor();
    expect(await accessibilityFindings(bureau.page)).toEqual([]);
    await bureau.page.getByRole('button', { name: '保存核实结果' }).click();
    await bureau.page.getByText('请选择核实结果').first().waitFor();
    await bureau.page.getByRole('radio', { name: /无异常/ }).check();
    await bureau.page.getByLabel('理由').fill('当晚值班，学习属实');
    await bureau.page.getByRole('button', { name: '保存核实结果' }).click();
    await bureau.page.getByText('无异常：当晚值班，学习属实').waitFor();
    await expectQuietAndAlive(bureau);
    await bureau.context.close();

    const reader = await enter(READERS[0], '/hours/uncounted', PHONE);
    await reader.page.getByText('核实意见：当晚值班，学习属实').waitFor();
    expect(await accessibilityFindings(reader.page)).toEqual([]);
    await expectQuietAndAlive(reader);
    await reader.context.close();
  });
});
