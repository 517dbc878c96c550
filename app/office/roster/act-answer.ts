import type { ActAnswer } from './ui/act-form.tsx';

/** First message per field and what was typed, of a small form that was not taken. */
export function actAnswerOf(
  form: FormData,
  error: Readonly<Record<string, readonly string[] | null>> | null,
): ActAnswer {
  const texts = [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : []));
  return {
    intent: String(form.get('intent') ?? ''),
    values: Object.fromEntries(texts) as Record<string, string>,
    errors: Object.fromEntries(
      Object.entries(error ?? {}).flatMap(([name, messages]) =>
        messages?.[0] === undefined ? [] : [[name, messages[0]]],
      ),
    ),
  };
}
