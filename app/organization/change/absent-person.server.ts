import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { homeOn } from '../person/home-timeline.ts';
import { loadHomeTimelines, lockPersons } from '../person/home-timeline.store.server.ts';
import type { Absence, AbsenceRefusal } from './absence.ts';
import { decideBegin, decideExtension, decideReturn } from './absence.ts';
import { findAbsence, listAbsencesOf, writeAbsence } from './absence.store.server.ts';

/** The fact `organization.absence_changed`: the certificate area takes the card into custody or gives it back. */
async function tell(tx: Tx, absence: Absence, state: 'began' | 'ended', at: Date): Promise<void> {
  const { absenceId, personId, kind, cardKeeper, validFrom, validTo, expectedReturnDay } = absence;
  await appendOutbox(tx, [
    {
      topic: 'organization.absence_changed',
      key: `${absenceId}:${state}`,
      payload: {
        personId,
        absenceId,
        kind,
        state,
        fromDay: state === 'began' ? validFrom : (validTo ?? validFrom),
        expectedReturnDay,
        cardKeeper,
      },
      occurredAt: at,
    },
  ]);
}

async function keep(tx: Tx, ctx: Ctx, absence: Absence, act: 'begin' | 'extend' | 'end'): Promise<void> {
  await writeAbsence(tx, absence, { actorId: ctx.actorId, now: ctx.clock.now() });
  await appendAudit(tx, ctx, {
    action: `person.absence_${act}`,
    subjectKind: 'person',
    subjectId: absence.personId,
    detail: {
      absenceId: absence.absenceId,
      kind: absence.kind,
      expectedReturnDay: absence.expectedReturnDay,
    },
  });
}

export type BeginAbsenceRefusal = AbsenceRefusal | 'NOT_IN_POST';

/**
 * Somebody goes away and goes on belonging to the unit. In the transaction of the caller, who has authorised it.
 * Refusals: NOT_IN_POST (no home on the day), AWAY_ALREADY, RETURN_BEFORE_BEGIN.
 */
export async function beginAbsenceIn(
  tx: Tx,
  ctx: Ctx,
  input: Omit<Absence, 'absenceId' | 'validTo'>,
  refuse: Refuse<BeginAbsenceRefusal>,
): Promise<Absence> {
  const { personId, validFrom } = input;
  await lockPersons(tx, [personId]);
  const history = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
  if (homeOn(history, validFrom) === null) refuse('NOT_IN_POST');
  const decided = decideBegin(await listAbsencesOf(tx, personId), input);
  if (!decided.ok) refuse(decided.code, decided.detail);
  const absence: Absence = { ...input, absenceId: newId<'Absence'>(), validTo: null };
  await keep(tx, ctx, absence, 'begin');
  await tell(tx, absence, 'began', ctx.clock.now());
  return absence;
}

export type ChangeAbsenceRefusal = AbsenceRefusal | 'NOT_FOUND';

async function takeAbsence(tx: Tx, absenceId: string, refuse: Refuse<'NOT_FOUND'>): Promise<Absence> {
  const known = await findAbsence(tx, absenceId);
  if (known === null) return refuse('NOT_FOUND');
  await lockPersons(tx, [known.personId]);
  return (await findAbsence(tx, absenceId)) ?? refuse('NOT_FOUND');
}

/** A later return is expected. Refusals: NOT_FOUND, BACK_ALREADY, NOT_LATER. */
export async function extendAbsenceIn(
  tx: Tx,
  ctx: Ctx,
  input: { readonly absenceId: string; readonly expectedReturnDay: Day },
  refuse: Refuse<ChangeAbsenceRefusal>,
): Promise<Absence> {
  const absence = await takeAbsence(tx, input.absenceId, refuse);
  const decided = decideExtension(absence, input.expectedReturnDay);
  if (!decided.ok) return refuse(decided.code, decided.detail);
  await keep(tx, ctx, decided.value, 'extend');
  return absence;
}

/** The person is back. Refusals: NOT_FOUND, BACK_ALREADY, RETURN_BEFORE_BEGIN, RETURN_IN_FUTURE. */
export async function endAbsenceIn(
  tx: Tx,
  ctx: Ctx,
  input: { readonly absenceId: string; readonly day: Day },
  refuse: Refuse<ChangeAbsenceRefusal>,
): Promise<Absence> {
  const absence = await takeAbsence(tx, input.absenceId, refuse);
  const decided = decideReturn(absence, input.day, dayOf(ctx.clock.now()));
  if (!decided.ok) return refuse(decided.code, decided.detail);
  await keep(tx, ctx, decided.value, 'end');
  await tell(tx, decided.value, 'ended', ctx.clock.now());
  return absence;
}

/** Who has left is no longer away: what is open ends with the leaving. The caller holds the person's lock. */
export async function endAbsencesOfLeaver(
  tx: Tx,
  ctx: Ctx,
  personId: string,
  awayFromDay: Day,
): Promise<void> {
  for (const absence of await listAbsencesOf(tx, personId)) {
    if (absence.validTo !== null || absence.validFrom >= awayFromDay) continue;
    const ended = { ...absence, validTo: awayFromDay };
    await keep(tx, ctx, ended, 'end');
    await tell(tx, ended, 'ended', ctx.clock.now());
  }
}
