/** States what cannot be otherwise. A failure is a bug: it throws, is logged once, and nothing is half done. */
export function invariant(condition: unknown, text: string): asserts condition {
  if (!condition) throw new Error(`Invariant broken: ${text}`);
}

/** Ends an exhaustive switch: a new case that nobody handles fails to compile. */
export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
