import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { expectQuietAndAlive, signIn, useBrowser } from '#test/support/browser.ts';

const { visit } = useBrowser();
const RECOVERY_MS = 60_000;

/** Process id of the embedded server, first line of its own file. */
async function databasePid(dataDir: string): Promise<number> {
  const files = await readdir(dataDir, { recursive: true });
  const file = files.find((name) => path.basename(name) === 'postmaster.pid');
  if (file === undefined) throw new Error(`no database runs in ${dataDir}`);
  return Number((await readFile(path.join(dataDir, file), 'utf8')).split('\n')[0]);
}

const { dataDir } = inject('site');

describe.skipIf(dataDir === null)('the database dies while the site serves', () => {
  it('says so with status 503 and shows the page again by itself', async () => {
    const visitor = await visit({ expected: [/503|Service Unavailable|ERR_CONNECTION/] });
    const { page } = visitor;
    await signIn(visitor, 'supervisor');
    await page.goto('/supervise/completion');
    const title = await page.getByRole('heading', { level: 1 }).innerText();

    process.kill(await databasePid(dataDir ?? ''), 'SIGKILL');
    const away = await page.goto('/supervise/completion');
    expect(away?.status()).toBe(503);
    await page.getByRole('heading', { name: '服务暂时不可用' }).waitFor();
    // Nobody touches the page: it comes back when the database, started again by its owner, answers.
    await page.getByRole('heading', { level: 1, name: title }).waitFor({ timeout: RECOVERY_MS });
    expect(page.url()).toContain('/supervise/completion');
    await expectQuietAndAlive(visitor);
  });
});
