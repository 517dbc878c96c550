/**
 * Something that keeps the platform from starting and that the person at the keyboard can put right.
 * Printed as it is, Chinese line first, without a stack; anything else that is thrown is a bug.
 */
export class StartProblem extends Error {
  readonly code: string;
  readonly zh: string;
  readonly en: string;

  /** @param code SCREAMING_SNAKE, never renamed once released */
  constructor(code: string, text: { readonly zh: string; readonly en: string }, options?: ErrorOptions) {
    super(`${text.zh}\n${text.en}`, options);
    this.name = 'StartProblem';
    this.code = code;
    this.zh = text.zh;
    this.en = text.en;
  }
}

/** Where start-up code says what it does: a progress printer in scripts, the structured logger in the server. */
export interface StartLog {
  info(text: string): void;
  warn(text: string): void;
}

/** By its shape: the built server and the start script each have their own copy of the class. */
export function isStartProblem(error: unknown): error is StartProblem {
  return (
    error instanceof Error &&
    error.name === 'StartProblem' &&
    'code' in error &&
    'zh' in error &&
    'en' in error
  );
}
