import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { expectQuietAndAlive, useBrowser } from '#test/support/browser.ts';
import { courseIsStudied, handIn, headSays, startExam } from '#test/support/exam-page.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/** What a candidate may ask of the open page: no timer, no single-letter keys, to hand in before the time. */
const { visit } = useBrowser();
const site = useSiteDatabase();
const LIMIT = { timeout: 30_000 };

beforeAll(async () => {
  if (!hasSiteDatabase()) return;
  for (const login of ['applicant0196', 'applicant0197']) await courseIsStudied(site, login);
});

const attemptOf = (page: Page): string => /\/attempts\/([0-9a-f-]{36})/.exec(page.url())?.[1] ?? '';
const timer = (page: Page) => page.getByRole('timer').innerText();

describe.skipIf(!hasSiteDatabase())('what the candidate wishes of the page', () => {
  it('holds for this attempt: keys that answer once or not at all, and the next one here sees the timer', async () => {
    const visitor = await visit();
    const page = await startExam('applicant0196', visitor);
    const ticked = () => page.locator('input[name="q1"]:checked').count();
    await page.getByRole('button', { name: '关快捷键' }).click();
    await page.getByRole('button', { name: '隐藏时间' }).click();
    await page.reload();
    await page.getByRole('button', { name: '开快捷键' }).waitFor();
    expect(await timer(page)).toBe('时间已隐藏');
    await page.keyboard.press('KeyA');
    await page.keyboard.press('ArrowRight');
    await page.locator('#q-2').waitFor();
    await page.keyboard.press('ArrowLeft');
    expect(await ticked()).toBe(0);
    await page.getByRole('button', { name: '开快捷键' }).click();
    // Held down: the browser repeats the key.
    for (let times = 0; times < 4; times += 1) await page.keyboard.down('KeyA');
    await page.keyboard.up('KeyA');
    await headSays(page, /^已保存 1\/80/);
    expect(await ticked()).toBe(1);
    await handIn(page);
    const left = await page.evaluate(() =>
      Object.keys(localStorage).filter((key) => key.includes('exam-no-')),
    );
    expect(left).toEqual([]);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });

  it('may be handed in from the time the sitting names, and loses nothing by asking before', async () => {
    const visitor = await visit();
    const page = await startExam('applicant0197', visitor);
    const attemptId = attemptOf(page);
    await page.locator('input[name="q1"]').first().check();
    await headSays(page, /^已保存 1\/80/);
    const startedMinutesAgo = (minutes: number) =>
      site.query('update attempt set started_at = now() - make_interval(mins => $2) where id = $1', [
        attemptId,
        minutes,
      ]);
    const earliest = (seconds: number) =>
      site.query(
        `update exam_sitting s set earliest_hand_in_seconds = $2
         from exam_registration r join attempt a on a.registration_id = r.id
         where a.id = $1 and s.id = r.sitting_id`,
        [attemptId, seconds],
      );
    const { rows } = await site.query<{ seconds: number }>(
      `select s.earliest_hand_in_seconds as seconds from exam_sitting s join exam_registration r on r.sitting_id = s.id
         join attempt a on a.registration_id = r.id where a.id = $1`,
      [attemptId],
    );
    await earliest(1_800);
    await page.reload();
    await expectQuietAndAlive(visitor);
    await page
      .getByText(/结束，.+ 起可以交卷/)
      .first()
      .waitFor();
    await page.getByRole('button', { name: '交卷', exact: true }).click();
    await page.getByText('现在请继续作答').waitFor();
    await page.getByRole('button', { name: '确认交卷' }).focus();
    await page.keyboard.press('Enter');
    expect(page.url()).toContain(attemptId);
    const kept = () => page.evaluate(async () => (await caches.match(location.pathname)) !== undefined);
    await expect.poll(kept, LIMIT).toBe(true);
    await startedMinutesAgo(31);
    await page.reload();
    await expectQuietAndAlive(visitor);
    await handIn(page);
    await earliest(rows[0]?.seconds ?? 0);
    expect(visitor.complaints).toEqual([]);
    await visitor.context.close();
  });
});
