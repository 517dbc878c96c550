import { useForm } from '@conform-to/react';
import type { DefaultValue, SubmissionResult } from '@conform-to/react';
import { getZodConstraint } from '@conform-to/zod/v4';
import type { z } from 'zod';
import type { FieldError } from './error-summary.tsx';
import { parseForm } from './parse-form.ts';

export interface ServerFormOptions<Input extends Record<string, unknown>, Output> {
  /** same id as the `FormShell` */
  id: string;
  schema: z.ZodType<Output, Input>;
  /** `submission.reply()` of the action, from `useActionData` */
  lastResult?: SubmissionResult<string[]> | null | undefined;
  defaultValue?: DefaultValue<Input> | undefined;
  /** label by field name, for the error summary */
  labels: Readonly<Record<string, string>>;
}

/** Joins a zod schema, the action's last answer and our fields: validates in the browser as on the server, shows
 *  the server's messages without JavaScript too, and keeps what was typed.
 *
 *      const { shell, fields, errors } = useServerForm({ id, schema, lastResult, labels });
 *      <FormShell {...shell} commandId={…}><ErrorSummary errors={errors} />
 *        <TextField label={labels.name} {...fieldProps(fields.name)} /> */
export function useServerForm<Input extends Record<string, unknown>, Output>(
  options: ServerFormOptions<Input, Output>,
) {
  const { id, schema, lastResult, defaultValue, labels } = options;
  const [form, fields] = useForm<Input, Output>({
    id,
    lastResult: lastResult ?? null,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    constraint: getZodConstraint(schema),
    shouldValidate: 'onSubmit',
    shouldRevalidate: 'onInput',
    onValidate: ({ formData }) => parseForm(formData, schema),
  });
  return {
    form,
    fields,
    shell: { id, onSubmit: form.onSubmit },
    errors: listErrors(form.allErrors, labels),
  };
}

/** One line per field with its first message, in the order of the form. */
export function listErrors(
  errors: Readonly<Record<string, readonly string[] | null | undefined>> | null | undefined,
  labels: Readonly<Record<string, string>>,
): FieldError[] {
  const order = Object.keys(labels);
  return Object.entries(errors ?? {})
    .flatMap(([name, messages]) => {
      const message = messages?.[0];
      return message === undefined ? [] : [{ name, label: labels[name] ?? name, message }];
    })
    .sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
}

/** The part of conform's field metadata that our fields show. */
interface FieldMeta {
  name: string;
  defaultValue?: string | undefined;
  errors?: readonly string[] | undefined;
  required?: boolean | undefined;
}

/** Props for `TextField`, `TextArea`, `SelectField`, `RadioGroup` and `DateField`. */
export function fieldProps(meta: FieldMeta) {
  return {
    name: meta.name,
    defaultValue: meta.defaultValue,
    error: meta.errors?.[0],
    required: meta.required ?? false,
  };
}

/** Props for `CheckboxField`. */
export function checkboxProps(meta: FieldMeta) {
  const { defaultValue, ...rest } = fieldProps(meta);
  return { ...rest, defaultChecked: defaultValue === 'on' };
}
