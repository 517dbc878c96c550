/** What was typed, given back to the form after a refusal. */
export function typedTexts(form: FormData): Record<string, string> {
  return Object.fromEntries(
    [...form].flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}

/** The first message of each field. */
export function firstErrors(
  error: Readonly<Record<string, readonly string[] | null | undefined>> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(error ?? {}).flatMap(([name, messages]) =>
      messages?.[0] === undefined ? [] : [[name, messages[0]]],
    ),
  );
}
