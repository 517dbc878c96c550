import type { Page } from 'playwright-core';
import type { Visitor } from './browser.ts';
import { expectQuietAndAlive, signIn } from './browser.ts';
import type { useSiteDatabase } from './site-database.ts';

/** What browser tests do in the exam room, as a candidate does it. Nothing here needs a test's own context. */

/**
 * The demo exam asks for its short course; another test studies it, these candidates have.
 * @param logins a pattern of SQL's `like`
 */
export async function courseIsStudied(
  site: ReturnType<typeof useSiteDatabase>,
  logins: string,
): Promise<void> {
  await site.query(
    `insert into course_completion (id, person_id, course_version_id, year, occurred_at)
     select gen_random_uuid(), a.person_id, v.id, extract(year from now())::int, now()
     from account a, course c join course_version v on v.course_id = c.id
     where a.login like $1 and c.slug = 'quick-start' on conflict do nothing`,
    [logins],
  );
}

/** Signs in and starts the one exam that may be started. */
export async function startExam(login: string, visitor: Visitor): Promise<Page> {
  await signIn(visitor, login);
  const { page } = visitor;
  await page.goto('/exams');
  await page.getByRole('button', { name: '开始考试' }).click();
  await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
  await expectQuietAndAlive(visitor);
  return page;
}

/** The input of an option. @param position of the question, from 1  @param index of the option, from 0 */
export const option = (page: Page, position: number, index: number) =>
  page.locator(`input[name="q${position}"]`).nth(index);

export async function pick(page: Page, position: number, index: number): Promise<void> {
  const input = option(page, position, index);
  // One question is shown at a time; the map leads to the others.
  if (!(await input.isVisible()))
    await page.getByRole('link', { name: new RegExp(`^第 ${position} 题`) }).click();
  await input.check();
}

/** Waits until the head of the room says so about what is saved. */
export const headSays = (page: Page, text: RegExp): Promise<void> =>
  page.locator('[data-save-state]').filter({ hasText: text }).waitFor();

export async function handIn(page: Page): Promise<void> {
  await page.getByRole('button', { name: '交卷' }).first().click();
  await page.getByRole('button', { name: '确认交卷' }).click();
  await page.waitForURL(/\/attempts\/[^/]+\/result$/);
}
