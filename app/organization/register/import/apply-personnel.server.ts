import { appendAudit } from '#app/platform/audit/audit.server.ts';
import type { Ctx } from '#app/platform/context/ctx.server.ts';
import type { Tx } from '#app/platform/db/db.server.ts';
import type { ImportWork, RunTarget } from '#app/platform/import/run/work.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { invariant } from '#app/platform/result/invariant.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { leavePostIn } from '../../change/leave-post.server.ts';
import { insertAcceptedTransfer, returnTransferOfPerson } from '../../change/transfer.store.server.ts';
import type { HomePlace } from '../../person/home-timeline.ts';
import { homeOn } from '../../person/home-timeline.ts';
import { loadHomeTimelines, lockPersons } from '../../person/home-timeline.store.server.ts';
import { placePersons } from '../../person/place-person.server.ts';
import { loadTree } from '../../tree/tree.store.server.ts';
import type { UnitNode } from '../../tree/tree.ts';
import type { PersonnelContext, PersonnelFact, PersonnelRow } from './personnel-kind.ts';
import { personnelKind } from './personnel-kind.ts';
import { PLACE_KEYS, parsePlaceScope } from './place-scope.ts';
import { loadPlace } from './place.server.ts';
import { loadWho } from './who.server.ts';

/** Told which transfers can no longer happen: the slice above settles the tasks that wait for them. */
export type AfterMoves = (tx: Tx, ctx: Ctx, returnedTransfers: readonly string[]) => Promise<void>;

/** 人事变动 by file, for a bureau that reaches both units: moves and leavings as the guided acts write them. */
export function personnelWork(after: AfterMoves): ImportWork<PersonnelRow, PersonnelFact, PersonnelContext> {
  return {
    kind: personnelKind,
    placeKeys: PLACE_KEYS,
    loadContext: async (tx, ctx, rows, run) => {
      const scope = parsePlaceScope(run.scope);
      const who = await loadWho(tx, ctx, await loadPlace(ctx, scope), rows);
      await lockPersons(tx, who.personIds);
      return { today: dayOf(ctx.clock.now()), who, homes: await loadHomeTimelines(tx, who.personIds) };
    },
    apply: async (tx, ctx, facts, run) => {
      const returned: string[] = [];
      for (const fact of facts)
        returned.push(
          ...(fact.act.is === 'leave'
            ? await leave(tx, ctx, fact, fact.act.reason, run)
            : await move(tx, ctx, fact, fact.act.toUnitId, run)),
        );
      await after(tx, ctx, returned);
    },
  };
}

type Leaving = Extract<PersonnelFact['act'], { is: 'leave' }>['reason'];

async function leave(
  tx: Tx,
  ctx: Ctx,
  fact: PersonnelFact,
  reason: Leaving,
  run: RunTarget,
): Promise<readonly string[]> {
  const { personId, fromUnitId: unitId, day: awayFromDay, documentNo } = fact;
  const note = `由文件导入：${run.fileName}`.slice(0, 200);
  const left = await leavePostIn(
    tx,
    ctx,
    { personId, unitId, awayFromDay, reason, documentNo, note },
    (code) => {
      throw new Error(`a leaving that the report let in was refused: ${code}`);
    },
  );
  return left.returnedTransfers;
}

/** The rule of rosters: what a person is stays, 职务 and 内设机构 begin anew. */
function postIn(unit: UnitNode, before: HomePlace): HomePlace {
  const [onlyField, ...others] = unit.fieldCodes;
  const kept =
    before.fieldCode !== null && unit.fieldCodes.includes(before.fieldCode) ? before.fieldCode : null;
  return {
    unitId: unit.id,
    establishment: before.establishment,
    position: null,
    department: null,
    isEnforcementPost: before.isEnforcementPost,
    fieldCode: before.isEnforcementPost ? (kept ?? (others.length === 0 ? (onlyField ?? null) : null)) : null,
    enforcementArea: null,
  };
}

async function move(
  tx: Tx,
  ctx: Ctx,
  fact: PersonnelFact,
  toUnitId: string,
  run: RunTarget,
): Promise<readonly string[]> {
  const { personId, fromUnitId, day, documentNo } = fact;
  const at = ctx.clock.now();
  const { actorId } = ctx;
  const tree = await loadTree(ctx.pool, day, at);
  const unit = tree.units.get(toUnitId);
  const home = homeOn((await loadHomeTimelines(tx, [personId])).get(personId) ?? [], day);
  invariant(unit !== undefined && home !== null, 'a move that the report let in is still possible');
  invariant(actorId !== null, 'an import is confirmed by somebody');
  const returned = await returnTransferOfPerson(tx, personId, { note: '已按人事变动文件调动', at });
  const id = newId<'PersonTransfer'>();
  await insertAcceptedTransfer(tx, {
    ...{ id, personId, fromUnitId, toUnitId, effectiveDay: day, documentNo, filedBy: actorId, filedAt: at },
    reason: `由文件导入：${run.fileName}`.slice(0, 200),
  });
  const source = { sourceKind: 'personnel_import', sourceId: run.runId };
  await placePersons(tx, [{ personId, place: postIn(unit, home), fromDay: day, source }], at);
  await appendOutbox(tx, [
    {
      topic: 'organization.person_moved',
      key: id,
      payload: { personId, fromUnitId, toUnitId, fromDay: day },
      occurredAt: at,
    },
  ]);
  await appendAudit(tx, ctx, {
    action: 'person.move',
    subjectKind: 'person',
    subjectId: personId,
    unitId: toUnitId,
    detail: { fromUnitId, day, documentNo, runId: run.runId, transferId: id },
  });
  return returned;
}
