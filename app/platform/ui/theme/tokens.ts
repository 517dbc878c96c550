/** Colours of the house, named by use. The single source: `tailwind.config.ts` turns this table into CSS
 *  variables for both modes, and a unit test computes every contrast listed in `CONTRAST_RULES`. */

export type Mode = 'light' | 'dark';

const LIGHT = {
  /** page ground */
  surface: '#f3f5f8',
  /** cards, tables, dialogs, inputs */
  'surface-raised': '#ffffff',
  /** table heads, disabled controls, hovered rows */
  'surface-sunken': '#e9edf2',
  ink: '#17202b',
  'ink-muted': '#46515f',
  /** separators, which carry no meaning */
  line: '#d3d9e1',
  /** borders of controls: 3:1 against what they stand on */
  'line-strong': '#76828f',
  accent: '#1c3f78',
  'accent-strong': '#142f5c',
  'accent-soft': '#e4ebf5',
  'on-accent': '#ffffff',
  /** bar at the top of every page inside the office */
  masthead: '#17305a',
  'on-masthead': '#ffffff',
  'on-masthead-muted': '#c9d6ea',
  danger: '#961e26',
  'danger-strong': '#7a161d',
  'danger-soft': '#fbeaea',
  'on-danger': '#ffffff',
  /** state seal and wordmark stamp, nothing else */
  seal: '#b3222b',
  positive: '#165934',
  'positive-soft': '#e3f1e8',
  caution: '#754600',
  'caution-soft': '#fbf0db',
  focus: '#1f6bd6',
  'chart-track': '#dfe5ed',
  'chart-bar': '#2f558f',
  /** bars that have reached the target */
  'chart-bar-quiet': '#7b96c0',
  'chart-target': '#17202b',
} as const;

export type TokenName = keyof typeof LIGHT;

const DARK: Record<TokenName, string> = {
  surface: '#10151c',
  'surface-raised': '#171e27',
  'surface-sunken': '#212a35',
  ink: '#e8ecf1',
  'ink-muted': '#b4bec9',
  line: '#2f3a46',
  'line-strong': '#7b8998',
  accent: '#a3c2f0',
  'accent-strong': '#c3d8f8',
  'accent-soft': '#1d2d47',
  'on-accent': '#0d1a2e',
  masthead: '#0b1220',
  'on-masthead': '#eef2f8',
  'on-masthead-muted': '#aebdd3',
  danger: '#f3a6a6',
  'danger-strong': '#f8c4c4',
  'danger-soft': '#3b1c20',
  'on-danger': '#2b0709',
  seal: '#e5737a',
  positive: '#8fd1ab',
  'positive-soft': '#173123',
  caution: '#efc477',
  'caution-soft': '#372a12',
  focus: '#8ab6ff',
  'chart-track': '#2a3542',
  'chart-bar': '#8fb3ea',
  'chart-bar-quiet': '#5675a6',
  'chart-target': '#e8ecf1',
};

export const TOKENS: Record<Mode, Record<TokenName, string>> = { light: LIGHT, dark: DARK };

export interface ContrastRule {
  readonly foreground: TokenName;
  readonly background: TokenName;
  /** least ratio by WCAG 2.2: 4.5 text, 7 text in the exam, 3 borders of controls and graphics */
  readonly least: number;
}

const GROUNDS = ['surface', 'surface-raised', 'surface-sunken'] as const;
const TINTED = ['accent', 'danger', 'positive', 'caution'] as const;

/** Every pair of colours the kit sets beside each other. A component may use no other pair. */
export const CONTRAST_RULES: readonly ContrastRule[] = [
  ...GROUNDS.flatMap((background) => [
    { foreground: 'ink', background, least: 7 } as const,
    { foreground: 'ink-muted', background, least: background === 'surface-sunken' ? 4.5 : 7 } as const,
    { foreground: 'accent', background, least: 7 } as const,
    { foreground: 'accent-strong', background, least: 7 } as const,
    ...(['danger', 'positive', 'caution'] as const).map(
      (foreground) => ({ foreground, background, least: background === 'surface-raised' ? 7 : 4.5 }) as const,
    ),
    { foreground: 'line-strong', background, least: 3 } as const,
    { foreground: 'focus', background, least: 3 } as const,
  ]),
  ...TINTED.flatMap((name) => [
    // The exam room carries callouts and asks 7 of all its text (AAA).
    { foreground: name, background: `${name}-soft`, least: 7 } as const,
    { foreground: 'ink', background: `${name}-soft`, least: 7 } as const,
  ]),
  { foreground: 'ink-muted', background: 'accent-soft', least: 4.5 },
  { foreground: 'accent-strong', background: 'accent-soft', least: 7 },
  { foreground: 'on-accent', background: 'accent', least: 7 },
  { foreground: 'on-accent', background: 'accent-strong', least: 7 },
  { foreground: 'on-danger', background: 'danger', least: 4.5 },
  { foreground: 'on-danger', background: 'danger-strong', least: 4.5 },
  { foreground: 'on-masthead', background: 'masthead', least: 7 },
  { foreground: 'on-masthead-muted', background: 'masthead', least: 4.5 },
  { foreground: 'seal', background: 'surface-raised', least: 4.5 },
  { foreground: 'seal', background: 'surface', least: 4.5 },
  { foreground: 'chart-bar', background: 'surface-raised', least: 3 },
  { foreground: 'chart-bar-quiet', background: 'surface-raised', least: 3 },
  { foreground: 'chart-bar', background: 'chart-track', least: 3 },
  { foreground: 'chart-target', background: 'surface-raised', least: 7 },
];

/** `#1c3f78` → `28 63 120`, the form Tailwind needs to mix in an opacity. */
function channels(hex: string): string {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16)).join(' ');
}

/** CSS custom properties of one mode, e.g. `{ '--accent': '28 63 120' }`. */
export function cssVariables(mode: Mode): Record<string, string> {
  return Object.fromEntries(Object.entries(TOKENS[mode]).map(([name, hex]) => [`--${name}`, channels(hex)]));
}

/** Tailwind colours: `accent` → `rgb(var(--accent) / <alpha-value>)`. */
export function tailwindColors(): Record<string, string> {
  return Object.fromEntries(Object.keys(LIGHT).map((name) => [name, `rgb(var(--${name}) / <alpha-value>)`]));
}
