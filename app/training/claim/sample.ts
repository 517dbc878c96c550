import { sampleRank } from './sample-rank.ts';

/** How many of a whole a share means: at least one where there is any, rounded up. @param sharePercent 1 … 100 */
export function sampleSize(population: number, sharePercent: number): number {
  return population === 0 ? 0 : Math.max(1, Math.ceil((population * sharePercent) / 100));
}

/**
 * A reproducible draw: every id has a rank that depends on the seed and the id alone, the lowest ranks are drawn. Neither
 * the order of the list nor what was added to it elsewhere changes the rank of a claim, so the stored seed proves the
 * draw.
 */
export function drawSample(ids: readonly string[], seed: string, sharePercent: number): string[] {
  const ranked = [...new Set(ids)].map((id) => ({ id, rank: sampleRank(seed, id) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
  return ranked.slice(0, sampleSize(ranked.length, sharePercent)).map(({ id }) => id);
}

export const JUDGEMENTS = ['genuine', 'not_genuine'] as const;
export type Judgement = (typeof JUDGEMENTS)[number];
export const JUDGEMENT_LABELS: Readonly<Record<Judgement, string>> = {
  genuine: '属实',
  not_genuine: '不属实',
};
