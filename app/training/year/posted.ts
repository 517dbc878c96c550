/** What a page shows again after a post that was refused: the messages at their fields and everything typed. */
export interface Posted {
  /** Which of the page's forms it was; with an answer also to which objection. */
  readonly intent: string;
  readonly errors: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly refusal: string | null;
}
