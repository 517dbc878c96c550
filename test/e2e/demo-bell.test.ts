import { describe, expect, it } from 'vitest';
import { go, leave, signIn, useBrowser } from '#test/support/browser.ts';
import { LOOKS, followTheSystem, problemsOf } from '#test/support/looks.ts';
import { hasSiteDatabase, useSiteDatabase } from '#test/support/site-database.ts';

/**
 * The exam with a bell that everybody who starts the demo city finds in it: a candidate waits for it, the invigilator has
 * the code of the room, the bureau the sealed and released set. However long after the seed the test runs, its bell is ahead.
 */
const { visit, enter } = useBrowser();
const site = useSiteDatabase();
const TITLE = '演示考场，统一开考';
const KEPT_LIMIT = { timeout: 30_000 };

async function bellAhead(): Promise<string> {
  const { rows } = await site.query<{ id: string }>(
    `update exam_sitting set opens_at = now() + interval '30 minutes', latest_entry_at = now() + interval '60 minutes',
       hard_end_at = now() + interval '3 hours'
     where title like '%' || $1 || '%' and start_mode = 'bell' returning id::text`,
    [TITLE],
  );
  expect(rows.length).toBe(1);
  return rows[0]?.id ?? '';
}

describe.skipIf(!hasSiteDatabase())('the exam with a bell in the demo city', () => {
  it('is waited for by a candidate who enters with the code of the room', async () => {
    const sittingId = await bellAhead();
    const watching = await enter('invigilator');
    const codes = await go(watching, `/invigilate/${sittingId}/codes`);
    const code = await codes.getByText(/^[A-Z0-9]{3} [A-Z0-9]{3}$/).innerText();
    await codes.getByRole('link', { name: '断网用的开卷口令' }).click();
    await codes.getByText('开考铃尚未响').waitFor();
    await leave(watching);

    const candidate = await visit();
    await followTheSystem(candidate);
    await signIn(candidate, 'applicant0001');
    const page = await go(candidate, '/exams');
    const card = page.getByRole('article').filter({ hasText: TITLE });
    await card.getByLabel('开考口令').fill(code);
    await card.getByRole('button', { name: '入场候考' }).click();
    await page.getByRole('heading', { name: '候考' }).waitFor();
    await page.locator('[data-kept="kept"]').waitFor(KEPT_LIMIT);
    const problems: string[] = [];
    for (const look of LOOKS) problems.push(...(await problemsOf(page, look)));
    expect(problems).toEqual([]);
    await leave(candidate);
  });

  it('has its set sealed and released by two people, and a page for the code sheets', async () => {
    const sittingId = await bellAhead();
    const visitor = await enter('bureau');
    await followTheSystem(visitor);
    const page = await go(visitor, `/bureau/exams/sittings/${sittingId}/seal`);
    await page.getByRole('button', { name: '打印开卷口令单' }).waitFor();
    const problems: string[] = [];
    for (const look of LOOKS) problems.push(...(await problemsOf(page, look)));
    expect(problems).toEqual([]);
    await leave(visitor);
  });
});
