import { TextField } from '#app/platform/ui/form/text-field.tsx';
import { fieldProps } from '#app/platform/ui/form/use-server-form.ts';
import { WINDOW_LABELS } from '../batch.schema.ts';

type Meta = Parameters<typeof fieldProps>[0];

interface WindowFieldsProps {
  readonly fields: {
    readonly registerFrom: Meta;
    readonly registerUntil: Meta;
    readonly lateUntil: Meta;
    readonly withdrawUntil: Meta;
  };
}

/** The four times of a batch, side by side where there is room. */
export function WindowFields({ fields }: WindowFieldsProps) {
  return (
    <div className="grid max-w-3xl gap-5 sm:grid-cols-2">
      <TextField
        label={WINDOW_LABELS.registerFrom}
        type="datetime-local"
        width="medium"
        {...fieldProps(fields.registerFrom)}
      />
      <TextField
        label={WINDOW_LABELS.registerUntil}
        type="datetime-local"
        width="medium"
        {...fieldProps(fields.registerUntil)}
      />
      <TextField
        label={WINDOW_LABELS.lateUntil}
        type="datetime-local"
        width="medium"
        hint="不接受补报的留空"
        {...fieldProps(fields.lateUntil)}
        required={false}
      />
      <TextField
        label={WINDOW_LABELS.withdrawUntil}
        type="datetime-local"
        width="medium"
        hint="编排考场前"
        {...fieldProps(fields.withdrawUntil)}
      />
    </div>
  );
}
