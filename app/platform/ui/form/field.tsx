import type { ReactNode } from 'react';
import { cx } from '../cx.ts';
import { fieldId, useFormContext } from './form-context.ts';
import { useErrorFocus } from './use-error-focus.ts';

/** What a control must carry so that its label, hint and error belong to it. */
export interface ControlProps {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': true | undefined;
  'aria-required': true | undefined;
}

/** What every field takes, whatever its control. */
export interface FieldBase {
  label: string;
  name: string;
  /** what to write and in which form; stays visible */
  hint?: ReactNode;
  /** the message of this field, as a sentence with the remedy */
  error?: string | undefined;
  /** fields that may stay empty are marked 选填; a text says when this one is needed, in place of the mark */
  required?: boolean | string | undefined;
  id?: string | undefined;
  className?: string | undefined;
}

export interface FieldProps extends FieldBase {
  children: (control: ControlProps) => ReactNode;
}

export function useFieldId(name: string, id?: string): string {
  const form = useFormContext();
  return id ?? fieldId(form?.id, name);
}

/** Ids of the texts that describe a control, for `aria-describedby`. */
export function describedBy(id: string, hint: ReactNode, error: string | undefined): string | undefined {
  const ids = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter(Boolean);
  return ids.length > 0 ? ids.join(' ') : undefined;
}

/** A labelled control with its hint and its error. */
export function Field({ label, name, hint, error, required, id: givenId, className, children }: FieldProps) {
  const id = useFieldId(name, givenId);
  useErrorFocus(id, error);
  return (
    <div className={cx('max-w-xl', className)}>
      <label htmlFor={id} className="mb-1 block font-semibold">
        {label}
        {required === true ? null : <OptionalMark text={required || undefined} />}
      </label>
      <FieldNotes id={id} hint={hint} error={error} />
      {children({
        id,
        name,
        'aria-describedby': describedBy(id, hint, error),
        'aria-invalid': error ? true : undefined,
        'aria-required': required === true ? true : undefined,
      })}
    </div>
  );
}

export function OptionalMark({ text = '选填' }: { text?: string | undefined }) {
  return <span className="ml-1 text-sm font-normal text-ink-muted">（{text}）</span>;
}

/** Hint and error stand between label and control: read before typing, not covered by a phone's keyboard. */
export function FieldNotes({
  id,
  hint,
  error,
}: {
  id: string;
  hint?: ReactNode;
  error?: string | undefined;
}) {
  return (
    <>
      {hint ? (
        <p id={`${id}-hint`} className="mb-1.5 text-sm text-ink-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="mb-1.5 text-sm font-semibold text-danger">
          <span aria-hidden="true" className="mr-1.5 inline-block h-2 w-2 bg-danger align-baseline" />
          {error}
        </p>
      ) : null}
    </>
  );
}
