import { z } from 'zod';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { mayDo, reachFor } from '#app/accounts/actor.server.ts';
import type { Absence } from '#app/organization/change/absence.ts';
import { ABSENCE_LABELS } from '#app/organization/change/absence.ts';
import { findAbsence, listOverdueAbsences } from '#app/organization/change/absence.store.server.ts';
import type {
  BeginAbsenceRefusal,
  ChangeAbsenceRefusal,
} from '#app/organization/change/absent-person.server.ts';
import {
  beginAbsenceIn,
  endAbsenceIn,
  extendAbsenceIn,
} from '#app/organization/change/absent-person.server.ts';
import { homeLinksOn } from '#app/organization/person/person.store.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import { withReceipt } from '#app/platform/db/receipt.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import type { Outcome } from '#app/platform/result/outcome.ts';
import { refused } from '#app/platform/result/outcome.ts';
import type { Day } from '#app/platform/time/day.ts';
import { dayOf, formatDay } from '#app/platform/time/day.ts';
import { openTasks, settleTasks } from '../task/open-tasks.server.ts';

const outcomeShape = z.object({ absenceId: z.string() });

/** One reminder for each day that was expected: an extension that passes as well reminds anew. */
const taskKey = (absence: Pick<Absence, 'absenceId' | 'expectedReturnDay'>): string =>
  `${absence.absenceId}:${absence.expectedReturnDay}`;

/** The person is at home today in a unit the actor reaches. */
async function isOwnPerson(ctx: ActorCtx, personId: string): Promise<boolean> {
  const { unitIds } = await reachFor(ctx, 'absence.manage');
  const home = (await homeLinksOn(ctx.pool, [personId], dayOf(ctx.clock.now()))).get(personId);
  return home !== undefined && unitIds.has(home.unitId);
}

export type NewAbsenceRefusal = BeginAbsenceRefusal | 'FORBIDDEN' | 'NOT_FOUND' | 'COMMAND_REUSED';

/**
 * 借调、挂职、驻村、产假、长病假: the person goes on belonging to the unit. Refusals: FORBIDDEN; NOT_FOUND (nobody of the
 * actor's units); NOT_IN_POST; AWAY_ALREADY; RETURN_BEFORE_BEGIN; COMMAND_REUSED.
 */
export async function beginAbsence(
  ctx: ActorCtx,
  input: Omit<Absence, 'absenceId' | 'validTo'> & { readonly commandId: string },
): Promise<Outcome<{ absenceId: string }, NewAbsenceRefusal>> {
  if (!mayDo(ctx, 'absence.manage')) return refused('FORBIDDEN');
  if (!(await isOwnPerson(ctx, input.personId))) return refused('NOT_FOUND');
  const { commandId, ...asked } = input;
  return inTransaction<{ absenceId: string }, NewAbsenceRefusal>(ctx, 'begin-absence', async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'person.absence_begin', input: asked },
      outcomeShape,
      refuse,
      async () => ({ absenceId: (await beginAbsenceIn(tx, ctx, asked, refuse)).absenceId }),
    ),
  );
}

export type AbsenceActRefusal = ChangeAbsenceRefusal | 'FORBIDDEN' | 'COMMAND_REUSED';

/** Extends (a later return is expected) or ends (back on the day). Refusals: FORBIDDEN; those of the two acts. */
export async function actOnAbsence(
  ctx: ActorCtx,
  input: {
    readonly act: 'extend' | 'end';
    readonly absenceId: string;
    readonly day: Day;
    readonly commandId: string;
  },
): Promise<Outcome<{ absenceId: string }, AbsenceActRefusal>> {
  if (!mayDo(ctx, 'absence.manage')) return refused('FORBIDDEN');
  const known = await findAbsence(ctx.pool, input.absenceId);
  if (known === null || !(await isOwnPerson(ctx, known.personId))) return refused('NOT_FOUND');
  const { commandId, ...asked } = input;
  return inTransaction<{ absenceId: string }, AbsenceActRefusal>(ctx, 'act-on-absence', async (tx, refuse) =>
    withReceipt(
      tx,
      { actorId: ctx.actorId, commandId, kind: 'person.absence_act', input: asked },
      outcomeShape,
      refuse,
      async () => {
        const { absenceId, day } = asked;
        const before =
          asked.act === 'extend'
            ? await extendAbsenceIn(tx, ctx, { absenceId, expectedReturnDay: day }, refuse)
            : await endAbsenceIn(tx, ctx, { absenceId, day }, refuse);
        await settleTasks(tx, ctx, { kind: 'absence.return', keys: [taskKey(before)], outcome: 'done' });
        return { absenceId };
      },
    ),
  );
}

/**
 * Reminds the unit of everybody whose expected return has passed; the card stays in custody and no timer runs. Reminding
 * again is no second task. @returns how many are overdue
 */
export async function remindOfReturns(ctx: Ctx): Promise<number> {
  const overdue = await listOverdueAbsences(ctx.pool, dayOf(ctx.clock.now()));
  if (overdue.length === 0) return 0;
  await inTransaction(ctx, 'remind-of-returns', (tx) =>
    openTasks(
      tx,
      ctx,
      overdue.map((absence) => ({
        kind: 'absence.return' as const,
        key: taskKey(absence),
        title: `登记返岗或延长：${absence.name}（${ABSENCE_LABELS[absence.kind]}）`,
        proposal: `预计 ${formatDay(absence.expectedReturnDay)} 返岗，已过期。返岗的登记返岗，未返岗的登记延长。`,
        origin: {
          kind: 'person_absence',
          id: absence.absenceId,
          label: `${absence.name}${ABSENCE_LABELS[absence.kind]}`,
        },
        path: `/coordinate/absences?absence=${absence.absenceId}`,
        dueDay: absence.expectedReturnDay,
        assignee: { role: 'unit_liaison' as const, unitId: absence.unitId, regionId: null },
      })),
    ),
  );
  return overdue.length;
}
