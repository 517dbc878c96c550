import { describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { readCards } from '#app/training/card/read-cards.server.ts';
import { viewClaimDesk } from '#app/training/claim/claim-view.server.ts';
import { approveClaim } from '#app/training/claim/decide-claims.server.ts';
import { fileOwnClaim } from '#app/training/claim/file-claim.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import { drawClaimSample, judgeSampledClaim } from '#app/training/claim/sample-claims.server.ts';
import { viewSample } from '#app/training/claim/samples-view.server.ts';
import {
  viewCorrection,
  viewCorrections,
  viewNewCorrection,
} from '#app/training/correction/correction-view.server.ts';
import { answerCorrection } from '#app/training/correction/decide-correction.server.ts';
import { raiseObjection, requestCorrection } from '#app/training/correction/request-correction.server.ts';
import { listEntriesOfYear } from '#app/training/ledger/hour-entry.store.server.ts';
import { secondOf } from '#app/training/ledger/interval.ts';
import { followUnitsConsumer } from '#app/training/organisation/follow-units-consumer.server.ts';
import { scheduleSession } from '#app/training/session/schedule-session.server.ts';
import { findSession } from '#app/training/session/session.store.server.ts';
import { decidingUnit } from '#app/training/year/deciding-unit.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { actFiledAndConfirmed, drainAll } from '#test/support/organisation.ts';
import { AFTER_NOTICE, closingSteps, FIRST_DAY, HOUR, YEAR } from '#test/support/year-closing.ts';
import { anActor, aUnit } from '#test/support/world.ts';

const world = useWorld(FIRST_DAY);
const { anOffice, publish, confirm, freeze } = closingSteps(world);
const ENDED = `${YEAR + 1}-01-05`;
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);
const PDF: Proof = {
  mediaType: 'application/pdf',
  fileName: '签到表.pdf',
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1, 2, 3]),
};

const role = (name: 'unit_liaison' | 'unit_leader', unitId: string) =>
  anActor(world.ctx, { grants: [{ role: name, scopeKind: 'unit', unitId }] });
const aBureau = (regionId: string) =>
  anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });

/** A unit that has ended in January, merged into another one. */
async function aMergedOffice() {
  const office = await anOffice(2);
  const successor = await aUnit(world.ctx, { regionId: office.regionId, name: '承接局' });
  forgetTree(world.ctx);
  await actFiledAndConfirmed(
    { maker: await aBureau(office.regionId), checker: await aBureau(office.regionId) },
    {
      plan: { kind: 'merge', unitIds: [office.unitId], target: { kind: 'existing', unitId: successor } },
      day: ENDED,
    },
  );
  forgetTree(world.ctx);
  const liaison = await role('unit_liaison', successor);
  const leader = await role('unit_leader', successor);
  return { ...office, successor, liaison, leader, formerLiaison: office.liaison };
}

const firstEntry = async (personId: string | undefined) =>
  (await listEntriesOfYear(world.ctx.pool, personId ?? '', YEAR))[0]?.id ?? '';

const ask = async (actor: ActorCtx, entryId: string) =>
  requestCorrection(actor, entryId, {
    wantedSeconds: HOUR,
    reasonCode: 'wrong_attendance',
    reason: '签到表核对有误',
    proofs: [PDF],
    commandId: newId(),
  });

const apply = (actor: ActorCtx, correctionId: string) =>
  answerCorrection(actor, { correctionId, version: 1, act: 'apply', note: null, commandId: newId() });

describe('hours earned in a unit that has ended (domain.md §4.2 cases 2, 13)', () => {
  it('are corrected by the office that took its place, two persons of it, and by nobody else', async () => {
    const office = await aMergedOffice();
    const stranger = await anOffice(1);
    const entryId = await firstEntry(office.personIds[0]);
    expect(codeOf(await ask(office.formerLiaison, entryId))).toBe('NOT_FOUND');
    expect(codeOf(await ask(stranger.liaison, entryId))).toBe('NOT_FOUND');
    const query = { entryId: null, personId: office.personIds[0] ?? '', year: YEAR, text: '' };
    expect(value(await viewNewCorrection(office.liaison, query)).entries).toHaveLength(2);
    const { correctionId } = value(await ask(office.liaison, entryId));
    await drainAll(world.ctx, [taskConsumer]);
    const tasks = await world.ctx.db.task.findMany({ where: { key: correctionId } });
    expect(tasks).toMatchObject([{ unitId: office.successor, role: 'unit_leader' }]);
    const desk = value(await viewCorrection(office.leader, correctionId));
    expect([desk.unitName, desk.mayApply]).toEqual(['承接局', true]);
    const list = { page: 1, size: 10, direction: 'desc', text: '' } as const;
    expect(value(await viewCorrections(office.leader, list)).total).toBe(1);
    value(await apply(office.leader, correctionId));
    const entries = await listEntriesOfYear(world.ctx.pool, office.personIds[0] ?? '', YEAR);
    // The ledger keeps the unit of the time.
    expect(new Set(entries.map((entry) => entry.unitId))).toEqual(new Set([office.unitId]));
  });

  it('an objection waits at that office, too', async () => {
    const office = await aMergedOffice();
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const entryId = await firstEntry(office.personIds[0]);
    const raised = { entryId, objection: '少计了两学时', proofs: [], commandId: newId() };
    const { correctionId } = value(await raiseObjection(officer, raised));
    await drainAll(world.ctx, [taskConsumer]);
    const tasks = await world.ctx.db.task.findMany({ where: { key: correctionId } });
    expect(tasks).toMatchObject([{ unitId: office.successor, role: 'unit_liaison' }]);
  });

  it('in a sealed year the bureau of its region decides', async () => {
    const office = await aMergedOffice();
    value(await publish(office));
    world.clock.set(AFTER_NOTICE);
    value(await confirm(office));
    value(await freeze(office));
    const { correctionId } = value(await ask(office.liaison, await firstEntry(office.personIds[0])));
    expect(codeOf(await apply(office.leader, correctionId))).toBe('YEAR_CLOSED');
    await drainAll(world.ctx, [taskConsumer]);
    expect(await world.ctx.db.task.findMany({ where: { key: correctionId } })).toMatchObject([
      { regionId: office.regionId, role: 'justice_bureau' },
    ]);
    value(await apply(office.bureau, correctionId));
  });

  it('of a unit without a successor its parent decides, as for the closing of its year', async () => {
    const office = await anOffice(1);
    const parent = await aUnit(world.ctx, { regionId: office.regionId, name: '主管局' });
    const child = await aUnit(world.ctx, { regionId: office.regionId, parentId: parent, name: '直属队' });
    forgetTree(world.ctx);
    await actFiledAndConfirmed(
      { maker: await aBureau(office.regionId), checker: await aBureau(office.regionId) },
      { plan: { kind: 'abolish', unitId: child, receiverId: null, assignments: [] }, day: ENDED },
    );
    forgetTree(world.ctx);
    expect(await decidingUnit(world.ctx, child)).toMatchObject({
      id: child,
      officeId: parent,
      shownName: '直属队（已撤并，由主管局办理）',
    });
    expect(await decidingUnit(world.ctx, parent)).toMatchObject({ officeId: parent, shownName: '主管局' });
    expect(await decidingUnit(world.ctx, newId())).toBeNull();
  });
});

describe('what else a unit leaves behind that has ended', () => {
  it('a 登记卡 names it as it was last, and says that it is no more', async () => {
    const office = await aMergedOffice();
    const before = (
      await world.ctx.pool.query<{ name: string }>(
        `select name from unit_version where unit_id = $1 order by valid_from desc limit 1`,
        [office.unitId],
      )
    ).rows[0]?.name;
    const [card] = await readCards(office.bureau, [office.personIds[0] ?? ''], YEAR);
    expect(card?.person.unitName).toBe(`${before}（已撤并）`);
    const [today] = await readCards(office.bureau, [office.personIds[0] ?? ''], YEAR + 1);
    expect(today?.person.unitName).toBe('承接局');
  });

  it('a class still to be held goes to whoever decides for it, also where nothing took its place', async () => {
    const office = await anOffice(0);
    const parent = await aUnit(world.ctx, { regionId: office.regionId, name: '主管局' });
    const child = await aUnit(world.ctx, { regionId: office.regionId, parentId: parent, name: '直属队' });
    forgetTree(world.ctx);
    const scheduled = await scheduleSession(await role('unit_liaison', child), {
      unitId: child,
      title: '执法培训',
      category: 'public_law',
      form: 'class',
      place: '会议室',
      lecturer: '李某',
      capacity: 10,
      statedHundredths: 400,
      blocks: [{ from: secondOf(new Date(FIRST_DAY)) + 86_400, to: secondOf(new Date(FIRST_DAY)) + 90_000 }],
      commandId: newId(),
    });
    const { sessionId } = value(scheduled);
    await actFiledAndConfirmed(
      { maker: await aBureau(office.regionId), checker: await aBureau(office.regionId) },
      { plan: { kind: 'abolish', unitId: child, receiverId: null, assignments: [] }, day: ENDED },
    );
    await drainAll(world.ctx, [followUnitsConsumer(world.ctx)]);
    expect((await findSession(world.ctx.pool, sessionId))?.unitId).toBe(parent);
  });
});

describe('claims approved in a unit that has ended', () => {
  it('stay on the desk of its successor, are drawn by the bureau, and corrected there', async () => {
    const office = await anOffice(1);
    const [officer] = office.officers;
    if (!officer) throw new Error('the office has officers');
    const statement = {
      kind: 'external' as const,
      title: '全市行政执法骨干培训班',
      organiser: '某市司法局',
      fromDay: `${YEAR}-09-01`,
      toDay: `${YEAR}-09-02`,
      form: 'class' as const,
      category: 'specialised_law' as const,
      place: null,
      stated: { kind: 'hours' as const, amount: 1600 },
      result: null,
    };
    const filed = value(await fileOwnClaim(officer, { statement, proofs: [PDF], commandId: newId() }));
    const claimId = filed.claimIds[0] ?? '';
    const approval = { claimId, version: 1, seconds: null, note: null, commandId: newId() };
    value(await approveClaim(office.liaison, approval));
    const successor = await aUnit(world.ctx, { regionId: office.regionId, name: '承接局' });
    forgetTree(world.ctx);
    await actFiledAndConfirmed(
      { maker: await aBureau(office.regionId), checker: await aBureau(office.regionId) },
      {
        plan: { kind: 'merge', unitIds: [office.unitId], target: { kind: 'existing', unitId: successor } },
        day: ENDED,
      },
    );
    forgetTree(world.ctx);
    const desk = value(await viewClaimDesk(await role('unit_liaison', successor), claimId));
    expect(desk.unitName).toMatch(/（已撤并，由承接局办理）$/);
    const { sampleId } = value(
      await drawClaimSample(office.bureau, {
        regionId: office.regionId,
        fromDay: `${YEAR}-01-01`,
        toDay: ENDED,
        sharePercent: 100,
        commandId: newId(),
      }),
    );
    const sample = value(await viewSample(office.bureau, sampleId));
    expect(sample.items[0]?.unitName).toMatch(/（已撤并，由承接局办理）$/);
    const judgement = { sampleId, claimId, judgement: 'not_genuine', note: '主办单位查无此班' } as const;
    value(await judgeSampledClaim(office.bureau, { ...judgement, commandId: newId() }));
    const [correction] = await world.ctx.db.hourCorrection.findMany({
      where: { personId: office.personIds[0] ?? '' },
    });
    expect(correction?.unitId).toBe(successor);
    const leader = await role('unit_leader', successor);
    value(await apply(leader, correction?.id ?? ''));
  });
});
