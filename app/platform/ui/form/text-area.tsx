import type { TextareaHTMLAttributes } from 'react';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

export interface TextAreaProps
  extends FieldBase, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, keyof FieldBase | 'children'> {}

/** Several lines: reasons, facts, opinions. */
export function TextArea(props: TextAreaProps) {
  const { label, name, hint, error, required, id, className, rows = 4, ...rest } = props;
  return (
    <Field {...{ label, name, hint, error, required, id, className }}>
      {(control) => <textarea {...rest} {...control} rows={rows} className="control resize-y py-2" />}
    </Field>
  );
}
