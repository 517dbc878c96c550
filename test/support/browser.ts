import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import chromiumPackage from '@sparticuz/chromium';
import { type Browser, type BrowserContext, type Page, type Response, chromium } from 'playwright-core';
import { type TestContext, afterAll, beforeAll, expect, inject, onTestFailed } from 'vitest';

/** A normal user agent: the headless one is taken for a bot and would only ever see the waiting path. */
const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/147.0.0.0 Safari/537.36';
export const DEMO_PASSWORD = 'Zhifa@2026demo';
const FAILURES = 'test-results';
const LOOK_MS = 50;

async function launch(): Promise<Browser> {
  const own = process.env.CHROME_PATH ?? '';
  const executablePath = own !== '' && existsSync(own) ? own : await chromiumPackage.executablePath();
  const isRoot = process.getuid?.() === 0;
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      ...(isRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

export interface Visitor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Everything the console or the page complained about so far; must stay empty. */
  readonly complaints: string[];
}

export interface VisitOptions {
  readonly width?: number;
  readonly height?: number;
  readonly javaScript?: boolean;
  readonly dark?: boolean;
  /** Console texts a test provokes on purpose (a refused request is reported by the browser). */
  readonly expected?: readonly RegExp[];
  /** The test's own context; tests that run beside each other have to name theirs. */
  readonly test?: Pick<TestContext, 'onTestFailed'>;
}

export interface TestBrowser {
  visit(options?: VisitOptions): Promise<Visitor>;
  /** Somebody signed in, on a page that lives and complains of nothing. */
  enter(login: string, options?: VisitOptions): Promise<Visitor>;
}

/** One browser per test file; a fresh profile per visitor. Every visitor's console is asserted empty at its end. */
export function useBrowser(): TestBrowser {
  let browser: Browser | null = null;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
  });
  const browsers: Pick<TestBrowser, 'visit'> = {
    visit: async (options = {}) => {
      if (!browser) throw new Error('the browser is there inside tests only');
      const context = await browser.newContext({
        baseURL: inject('site').baseUrl,
        userAgent: USER_AGENT,
        locale: 'zh-CN',
        timezoneId: 'Asia/Shanghai',
        colorScheme: options.dark ? 'dark' : 'light',
        javaScriptEnabled: options.javaScript ?? true,
        viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
        acceptDownloads: true,
      });
      const page = await context.newPage();
      const complaints: string[] = [];
      const note = (text: string): void => {
        if (!(options.expected ?? []).some((pattern) => pattern.test(text)))
          complaints.push(`${page.url()}: ${text}`);
      };
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type()))
          note(`${message.text()} (${message.location().url})`);
      });
      page.on('pageerror', (error) => note(String(error)));
      (options.test?.onTestFailed ?? onTestFailed)(async ({ task }) => {
        if (page.isClosed()) return;
        await mkdir(FAILURES, { recursive: true });
        await page.screenshot({
          path: path.join(FAILURES, `${task.name.replaceAll(/\W+/g, '-').slice(0, 80)}.png`),
          fullPage: true,
        });
      });
      return { page, context, complaints };
    },
  };
  return {
    ...browsers,
    enter: async (login, options = {}) => {
      const visitor = await browsers.visit(options);
      await signIn(visitor, login);
      if (options.javaScript ?? true) await expectQuietAndAlive(visitor);
      return visitor;
    },
  };
}

/** Signs in through the login page as a person does. */
export async function signIn(visitor: Visitor, login: string): Promise<void> {
  const { page } = visitor;
  await page.goto('/login');
  await page.getByLabel('账号').fill(login);
  await page.getByLabel('密码').fill(DEMO_PASSWORD);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL((url) => url.pathname !== '/login');
}

/** Nothing was reported to the console, and the page came to life (React put its mark on the document). */
export async function expectQuietAndAlive(visitor: Visitor): Promise<void> {
  // Not on animation frames: a page behind another one gets none.
  await visitor.page.waitForFunction(
    () => Object.keys(document).some((key) => key.startsWith('__react')),
    undefined,
    { polling: LOOK_MS },
  );
  expect(visitor.complaints).toEqual([]);
}

/** Opens an address; the page lives and complains of nothing. */
export async function go(visitor: Visitor, where: string): Promise<Page> {
  await visitor.page.goto(where);
  await expectQuietAndAlive(visitor);
  return visitor.page;
}

/** Nothing has complained up to now, and the visit is over. */
export async function leave(visitor: Visitor): Promise<void> {
  await expectQuietAndAlive(visitor);
  await visitor.context.close();
}

/** The answer to what is sent next. */
export const posted = (page: Page): Promise<Response> =>
  page.waitForResponse((response) => response.request().method() === 'POST');

/** Clicks a button of a form and waits for the answer of the server. */
export async function send(page: Page, button: string | RegExp): Promise<void> {
  const answered = posted(page);
  await page.getByRole('button', { name: button }).click();
  await (await answered).finished();
}

interface AxeFinding {
  readonly id: string;
  readonly targets: string;
}

/**
 * WCAG 2.0 A/AA, 2.1 AA and 2.2 AA findings of the page as it stands; with `AAA` its text has to reach a contrast of 7
 * as well (4.5 in large type), as in the exam.
 */
export async function accessibilityFindings(
  page: Page,
  contrast: 'AA' | 'AAA' = 'AA',
): Promise<AxeFinding[]> {
  const source = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  return page.evaluate(async (isEnhanced) => {
    const runner = (
      globalThis as unknown as {
        axe: {
          run(
            root: Document,
            options: object,
          ): Promise<{ violations: { id: string; nodes: { target: string[] }[] }[] }>;
        };
      }
    ).axe;
    const result = await runner.run(document, {
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'],
      rules: { 'color-contrast-enhanced': { enabled: isEnhanced } },
    });
    return result.violations.map((violation) => ({
      id: violation.id,
      targets: violation.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 5)
        .join(' | '),
    }));
  }, contrast === 'AAA');
}

/** After an act the list is asked for again and shown paler meanwhile: what is measured is the page at rest. */
export async function atRest(page: Page): Promise<void> {
  await expect.poll(() => page.locator('[aria-busy="true"]').count()).toBe(0);
  // An animation that is cancelled (its element has gone) is over as well.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map((one) => one.finished)));
}
