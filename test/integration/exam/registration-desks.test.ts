import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { actOnBatch } from '#app/exam/batch/batch-action.server.ts';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { createBatch } from '#app/exam/batch/create-batch.server.ts';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import { actOnFirstCheck } from '#app/exam/batch/registration/first-check-action.server.ts';
import { viewFirstCheck } from '#app/exam/batch/registration/first-check-view.server.ts';
import { registerPeople } from '#app/exam/batch/registration/register-people.server.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { viewRegistration } from '#app/exam/batch/registration/registration-view.server.ts';
import { withdrawRegistration } from '#app/exam/batch/registration/unit-acts.server.ts';
import { actOnUnitBatch } from '#app/exam/batch/registration/unit-action.server.ts';
import { viewUnitBatches } from '#app/exam/batch/registration/unit-batches-view.server.ts';
import { previewChosen, viewUnitPeople } from '#app/exam/batch/registration/unit-people-view.server.ts';
import { stepBatch } from '#app/exam/batch/step-batch.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { drainAll } from '#test/support/organisation.ts';
import { value } from '#test/support/office.ts';
import { aBatchSitting, aBureau, aSealedPaper, aSeatedHall, somePeople } from '#test/support/seating.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const SINCE = dayToDb('2020-01-01');
const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: [], jobs: { enqueue: () => Promise.resolve() } });
});

async function anEntity(unitId: string): Promise<void> {
  const version = {
    ...{ id: newId(), unitId, name: '某局', entityType: 'organ', confirmationNo: '甲〔2025〕1号' },
    ...{ legalBasis: '《中华人民共和国行政处罚法》第十七条', validFrom: SINCE, recordedAt: SINCE },
  };
  await world.ctx.db.entity.create({ data: { id: newId<'Entity'>(), versions: { create: version } } });
}

/** A township with its 司法所, in a county with an open batch. */
async function aTownship() {
  const { ctx } = world;
  const countyId = await aRegion(ctx, { level: 'county' });
  const townshipId = await aRegion(ctx, { level: 'township', parentId: countyId });
  const unitId = await aUnit(ctx, { regionId: townshipId, unitType: 'township' });
  await anEntity(unitId);
  const bureau = await anActor(ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: countyId }],
  });
  const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  const officer = (personId: string | null = null) =>
    anActor(ctx, {
      personId,
      grants: [{ role: 'justice_office', scopeKind: 'region', regionId: townshipId }],
    });
  const office = await officer();
  forgetTree(ctx);
  const days = (n: number): Date => new Date(ctx.clock.now().getTime() + n * 86_400_000);
  const windows = {
    ...{ registerFrom: days(-1), registerUntil: days(5), lateUntil: days(8), withdrawUntil: days(9) },
  };
  const asked = {
    regionId: countyId,
    title: '第二次资格考试',
    blueprintCode: 'P1',
    preconditionCourse: null,
  };
  const { batchId } = value(await createBatch(bureau, { ...asked, ...windows, commandId: newId() }));
  const step = async (what: 'open' | 'cancel') => {
    const { version } = await ctx.db.examBatch.findUniqueOrThrow({ where: { id: batchId } });
    const order = { batchId, step: what, reason: '因故', expectedVersion: version, commandId: newId() };
    value(await stepBatch(bureau, order));
  };
  await step('open');
  const register = async (by: ActorCtx, personId: string): Promise<string> => {
    const people = [{ personId, sanction: null }];
    value(await registerPeople(by, { batchId, people, note: null, commandId: newId() }));
    const found = await ctx.db.examRegistration.findFirstOrThrow({ where: { batchId, personId } });
    return found.id;
  };
  return { batchId, unitId, bureau, liaison, office, officer, step, register };
}

function formOf(fields: Readonly<Record<string, string | readonly string[]>>): FormData {
  const form = new FormData();
  for (const [name, texts] of Object.entries({ commandId: newId(), ...fields }))
    for (const text of typeof texts === 'string' ? [texts] : texts) form.append(name, text);
  return form;
}

describe('the desk of the 司法所', () => {
  it('offers no tick for the viewer’s own registration, which nobody may check themselves, and counts it as waiting', async () => {
    const { batchId, unitId, liaison, officer, register } = await aTownship();
    const own = await aPerson(world.ctx, { unitId });
    const other = await aPerson(world.ctx, { unitId });
    for (const personId of [own, other]) await register(liaison, personId);
    const page = value(await viewFirstCheck(await officer(own), batchId));
    expect(page.waiting).toBe(2);
    const offered = page.rows.map(({ personId, isWaiting, mayBeChecked }) => [
      personId,
      isWaiting,
      mayBeChecked,
    ]);
    expect(offered).toEqual(
      expect.arrayContaining([
        [own, true, false],
        [other, true, true],
      ]),
    );
  });

  it('has nothing to check of a batch that was called off, and its list of batches counts nobody', async () => {
    const { batchId, unitId, liaison, office, step, register } = await aTownship();
    await register(liaison, await aPerson(world.ctx, { unitId }));
    const unchecked = async () => value(await viewUnitBatches(office)).rows.map((row) => row.unchecked);
    expect([await unchecked(), value(await viewFirstCheck(office, batchId)).waiting]).toEqual([[1], 1]);
    await step('cancel');
    expect([await unchecked(), value(await viewFirstCheck(office, batchId)).waiting]).toEqual([[0], 0]);
    expect(value(await viewFirstCheck(office, batchId)).rows).toMatchObject([{ mayBeChecked: false }]);
  });

  it('gives back all that was typed and ticked, also an opinion too long to be kept', async () => {
    const { batchId, unitId, liaison, office, register } = await aTownship();
    const id = await register(liaison, await aPerson(world.ctx, { unitId }));
    const note = '请补充材料。'.repeat(60);
    const post = (fields: Readonly<Record<string, string | readonly string[]>>) =>
      actOnFirstCheck(office, batchId, formOf({ intent: 'return', ...fields }));
    expect(await post({ ids: id, note })).toEqual({
      ...{ errors: { note: '意见不超过 300 个字。' }, refusal: null, note },
      ...{ registrationIds: [id], status: 422 },
    });
    expect(await post({ ids: [], note })).toMatchObject({ errors: { ids: expect.any(String) }, note });
    expect(await post({ ids: id, note: ' ' })).toMatchObject({ errors: { note: expect.any(String) } });
    expect(await world.ctx.db.examRegistration.count({ where: { id, status: 'registered' } })).toBe(1);
    expect(await post({ ids: id, note: '请补充拟任岗位' })).toBeNull();
    expect(await world.ctx.db.examRegistration.count({ where: { id, status: 'returned' } })).toBe(1);
  });
});

describe('the desk of the bureau', () => {
  it('gives back the reason of a step that is refused, and says what is wrong with it', async () => {
    const { batchId, bureau } = await aTownship();
    const post = (reason: string) =>
      actOnBatch(bureau, batchId, formOf({ intent: 'cancel', expectedVersion: '1', reason }));
    const long = '考点停电检修。'.repeat(50);
    expect(await post(long)).toMatchObject({ refusal: '理由不超过 300 个字。', reason: long, status: 422 });
    expect(await post('考点停电检修')).toMatchObject({ reason: '考点停电检修', status: 409 });
  });
});

describe('what the desks were asked for', () => {
  it('ends with what it was for, also when it was asked more than a year before', async () => {
    const { ctx } = world;
    const { batchId, unitId, bureau, liaison, office, register } = await aTownship();
    const early = await register(liaison, await aPerson(ctx, { unitId }));
    const late = await register(liaison, await aPerson(ctx, { unitId }));
    const check = async (ids: string, intent: 'pass' | 'return') =>
      expect(await actOnFirstCheck(office, batchId, formOf({ intent, ids, note: '请核对' }))).toBeNull();
    await check(early, 'pass');
    const open = async () => {
      await drainAll(ctx, [taskConsumer]);
      const tasks = await ctx.db.task.findMany({ where: { originId: batchId, state: 'open' } });
      return tasks.map((task) => task.kind).sort();
    };
    expect(await open()).toEqual(['registration.first_check', 'registration.review']);
    world.clock.advanceSeconds(500 * 86_400);
    await check(late, 'return');
    expect(await open()).toEqual(['registration.returned', 'registration.review']);
    const { version: expectedVersion } = await ctx.db.examRegistration.findUniqueOrThrow({
      where: { id: early },
    });
    const refuse = { registrationId: early, decision: 'refuse', note: '不再任执法岗位' } as const;
    value(await decideRegistration(bureau, { ...refuse, expectedVersion, commandId: newId() }));
    expect(await open()).toEqual(['registration.returned']);
  });
});

describe('the list of registrations', () => {
  it('narrows by the search field and by the filter of the unit together, with counts that agree', async () => {
    const { ctx } = world;
    const { bureau, regionId } = await aBureau(ctx);
    const hall = await aBatchSitting(ctx, { bureau, regionId });
    const city = await aUnit(ctx, { regionId, name: '城市管理局' });
    const water = await aUnit(ctx, { regionId, name: '水利局' });
    const people = { 张三: city, 李四: city, 水利生: city, 张五: water };
    for (const [name, unitId] of Object.entries(people))
      await hall.register({ personId: await aPerson(ctx, { unitId, name }), unitId });
    forgetTree(ctx);
    await ctx.db.examRegistration.updateMany({
      where: { batchId: hall.batchId },
      data: { status: 'registered', verdict: 'eligible' },
    });
    const found = async (search: string) => {
      const list = parseTableQuery(new URLSearchParams(search), REGISTRATIONS_TABLE);
      const page = value(await viewBatch(bureau, hall.batchId, list));
      return {
        total: page.total,
        bulk: page.forBulk,
        names: page.registrations.map((row) => row.personName).sort(),
      };
    };
    expect(await found('q=张&f.unit=城市')).toEqual({ total: 1, bulk: 1, names: ['张三'] });
    expect(await found('f.unit=水利')).toEqual({ total: 1, bulk: 1, names: ['张五'] });
    expect(await found('q=水利')).toEqual({ total: 2, bulk: 2, names: ['张五', '水利生'] });
  });
});

describe('the desk of a unit', () => {
  it('gives back who filled in a list that is refused', async () => {
    const { batchId, unitId, liaison } = await aTownship();
    const typed = { unitId, preparer: '王某', phone: '0376-1234567', expectedVersion: '1' };
    expect(await actOnUnitBatch(liaison, batchId, formOf({ intent: 'hand_in', ...typed }))).toMatchObject({
      posted: { preview: null, values: typed },
      status: 422,
    });
  });

  it('that answers for more people than one page judges goes on with those chosen in one of its units', async () => {
    const { batchId, unitId } = await aTownship();
    const { ctx } = world;
    const { regionId } = await ctx.db.unitVersion.findFirstOrThrow({ where: { unitId } });
    const largeId = await aUnit(ctx, { regionId });
    const staff = await somePeople(ctx, [largeId], 3_000);
    await ctx.db.personUnitLink.createMany({
      data: staff.map(({ personId }) => ({
        ...{ id: newId(), personId, unitId: largeId, kind: 'home', establishment: 'admin' },
        ...{ isEnforcementPost: true, validFrom: SINCE, recordedAt: SINCE, sourceKind: 'test' },
      })),
    });
    const chosen = await aPerson(ctx, { unitId });
    const elsewhere = await aPerson(ctx, { unitId: await aUnit(ctx, { regionId }) });
    const liaison = await anActor(ctx, {
      grants: [unitId, largeId].map((id) => ({
        ...{ role: 'unit_liaison' as const, scopeKind: 'unit' as const, unitId: id },
      })),
    });
    forgetTree(ctx);
    const filter = {
      ...{ text: '', verdict: null, standing: null, all: false },
      sort: { field: 'name', direction: 'asc' } as const,
    };
    const asked = { batchId, filter, page: 1, size: 20 };
    expect(value(await viewUnitPeople(liaison, { ...asked, unitId: null }))).toMatchObject({
      isTooMany: true,
    });
    const page = value(await viewUnitPeople(liaison, { ...asked, unitId }));
    expect(page.rows.map(({ personId, mayBeChosen }) => [personId, mayBeChosen])).toEqual([[chosen, true]]);
    const preview = value(await previewChosen(liaison, { batchId, personIds: [chosen, elsewhere] }));
    expect(preview.map((one) => one.personId)).toEqual([chosen]);
    // Ticked together with people of the large unit they are judged all the same: they, and nobody else of it.
    await anEntity(largeId);
    const colleague = staff[0]?.personId ?? '';
    const both = value(await previewChosen(liaison, { batchId, personIds: [chosen, colleague] }));
    expect(both.map((one) => one.personId).sort()).toEqual([chosen, colleague].sort());
  });

  it('sees who was registered by another unit before they came, as the command does', async () => {
    const { ctx } = world;
    const { batchId, unitId, liaison, office, register } = await aTownship();
    const { regionId } = await ctx.db.unitVersion.findFirstOrThrow({ where: { unitId } });
    const nextId = await aUnit(ctx, { regionId, unitType: 'township' });
    await anEntity(nextId);
    const liaisonOf = (...ids: readonly string[]) =>
      anActor(ctx, {
        grants: ids.map((id) => ({ role: 'unit_liaison', scopeKind: 'unit', unitId: id }) as const),
      });
    const [ofNext, ofBoth] = [await liaisonOf(nextId), await liaisonOf(unitId, nextId)];
    forgetTree(ctx);
    const personId = await aPerson(ctx, { unitId });
    const id = await register(liaison, personId);
    await ctx.db.personUnitLink.updateMany({ where: { personId }, data: { supersededAt: ctx.clock.now() } });
    await ctx.db.personUnitLink.create({
      data: {
        ...{
          id: newId(),
          personId,
          unitId: nextId,
          kind: 'home',
          establishment: 'admin',
          fieldCode: 'URBAN',
        },
        ...{ isEnforcementPost: true, validFrom: SINCE, recordedAt: SINCE, sourceKind: 'test' },
      },
    });
    const filter = {
      ...{ text: '', verdict: null, standing: null, all: true },
      sort: { field: 'name', direction: 'asc' } as const,
    };
    const listed = async (viewer: ActorCtx, unit: string | null) =>
      value(await viewUnitPeople(viewer, { batchId, unitId: unit, filter, page: 1, size: 20 })).rows.map(
        ({ mayBeChosen, registration }) => ({ mayBeChosen, ...registration }),
      );
    const preview = async (viewer: ActorCtx) =>
      value(await previewChosen(viewer, { batchId, personIds: [personId] })).map((one) => one.personId);
    const registered = { mayBeChosen: false, unitId, status: 'registered' };
    for (const unit of [null, nextId])
      expect(await listed(ofBoth, unit)).toMatchObject([{ ...registered, isOurs: true }]);
    expect(await listed(ofNext, null)).toMatchObject([{ ...registered, isOurs: false }]);
    expect([await preview(ofBoth), await preview(ofNext)]).toEqual([[], []]);
    const people = [{ personId, sanction: null }];
    const again = () => registerPeople(ofBoth, { batchId, people, note: null, commandId: newId() });
    expect(value(await again())).toEqual({ registered: 0, known: 1 });
    const returned = { intent: 'return', ids: id, note: '请核对现单位' };
    expect(await actOnFirstCheck(office, batchId, formOf(returned))).toBeNull();
    expect(await listed(ofNext, null)).toMatchObject([
      { mayBeChosen: true, status: 'returned', isOurs: false, answerNote: null },
    ]);
    expect(await listed(ofBoth, nextId)).toMatchObject([{ isOurs: true, answerNote: '请核对现单位' }]);
    expect([await preview(ofBoth), await preview(ofNext)]).toEqual([[personId], [personId]]);
    expect(value(await again())).toEqual({ registered: 1, known: 0 });
    expect(await listed(ofNext, null)).toMatchObject([{ unitId: nextId, isOurs: true }]);
  });

  it('offers 撤报 of who was returned and keeps the sitting for a sealed paper alone, as the command takes it', async () => {
    const { ctx } = world;
    const hall = await aSeatedHall(ctx, { people: 1 });
    const [person] = hall.people;
    if (!person) throw new Error('the hall has a person');
    const { registrationId, unitId } = person;
    await aSealedPaper(ctx, registrationId);
    const withdrawUntil = new Date(ctx.clock.now().getTime() + 86_400_000);
    await ctx.db.examBatch.update({ where: { id: hall.batchId }, data: { withdrawUntil } });
    const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
    const page = async () => value(await viewRegistration(liaison, registrationId));
    const withdraw = async () => {
      const { version } = (await page()).registration;
      const asked = { registrationId, note: '调离', expectedVersion: version, commandId: newId() };
      return withdrawRegistration(liaison, asked);
    };
    expect((await page()).acts.withdraw).toBe(false);
    expect(await withdraw()).toMatchObject({ code: 'SEATED_ALREADY' });
    const { version: expectedVersion } = (await page()).registration;
    const returned = { registrationId, decision: 'return', note: '核对材料', expectedVersion } as const;
    value(await decideRegistration(hall.bureau, { ...returned, commandId: newId() }));
    expect((await page()).registration.sittingId).toBe(hall.sittingId);
    expect((await page()).acts.withdraw).toBe(true);
    expect(await withdraw()).toMatchObject({ ok: true });
  });
});
