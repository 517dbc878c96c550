import { beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { followUnitsConsumer as officeConsumer } from '#app/office/change/follow-units-consumer.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { findClaim } from '#app/training/claim/claim.store.server.ts';
import { approveClaim, returnClaim } from '#app/training/claim/decide-claims.server.ts';
import { fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import { findCorrection } from '#app/training/correction/correction.store.server.ts';
import { answerCorrection } from '#app/training/correction/decide-correction.server.ts';
import { raiseObjection, requestCorrection } from '#app/training/correction/request-correction.server.ts';
import { followUnitsConsumer } from '#app/training/organisation/follow-units-consumer.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, MORNING_START, value } from '#test/support/office.ts';
import { anHourEntry } from '#test/support/officers.ts';
import { actFiledAndConfirmed, drainAll, freshTree } from '#test/support/organisation.ts';
import { anActor, aUnit } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass } = classSteps(world);
const TODAY = '2026-11-23';
const PDF: Proof = {
  mediaType: 'application/pdf',
  fileName: '结业证书.pdf',
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1, 2, 3]),
};
beforeEach(() => freshTree(world.ctx));

const drain = () =>
  drainAll(world.ctx, [followUnitsConsumer(world.ctx), officeConsumer(world.ctx), taskConsumer]);

async function fileClaim(officer: ActorCtx, title: string): Promise<string> {
  const statement = {
    kind: 'external' as const,
    title,
    organiser: '某市司法局',
    fromDay: '2026-09-01',
    toDay: '2026-09-02',
    form: 'class' as const,
    category: 'public_law' as const,
    place: null,
    stated: { kind: 'hours' as const, amount: 800 },
    result: null,
  };
  const filed = await fileOwnClaim(officer, { statement, proofs: [PDF], commandId: newId() });
  return value(filed).claimIds[0] ?? '';
}

/** A unit with what may wait in it, and the unit that takes it over. */
async function twoOffices() {
  const office = await anOffice(1);
  const { ctx } = world;
  const successor = await aUnit(ctx, { regionId: office.regionId, name: '承接局' });
  freshTree(ctx);
  const bureau = () =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }] });
  const roleIn = (role: 'unit_liaison' | 'unit_leader') =>
    anActor(ctx, { grants: [{ role, scopeKind: 'unit', unitId: successor }] });
  const [personId = ''] = office.personIds;
  return {
    ...office,
    successor,
    personId,
    officer: await anActor(ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] }),
    people: { maker: await bureau(), checker: await bureau() },
    newLiaison: await roleIn('unit_liaison'),
    newLeader: await roleIn('unit_leader'),
  };
}

type Offices = Awaited<ReturnType<typeof twoOffices>>;

const merge = ({ people, unitId, successor }: Offices) =>
  actFiledAndConfirmed(people, {
    plan: { kind: 'merge', unitIds: [unitId], target: { kind: 'existing', unitId: successor } },
    day: TODAY,
  });

const unitOf = async (claimId: string) => (await findClaim(world.ctx.pool, claimId))?.unitId;

describe('when a unit is merged into another', () => {
  it('claims that wait are verified by the successor; decided ones keep the unit that decided', async () => {
    const offices = await twoOffices();
    const { officer, liaison, unitId, successor, newLiaison } = offices;
    const [waiting, returned, approved] = [
      await fileClaim(officer, '待认定班'),
      await fileClaim(officer, '退回班'),
      await fileClaim(officer, '已认定班'),
    ];
    const reason = '请补交结业证书';
    value(await returnClaim(liaison, { claimId: returned, version: 1, reason, commandId: newId() }));
    const decision = { seconds: null, note: null };
    value(await approveClaim(liaison, { claimId: approved, version: 1, ...decision, commandId: newId() }));
    await merge(offices);
    await drain();
    expect([await unitOf(waiting), await unitOf(returned), await unitOf(approved)]).toEqual([
      successor,
      successor,
      unitId,
    ]);
    freshTree(world.ctx);
    const late = { claimId: waiting, version: 1, ...decision };
    expect(await approveClaim(liaison, { ...late, commandId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    value(await approveClaim(newLiaison, { ...late, commandId: newId() }));
    // The training was while the old unit stood: history stays there (domain.md §4.2 case 2).
    const { rows } = await world.ctx.pool.query<{ unit_id: string }>(
      `select unit_id::text from hour_entry where source_id = $1`,
      [waiting],
    );
    expect(rows).toEqual([{ unit_id: unitId }]);
    const tasks = await world.ctx.db.task.findMany({ where: { path: { contains: returned } } });
    expect(tasks.length).toBeGreaterThan(0);
  });

  it('corrections and objections that wait are decided by the successor', async () => {
    const offices = await twoOffices();
    const { officer, liaison, personId, unitId, successor, newLeader, newLiaison } = offices;
    const entry = { personId, unitId, day: '2026-05-01', creditSeconds: 5400 };
    const [first, second] = [await anHourEntry(world.ctx, entry), await anHourEntry(world.ctx, entry)];
    const wanted = {
      wantedSeconds: 2700,
      reasonCode: 'wrong_attendance' as const,
      reason: '签到表核对有误',
      proofs: [PDF],
      commandId: newId(),
    };
    const { correctionId } = value(await requestCorrection(liaison, first, wanted));
    const objection = { entryId: second, objection: '少计', proofs: [], commandId: newId() };
    const objected = value(await raiseObjection(officer, objection)).correctionId;
    await merge(offices);
    await drain();
    freshTree(world.ctx);
    for (const id of [correctionId, objected])
      expect((await findCorrection(world.ctx.pool, id))?.unitId).toBe(successor);
    const answer = { version: 1, note: null, commandId: newId() };
    value(await answerCorrection(newLeader, { ...answer, correctionId, act: 'apply' }));
    const declined = { ...answer, note: '经查无误', commandId: newId() };
    value(await answerCorrection(newLiaison, { ...declined, correctionId: objected, act: 'decline' }));
  });

  it('classes still to be held go over; told twice, nothing more happens', async () => {
    const offices = await twoOffices();
    const sessionId = await aClass(offices);
    const claimId = await fileClaim(offices.officer, '待认定班');
    await merge(offices);
    await drain();
    await drain();
    const session = await world.ctx.db.trainingSession.findUniqueOrThrow({ where: { id: sessionId } });
    expect([session.unitId, session.version]).toEqual([offices.successor, 2]);
    expect(await unitOf(claimId)).toBe(offices.successor);
  });
});
