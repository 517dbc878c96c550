import type { Day } from '#app/platform/time/day.ts';
import type { CertificateState } from './certificate.ts';

/** The fact `certificate.state_changed`, key = event id, for the slices above. */
export function stateChangedFact(
  event: {
    readonly id: string;
    readonly certificateId: string;
    readonly toState: CertificateState;
    readonly effectiveFromDay: Day;
    readonly occurredAt: Date;
  },
  personId: string,
) {
  return {
    topic: 'certificate.state_changed',
    key: event.id,
    payload: {
      certificateId: event.certificateId,
      personId,
      state: event.toState,
      effectiveDay: event.effectiveFromDay,
    },
    occurredAt: event.occurredAt,
  };
}
