import { useRef, useState } from 'react';
import { cx } from '../cx.ts';
import { useHydrated } from '../hydrated.ts';
import { describeDateText } from '../text/describe-date.ts';
import { parseDateText } from '../text/date-text.ts';
import { Field } from './field.tsx';
import type { ControlProps, FieldBase } from './field.tsx';

export interface DateFieldProps extends FieldBase {
  /** `2026-11-21` */
  defaultValue?: string | undefined;
  /** `2026-11-21`; only the picker keeps to these, the server decides */
  min?: string | undefined;
  max?: string | undefined;
}

/** A day, typed in any usual form or picked. What is submitted is the text: the action reads it with
 *  `parseDateText`, so the field works the same without JavaScript. */
export function DateField(props: DateFieldProps) {
  const { label, name, hint, error, required, id, className, ...input } = props;
  return (
    <Field {...{ label, name, error, required, id, className }} hint={hint ?? '如 2026-11-21 或 20261121'}>
      {(control) => <DateInput {...input} control={control} />}
    </Field>
  );
}

interface DateInputProps {
  control: ControlProps;
  defaultValue?: string | undefined;
  min?: string | undefined;
  max?: string | undefined;
}

/** The text input with the platform's own calendar behind a button. The reading with its weekday stands
 *  beside it, in a place kept free for it. */
export function DateInput({ control, defaultValue = '', min, max }: DateInputProps) {
  const isHydrated = useHydrated();
  const textRef = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(defaultValue);
  const take = (value: string) => {
    if (textRef.current) textRef.current.value = value;
    setText(value);
    textRef.current?.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="relative block w-48">
        <input
          {...control}
          ref={textRef}
          type="text"
          inputMode="numeric"
          autoComplete="off"
          maxLength={20}
          defaultValue={defaultValue}
          onInput={(event) => setText(event.currentTarget.value)}
          onBlur={(event) => {
            const day = parseDateText(event.currentTarget.value);
            if (day !== null && day !== event.currentTarget.value) take(day);
          }}
          className={cx('control tabular-nums', isHydrated && 'pr-14')}
        />
        {isHydrated ? <DayPicker text={text} min={min} max={max} onPick={take} /> : null}
      </span>
      <span className="min-w-40 text-sm tabular-nums text-ink-muted" aria-live="polite">
        {describeDateText(text)}
      </span>
    </span>
  );
}

interface DayPickerProps {
  text: string;
  min: string | undefined;
  max: string | undefined;
  onPick: (day: string) => void;
}

/** A native date input whose indicator covers a small button: `showPicker` is younger than our baseline.
 *  Keyboard and screen reader users type the date instead, so it is kept out of their way. */
function DayPicker({ text, min, max, onPick }: DayPickerProps) {
  return (
    <span className="absolute bottom-1 right-1 top-1 w-12 overflow-hidden rounded-sm bg-surface-sunken text-center text-sm leading-8 text-ink-muted hover:text-accent">
      <span aria-hidden="true">选择</span>
      <input
        type="date"
        tabIndex={-1}
        aria-hidden="true"
        value={parseDateText(text) ?? ''}
        min={min}
        max={max}
        onChange={(event) => onPick(event.currentTarget.value)}
        className="day-picker absolute inset-0 h-full w-full cursor-pointer opacity-0"
      />
    </span>
  );
}
