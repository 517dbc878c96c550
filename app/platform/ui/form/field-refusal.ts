import type { Submission, SubmissionResult } from '@conform-to/react';

/**
 * A refusal that is about one field, as the form's answer: the message stands at the field and in the summary, which
 * takes the focus. Everything typed is kept. Null for a refusal about no field.
 * @param fields which field a code is about
 */
export function fieldRefusal<Code extends string>(
  submission: Pick<Submission<unknown>, 'reply'>,
  refusal: { readonly code: string; readonly text: string },
  fields: Readonly<Partial<Record<Code, string>>>,
): SubmissionResult<string[]> | null {
  const field = Object.entries(fields).find(([code]) => code === refusal.code)?.[1];
  return typeof field === 'string' ? submission.reply({ fieldErrors: { [field]: [refusal.text] } }) : null;
}
