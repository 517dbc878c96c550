import { endBoundSessions } from '#app/accounts/session.store.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { takeBackAdmissions } from '../../seating/admission.store.server.ts';
import type { Deed, NewStanding } from './registration.store.server.ts';
import { putStanding } from './registration.store.server.ts';

/**
 * Moves registrations that are locked to one status. Who leaves the exam is signed out at its door, and 准予入场 is taken
 * back: a later seat starts with the door and 开考口令 of its own day. Of an exam that was held the day stays as it was.
 */
export async function moveRegistrations(
  tx: Tx,
  registrationIds: readonly string[],
  to: NewStanding,
  deed: Deed,
): Promise<void> {
  if (to.status !== 'approved') {
    if (!to.staysOnList) await takeBackAdmissions(tx, registrationIds, { note: to.note, ...deed });
    await endBoundSessions(tx, registrationIds);
  }
  await putStanding(tx, registrationIds, to);
}
