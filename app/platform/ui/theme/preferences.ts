/** How a person wants pages shown. Kept in a cookie of its own: it holds before sign-in, on shared machines it says
 *  nothing about the person, and the first byte of a page already has the right size and colours. */

export type Theme = 'light' | 'dark' | 'system';

export interface Preferences {
  readonly theme: Theme;
  /** 长辈模式: 20 px instead of 16 px */
  readonly elder: boolean;
}

export const PREFERENCES_COOKIE = 'display';
export const DEFAULT_PREFERENCES: Preferences = { theme: 'light', elder: false };

const THEMES: readonly Theme[] = ['light', 'dark', 'system'];
const ONE_YEAR_SECONDS = 365 * 24 * 3600;

function readTheme(text: unknown): Theme | null {
  return THEMES.find((theme) => theme === text) ?? null;
}

/** Reads `display=dark.elder` out of a Cookie header; anything else is the default. */
export function parsePreferences(cookieHeader: string | null): Preferences {
  const pair = (cookieHeader ?? '').split(/;\s*/).find((part) => part.startsWith(`${PREFERENCES_COOKIE}=`));
  const [theme = '', size = ''] = pair?.slice(PREFERENCES_COOKIE.length + 1).split('.') ?? [];
  return { theme: readTheme(theme) ?? DEFAULT_PREFERENCES.theme, elder: size === 'elder' };
}

/** The Set-Cookie header that keeps the preferences for a year. */
export function serializePreferences({ theme, elder }: Preferences): string {
  const value = `${theme}.${elder ? 'elder' : 'normal'}`;
  return `${PREFERENCES_COOKIE}=${value}; Path=/; Max-Age=${ONE_YEAR_SECONDS}; SameSite=Lax; HttpOnly`;
}

/** For a machine that changes hands: takes 长辈模式 off where somebody has put it on. @returns Set-Cookie headers */
export function withoutElder(cookieHeader: string | null): string[] {
  const preferences = parsePreferences(cookieHeader);
  return preferences.elder ? [serializePreferences({ ...preferences, elder: false })] : [];
}

/** Applies a submitted form, which carries only what it changes. */
export function changePreferences(current: Preferences, form: FormData): Preferences {
  const elder = form.get('elder');
  return {
    theme: readTheme(form.get('theme')) ?? current.theme,
    elder: elder === null ? current.elder : elder === 'on',
  };
}

/** Classes of `<html>`. The system's theme is left to the style sheet, so no script is needed to know it. */
export function htmlClass({ theme, elder }: Preferences): string {
  const themeClass = { light: '', dark: 'dark', system: 'theme-system' }[theme];
  return [themeClass, elder ? 'elder' : ''].filter(Boolean).join(' ');
}
