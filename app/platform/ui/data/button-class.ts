import { cx } from '../cx.ts';

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger';
export type ButtonSize = 'small' | 'medium' | 'large';

const BASE =
  'inline-flex items-center justify-center gap-2 print:hidden rounded border text-center no-underline transition-colors cursor-pointer aria-disabled:cursor-not-allowed disabled:cursor-not-allowed';

const TONES: Record<ButtonTone, string> = {
  primary:
    'border-accent bg-accent text-on-accent hover:border-accent-strong hover:bg-accent-strong disabled:border-line disabled:bg-surface-sunken disabled:text-ink-muted',
  secondary:
    'border-line-strong bg-surface-raised text-ink hover:border-accent hover:text-accent disabled:border-line disabled:bg-surface-sunken disabled:text-ink-muted',
  quiet:
    'border-transparent bg-transparent text-accent hover:bg-accent-soft disabled:bg-transparent disabled:text-ink-muted',
  danger:
    'border-danger bg-danger text-on-danger hover:border-danger-strong hover:bg-danger-strong disabled:border-line disabled:bg-surface-sunken disabled:text-ink-muted',
};

const SIZES: Record<ButtonSize, string> = {
  small: 'min-h-8 touch:min-h-10 px-3 py-1 text-sm',
  medium: 'min-h-10 touch:min-h-11 px-4 py-1.5 text-base',
  large: 'min-h-12 px-6 py-2 text-lg',
};

/** Look of everything that is pressed: buttons, links that act like one, summaries. */
export function buttonClass(tone: ButtonTone = 'secondary', size: ButtonSize = 'medium'): string {
  return cx(BASE, TONES[tone], SIZES[size]);
}
