import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { viewYearBoard } from '#app/training/year/year-board-view.server.ts';
import { BOARD_TABLE } from '#app/training/year/year-board.ts';
import { viewClosing } from '#app/training/year/closing-view.server.ts';
import { answerObjection, objectToList } from '#app/training/year/objections.server.ts';
import { openClosings } from '#app/training/year/open-closings.server.ts';
import { viewSeal } from '#app/training/year/seal-view.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { actFiledAndConfirmed, drainAll } from '#test/support/organisation.ts';
import { AFTER_NOTICE, closingSteps, FIRST_DAY, YEAR } from '#test/support/year-closing.ts';
import { anActor, aUnit } from '#test/support/world.ts';

const world = useWorld(FIRST_DAY);
const { anOffice, publish, confirm, freeze } = closingSteps(world);
const MERGED = `${YEAR + 1}-01-05`;
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

/** A unit that was merged into another in the first days of January, with the offices of its successor. */
async function aMergedOffice() {
  const office = await anOffice(2);
  const { ctx } = world;
  const successor = await aUnit(ctx, { regionId: office.regionId, name: '承接局' });
  forgetTree(ctx);
  const bureau = () =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }] });
  await actFiledAndConfirmed(
    { maker: await bureau(), checker: await bureau() },
    {
      plan: {
        kind: 'merge',
        unitIds: [office.unitId],
        target: { kind: 'existing', unitId: successor },
      },
      day: MERGED,
    },
  );
  forgetTree(ctx);
  const inSuccessor = (role: 'unit_liaison' | 'unit_leader') =>
    anActor(ctx, { grants: [{ role, scopeKind: 'unit', unitId: successor }] });
  const liaison = await inSuccessor('unit_liaison');
  const leader = await inSuccessor('unit_leader');
  return { ...office, successor, liaison, leader, formerLiaison: office.liaison };
}

const board = async (ctx: ActorCtx) => {
  const query = parseTableQuery(new URLSearchParams(), BOARD_TABLE);
  return value(await viewYearBoard(ctx, 'hours.read_closing', { year: String(YEAR), query })).rows;
};

describe('the year of a unit that was abolished after 31 December (domain.md §4.2 case 14)', () => {
  it('is put up, confirmed and frozen by the office that took its place', async () => {
    const office = await aMergedOffice();
    const stranger = await anOffice(1);
    expect(codeOf(await publish(office, stranger.liaison))).toBe('NOT_FOUND');
    expect(codeOf(await publish(office, office.formerLiaison))).toBe('NOT_FOUND');
    value(await publish(office));
    world.clock.set(AFTER_NOTICE);
    value(await confirm(office));
    const { sealNo } = value(await freeze(office));
    const seal = value(await viewSeal(office.liaison, sealNo));
    expect([seal.isWhole, seal.isSound, seal.people.length]).toEqual([true, true, 2]);
    // The sealed text names the unit as it was.
    expect(seal.unitName).not.toContain('撤并');
  });

  it('stands on the boards of its successor and of the bureau, told apart from what stands', async () => {
    const office = await aMergedOffice();
    for (const actor of [office.liaison, office.bureau]) {
      const line = (await board(actor)).find((row) => row.unitId === office.unitId);
      expect(line?.unitName).toMatch(/（已撤并，由承接局办理）$/);
      expect(line?.people).toBe(2);
    }
    // The successor had nobody of its own on that day.
    expect((await board(office.liaison)).map((row) => row.unitId)).toEqual([office.unitId]);
    const view = value(await viewClosing(office.leader, { unitId: office.unitId, year: YEAR }));
    expect(view.may).toMatchObject({ prepare: false, confirm: true });
  });

  it('is opened by the bureau with its task at the successor, who also answers objections', async () => {
    const office = await aMergedOffice();
    value(await openClosings(office.bureau, { year: YEAR, commandId: newId() }));
    value(await publish(office));
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const objection = { year: YEAR, reason: '6月的培训没有计入', commandId: newId() };
    const { objectionId } = value(await objectToList(officer, objection));
    await drainAll(world.ctx, [taskConsumer]);
    const tasks = await world.ctx.db.task.findMany({ where: { unitId: office.successor } });
    expect(tasks.map((task) => task.kind).sort()).toEqual([
      'hours.closing_objection',
      'hours.confirm',
      'hours.publish',
    ]);
    const answer = {
      objectionId,
      outcome: 'rejected',
      answer: '已按签到表计入',
      commandId: newId(),
    } as const;
    expect(codeOf(await answerObjection(office.formerLiaison, answer))).toBe('NOT_FOUND');
    value(await answerObjection(office.liaison, answer));
  });
});
