import type { InputHTMLAttributes } from 'react';
import { formatBytes } from '../text/format.ts';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

export interface FileFieldProps
  extends FieldBase, Omit<InputHTMLAttributes<HTMLInputElement>, keyof FieldBase | 'children' | 'type'> {
  /** the server's limit, told beforehand */
  maxBytes: number;
  /** in words: `Excel 工作簿（.xlsx）` */
  kinds: string;
}

const LOOK =
  'control py-1.5 text-sm file:mr-3 file:cursor-pointer file:rounded file:border file:border-solid file:border-line-strong file:bg-surface file:px-3 file:py-0.5 file:text-sm file:text-ink';

/** A file from the computer. Kind and size are stated before choosing; the server checks both again. */
export function FileField(props: FileFieldProps) {
  const { label, name, hint, error, required, id, className, maxBytes, kinds, ...rest } = props;
  const limits = `${kinds}，不超过 ${formatBytes(maxBytes)}`;
  const fullHint = hint ? (
    <>
      {limits}。{hint}
    </>
  ) : (
    limits
  );
  return (
    <Field {...{ label, name, error, required, id, className }} hint={fullHint}>
      {(control) => <input {...rest} {...control} type="file" className={LOOK} />}
    </Field>
  );
}
