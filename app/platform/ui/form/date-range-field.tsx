import { cx } from '../cx.ts';
import { DateInput } from './date-field.tsx';
import { describedBy, FieldNotes, OptionalMark, useFieldId } from './field.tsx';

export interface DateRangeFieldProps {
  label: string;
  fromName: string;
  toName: string;
  fromValue?: string | undefined;
  toValue?: string | undefined;
  hint?: string | undefined;
  fromError?: string | undefined;
  toError?: string | undefined;
  required?: boolean | undefined;
  className?: string | undefined;
}

/** First and last day, both included. */
export function DateRangeField(props: DateRangeFieldProps) {
  const { label, hint = '起止两日均包含在内', required, className } = props;
  const id = useFieldId(props.fromName);
  return (
    <fieldset className={cx('max-w-xl', className)} aria-describedby={describedBy(id, hint, undefined)}>
      <legend className="mb-1 font-semibold">
        {label}
        {required ? null : <OptionalMark />}
      </legend>
      <FieldNotes id={id} hint={hint} />
      <div className="space-y-2">
        <RangeEnd
          word="自"
          label={`${label}：开始日期`}
          name={props.fromName}
          value={props.fromValue}
          error={props.fromError}
          required={required}
        />
        <RangeEnd
          word="至"
          label={`${label}：结束日期`}
          name={props.toName}
          value={props.toValue}
          error={props.toError}
          required={required}
        />
      </div>
    </fieldset>
  );
}

interface RangeEndProps {
  word: string;
  label: string;
  name: string;
  value: string | undefined;
  error: string | undefined;
  required: boolean | undefined;
}

function RangeEnd({ word, label, name, value, error, required }: RangeEndProps) {
  const id = useFieldId(name);
  return (
    <div>
      <FieldNotes id={id} error={error} />
      <div className="flex items-center gap-3">
        <label htmlFor={id} className="shrink-0 text-ink-muted">
          <span aria-hidden="true">{word}</span>
          <span className="sr-only">{label}</span>
        </label>
        <DateInput
          defaultValue={value}
          control={{
            id,
            name,
            'aria-describedby': describedBy(id, null, error),
            'aria-invalid': error ? true : undefined,
            'aria-required': required ? true : undefined,
          }}
        />
      </div>
    </div>
  );
}
