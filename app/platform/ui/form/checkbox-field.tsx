import type { InputHTMLAttributes } from 'react';
import { cx } from '../cx.ts';
import { describedBy, FieldNotes, useFieldId } from './field.tsx';
import type { FieldBase } from './field.tsx';
import { useErrorFocus } from './use-error-focus.ts';

export interface CheckboxFieldProps
  extends FieldBase, Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldBase | 'children' | 'type'> {}

/** One statement to agree with or leave. Submits `on` (or `value`) when ticked, nothing otherwise. */
export function CheckboxField(props: CheckboxFieldProps) {
  const { label, name, hint, error, required, id: givenId, className, ...rest } = props;
  const id = useFieldId(name, givenId);
  useErrorFocus(id, error);
  return (
    <div className={cx('max-w-xl', className)}>
      <div className="flex min-h-6 gap-3">
        <input
          {...rest}
          id={id}
          name={name}
          type="checkbox"
          className="tick mt-[0.21875rem]"
          aria-describedby={describedBy(id, hint, error)}
          aria-invalid={error ? true : undefined}
          aria-required={required ? true : undefined}
        />
        <label htmlFor={id} className="cursor-pointer">
          {label}
        </label>
      </div>
      <div className="pl-[1.875rem]">
        <FieldNotes id={id} hint={hint} error={error} />
      </div>
    </div>
  );
}
