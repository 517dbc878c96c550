/** Look of all drawings. Colours are the theme's variables, so dark mode needs no second drawing. */
export const COLOURS = {
  bar: 'rgb(var(--chart-bar))',
  barQuiet: 'rgb(var(--chart-bar-quiet))',
  track: 'rgb(var(--chart-track))',
  target: 'rgb(var(--chart-target))',
  line: 'rgb(var(--line))',
} as const;

/** Sizes in rem, so that 长辈模式 enlarges the axes too. */
export const axisText = {
  quiet: { fill: 'rgb(var(--ink-muted))', fontSize: '0.8125rem' },
  strong: { fill: 'rgb(var(--ink))', fontSize: '0.875rem' },
  label: { fill: 'rgb(var(--ink))', fontSize: '0.8125rem' },
} as const;

/** `7500` → `75%` */
export function percentTick(basisPoints: number): string {
  return `${Math.floor(basisPoints / 10) / 10}%`;
}
