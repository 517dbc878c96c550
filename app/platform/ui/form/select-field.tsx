import type { SelectHTMLAttributes } from 'react';
import { Field } from './field.tsx';
import type { FieldBase } from './field.tsx';

export interface Option {
  value: string;
  label: string;
  /** shown but not to be chosen; say why in the label */
  isDisabled?: boolean | undefined;
}

export interface SelectFieldProps
  extends FieldBase, Omit<SelectHTMLAttributes<HTMLSelectElement>, keyof FieldBase | 'children'> {
  options: readonly Option[];
  /** first, empty choice; pass null where a choice always stands */
  placeholder?: string | null | undefined;
}

/** One of a list, as the platform's own select: works everywhere, also by keyboard and on phones. */
export function SelectField(props: SelectFieldProps) {
  const {
    label,
    name,
    hint,
    error,
    required,
    id,
    className,
    options,
    placeholder = '请选择',
    ...rest
  } = props;
  return (
    <Field {...{ label, name, hint, error, required, id, className }}>
      {(control) => (
        <select {...rest} {...control} className="control">
          {placeholder === null ? null : <option value="">{placeholder}</option>}
          <Options options={options} />
        </select>
      )}
    </Field>
  );
}

export function Options({ options }: { options: readonly Option[] }) {
  return (
    <>
      {options.map((option) => (
        <option key={option.value} value={option.value} disabled={option.isDisabled}>
          {option.label}
        </option>
      ))}
    </>
  );
}
