/** What a candidate sees of a result beside the score (behaviour.md 1.5, result release rules). */
export type Release = 'score_only' | 'explanations';

/**
 * Exercises of the demo city explain every item; a real sitting shows the score and the sections, because its questions
 * stay in the bank. A setting of the sitting comes with the release of results by the bureau.
 */
export function releaseOf(sitting: { readonly isDemo: boolean }): Release {
  return sitting.isDemo ? 'explanations' : 'score_only';
}
