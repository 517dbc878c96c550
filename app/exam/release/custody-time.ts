import type { SittingStatus } from '../sitting/sitting-list.ts';

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
