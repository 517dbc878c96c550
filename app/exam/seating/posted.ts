/** What a refused form gives back to the page: which form it was, what was typed, what is wrong. */
export interface Posted {
  /** Room of the form; `new` for the form of a new room; null for acts without fields. */
  readonly form: string | null;
  readonly values: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}
