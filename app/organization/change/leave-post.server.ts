import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import type { Refuse } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import type { Day } from '#app/platform/time/day.ts';
import type { LeavingRefusal } from '../person/home-timeline.ts';
import { applyChange, decideLeaving, homeOn } from '../person/home-timeline.ts';
import {
  loadHomeTimelines,
  lockPersons,
  writeTimelineChanges,
} from '../person/home-timeline.store.server.ts';
import { endAbsencesOfLeaver } from './absent-person.server.ts';
import type { LeavingReason } from './leaving.ts';
import { returnTransferOfPerson } from './transfer.store.server.ts';

export interface LeavePostInput {
  readonly personId: string;
  /** Unit the person is to leave: whoever has moved meanwhile is not taken out of the new unit. */
  readonly unitId: string;
  /** First day on which the person no longer belongs to the unit. */
  readonly awayFromDay: Day;
  readonly reason: LeavingReason;
  /** Number of the paper that proves it (免职、退休审批、调令 …). */
  readonly documentNo: string;
  readonly note: string | null;
}

export type LeavePostRefusal = LeavingRefusal | 'NOT_IN_UNIT';

export interface LeftPost {
  readonly leavingId: string;
  /** Transfers that can no longer happen. */
  readonly returnedTransfers: readonly string[];
}

/**
 * A person leaves for good (ZY11): the home ends, the paper is kept, what was on its way is returned, and the fact
 * `organization.person_left` lets the certificate area propose 收回 and 注销 (HY11). In the transaction of the caller, who
 * has authorised it. Refusals: NOT_IN_UNIT (at home elsewhere by then) and those of `decideLeaving`.
 */
export async function leavePostIn(
  tx: Tx,
  ctx: Ctx,
  input: LeavePostInput,
  refuse: Refuse<LeavePostRefusal>,
): Promise<LeftPost> {
  const { personId, unitId, awayFromDay, reason } = input;
  await lockPersons(tx, [personId]);
  const history = (await loadHomeTimelines(tx, [personId])).get(personId) ?? [];
  const home = homeOn(history, awayFromDay);
  if (home !== null && home.unitId !== unitId) refuse('NOT_IN_UNIT');
  const leavingId = newId<'PersonLeaving'>();
  const source = { sourceKind: 'person_leaving', sourceId: leavingId };
  const decided = decideLeaving(history, { awayFromDay, reason, source });
  if (!decided.ok) return refuse(decided.code);
  if (decided.value.insert.length === 0) refuse('NOT_IN_POST');
  applyChange(history, decided.value, () => 'new');
  const at = ctx.clock.now();
  await writeTimelineChanges(tx, new Map([[personId, decided.value]]), at);
  const linkId = decided.value.supersede[0];
  invariant(linkId, 'a leaving ends one stretch');
  const { awayFromDay: _, ...paper } = input;
  await tx.personLeaving.create({
    data: {
      id: leavingId,
      ...paper,
      awayFromDay: dayToDb(awayFromDay),
      actorId: ctx.actorId,
      occurredAt: at,
    },
  });
  const note = '人员已办理离岗';
  const returnedTransfers = await returnTransferOfPerson(tx, personId, { note, at });
  await endAbsencesOfLeaver(tx, ctx, personId, awayFromDay);
  await appendOutbox(tx, [
    {
      topic: 'organization.person_left',
      key: `${personId}:${awayFromDay}:${linkId}`,
      payload: { personId, unitId, awayFromDay, reason, ...source },
      occurredAt: at,
    },
  ]);
  await appendAudit(tx, ctx, {
    action: 'person.leave',
    subjectKind: 'person',
    subjectId: personId,
    unitId,
    detail: { awayFromDay, reason, documentNo: input.documentNo, leavingId },
  });
  return { leavingId, returnedTransfers };
}
