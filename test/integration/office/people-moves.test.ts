import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { grantsConsumer } from '#app/accounts/grants/grants-consumer.server.ts';
import { custodyConsumer } from '#app/certificate/organisation/custody-consumer.server.ts';
import { organisationConsumer } from '#app/certificate/organisation/organisation-consumer.server.ts';
import { actOnAbsence, beginAbsence, remindOfReturns } from '#app/office/change/absences.server.ts';
import { followUnitsConsumer } from '#app/office/change/follow-units-consumer.server.ts';
import { reportLeaver } from '#app/office/change/leavers.server.ts';
import { answerTransferAs, fileTransfer } from '#app/office/change/transfers.server.ts';
import { viewTransfer } from '#app/office/change/transfers-view.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { aCard } from '#test/support/officers.ts';
import { actFiledAndConfirmed, drainAll, freshTree, homesOn } from '#test/support/organisation.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld('2026-11-23T01:00:00.000Z');
const TODAY = '2026-11-23';
const POST = {
  establishment: 'admin',
  position: '科员',
  department: null,
  isEnforcementPost: true,
  fieldCode: 'URBAN',
  enforcementArea: null,
} as const;

let countyId = '';
let unitA = '';
let unitB = '';
let liaisonA: ActorCtx;
let liaisonB: ActorCtx;
let stranger: ActorCtx;

beforeAll(async () => {
  countyId = await aRegion(world.ctx);
  const otherId = await aRegion(world.ctx);
  unitA = await aUnit(world.ctx, { regionId: countyId, name: '甲局' });
  unitB = await aUnit(world.ctx, { regionId: countyId, name: '乙局' });
  const unitC = await aUnit(world.ctx, { regionId: otherId, name: '外县局' });
  const liaison = (unitId: string) =>
    anActor(world.ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  liaisonA = await liaison(unitA);
  liaisonB = await liaison(unitB);
  stranger = await liaison(unitC);
});
beforeEach(() => freshTree(world.ctx));

const drain = (): Promise<void> =>
  drainAll(world.ctx, [
    grantsConsumer(world.ctx),
    organisationConsumer(world.ctx),
    custodyConsumer(world.ctx),
    followUnitsConsumer(world.ctx),
    taskConsumer,
  ]);

const file = (
  personId: string,
  over: { by?: ActorCtx; fromUnitId?: string; toUnitId?: string; day?: string } = {},
) =>
  fileTransfer(over.by ?? liaisonA, {
    personId,
    fromUnitId: over.fromUnitId ?? unitA,
    toUnitId: over.toUnitId ?? unitB,
    effectiveDay: over.day ?? TODAY,
    documentNo: '甲人社调〔2026〕3号',
    reason: '工作需要',
    commandId: newId(),
  });
const accept = (transferId: string, by = liaisonB) =>
  answerTransferAs(by, { act: 'accept', transferId, post: POST, commandId: newId() });
const leave = (personId: string, by = liaisonA, unitId = unitA) =>
  reportLeaver(by, {
    personId,
    unitId,
    awayFromDay: TODAY,
    reason: 'retired',
    documentNo: '甲人社退〔2026〕8号',
    note: null,
    commandId: newId(),
  });
const openTaskKeys = async (kind: string): Promise<string[]> => {
  const { rows } = await world.ctx.pool.query<{ key: string }>(
    `select key from task where kind = $1 and state = 'open' order by opened_at`,
    [kind],
  );
  return rows.map((row) => row.key);
};

describe('a transfer', () => {
  it('changes nothing until the new unit accepts, then moves the home on its day', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const certificateId = await aCard(world.ctx, { personId, unitId: unitA, regionId: countyId });
    const filed = await file(personId);
    if (!filed.ok) throw new Error(filed.code);
    const { transferId } = filed.value;
    expect((await homesOn(world.ctx, [personId], TODAY)).get(personId)).toEqual([unitA]);
    expect(await openTaskKeys('transfer.accept')).toContain(transferId);
    expect(await accept(transferId, liaisonA)).toMatchObject({ ok: false, code: 'FORBIDDEN' });
    expect(await accept(transferId, stranger)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    const page = await viewTransfer(liaisonB, transferId);
    expect(page.ok && page.value.mayAnswer).toBe(true);
    expect((await viewTransfer(stranger, transferId)).ok).toBe(false);
    expect((await accept(transferId)).ok).toBe(true);
    expect((await homesOn(world.ctx, [personId], TODAY)).get(personId)).toEqual([unitB]);
    expect((await homesOn(world.ctx, [personId], '2026-11-22')).get(personId)).toEqual([unitA]);
    expect(await openTaskKeys('transfer.accept')).not.toContain(transferId);
    await drain();
    expect(await openTaskKeys('transfer.card')).toEqual([`${certificateId}:${transferId}`]);
    const { rows } = await world.ctx.pool.query(`select state, unit_id from certificate where id = $1`, [
      certificateId,
    ]);
    expect(rows).toEqual([{ state: 'active', unit_id: unitA }]);
  });

  it('is returned with a reason; without one it is not', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const filed = await file(personId);
    if (!filed.ok) throw new Error(filed.code);
    const answer = (note: string | null) =>
      answerTransferAs(liaisonB, {
        act: 'return',
        transferId: filed.value.transferId,
        note,
        commandId: newId(),
      });
    expect(await answer(null)).toMatchObject({ ok: false, code: 'NOTE_REQUIRED' });
    expect((await answer('编制未核')).ok).toBe(true);
    expect(await accept(filed.value.transferId)).toMatchObject({ ok: false, code: 'TRANSFER_ANSWERED' });
    expect((await homesOn(world.ctx, [personId], TODAY)).get(personId)).toEqual([unitA]);
  });

  it('has one winner when the person is sent to two units at once', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const third = await aUnit(world.ctx, { regionId: countyId, name: '丙局' });
    freshTree(world.ctx);
    const outcomes = await Promise.all([file(personId), file(personId, { toUnitId: third })]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ code: 'TRANSFER_OPEN' });
  });

  it('and a leaving at once: one wins, the loser is told what happened', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const filed = await file(personId);
    if (!filed.ok) throw new Error(filed.code);
    const [accepted, left] = await Promise.all([accept(filed.value.transferId), leave(personId)]);
    expect([accepted.ok, left.ok].filter(Boolean)).toHaveLength(1);
    if (accepted.ok) expect(left).toMatchObject({ code: 'NOT_IN_UNIT' });
    else expect(accepted).toMatchObject({ code: 'TRANSFER_ANSWERED' });
    const homes = (await homesOn(world.ctx, [personId], TODAY)).get(personId);
    expect(homes).toEqual(accepted.ok ? [unitB] : []);
  });

  it('sent twice is filed once', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const input = {
      personId,
      fromUnitId: unitA,
      toUnitId: unitB,
      effectiveDay: TODAY,
      documentNo: null,
      reason: '工作需要',
      commandId: newId(),
    };
    const [one, two] = await Promise.all([fileTransfer(liaisonA, input), fileTransfer(liaisonA, input)]);
    expect(one).toEqual(two);
    expect(one.ok).toBe(true);
  });

  it('is nobody else’s business, and nobody is taken out of another unit', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    expect(await file(personId, { by: stranger })).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect(await file(personId, { by: liaisonB, fromUnitId: unitB, toUnitId: unitA })).toMatchObject({
      ok: false,
      code: 'NOT_IN_UNIT',
    });
  });

  it('to a unit that ends meanwhile goes back to where it came from', async () => {
    const target = await aUnit(world.ctx, { regionId: countyId, name: '将撤局' });
    const personId = await aPerson(world.ctx, { unitId: unitA });
    freshTree(world.ctx);
    const filed = await file(personId, { toUnitId: target });
    if (!filed.ok) throw new Error(filed.code);
    const bureau = () =>
      anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: countyId }] });
    await actFiledAndConfirmed(
      { maker: await bureau(), checker: await bureau() },
      { plan: { kind: 'abolish', unitId: target, receiverId: null, assignments: [] }, day: TODAY },
    );
    const { rows } = await world.ctx.pool.query(`select state, note from person_transfer where id = $1`, [
      filed.value.transferId,
    ]);
    expect(rows).toEqual([{ state: 'returned', note: '单位已变更：撤销将撤局' }]);
    await drain();
    expect(await openTaskKeys('transfer.accept')).not.toContain(filed.value.transferId);
  });
});

describe('a leaver', () => {
  it('ZY11, HY11: ends the home and every right, and opens the proposal to take the card back', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA, name: '李某' });
    const certificateId = await aCard(world.ctx, { personId, unitId: unitA, regionId: countyId });
    const account = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
    const left = await leave(personId);
    if (!left.ok) throw new Error(left.code);
    expect(await leave(personId)).toMatchObject({ ok: false, code: 'NOT_IN_POST' });
    expect(await leave(personId, stranger)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    await drain();
    const { rows } = await world.ctx.pool.query(
      `select title, path, due_day from task where kind = 'leaver.card' and key = $1`,
      [`${certificateId}:${left.value.leavingId}`],
    );
    // Ten 工作日 after Monday 23 November.
    expect(rows).toEqual([
      {
        title: '收回并注销证件：李某（退休）',
        path: `/bureau/certificates/${certificateId}`,
        due_day: '2026-12-07',
      },
    ]);
    const grants = await world.ctx.pool.query(
      `select valid_to from role_grant where account_id = $1 and superseded_at is null`,
      [account.actorId],
    );
    expect(grants.rows).toEqual([{ valid_to: TODAY }]);
    const card = await world.ctx.pool.query(`select state from certificate where id = $1`, [certificateId]);
    expect(card.rows).toEqual([{ state: 'active' }]);
  });
});

describe('a temporary absence', () => {
  it('puts the card into custody and back without changing its state', async () => {
    const personId = await aPerson(world.ctx, { unitId: unitA });
    const certificateId = await aCard(world.ctx, { personId, unitId: unitA, regionId: countyId });
    const begun = await beginAbsence(liaisonA, {
      personId,
      kind: 'village_post',
      destination: '某村',
      documentNo: null,
      cardKeeper: '甲局法制科',
      validFrom: '2026-10-01',
      expectedReturnDay: '2026-11-20',
      commandId: newId(),
    });
    if (!begun.ok) throw new Error(begun.code);
    const { absenceId } = begun.value;
    const again = await beginAbsence(liaisonA, {
      personId,
      kind: 'maternity',
      destination: null,
      documentNo: null,
      cardKeeper: null,
      validFrom: '2026-11-01',
      expectedReturnDay: '2026-12-20',
      commandId: newId(),
    });
    expect(again).toMatchObject({ ok: false, code: 'AWAY_ALREADY' });
    expect(await remindOfReturns(world.ctx)).toBe(1);
    await remindOfReturns(world.ctx);
    expect(await openTaskKeys('absence.return')).toEqual([`${absenceId}:2026-11-20`]);
    const act = (what: 'extend' | 'end', day: string, by = liaisonA) =>
      actOnAbsence(by, { act: what, absenceId, day, commandId: newId() });
    expect(await act('extend', '2026-12-31', stranger)).toMatchObject({ ok: false, code: 'NOT_FOUND' });
    expect((await act('extend', '2026-12-31')).ok).toBe(true);
    expect(await openTaskKeys('absence.return')).toEqual([]);
    expect(await act('end', '2026-11-24')).toMatchObject({ ok: false, code: 'RETURN_IN_FUTURE' });
    expect((await act('end', '2026-11-22')).ok).toBe(true);
    await drain();
    const { rows } = await world.ctx.pool.query(
      `select kind, to_state from certificate_event where certificate_id = $1 order by seq`,
      [certificateId],
    );
    expect(rows).toEqual([
      { kind: 'handed_over', to_state: 'active' },
      { kind: 'custody_began', to_state: 'active' },
      { kind: 'custody_ended', to_state: 'active' },
    ]);
    expect((await homesOn(world.ctx, [personId], TODAY)).get(personId)).toEqual([unitA]);
  });
});
