import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ServerBuild } from '@remix-run/node';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { type Permission, PERMISSIONS, rolesFor } from '#app/accounts/permission.ts';
import type { Role } from '#app/accounts/role.ts';
import { doorOf } from '#app/platform/http/door.server.ts';
import {
  type Visitor,
  DEMO_PASSWORD,
  expectQuietAndAlive,
  signIn,
  useBrowser,
} from '#test/support/browser.ts';
import { LOOKS, followTheSystem, problemsOf } from '#test/support/looks.ts';

/**
 * Every page without a parameter, opened by somebody who may, on a phone by day and on a desk screen by night; then the
 * road of the keyboard: where the focus goes, and an exam from its start to its end without a mouse.
 */
const { visit } = useBrowser();

/** A demo account for each role; an auxiliary officer has none. */
const LOGINS = {
  officer: 'officer',
  applicant: 'applicant',
  unit_liaison: 'liaison',
  unit_leader: 'leader',
  system_department: 'department',
  justice_office: 'office',
  justice_bureau: 'bureau',
  supervisor: 'supervisor',
  invited_supervisor: 'invited',
  question_editor: 'editor',
  question_reviewer: 'reviewer',
  invigilator: 'invigilator',
  system_admin: 'sysadmin',
  security_admin: 'secadmin',
  audit_admin: 'auditor',
} as const satisfies Partial<Record<Role, string>>;

/** Registered for the exam that is always open and for no other. */
const CANDIDATE = 'applicant0060';
const LESSON = '/courses/quick-start/before-you-enforce';
const LESSON_FILE = 'content/courses/quick-start/01-before-you-enforce.mdx';
const READING_LIMIT_MS = 240_000;
const SCROLL_EVERY_MS = 2_000;
const SWEEP_LIMIT_MS = 120_000;

type Opener = 'public' | keyof typeof LOGINS;

/** Who of the demo city opens a page behind this permission: the first role of its list, the liaison where every
 *  signed-in person may. */
function openerOf(permission: Permission): Opener {
  if (PERMISSIONS[permission] === 'public') return 'public';
  if (PERMISSIONS[permission] === 'signed_in') return 'unit_liaison';
  const role = rolesFor(permission).find((one): one is keyof typeof LOGINS => one in LOGINS);
  expect(role, `nobody of the demo city may ${permission}`).toBeDefined();
  return role ?? 'public';
}

/** The built pages without a parameter, by who opens them. Everybody's home is a page of its own. */
function pagesByOpener(build: ServerBuild): Map<Opener, Set<string>> {
  const openers: Opener[] = ['public', ...(Object.keys(LOGINS) as (keyof typeof LOGINS)[])];
  const pages = new Map(openers.map((opener) => [opener, new Set(['/'])]));
  for (const route of Object.values(build.routes)) {
    if (!route?.module.default || !route.path || /[:*]/.test(route.path)) continue;
    const { loader } = route.module;
    const opener = openerOf(
      (loader === undefined ? 'public.read' : (doorOf(loader)?.permission ?? 'public.read')) as Permission,
    );
    pages.get(opener)?.add(`/${route.path}`);
  }
  return pages;
}

/** Study time counts by the clock: the candidate of the last test reads while the other tests run. */
let reader: Visitor | null = null;
let pages = new Map<Opener, Set<string>>();

beforeAll(async () => {
  pages = pagesByOpener(
    (await import(pathToFileURL(path.resolve('build/server/index.js')).href)) as ServerBuild,
  );
});

describe('a candidate', () => {
  it('opens the lesson before the exam, answers its questions and reads on', async () => {
    reader = await visit({ width: 390 });
    await signIn(reader, CANDIDATE);
    await beginToRead(reader.page);
    await expectQuietAndAlive(reader);
  });
});

describe('every page without a parameter', () => {
  it.each<[Opener]>([
    ['public'],
    ...(Object.keys(LOGINS) as (keyof typeof LOGINS)[]).map((role): [Opener] => [role]),
  ])(
    'is quiet, alive, accessible and as wide as its window for %s',
    async (opener) => {
      const visitor = await visit();
      await followTheSystem(visitor);
      if (opener !== 'public') await signIn(visitor, LOGINS[opener]);
      const problems: string[] = [];
      for (const address of pages.get(opener) ?? []) {
        const answer = await visitor.page.goto(address);
        expect(answer?.status(), address).toBe(200);
        await expectQuietAndAlive(visitor);
        for (const look of LOOKS) problems.push(...(await problemsOf(visitor.page, look)));
      }
      expect(problems).toEqual([]);
      expect(visitor.complaints).toEqual([]);
      await visitor.context.close();
    },
    SWEEP_LIMIT_MS,
  );
});

/** Name and kind of what has the focus, and whether something else lies over it. */
async function focused(page: Page): Promise<{ kind: string; name: string; isCovered: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    const box = element.getBoundingClientRect();
    const onTop = document.elementFromPoint(box.left + Math.min(box.width / 2, 40), box.top + box.height / 2);
    return {
      kind: element.tagName,
      name: (element.getAttribute('aria-label') ?? element.textContent ?? '').trim(),
      isCovered: onTop === null || !(element.contains(onTop) || onTop.contains(element)),
    };
  });
}

/** Presses Tab until the focus stands on the control of that name. */
async function tabTo(page: Page, kind: string, name: RegExp): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 150; presses += 1) {
    await page.keyboard.press('Tab');
    const at = await focused(page);
    if (at.kind === kind && name.test(at.name)) return;
    passed.push(`${at.kind} ${at.name.slice(0, 20)}`);
  }
  expect.unreachable(`no way to ${kind} ${String(name)} past ${passed.join(', ')}`);
}

describe('with the keyboard alone', () => {
  it('one signs in, skips to the content, and the focus follows to the title of the next page', async () => {
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await page.goto('/login');
    await expectQuietAndAlive(visitor);
    await tabTo(page, 'A', /^跳到主要内容$/);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type('officer');
    await page.keyboard.press('Tab');
    await page.keyboard.type(DEMO_PASSWORD);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/');
    await tabTo(page, 'A', /^查看证件$/);
    await page.keyboard.press('Enter');
    await page.waitForURL('/me');
    await expect.poll(() => focused(page)).toMatchObject({ kind: 'H1', name: '我的证件' });
    await expectQuietAndAlive(visitor);
    await visitor.context.close();
  });

  it('nothing that takes the focus on a phone lies below a bar', async () => {
    const visitor = await visit({ width: 390, height: 844 });
    const { page } = visitor;
    await signIn(visitor, 'officer');
    for (const address of ['/', '/hours', '/me']) {
      await page.goto(address);
      await expectQuietAndAlive(visitor);
      const covered: string[] = [];
      for (let presses = 0; presses < 40; presses += 1) {
        await page.keyboard.press('Tab');
        const at = await focused(page);
        if (at.kind === 'BODY') break;
        if (at.isCovered) covered.push(at.name);
      }
      expect(covered, address).toEqual([]);
    }
    await visitor.context.close();
  });

  it(
    'a candidate starts the exam, answers, moves on, marks, goes back and hands in',
    async () => {
      // The sentence stands twice in the page, for narrow and for wide windows; only one of them is seen.
      await expect
        .poll(() => reader?.page.getByText('本课已学完').count(), {
          timeout: READING_LIMIT_MS,
          interval: 1_000,
        })
        .toBeGreaterThan(0);
      await reader?.context.close();
      const visitor = await visit();
      const { page } = visitor;
      await signIn(visitor, CANDIDATE);
      await page.goto('/exams');
      await expectQuietAndAlive(visitor);
      await tabTo(page, 'BUTTON', /^(开始考试|再考一次)$/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/attempts\/[^/]+$/);
      await expectQuietAndAlive(visitor);

      await tabTo(page, 'INPUT', /^/);
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await tabTo(page, 'BUTTON', /^下一题$/);
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await focused(page)).kind).toBe('FIELDSET');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Space');
      await page.getByText(/已保存 2\/80/).waitFor();
      await tabTo(page, 'BUTTON', /^标记本题$/);
      await page.keyboard.press('Enter');
      expect(await focused(page)).toMatchObject({ name: '取消标记' });
      await tabTo(page, 'A', /^第 40 题，未作答$/);
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await focused(page)).name).toMatch(/^40\./);

      await tabTo(page, 'BUTTON', /^交卷$/);
      await page.keyboard.press('Enter');
      await expect.poll(() => focused(page)).toMatchObject({ kind: 'H2', name: '确认交卷' });
      await tabTo(page, 'BUTTON', /^返回作答$/);
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await focused(page)).name).toMatch(/^40\./);
      await tabTo(page, 'BUTTON', /^交卷$/);
      await page.keyboard.press('Enter');
      await tabTo(page, 'BUTTON', /^确认交卷$/);
      await page.keyboard.press('Enter');
      await page.waitForURL(/\/attempts\/[^/]+\/result$/);
      await expectQuietAndAlive(visitor);
      await visitor.context.close();
    },
    READING_LIMIT_MS,
  );
});

/** Answers the questions of the short course and leaves the page scrolling, as a reader does now and then. */
async function beginToRead(page: Page): Promise<void> {
  await page.goto(LESSON);
  // On a site where these tests have run before.
  if ((await page.getByText('本课已学完').count()) > 0) return;
  const front = z
    .object({ checks: z.array(z.object({ id: z.string(), answer: z.array(z.string()) })) })
    .parse(parse((await readFile(LESSON_FILE, 'utf8')).split('---')[1] ?? ''));
  for (const check of front.checks)
    for (const letter of check.answer)
      await page.locator(`input[name="check.${check.id}"][value="${letter}"]`).check();
  await page.getByRole('button', { name: /提交/ }).click();
  await page
    .getByText('回答正确')
    .nth(front.checks.length - 1)
    .waitFor();
  await page.evaluate((every) => {
    let down = 40;
    setInterval(() => {
      scrollBy(0, down);
      down = -down;
    }, every);
  }, SCROLL_EVERY_MS);
}
