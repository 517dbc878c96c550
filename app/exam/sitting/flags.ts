/** Most questions one can want to come back to: more than any paper has. */
export const MAX_FLAGS = 500;

/** Body of POST /attempts/:attempt/flags. */
export interface FlagsSaid {
  /** Positions on the paper, from 1. */
  readonly positions: readonly number[];
}
