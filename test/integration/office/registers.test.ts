import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { nameContact, viewContacts } from '#app/office/roster/contacts.server.ts';
import { recordGrades, withdrawGrade } from '#app/office/roster/grades.server.ts';
import { viewGrades } from '#app/office/roster/grades-view.server.ts';
import { awardHonour, awardPerson, viewHonours, withdrawHonour } from '#app/office/roster/honours.server.ts';
import { viewPerson } from '#app/office/roster/person-view.server.ts';
import { appointReviewer, endReviewer, enterSupervisionCard } from '#app/office/roster/registers.server.ts';
import { viewReviewers } from '#app/office/roster/reviewers-view.server.ts';
import { endInvited, inviteSupervisor, viewSupervisors } from '#app/office/roster/supervisors.server.ts';
import { reportLeaver } from '#app/office/change/leavers.server.ts';
import type { Grade } from '#app/organization/register/assessment.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { listTasks } from '#test/support/tasks.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
let regionId = '';
let unit = '';
let team = '';
let other = '';
let liaison: ActorCtx;
let otherLiaison: ActorCtx;
let bureau: ActorCtx;
let supervisor: ActorCtx;
let officers: string[] = [];

const reviewersQuery = { text: '', only: 'all', organId: null, page: 1, size: 20 } as const;
const appoint = (unitId: string) =>
  ({
    intent: 'reviewer',
    unitId,
    fromDay: '2026-01-01',
    workMode: 'full_time',
    qualificationNo: 'A1',
    sinceYear: 2020,
    commandId: newId(),
  }) as const;

beforeAll(async () => {
  const { ctx } = world;
  regionId = await aRegion(ctx);
  unit = await aUnit(ctx, { regionId, name: '甲局' });
  team = await aUnit(ctx, { regionId, parentId: unit, name: '甲队', unitType: 'team' });
  other = await aUnit(ctx, { regionId, name: '乙局' });
  await ctx.db.entity.create({
    data: {
      id: newId(),
      versions: {
        create: {
          id: newId(),
          unitId: unit,
          name: '甲局',
          entityType: 'organ',
          legalBasis: '某法',
          validFrom: new Date('2020-01-01T00:00:00.000Z'),
          recordedAt: new Date('2020-01-01T00:00:00.000Z'),
        },
      },
    },
  });
  officers = [];
  for (let n = 0; n < 20; n += 1)
    officers.push(
      await aPerson(ctx, { unitId: n < 5 ? unit : team, name: `人${'一二三四五六七八九十'[n % 10]}${n}` }),
    );
  await aPerson(ctx, { unitId: unit, name: '编外', establishment: 'contract' });
  liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: unit }] });
  otherLiaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId: other }] });
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  supervisor = await anActor(ctx, { grants: [{ role: 'supervisor', scopeKind: 'region', regionId }] });
});

const personAt = (n: number): string => officers[n] ?? '';

describe('法制审核人员 (YC9, AJ6)', () => {
  it('of exactly 5 % are enough: one for twenty officers of the organ and its team (YC9)', async () => {
    const before = await viewReviewers(liaison, reviewersQuery);
    expect(before).toMatchObject({
      value: { organs: [{ name: '甲局', officers: 20, reviewers: 0, required: 1, standing: 'short' }] },
    });
    expect((await appointReviewer(liaison, personAt(0), appoint(unit))).ok).toBe(true);
    const after = await viewReviewers(liaison, reviewersQuery);
    expect(after).toMatchObject({
      value: { organsMet: 1, organsJudged: 1, organs: [{ reviewers: 1, qualified: 1, standing: 'met' }] },
    });
  });

  it('appointed twice are one, and stay one when two appoint at once', async () => {
    const outcomes = await Promise.all(
      [1, 2, 3].map(() => appointReviewer(liaison, personAt(1), appoint(unit))),
    );
    expect(outcomes.every((one) => one.ok)).toBe(true);
    expect(outcomes.filter((one) => one.ok && one.value.isNew)).toHaveLength(1);
    const page = await viewPerson(liaison, personAt(1));
    expect(page.ok && page.value.reviews).toHaveLength(1);
  });

  it('end on a day, and who has left no longer counts', async () => {
    const end = { intent: 'reviewer-end', unitId: unit, day: '2026-06-01', commandId: newId() } as const;
    expect((await endReviewer(liaison, personAt(1), end)).ok).toBe(true);
    expect(await endReviewer(liaison, personAt(1), { ...end, commandId: newId() })).toMatchObject({
      code: 'NO_TERM',
    });
    const leaver = await aPerson(world.ctx, { unitId: team });
    await appointReviewer(liaison, leaver, appoint(unit));
    const counted = await viewReviewers(liaison, reviewersQuery);
    await reportLeaver(liaison, {
      personId: leaver,
      unitId: team,
      awayFromDay: '2026-11-01',
      reason: 'resigned',
      documentNo: '甲人字1号',
      note: null,
      commandId: newId(),
    });
    const after = await viewReviewers(liaison, reviewersQuery);
    expect(counted.ok && after.ok && counted.value.total.reviewers - after.value.total.reviewers).toBe(1);
  });

  it('of other units are not found', async () => {
    expect(await appointReviewer(otherLiaison, personAt(0), appoint(other))).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await appointReviewer(liaison, personAt(0), appoint(other))).toMatchObject({ code: 'NOT_FOUND' });
    expect(await viewReviewers(otherLiaison, { ...reviewersQuery, organId: unit })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('年度考核 (HY12)', () => {
  const grade = (personId: string, year: number, value: Grade, reason: string | null = null) =>
    recordGrades(liaison, { year, entries: [{ personId, grade: value, reason }], commandId: newId() });

  it('entered by the unit flags two bad years in a row, once, and asks the bureau (HY12)', async () => {
    const personId = personAt(2);
    expect(await grade(personId, 2024, 'incompetent')).toMatchObject({
      ok: true,
      value: { written: 1, flagged: 0 },
    });
    expect(await grade(personId, 2025, 'incompetent')).toMatchObject({
      ok: true,
      value: { written: 1, flagged: 1 },
    });
    expect(await grade(personId, 2025, 'incompetent')).toMatchObject({ ok: true, value: { written: 0 } });
    expect(await listTasks(world.ctx, 'assessment.review', `${personId}:2025`)).toEqual(['open']);
    const page = await viewGrades(liaison, {
      year: 2025,
      unitId: null,
      text: '',
      only: 'bad_twice',
      page: 1,
      size: 20,
    });
    expect(page.ok && page.value.rows.map((row) => row.personId)).toEqual([personId]);
    expect(page.ok && page.value.flagged).toBe(1);
  });

  it('with a gap flags nobody; the year between, entered later, does', async () => {
    const personId = personAt(3);
    await grade(personId, 2023, 'incompetent');
    expect(await grade(personId, 2025, 'incompetent')).toMatchObject({ value: { flagged: 0 } });
    expect(await grade(personId, 2024, 'incompetent')).toMatchObject({ value: { flagged: 2 } });
  });

  it('put right withdraws the task; another grade needs a reason', async () => {
    const personId = personAt(4);
    await grade(personId, 2024, 'incompetent');
    await grade(personId, 2025, 'incompetent');
    expect(await grade(personId, 2025, 'competent')).toMatchObject({ code: 'REASON_REQUIRED' });
    expect((await grade(personId, 2025, 'competent', '录入有误')).ok).toBe(true);
    expect(await listTasks(world.ctx, 'assessment.review', `${personId}:2025`)).toEqual(['withdrawn']);
    const page = await viewPerson(liaison, personId);
    expect(page.ok && page.value.assessments?.entries.filter((one) => one.year === 2025)).toHaveLength(2);
    expect(page.ok && page.value.assessments?.badPair).toBeNull();
  });

  it('opens the task again when the pair stands again, each time once; what was dealt with stays so', async () => {
    const personId = personAt(5);
    const stateOf = (round: string) => listTasks(world.ctx, 'assessment.review', `${personId}:2025${round}`);
    await grade(personId, 2024, 'incompetent');
    await grade(personId, 2025, 'incompetent');
    await grade(personId, 2025, 'competent', '录入有误');
    expect(await grade(personId, 2025, 'incompetent', '复核维持原等次')).toMatchObject({ ok: true });
    expect([await stateOf(''), await stateOf('#1'), await stateOf('#2')]).toEqual([
      ['withdrawn'],
      ['open'],
      [],
    ]);
    await grade(personId, 2024, 'competent', '录入有误');
    expect(await stateOf('#1')).toEqual(['withdrawn']);
    await grade(personId, 2024, 'incompetent', '复核维持原等次');
    expect(await stateOf('#2')).toEqual(['open']);
    await world.ctx.db.task.updateMany({
      where: { kind: 'assessment.review', key: `${personId}:2025#2` },
      data: { state: 'done', settledAt: world.ctx.clock.now() },
    });
    await grade(personId, 2024, 'competent', '录入有误');
    await grade(personId, 2024, 'incompetent', '复核维持原等次');
    expect([await stateOf('#2'), await stateOf('#3')]).toEqual([['done'], []]);
  });

  it('raced by two leaves one grade that stands', async () => {
    const personId = personAt(6);
    const outcomes = await Promise.all([
      grade(personId, 2025, 'excellent'),
      grade(personId, 2025, 'excellent'),
    ]);
    expect(outcomes.every((one) => one.ok)).toBe(true);
    const { rows } = await world.ctx.pool.query(`select grade from assessment where person_id = $1`, [
      personId,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('may be withdrawn and entered again', async () => {
    const personId = personAt(7);
    await grade(personId, 2025, 'excellent');
    const act = { year: 2025, reason: '登记错人', commandId: newId() };
    expect((await withdrawGrade(liaison, personId, act)).ok).toBe(true);
    expect(await withdrawGrade(liaison, personId, { ...act, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await grade(personId, 2025, 'excellent')).toMatchObject({ value: { written: 1 } });
  });

  it('of people of others, of a year that is not over, or by a supervisor is refused as a whole', async () => {
    const stranger = await aPerson(world.ctx, { unitId: other });
    const entries = [personAt(8), stranger].map(
      (personId) => ({ personId, grade: 'competent', reason: null }) as const,
    );
    const input = { year: 2025, entries, commandId: newId() };
    expect(await recordGrades(liaison, input)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await recordGrades(liaison, { ...input, year: 2026 })).toMatchObject({ code: 'YEAR_NOT_OVER' });
    expect(await recordGrades(supervisor, input)).toMatchObject({ code: 'FORBIDDEN' });
    const { rows } = await world.ctx.pool.query(
      `select 1 from assessment where person_id = any($1::uuid[])`,
      [[personAt(8), stranger]],
    );
    expect(rows).toEqual([]);
    expect(
      await viewGrades(supervisor, { year: 2025, unitId: null, text: '', only: 'all', page: 1, size: 20 }),
    ).toMatchObject({
      code: 'FORBIDDEN',
    });
  });

  it('is append-only', async () => {
    await expect(world.ctx.pool.query(`update assessment set grade = 'excellent'`)).rejects.toThrow(
      'APPEND_ONLY',
    );
  });
});

describe('监督人员 and 特邀监督员 (YC10, ZY15)', () => {
  const query = {
    text: '',
    isEnding: false,
    sort: { field: 'name', direction: 'asc' },
    page: 1,
    size: 20,
  } as const;
  const card = (cardNo: string, validUntil = '2029-06-30') =>
    ({ intent: 'supervision', cardNo, validFrom: '2024-07-01', validUntil, commandId: newId() }) as const;

  it('with a valid card are counted; the bureau enters, the supervisor reads (YC10)', async () => {
    expect((await enterSupervisionCard(bureau, personAt(9), card('JD001'))).ok).toBe(true);
    expect((await enterSupervisionCard(bureau, personAt(10), card('JD002', '2026-12-31'))).ok).toBe(true);
    expect(await enterSupervisionCard(bureau, personAt(11), card('JD001'))).toMatchObject({
      code: 'CARD_NO_TAKEN',
    });
    expect(await enterSupervisionCard(liaison, personAt(11), card('JD003'))).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await viewSupervisors(supervisor, query)).toMatchObject({
      value: { valid: 2, endingSoon: 1, mayManage: false },
    });
    expect(await viewSupervisors(liaison, query)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('raced for one number leave one holder', async () => {
    const outcomes = await Promise.all(
      [12, 13].map((n) => enterSupervisionCard(bureau, personAt(n), card('JD777'))),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(outcomes.find((one) => !one.ok)).toMatchObject({ code: 'CARD_NO_TAKEN' });
  });

  it('invited from outside have a term, which may end early (ZY15)', async () => {
    const form = {
      intent: 'invite',
      name: '李某',
      affiliation: '人大代表',
      documentNo: undefined,
      fromDay: '2026-01-01',
      untilDay: '2027-12-31',
      commandId: newId(),
    } as const;
    const invited = await inviteSupervisor(bureau, form);
    expect(await inviteSupervisor(bureau, form)).toEqual(invited);
    expect(
      await inviteSupervisor(bureau, { ...form, untilDay: '2025-01-01', commandId: newId() }),
    ).toMatchObject({
      code: 'TERM_REVERSED',
    });
    const page = await viewSupervisors(bureau, query);
    expect(page.ok && page.value.invited.map(({ name }) => name)).toEqual(['李某']);
    const supervisorId = invited.ok ? invited.value.supervisorId : '';
    const end = { intent: 'invited-end', supervisorId, day: '2026-11-23', commandId: newId() } as const;
    const foreign = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: await aRegion(world.ctx) }],
    });
    expect(await endInvited(foreign, end)).toMatchObject({ ok: false });
    expect((await endInvited(bureau, { ...end, commandId: newId() })).ok).toBe(true);
    const after = await viewSupervisors(bureau, query);
    expect(after.ok && after.value.invited).toEqual([]);
  });
});

describe('荣誉 and 联络员 (ZY12, ZY17)', () => {
  const query = { who: 'all', text: '', page: 1, size: 20 } as const;
  const honour = (title: string) => ({
    title,
    awardedBy: '某市人民政府',
    awardedDay: '2026-01-15',
    documentNo: null,
    commandId: newId(),
  });

  it('stand for persons and units, and are withdrawn once (ZY12)', async () => {
    const personal = await awardPerson(liaison, personAt(14), honour('先进个人'));
    await awardHonour(liaison, { ...honour('先进集体'), personId: null, unitId: unit });
    const page = await viewHonours(liaison, query);
    expect(page.ok && page.value.rows.map(({ title }) => title).sort()).toEqual(['先进个人', '先进集体']);
    const honourId = personal.ok ? personal.value.honourId : '';
    const outcomes = await Promise.all(
      [1, 2].map(() => withdrawHonour(liaison, { honourId, reason: '登记有误', commandId: newId() })),
    );
    expect(outcomes.filter((one) => one.ok)).toHaveLength(1);
    expect(await viewHonours(liaison, { ...query, who: 'persons' })).toMatchObject({ value: { total: 0 } });
    expect(await awardHonour(otherLiaison, { ...honour('x'), personId: null, unitId: unit })).toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(
      await awardHonour(liaison, { ...honour('x'), awardedDay: '2026-12-01', personId: null, unitId: unit }),
    ).toMatchObject({ code: 'DAY_OUT_OF_RANGE' });
  });

  it('name whom to call in each unit, with the number sealed (ZY17)', async () => {
    const form = { unitId: unit, name: '张某', position: '科长', phone: '13900002222' };
    expect((await nameContact(liaison, { ...form, commandId: newId() })).ok).toBe(true);
    expect((await nameContact(liaison, { ...form, commandId: newId() })).ok).toBe(true);
    expect((await nameContact(liaison, { ...form, name: '王某', commandId: newId() })).ok).toBe(true);
    const ask = { text: '', only: 'all', unitId: null, page: 1, size: 20 } as const;
    const page = await viewContacts(liaison, ask);
    expect(page.ok && page.value.rows.find((row) => row.unitId === unit)).toMatchObject({
      name: '王某',
      phone: '13900002222',
    });
    expect(page).toMatchObject({ value: { missing: 1, units: 2 } });
    expect(await nameContact(otherLiaison, { ...form, commandId: newId() })).toMatchObject({
      code: 'NOT_FOUND',
    });
    const { rows } = await world.ctx.pool.query<{ text: string }>(
      `select string_agg(encode(phone_cipher, 'escape'), '') as text from unit_contact where superseded_at is null`,
    );
    expect(rows[0]?.text).not.toContain('13900002222');
  });
});
