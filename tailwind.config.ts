import type { Config } from 'tailwindcss';
import plugin from 'tailwindcss/plugin';
import { cssVariables, tailwindColors } from './app/platform/ui/theme/tokens.ts';

/** Dark holds for a person who chose it, and for one who follows the system while the system is dark. */
const DARK_BY_CHOICE = '.dark';
const DARK_BY_SYSTEM = '.theme-system';
const SYSTEM_IS_DARK = '@media screen and (prefers-color-scheme: dark)';

const FONTS = ['PingFang SC', 'Microsoft YaHei', 'Noto Sans SC', 'Source Han Sans SC', 'Noto Sans CJK SC'];

export default {
  content: ['./app/**/*.{ts,tsx}', './content/**/*.mdx'],
  darkMode: ['variant', [`${DARK_BY_CHOICE} &`, `${SYSTEM_IS_DARK} { ${DARK_BY_SYSTEM} & }`]],
  /** Utilities whose CSS is younger than Chromium 92 stay out of reach. */
  corePlugins: { accentColor: false, textWrap: false, container: false },
  theme: {
    colors: { transparent: 'transparent', current: 'currentColor', inherit: 'inherit', ...tailwindColors() },
    fontFamily: {
      sans: [...FONTS.map((name) => `"${name}"`), 'system-ui', 'sans-serif'],
      mono: ['ui-monospace', 'Consolas', '"DejaVu Sans Mono"', 'monospace'],
    },
    /** rem, so that 长辈模式 (20 px root) enlarges everything with the same layout. */
    fontSize: {
      xs: ['0.8125rem', '1.25rem'],
      sm: ['0.875rem', '1.375rem'],
      base: ['1rem', '1.6'],
      lg: ['1.125rem', '1.75rem'],
      xl: ['1.25rem', '1.875rem'],
      '2xl': ['1.5rem', '2.125rem'],
      '3xl': ['2rem', '2.625rem'],
      '4xl': ['2.75rem', '3.375rem'],
    },
    borderRadius: { none: '0', sm: '2px', DEFAULT: '3px', md: '4px', lg: '6px', full: '9999px' },
    boxShadow: { none: 'none', overlay: '0 8px 24px rgb(10 18 32 / 0.16)' },
    transitionDuration: { DEFAULT: '120ms', 0: '0ms', 100: '100ms', 150: '150ms' },
    extend: {
      /** fingers instead of a mouse */
      screens: { touch: { raw: '(pointer: coarse)' } },
      maxWidth: { measure: '40em', page: '82rem' },
      zIndex: { head: '10', frame: '20', popover: '30', dialog: '40', toast: '50' },
    },
  },
  plugins: [
    plugin(({ addBase }) => {
      addBase({ ':root': { ...cssVariables('light'), colorScheme: 'light' } });
      addBase({ [DARK_BY_CHOICE]: { ...cssVariables('dark'), colorScheme: 'dark' } });
      addBase({
        [SYSTEM_IS_DARK]: { [DARK_BY_SYSTEM]: { ...cssVariables('dark'), colorScheme: 'dark' } },
      });
      addBase({ '@media print': { ':root, .dark': { ...cssVariables('light'), colorScheme: 'light' } } });
    }),
  ],
} satisfies Config;
