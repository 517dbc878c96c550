import { createContext, useContext } from 'react';

export interface FormContextValue {
  readonly id: string;
  /** true from the moment this form is sent until its answer is shown */
  readonly isPending: boolean;
}

/** Set by `FormShell`; fields derive their ids from it, submit buttons their busy state. */
export const FormContext = createContext<FormContextValue | null>(null);

export function useFormContext(): FormContextValue | null {
  return useContext(FormContext);
}

/** Id of a field's control. The error summary links to the same id, so both derive it here. */
export function fieldId(formId: string | undefined, name: string): string {
  return formId ? `${formId}-${name}` : `field-${name}`;
}
