/** What came back from a refused form of an account's page. */
export interface FormAnswer {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string | undefined>>;
}

/** The answer when it is this form's: several forms stand on one page. */
export function answerTo(answer: FormAnswer | undefined, ...intents: readonly string[]): FormAnswer {
  return answer !== undefined && intents.includes(answer.values.intent ?? '')
    ? answer
    : { values: {}, errors: {} };
}
