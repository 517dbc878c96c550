import { describe, expect, it } from 'vitest';
import {
  changePreferences,
  DEFAULT_PREFERENCES,
  htmlClass,
  parsePreferences,
  serializePreferences,
  withoutElder,
} from '#app/platform/ui/theme/preferences.ts';
import type { Theme } from '#app/platform/ui/theme/preferences.ts';

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

describe('display preferences', () => {
  const themes: readonly Theme[] = ['light', 'dark', 'system'];
  it.each(themes.flatMap((theme) => [true, false].map((elder) => ({ theme, elder }))))(
    'theme $theme, elder $elder survive the cookie',
    (preferences) => {
      const cookie = serializePreferences(preferences).split(';')[0] ?? '';
      expect(parsePreferences(`other=1; ${cookie}; more=2`)).toEqual(preferences);
    },
  );

  it.each([null, '', 'display=', 'display=purple.giant', 'notdisplay=dark.elder'])(
    '%j is the default',
    (header) => {
      expect(parsePreferences(header)).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('a machine that changes hands loses the large type, and nothing else', () => {
    const [cookie, ...more] = withoutElder('display=dark.elder');
    expect(parsePreferences(cookie?.split(';')[0] ?? null)).toEqual({ theme: 'dark', elder: false });
    expect(more).toEqual([]);
    expect([withoutElder('display=dark.normal'), withoutElder(null)]).toEqual([[], []]);
  });

  it('a form changes only what it carries', () => {
    const current = { theme: 'dark', elder: true } as const;
    expect(changePreferences(current, form({ elder: 'off' }))).toEqual({ theme: 'dark', elder: false });
    expect(changePreferences(current, form({ theme: 'light' }))).toEqual({ theme: 'light', elder: true });
    expect(changePreferences(current, form({ theme: 'purple' }))).toEqual(current);
  });

  it('become the classes of the page', () => {
    expect(htmlClass({ theme: 'light', elder: false })).toBe('');
    expect(htmlClass({ theme: 'dark', elder: true })).toBe('dark elder');
    expect(htmlClass({ theme: 'system', elder: false })).toBe('theme-system');
  });
});
