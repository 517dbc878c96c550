import type { SittingStatus } from '../sitting/sitting-list.ts';

/**
 * Whether a set that was released may be released once more, for new 开卷口令 (a sheet was unsealed early or is lost): only
 * where codes exist, and only before they are announced.
 */
export const mayReleaseAgain = (
  sitting: { readonly startMode: 'own' | 'bell'; readonly opensAt: Date },
  now: Date,
): boolean => sitting.startMode === 'bell' && now.getTime() < sitting.opensAt.getTime();

/**
 * Why the papers of a sitting are neither sealed nor released any more: it is over (the hard end included), or it is not
 * held. Null while they may be.
 */
export function custodyObstacle(
  sitting: { readonly status: SittingStatus; readonly hardEndAt: Date },
  now: Date,
): 'SITTING_IS_OVER' | 'SITTING_IS_OFF' | null {
  if (sitting.status === 'cancelled') return 'SITTING_IS_OFF';
  return sitting.status === 'closed' || now.getTime() >= sitting.hardEndAt.getTime()
    ? 'SITTING_IS_OVER'
    : null;
}
