import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { aBellSitting, ringIn } from '#test/support/bell-sitting.ts';
import type { VisitOptions, Visitor } from '#test/support/browser.ts';
import { accessibilityFindings, expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';
import { handIn, headSays, option, pick } from '#test/support/exam-page.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * 候考 in real Chromium: the paper lies encrypted on the machine before the bell. Three candidates wait for the same bell:
 * one loses the network, one keeps it, one has no JavaScript.
 */
const { visit } = useBrowser();
const site = useSiteDatabase();
const OFFLINE = [/ERR_INTERNET_DISCONNECTED/, /Failed to fetch/, /__manifest/];
/** Time for a page to be loaded once more and kept, on a machine that does other things as well. */
const RINGS_AFTER_SECONDS = 20;
const BELL_LIMIT = { timeout: 90_000 };
const SAVED_LIMIT = { timeout: 30_000 };

async function checkIn(login: string, title: string, options: VisitOptions = {}): Promise<Visitor> {
  const visitor = await visit(options);
  await signIn(visitor, login);
  const { page } = visitor;
  await page.goto('/exams');
  await page
    .getByRole('article')
    .filter({ hasText: title })
    .getByRole('button', { name: '入场候考' })
    .click();
  await page.waitForURL(/\/attempts\/[0-9a-f-]{36}$/);
  await page.getByRole('heading', { name: '候考' }).waitFor();
  return visitor;
}

/** What the page keeps of the attempt beside its answers. */
const kept = (page: Page) =>
  page.evaluate(async () => ({
    copies: (await caches.keys()).length,
    keys: Object.keys(localStorage).filter((key) => key.startsWith('zhifa-exam-key-')).length,
  }));

/** The code as the bureau reads it out, from the bell on. */
async function announcedCode(sittingId: string): Promise<string> {
  const visitor = await visit();
  await signIn(visitor, 'bureau');
  await visitor.page.goto(`/invigilate/${sittingId}/opening-codes`);
  await expectQuietAndAlive(visitor);
  const code = await visitor.page.getByText(/^\d{4}( \d{4}){4}$/).innerText();
  await visitor.context.close();
  return code;
}

async function journalOf(page: Page): Promise<{ position: number; choice: string; standing: string }[]> {
  const { rows } = await site.query<{ position: number; choice: string; standing: string }>(
    `select e.position, p.choice, e.standing from answer_event e join answer_payload p on p.answer_event_id = e.id
     where e.attempt_id = $1 order by e.epoch, e.seq`,
    [new URL(page.url()).pathname.split('/').at(-1)],
  );
  return rows;
}

describe.skipIf(!hasSiteDatabase())('候考', () => {
  it('opens at the bell with and without network and without JavaScript; what was answered offline is all in the journal', async () => {
    const logins = ['applicant0171', 'applicant0172', 'applicant0173'] as const;
    const { sittingId, title } = await aBellSitting(site, logins);
    const [away, online, plain] = await Promise.all([
      checkIn(logins[0], title, { expected: OFFLINE }),
      checkIn(logins[1], title, { width: 360, height: 740 }),
      checkIn(logins[2], title, { javaScript: false }),
    ]);
    const { page } = away;
    await expectQuietAndAlive(away);
    await page.locator('[data-kept="kept"]').waitFor(SAVED_LIMIT);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(await page.content()).not.toContain('name="q1"');
    // Also before the bell: who reloads a page that lies on the machine goes on waiting.
    await away.context.setOffline(true);
    await page.reload();
    await page.getByRole('heading', { name: '候考' }).waitFor();
    await away.context.setOffline(false);

    await ringIn(site, sittingId, RINGS_AFTER_SECONDS);
    await Promise.all([away, online, plain].map((one) => one.page.reload()));
    await page.locator('[data-kept="kept"]').waitFor(SAVED_LIMIT);
    await away.context.setOffline(true);
    await page.getByRole('heading', { name: '开考铃已响' }).waitFor(BELL_LIMIT);
    await page.getByText('请听监考人员宣布开卷口令').waitFor(BELL_LIMIT);
    const code = await announcedCode(sittingId);
    const field = page.getByLabel('开卷口令', { exact: true });
    await field.fill(code.replace(/^./, (digit) => String((Number(digit) + 1) % 10)));
    await page.getByRole('button', { name: '打开试卷' }).click();
    await page.getByText('开卷口令不对').waitFor();
    await field.fill(code);
    await page.getByRole('button', { name: '打开试卷' }).click();
    await page.locator('[data-save-state]').waitFor();
    await pick(page, 1, 0);
    await pick(page, 2, 1);
    await headSays(page, /2 项作答已暂存在本机/);

    await page.reload();
    await headSays(page, /2 项作答已暂存在本机|正在保存 2 项/);
    expect(await option(page, 1, 0).isChecked()).toBe(true);
    expect(await option(page, 2, 1).isChecked()).toBe(true);
    await pick(page, 3, 0);
    expect(await kept(page)).toEqual({ copies: 1, keys: 1 });
    await away.context.setOffline(false);
    await headSays(page, /^已保存 3\/80/);
    expect(await journalOf(page)).toEqual([
      { position: 1, choice: 'A', standing: 'counted' },
      { position: 2, choice: 'B', standing: 'counted' },
      { position: 3, choice: 'A', standing: 'counted' },
    ]);
    await handIn(page);
    await expect.poll(() => kept(page), SAVED_LIMIT).toEqual({ copies: 0, keys: 0 });

    await headSays(online.page, /^已保存 0\/80/);
    await pick(online.page, 1, 0);
    await headSays(online.page, /^已保存 1\/80/);
    await option(plain.page, 1, 0).check(BELL_LIMIT);
    expect(away.complaints.concat(online.complaints, plain.complaints)).toEqual([]);
    for (const { context } of [away, online, plain]) await context.close();
  }, 240_000);

  it('says that the paper could not be kept on a full disk, keeps it as soon as there is room, and says so', async () => {
    const login = 'applicant0174';
    const { title } = await aBellSitting(site, [login]);
    const visitor = await checkIn(login, title);
    const { page, context } = visitor;
    await page.locator('[data-kept="kept"]').waitFor(SAVED_LIMIT);
    const disk = await context.newCDPSession(page);
    const { origin } = new URL(page.url());
    await disk.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await page.evaluate(async () => {
      for (const name of await caches.keys()) await caches.delete(name);
    });
    await page.reload();
    await page.locator('[data-kept="failed"]').filter({ hasText: '请勿刷新或关闭本页' }).waitFor(SAVED_LIMIT);
    const isThere = () => page.evaluate(async () => (await caches.match(location.pathname)) !== undefined);
    expect(await isThere()).toBe(false);
    await disk.send('Storage.overrideQuotaForOrigin', { origin });
    await page.locator('[data-kept="kept"]').filter({ hasText: '断网也能打开' }).waitFor(SAVED_LIMIT);
    expect(await isThere()).toBe(true);
    expect(visitor.complaints).toEqual([]);
    await context.close();
  });
});
