import type { Tx } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { RegistrationEventKind } from '../sitting/registration-events.ts';

/**
 * 准予入场 falls away with the seat or the day it was given for; each one taken back is an event of its registration. Who
 * was not admitted stays as they are. The caller holds the locks.
 */
export async function takeBackAdmissions(
  tx: Tx,
  registrationIds: readonly string[],
  why: { readonly note: string | null; readonly actorId: string | null; readonly at: Date },
): Promise<void> {
  const admitted = await tx.examRegistration.findMany({
    where: { id: { in: [...registrationIds] }, admittedAt: { not: null } },
    select: { id: true },
  });
  await tx.registrationEvent.createMany({
    data: admitted.map(({ id }) => ({
      ...{ id: newId(), registrationId: id, kind: 'admission_withdrawn' satisfies RegistrationEventKind },
      ...{ note: why.note, actorId: why.actorId, occurredAt: why.at },
    })),
  });
  await tx.examRegistration.updateMany({
    where: { id: { in: admitted.map(({ id }) => id) } },
    data: { admittedAt: null },
  });
}
