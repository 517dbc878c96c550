import { cx } from '../cx.ts';
import { describedBy, FieldNotes, OptionalMark, useFieldId } from './field.tsx';
import type { FieldBase } from './field.tsx';
import type { Option } from './select-field.tsx';
import { useErrorFocus } from './use-error-focus.ts';

export interface RadioOption extends Option {
  /** what choosing this means */
  hint?: string | undefined;
}

export interface RadioGroupProps extends FieldBase {
  options: readonly RadioOption[];
  defaultValue?: string | undefined;
  onChange?: ((value: string) => void) | undefined;
}

/** Few choices, all visible. The first button carries the field's id, so that the error summary leads to it. */
export function RadioGroup(props: RadioGroupProps) {
  const {
    label,
    name,
    hint,
    error,
    required,
    id: givenId,
    className,
    options,
    defaultValue,
    onChange,
  } = props;
  const id = useFieldId(name, givenId);
  useErrorFocus(id, error);
  return (
    <fieldset
      role="radiogroup"
      aria-describedby={describedBy(id, hint, error)}
      aria-invalid={error ? true : undefined}
      aria-required={required ? true : undefined}
      className={cx('max-w-xl', className)}
    >
      <legend className="mb-1 font-semibold">
        {label}
        {required ? null : <OptionalMark />}
      </legend>
      <FieldNotes id={id} hint={hint} error={error} />
      <div className="space-y-2">
        {options.map((option, index) => (
          <RadioRow
            key={option.value}
            id={index === 0 ? id : `${id}-${option.value}`}
            name={name}
            option={option}
            isDefault={option.value === defaultValue}
            onChange={onChange}
          />
        ))}
      </div>
    </fieldset>
  );
}

interface RadioRowProps {
  id: string;
  name: string;
  option: RadioOption;
  isDefault: boolean;
  onChange: ((value: string) => void) | undefined;
}

function RadioRow({ id, name, option, isDefault, onChange }: RadioRowProps) {
  return (
    <div className="flex min-h-6 gap-3">
      <input
        id={id}
        name={name}
        type="radio"
        value={option.value}
        defaultChecked={isDefault}
        disabled={option.isDisabled}
        onChange={onChange ? () => onChange(option.value) : undefined}
        aria-describedby={option.hint ? `${id}-note` : undefined}
        className="tick mt-[0.21875rem]"
      />
      <div>
        <label htmlFor={id} className="cursor-pointer">
          {option.label}
        </label>
        {option.hint ? (
          <p id={`${id}-note`} className="text-sm text-ink-muted">
            {option.hint}
          </p>
        ) : null}
      </div>
    </div>
  );
}
