/** What a page shows again after a post that was refused: the messages at their fields and everything typed. */
export interface Posted {
  /** Which of the page's forms it was. */
  readonly intent: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}

/** First message of each field, as conform gives them. */
export function firstMessages(
  errors: Readonly<Record<string, readonly string[] | null | undefined>> | null | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors ?? {}).flatMap(([name, messages]) => {
      const [first] = messages ?? [];
      return first === undefined ? [] : [[name, first]];
    }),
  );
}
