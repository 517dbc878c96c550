import type { Page } from 'playwright-core';
import { inject } from 'vitest';
import { PREFERENCES_COOKIE } from '#app/platform/ui/theme/preferences.ts';
import type { Visitor } from './browser.ts';
import { accessibilityFindings } from './browser.ts';

export interface Look {
  readonly width: number;
  readonly colorScheme: 'light' | 'dark';
}

/** A phone by day and a desk screen by night. */
export const LOOKS: readonly Look[] = [
  { width: 390, colorScheme: 'light' },
  { width: 1440, colorScheme: 'dark' },
];

/** The wish that pages follow the system's colours; without one they are light. */
export async function followTheSystem(visitor: Visitor): Promise<void> {
  const url = inject('site').baseUrl;
  await visitor.context.addCookies([{ name: PREFERENCES_COOKIE, value: 'system.normal', url }]);
}

/** What is wrong with the page as it stands in this look, in words; nothing, if all is well. */
export async function problemsOf(page: Page, { width, colorScheme }: Look): Promise<string[]> {
  await page.setViewportSize({ width, height: 900 });
  // Without motion a change of colours is over at once, and the contrast measured is that of the page at rest.
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const { overflow, titles, scheme } = await page.evaluate(() => ({
    scheme: getComputedStyle(document.documentElement).colorScheme,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    titles: document.querySelectorAll('h1').length,
  }));
  const findings = await accessibilityFindings(page);
  return [
    ...(scheme === colorScheme ? [] : [`shown ${scheme}`]),
    ...(overflow > 0 ? [`${overflow} px too wide`] : []),
    ...(titles === 1 ? [] : [`${titles} main headings`]),
    ...findings.map(({ id, targets }) => `${id}: ${targets}`),
  ].map((problem) => `${new URL(page.url()).pathname} at ${width} ${colorScheme}: ${problem}`);
}
