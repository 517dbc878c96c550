import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { addSitting } from '#app/exam/batch/add-sitting.server.ts';
import { listApproved } from '#app/exam/batch/approved.store.server.ts';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { issueRegistration } from '#app/exam/batch/campaign/issue-registration.server.ts';
import { registrationWork } from '#app/exam/batch/campaign/registration-work.server.ts';
import { REGISTRATION_PAPERS } from '#app/exam/batch/papers/registration-papers.ts';
import { drawReviewSheet, drawSummary } from '#app/exam/batch/papers/draw-registration-paper.server.ts';
import { createBatch } from '#app/exam/batch/create-batch.server.ts';
import { approveClean } from '#app/exam/batch/registration/approve-clean.server.ts';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import type { Decision } from '#app/exam/batch/registration/decision.ts';
import { firstCheck } from '#app/exam/batch/registration/first-check.server.ts';
import { viewFirstCheck } from '#app/exam/batch/registration/first-check-view.server.ts';
import { viewOwnRegistrations } from '#app/exam/batch/registration/own-registrations-view.server.ts';
import { registerPeople } from '#app/exam/batch/registration/register-people.server.ts';
import { findRegistration } from '#app/exam/batch/registration/registration.store.server.ts';
import { listProofs, readProof } from '#app/exam/batch/registration/registration-proof.server.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { exportRegistrations } from '#app/exam/batch/registration/registrations-workbook.server.ts';
import { askForRegistration, withdrawRegistration } from '#app/exam/batch/registration/unit-acts.server.ts';
import { viewUnitPeople } from '#app/exam/batch/registration/unit-people-view.server.ts';
import { changeWindows, stepBatch } from '#app/exam/batch/step-batch.server.ts';
import { findTarget } from '#app/office/campaign/campaign.store.server.ts';
import { submitAnswer } from '#app/office/campaign/answer-target.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { provideCampaignKinds } from '#app/office/campaign/work.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createJobs } from '#app/platform/jobs/jobs.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const START = '2026-11-23T01:00:00.000Z';
const DAY_MS = 86_400_000;
const SINCE = dayToDb('2020-01-01');
const world = useWorld(START);
beforeAll(async () => {
  await prepareExam(world.ctx, new Set(['public-law']));
  provideCampaignKinds(world.ctx.pool, [registrationWork]);
  provideDocumentDesk(world.ctx.pool, {
    papers: REGISTRATION_PAPERS,
    jobs: createJobs({ pool: world.ctx.pool, log: world.ctx.log }),
  });
});

const days = (n: number): Date => new Date(Date.parse(START) + n * DAY_MS);
const WINDOWS = {
  registerFrom: days(-1),
  registerUntil: days(5),
  lateUntil: days(8),
  withdrawUntil: days(9),
};

async function anEntity(unitId: string): Promise<void> {
  await world.ctx.db.entity.create({
    data: {
      id: newId<'Entity'>(),
      versions: {
        create: {
          id: newId(),
          unitId,
          name: '某局',
          entityType: 'organ',
          legalBasis: '《中华人民共和国行政处罚法》第十七条',
          confirmationNo: '甲〔2025〕1号',
          validFrom: SINCE,
          recordedAt: SINCE,
        },
      },
    },
  });
}

/** A county with a bureau, a department and a township with its 司法所, each with people. */
async function aCounty() {
  const { ctx } = world;
  const countyId = await aRegion(ctx, { level: 'county' });
  const townshipId = await aRegion(ctx, { level: 'township', parentId: countyId });
  const unitId = await aUnit(ctx, { regionId: countyId, name: '甲县城市管理局' });
  const townUnitId = await aUnit(ctx, { regionId: townshipId, name: '甲镇人民政府', unitType: 'township' });
  for (const id of [unitId, townUnitId]) await anEntity(id);
  const bureau = () =>
    anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: countyId }] });
  const liaison = (id: string) =>
    anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: id }] });
  const county = {
    countyId,
    townshipId,
    unitId,
    townUnitId,
    bureau: await bureau(),
    second: await bureau(),
    liaison: await liaison(unitId),
    townLiaison: await liaison(townUnitId),
    office: await anActor(ctx, {
      grants: [{ role: 'justice_office', scopeKind: 'region', regionId: townshipId }],
    }),
  };
  forgetTree(ctx);
  return county;
}
type County = Awaited<ReturnType<typeof aCounty>>;

async function aBatch(county: County, over: Partial<Parameters<typeof createBatch>[1]> = {}) {
  const { batchId } = value(
    await createBatch(county.bureau, {
      regionId: county.countyId,
      title: '2026年第二次行政执法资格考试',
      blueprintCode: 'P1',
      preconditionCourse: null,
      ...WINDOWS,
      commandId: newId(),
      ...over,
    }),
  );
  value(await step(county.bureau, batchId, 'open'));
  return batchId;
}

async function versionOf(batchId: string): Promise<number> {
  return (await world.ctx.db.examBatch.findUniqueOrThrow({ where: { id: batchId } })).version;
}
async function step(
  actor: ActorCtx,
  batchId: string,
  what: 'open' | 'close' | 'reopen' | 'cancel',
  reason = '因故',
) {
  const expectedVersion = await versionOf(batchId);
  return stepBatch(actor, { batchId, step: what, reason, expectedVersion, commandId: newId() });
}

const register = (
  actor: ActorCtx,
  batchId: string,
  personIds: readonly string[],
  over: { note?: string; commandId?: string } = {},
) =>
  registerPeople(actor, {
    batchId,
    people: personIds.map((personId) => ({ personId, sanction: null })),
    note: over.note ?? null,
    commandId: over.commandId ?? newId(),
  });

async function registrationOf(batchId: string, personId: string) {
  const row = await world.ctx.db.examRegistration.findFirstOrThrow({ where: { batchId, personId } });
  const found = await findRegistration(world.ctx.pool, row.id);
  if (found === null) throw new Error('the registration is there');
  return found;
}

async function decide(
  actor: ActorCtx,
  batchId: string,
  personId: string,
  decision: Decision,
  note: string | null = null,
) {
  const { id: registrationId, version: expectedVersion } = await registrationOf(batchId, personId);
  return decideRegistration(actor, { registrationId, decision, note, expectedVersion, commandId: newId() });
}

const proof = () => ({
  type: 'application/pdf' as const,
  name: '证书.pdf',
  bytes: new Uint8Array(Buffer.from('%PDF-1.4 invented')),
});

async function ask(
  actor: ActorCtx,
  batchId: string,
  personId: string,
  what: 'defer' | 'exempt',
  withProof = true,
) {
  const { id: registrationId, version: expectedVersion } = await registrationOf(batchId, personId);
  return askForRegistration(actor, {
    registrationId,
    what,
    note: '因病住院',
    proof: withProof ? proof() : null,
    expectedVersion,
    commandId: newId(),
  });
}

async function withdraw(actor: ActorCtx, batchId: string, personId: string) {
  const { id: registrationId, version: expectedVersion } = await registrationOf(batchId, personId);
  return withdrawRegistration(actor, { registrationId, note: '调离', expectedVersion, commandId: newId() });
}

const query = () => parseTableQuery(new URLSearchParams(), REGISTRATIONS_TABLE);

describe('a batch', () => {
  it('gets the next number of its region and year, also when two are made at once, and is made once however often sent', async () => {
    const county = await aCounty();
    const asked = {
      regionId: county.countyId,
      title: '资格考试批次',
      blueprintCode: 'P1',
      preconditionCourse: null,
      ...WINDOWS,
    };
    const commandId = newId();
    const made = await Promise.all([
      createBatch(county.bureau, { ...asked, commandId }),
      createBatch(county.second, { ...asked, commandId: newId() }),
    ]);
    expect(made.map((one) => value(one).no).sort()).toEqual([1, 2]);
    const again = await createBatch(county.bureau, { ...asked, commandId });
    expect(value(again)).toEqual(value(made[0] ?? again));
    expect(await world.ctx.db.examBatch.count({ where: { regionId: county.countyId } })).toBe(2);
  });

  it('is opened by one of two at once, and the other is told', async () => {
    const county = await aCounty();
    const created = value(
      await createBatch(county.bureau, {
        regionId: county.countyId,
        title: '资格考试批次',
        blueprintCode: 'P1',
        preconditionCourse: null,
        ...WINDOWS,
        commandId: newId(),
      }),
    );
    const open = (actor: ActorCtx) =>
      stepBatch(actor, {
        batchId: created.batchId,
        step: 'open',
        reason: null,
        expectedVersion: 1,
        commandId: newId(),
      });
    const both = await Promise.all([open(county.bureau), open(county.second)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'STEP_NOT_POSSIBLE' });
  });

  it('belongs to its bureau: another’s is not found, and a liaison may not make one', async () => {
    const [county, other] = [await aCounty(), await aCounty()];
    const batchId = await aBatch(county);
    expect(await viewBatch(other.bureau, batchId, query())).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await step(other.bureau, batchId, 'close')).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewBatch(county.liaison, batchId, query())).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await register(other.liaison, batchId, [])).toMatchObject({ ok: true, value: { registered: 0 } });
  });

  it('is closed, changed with a reason, taken up again and cancelled with its sittings', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const sitting = value(
      await addSitting(county.bureau, {
        batchId,
        title: '第一场',
        opensAt: days(20),
        latestEntryAt: new Date(days(20).getTime() + 1_800_000),
        hardEndAt: new Date(days(20).getTime() + 7_200_000),
        durationSeconds: 5_400,
        earliestHandInSeconds: 1_800,
        startMode: 'bell',
        attemptLimit: 1,
        placeMode: 'rooms',
        checkInFrom: new Date(days(20).getTime() - 1_800_000),
        needsAccessCode: true,
        needsDeviceRelease: true,
        ipRanges: ['10.1.2.0/24'],
        focusPolicy: 'hand_in_after',
        focusLimit: 3,
        resultRelease: 'by_bureau',
        commandId: newId(),
      }),
    );
    const stored = () => world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: sitting.sittingId } });
    expect(await stored()).toMatchObject({
      batchId,
      placeMode: 'rooms',
      needsAccessCode: true,
      needsDeviceRelease: true,
      ipRanges: ['10.1.2.0/24'],
      focusPolicy: 'hand_in_after',
      focusLimit: 3,
      resultRelease: 'by_bureau',
      resultsReleasedAt: null,
      graceSeconds: 30,
      status: 'published',
    });
    value(await step(county.bureau, batchId, 'close'));
    const change = { batchId, ...WINDOWS, registerUntil: days(6), expectedVersion: await versionOf(batchId) };
    expect(await changeWindows(county.bureau, { ...change, reason: ' ', commandId: newId() })).toMatchObject({
      code: 'REASON_REQUIRED',
    });
    value(await changeWindows(county.bureau, { ...change, reason: '单位较多', commandId: newId() }));
    value(await step(county.bureau, batchId, 'reopen'));
    value(await step(county.bureau, batchId, 'cancel'));
    expect((await stored()).status).toBe('cancelled');
  });
});

describe('registration by the unit', () => {
  it('takes the eligible with their reasons, leaves the known as they are, and is done once however often sent', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county, { preconditionCourse: 'another-course' });
    const personIds = [await aPerson(world.ctx, county), await aPerson(world.ctx, county)];
    const commandId = newId();
    const first = await register(county.liaison, batchId, personIds, { commandId });
    expect(value(first)).toEqual({ registered: 2, known: 0 });
    expect(value(await register(county.liaison, batchId, personIds, { commandId }))).toEqual(value(first));
    expect(value(await register(county.liaison, batchId, personIds))).toEqual({ registered: 0, known: 2 });
    const stored = await registrationOf(batchId, personIds[0] ?? '');
    expect(stored).toMatchObject({ status: 'registered', route: 'regular', verdict: 'needs_look' });
    expect(stored.reasons.map((one) => one.code)).toContain('COURSE_NOT_COMPLETED');
    expect(stored.ticketNo).toBeNull();
  });

  it('of two liaisons at once registers each person once', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    const second = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: county.unitId }],
    });
    const both = await Promise.all(
      [county.liaison, second].map((actor) => register(actor, batchId, [personId])),
    );
    expect(both.map((one) => value(one).registered).sort()).toEqual([0, 1]);
    expect(
      await world.ctx.db.registrationEvent.count({ where: { registration: { batchId, personId } } }),
    ).toBe(1);
  });

  it('refuses contract staff by name and reason, and nobody is registered', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const good = await aPerson(world.ctx, county);
    const bad = await aPerson(world.ctx, { ...county, name: '合同工', establishment: 'contract' });
    expect(await register(county.liaison, batchId, [good, bad])).toMatchObject({
      ok: false,
      code: 'NOT_ELIGIBLE',
      detail: { name: '合同工', count: 1 },
    });
    expect(await world.ctx.db.examRegistration.count({ where: { batchId } })).toBe(0);
  });

  it('refuses who is under 记过 by the unit’s own declaration', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    const people = [{ personId, sanction: { kind: 'demerit' as const, fromDay: '2026-06-01' } }];
    expect(
      await registerPeople(county.liaison, { batchId, people, note: null, commandId: newId() }),
    ).toMatchObject({
      code: 'NOT_ELIGIBLE',
    });
  });

  it('does not find other units’ people', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, { unitId: county.townUnitId });
    expect(await register(county.liaison, batchId, [personId])).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await register(county.bureau, batchId, [personId])).toEqual({ ok: false, code: 'FORBIDDEN' });
  });

  it('after the last day is 补报 with a reason, and then over', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    world.clock.set(days(6));
    expect(await register(county.liaison, batchId, [personId])).toMatchObject({
      code: 'LATE_REASON_REQUIRED',
    });
    value(await register(county.liaison, batchId, [personId], { note: '新调入' }));
    expect((await registrationOf(batchId, personId)).route).toBe('late');
    world.clock.set(days(8.5));
    expect(await register(county.liaison, batchId, [personId])).toMatchObject({ code: 'REGISTRATION_OVER' });
    world.clock.set(START);
  });

  it('shows the own people with verdicts and registrations', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, { ...county, name: '甲一' });
    await aPerson(world.ctx, { ...county, name: '甲二', isEnforcementPost: false });
    value(await register(county.liaison, batchId, [personId]));
    const sort = { field: 'name', direction: 'asc' } as const;
    const filter = { text: '', verdict: null, standing: null, all: false, sort };
    const page = value(
      await viewUnitPeople(county.liaison, { batchId, unitId: null, filter, page: 1, size: 50 }),
    );
    expect(
      page.rows.map(({ name, judgement, registration, mayBeChosen }) => [
        name,
        judgement.verdict,
        registration?.status ?? null,
        mayBeChosen,
      ]),
    ).toEqual([
      ['甲一', 'eligible', 'registered', false],
      ['甲二', 'needs_look', null, true],
    ]);
  });
});

describe('the first check of the 司法所 (HY13)', () => {
  it('is for its townships alone; the bulk approval waits for it', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const townsman = await aPerson(world.ctx, { unitId: county.townUnitId });
    const clerk = await aPerson(world.ctx, county);
    value(await register(county.townLiaison, batchId, [townsman]));
    value(await register(county.liaison, batchId, [clerk]));
    const [first, other] = [await registrationOf(batchId, townsman), await registrationOf(batchId, clerk)];
    const bulk = (ids: string[]) =>
      approveClean(county.bureau, { batchId, registrationIds: ids, commandId: newId() });
    expect(value(await bulk([first.id, other.id]))).toEqual({ approved: 1, left: 1 });
    const check = (
      actor: ActorCtx,
      id: string,
      verdict: 'pass' | 'return' = 'pass',
      note: string | null = null,
    ) => firstCheck(actor, { batchId, registrationIds: [id], verdict, note, commandId: newId() });
    expect(await check(county.office, other.id)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await check(county.liaison, first.id)).toEqual({ ok: false, code: 'FORBIDDEN' });
    expect(await check(county.office, first.id, 'return')).toMatchObject({ code: 'REASON_REQUIRED' });
    expect(value(await viewFirstCheck(county.office, batchId)).waiting).toBe(1);
    value(await check(county.office, first.id));
    expect(await check(county.office, first.id)).toMatchObject({ code: 'STEP_NOT_POSSIBLE' });
    expect(value(await bulk([first.id]))).toEqual({ approved: 1, left: 0 });
    expect((await listApproved(world.ctx.pool, batchId)).map((one) => one.personId).sort()).toEqual(
      [townsman, clerk].sort(),
    );
  });

  it('may return with a reason, and the unit registers again', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, { unitId: county.townUnitId });
    value(await register(county.townLiaison, batchId, [personId]));
    const { id } = await registrationOf(batchId, personId);
    value(
      await firstCheck(county.office, {
        batchId,
        registrationIds: [id],
        verdict: 'return',
        note: '请补充拟任岗位',
        commandId: newId(),
      }),
    );
    expect(await registrationOf(batchId, personId)).toMatchObject({
      status: 'returned',
      answerNote: '请补充拟任岗位',
    });
    value(await register(county.townLiaison, batchId, [personId]));
    expect(await registrationOf(batchId, personId)).toMatchObject({
      id,
      status: 'registered',
      answerNote: null,
    });
  });
});

describe('the decision of the bureau', () => {
  it('approves, returns, refuses and takes up again, each with its reason and its event', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, { ...county, isEnforcementPost: false });
    value(await register(county.liaison, batchId, [personId]));
    expect(await decide(county.bureau, batchId, personId, 'approve')).toMatchObject({
      code: 'REASON_REQUIRED',
    });
    value(await decide(county.bureau, batchId, personId, 'refuse', '岗位不符'));
    value(await decide(county.bureau, batchId, personId, 'reopen', '单位补充说明'));
    value(await decide(county.bureau, batchId, personId, 'approve', '拟任执法岗位'));
    const events = await world.ctx.db.registrationEvent.findMany({
      where: { registration: { batchId } },
      orderBy: { recordedAt: 'asc' },
    });
    expect(events.map((one) => one.kind)).toEqual(['registered', 'refused', 'reopened', 'approved']);
  });

  it('of two at once stands once', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    value(await register(county.liaison, batchId, [personId]));
    const both = await Promise.all([
      decide(county.bureau, batchId, personId, 'approve'),
      decide(county.second, batchId, personId, 'refuse', '不符'),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });

  it('is not for who registered the person', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    const both = await anActor(world.ctx, {
      grants: [
        { role: 'unit_liaison', scopeKind: 'unit', unitId: county.unitId },
        { role: 'justice_bureau', scopeKind: 'region', regionId: county.countyId },
      ],
    });
    value(await register(both, batchId, [personId]));
    expect(await decide(both, batchId, personId, 'approve')).toMatchObject({ code: 'OWN_REGISTRATION' });
    const { id } = await registrationOf(batchId, personId);
    expect(await approveClean(both, { batchId, registrationIds: [id], commandId: newId() })).toMatchObject({
      code: 'NOTHING_TO_APPROVE',
    });
    const { db } = world.ctx;
    const behind = { personId: await aPerson(world.ctx, county) };
    await db.account.updateMany({
      where: { id: { in: [both.actorId, county.second.actorId] } },
      data: behind,
    });
    for (const [viewer, isClean] of [
      [both, false],
      [county.second, false],
      [county.bureau, true],
    ] as const)
      expect(value(await viewBatch(viewer, batchId, query())).registrations).toMatchObject([{ isClean }]);
    value(await decide(county.bureau, batchId, personId, 'approve'));
  });

  it('asks the rules again: who has left since is not approved', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    value(await register(county.liaison, batchId, [personId]));
    await world.ctx.db.personUnitLink.updateMany({
      where: { personId },
      data: { supersededAt: world.ctx.clock.now() },
    });
    expect(await decide(county.bureau, batchId, personId, 'approve')).toMatchObject({ code: 'NOT_ELIGIBLE' });
  });

  it('on 缓考 leads to the next batch, on 免考 needs the proof, which only readers of the registration open', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const [ill, lawyer] = [await aPerson(world.ctx, county), await aPerson(world.ctx, county)];
    value(await register(county.liaison, batchId, [ill, lawyer]));
    value(await ask(county.liaison, batchId, ill, 'defer', false));
    value(await decide(county.bureau, batchId, ill, 'defer'));
    expect(await ask(county.liaison, batchId, lawyer, 'exempt', false)).toMatchObject({
      code: 'PROOF_REQUIRED',
    });
    expect(await decide(county.bureau, batchId, lawyer, 'exempt', '有证')).toMatchObject({
      code: 'NOTHING_ASKED_FOR_EXEMPTION',
    });
    value(await ask(county.liaison, batchId, lawyer, 'exempt'));
    const [kept] = await listProofs(world.ctx.pool, (await registrationOf(batchId, lawyer)).id);
    expect(Buffer.from(value(await readProof(county.bureau, kept?.id ?? '')).bytes).toString()).toBe(
      '%PDF-1.4 invented',
    );
    expect(await readProof(county.townLiaison, kept?.id ?? '')).toEqual({ ok: false, code: 'NOT_FOUND' });
    value(await decide(county.bureau, batchId, lawyer, 'exempt'));
    expect((await registrationOf(batchId, lawyer)).status).toBe('exempt');
    const next = await aBatch(county, { title: '下一批次资格考试' });
    value(await register(county.liaison, next, [ill]));
    expect((await registrationOf(next, ill)).reasons.map((one) => one.code)).toContain('DEFERRED_BEFORE');
  });

  it('on 缓考 and 免考 is never granted by who has asked, from whichever account: not by the server, not by the table', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const [ill, asker] = [await aPerson(world.ctx, county), await aPerson(world.ctx, county)];
    const liaison = await anActor(world.ctx, {
      personId: asker,
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: county.unitId }],
    });
    const twin = await anActor(world.ctx, {
      personId: asker,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: county.countyId }],
    });
    // Registered by somebody else: only the request is the asker's.
    value(await register(county.liaison, batchId, [ill]));
    for (const what of ['defer', 'exempt'] as const) {
      value(await ask(liaison, batchId, ill, what));
      for (const decision of [what, 'decline'] as const)
        expect(await decide(twin, batchId, ill, decision, '同意')).toMatchObject({
          code: 'OWN_REGISTRATION',
        });
    }
    const { id } = await registrationOf(batchId, ill);
    await expect(
      world.ctx.db.examRegistration.update({
        where: { id },
        data: { status: 'exempt', asked: null, askedNote: null, decidedPerson: asker },
      }),
    ).rejects.toThrow(/exam_registration_two_persons/);
    value(await decide(county.bureau, batchId, ill, 'decline', '证明不足'));
    value(await ask(liaison, batchId, ill, 'exempt'));
    value(await decide(county.bureau, batchId, ill, 'exempt'));
    expect(await world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } })).toMatchObject({
      askedPerson: asker,
      decidedPerson: county.bureau.actorId,
    });
  });

  it('shows itself to the person', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    const self = await anActor(world.ctx, { personId, grants: [{ role: 'applicant', scopeKind: 'self' }] });
    value(await register(county.liaison, batchId, [personId]));
    value(await decide(county.bureau, batchId, personId, 'return', '请补充材料'));
    expect(value(await viewOwnRegistrations(self))).toMatchObject([
      { status: 'returned', answerNote: '请补充材料', hasSitting: false },
    ]);
  });
});

describe('撤报', () => {
  it('is the unit’s until its last instant, and somebody else’s is not found', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    value(await register(county.liaison, batchId, [personId]));
    expect(await withdraw(county.townLiaison, batchId, personId)).toEqual({ ok: false, code: 'NOT_FOUND' });
    world.clock.set(days(9.5));
    expect(await withdraw(county.liaison, batchId, personId)).toMatchObject({ code: 'WITHDRAW_OVER' });
    world.clock.set(START);
    value(await withdraw(county.liaison, batchId, personId));
    expect(await withdraw(county.liaison, batchId, personId)).toMatchObject({ code: 'STEP_NOT_POSSIBLE' });
    expect(await listApproved(world.ctx.pool, batchId)).toEqual([]);
  });
});

describe('the campaign 考试报名', () => {
  it('asks every unit with people once, and takes the list as it is registered', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personId = await aPerson(world.ctx, county);
    await aPerson(world.ctx, { unitId: county.townUnitId });
    const issue = async (actor: ActorCtx) =>
      issueRegistration(actor, { batchId, expectedVersion: await versionOf(batchId), commandId: newId() });
    const both = await Promise.all([issue(county.bureau), issue(county.second)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const { campaignId } = await world.ctx.db.examBatch.findUniqueOrThrow({ where: { id: batchId } });
    if (campaignId === null) throw new Error('the campaign is there');
    expect(await world.ctx.db.campaignTarget.count({ where: { campaignId } })).toBe(2);
    const handIn = async (mode: 'same' | 'filled_in') =>
      submitAnswer(county.liaison, {
        campaignId,
        unitId: county.unitId,
        mode,
        values: { batchId, preparer: '王某' },
        expectedVersion: (await findTarget(world.ctx.pool, campaignId, county.unitId))?.version ?? 0,
        commandId: newId(),
      });
    expect(value(await handIn('filled_in')).problems).toHaveProperty('preparer');
    value(await register(county.liaison, batchId, [personId]));
    expect(value(await handIn('same')).problems).toHaveProperty('preparer');
    expect(value(await handIn('filled_in')).submitted).toMatchObject({ answerNo: 1, exceptionCount: 1 });
  });
});

describe('many people', () => {
  it('are registered, judged and approved together, and the export says the same as the page', async () => {
    const county = await aCounty();
    const batchId = await aBatch(county);
    const personIds: string[] = [];
    for (let n = 0; n < 30; n += 1) personIds.push(await aPerson(world.ctx, county));
    value(await register(county.liaison, batchId, personIds));
    const page = value(await viewBatch(county.bureau, batchId, { ...query(), size: 100 }));
    expect([page.total, page.figures.waiting]).toEqual([30, 30]);
    const registrationIds = page.registrations.map((one) => one.id);
    expect(
      value(await approveClean(county.bureau, { batchId, registrationIds, commandId: newId() })),
    ).toEqual({
      approved: 30,
      left: 0,
    });
    const file = value(await exportRegistrations(county.bureau, batchId, query()));
    expect(file.content.byteLength).toBeGreaterThan(1_000);
    value(await drawSummary(county.bureau, { batchId, commandId: newId() }));
    const sheet = { batchId, unitId: county.unitId, commandId: newId() };
    const drawn = value(await drawReviewSheet(county.liaison, sheet));
    expect(value(await drawReviewSheet(county.liaison, sheet))).toEqual(drawn);
    expect(await drawReviewSheet(county.townLiaison, { ...sheet, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});
