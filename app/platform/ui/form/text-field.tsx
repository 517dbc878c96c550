import type { InputHTMLAttributes } from 'react';
import { cx } from '../cx.ts';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

export type FieldWidth = 'short' | 'medium' | 'full';

export interface TextFieldProps
  extends FieldBase, Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldBase | 'children' | 'width'> {
  /** as wide as what is expected to be written */
  width?: FieldWidth | undefined;
  /** unit behind the control, e.g. `学时` */
  unit?: string | undefined;
}

const WIDTHS: Record<FieldWidth, string> = { short: 'max-w-40', medium: 'max-w-xs', full: '' };

/** One line of text, a number, a password, an address. */
export function TextField(props: TextFieldProps) {
  const {
    label,
    name,
    hint,
    error,
    required,
    id,
    className,
    width = 'full',
    unit,
    type = 'text',
    ...rest
  } = props;
  return (
    <Field {...{ label, name, hint, error, required, id, className }}>
      {(control) => (
        <span className="flex items-center gap-2">
          <input {...rest} {...control} type={type} className={cx('control', WIDTHS[width])} />
          {unit ? <span className="shrink-0 text-ink-muted">{unit}</span> : null}
        </span>
      )}
    </Field>
  );
}
