import { Form, useLocation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import type { Theme } from '../theme/preferences.ts';

export interface PreferenceFormsProps {
  theme: Theme;
  elder: boolean;
}

const THEME_WORDS: readonly { value: Theme; label: string }[] = [
  { value: 'light', label: '浅色' },
  { value: 'dark', label: '深色' },
  { value: 'system', label: '随系统' },
];

const SIZE_WORDS = [
  { value: 'off', label: '标准' },
  { value: 'on', label: '长辈模式' },
] as const;

/** 字号 and 深浅色: each button is a form of one field, sent to `/preferences`, which leads back here. */
export function PreferenceForms({ theme, elder }: PreferenceFormsProps) {
  const size = elder ? 'on' : 'off';
  return (
    <div className="space-y-3">
      <Choice legend="字号">
        {SIZE_WORDS.map(({ value, label }) => (
          <ChoiceButton key={value} name="elder" value={value} label={label} isChosen={value === size} />
        ))}
      </Choice>
      <Choice legend="显示">
        {THEME_WORDS.map(({ value, label }) => (
          <ChoiceButton key={value} name="theme" value={value} label={label} isChosen={value === theme} />
        ))}
      </Choice>
    </div>
  );
}

function Choice({ legend, children }: { legend: string; children: ReactNode }) {
  const { pathname, search } = useLocation();
  return (
    <Form method="post" action="/preferences" preventScrollReset className="flex items-center gap-3 text-sm">
      <input type="hidden" name="returnTo" value={`${pathname}${search}`} />
      <span className="shrink-0 text-ink-muted">{legend}</span>
      <span className="flex flex-1 overflow-hidden rounded border border-line-strong">{children}</span>
    </Form>
  );
}

interface ChoiceButtonProps {
  name: 'theme' | 'elder';
  value: string;
  label: string;
  isChosen: boolean;
}

function ChoiceButton({ name, value, label, isChosen }: ChoiceButtonProps) {
  return (
    <button
      type="submit"
      name={name}
      value={value}
      aria-pressed={isChosen}
      className={cx(
        'min-h-8 flex-1 whitespace-nowrap border-l border-line-strong px-2 first:border-l-0 focus-visible:-outline-offset-2',
        isChosen
          ? 'bg-accent-soft font-semibold text-accent'
          : 'bg-surface-raised text-ink hover:text-accent',
      )}
    >
      {label}
    </button>
  );
}
