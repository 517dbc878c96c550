import type { ReactNode } from 'react';
import { ErrorSummary } from '#app/platform/ui/form/error-summary.tsx';
import { FormShell } from '#app/platform/ui/form/form-shell.tsx';
import { SubmitButton } from '#app/platform/ui/form/submit-button.tsx';

/** What the action answered to one of the small forms of a page. */
export interface ActAnswer {
  readonly intent: string;
  /** First message by field. */
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
}

export interface ActFormProps {
  readonly intent: string;
  readonly commandId: string;
  readonly answer: ActAnswer | null;
  readonly labels: Readonly<Record<string, string>>;
  readonly submit: string;
  readonly hidden?: Readonly<Record<string, string>> | undefined;
  /** Fields take their typed value and message from here. */
  readonly children: (
    field: (name: string) => {
      name: string;
      defaultValue: string | undefined;
      error: string | undefined;
    },
  ) => ReactNode;
}

/** One of several small forms of a page: its answer is its own, the others keep what stands in them. */
export function ActForm({ intent, commandId, answer, labels, submit, hidden, children }: ActFormProps) {
  const own = answer?.intent === intent ? answer : null;
  const errors = Object.entries(own?.errors ?? {}).map(([name, message]) => ({
    name,
    label: labels[name] ?? name,
    message,
  }));
  return (
    <FormShell id={intent} commandId={commandId}>
      <ErrorSummary errors={errors} />
      <input type="hidden" name="intent" value={intent} />
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children((name) => ({ name, defaultValue: own?.values[name], error: own?.errors[name] }))}
      <SubmitButton busyText="正在保存…">{submit}</SubmitButton>
    </FormShell>
  );
}
