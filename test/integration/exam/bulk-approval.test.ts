import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { actOnBatch } from '#app/exam/batch/batch-action.server.ts';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { listThrough } from '#app/exam/batch/registration/exam-standing.store.server.ts';
import { listOwn } from '#app/exam/batch/registration/own-registrations.server.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { aBatchSitting, aBureau } from '#test/support/seating.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const SINCE = new Date('2020-01-01T00:00:00Z');
const AFTER_LATEST_ENTRY_SECONDS = 31 * 60;
const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: [], jobs: { enqueue: () => Promise.resolve() } });
});

type Row = Parameters<typeof world.ctx.db.examRegistration.update>[0]['data'];

async function anAdmittedUnit(regionId: string, name: string): Promise<string> {
  const unitId = await aUnit(world.ctx, { regionId, name });
  const version = {
    ...{ id: newId(), unitId, name: '某局', entityType: 'organ', confirmationNo: '甲〔2025〕1号' },
    ...{ legalBasis: '《中华人民共和国行政处罚法》第十七条', validFrom: SINCE, recordedAt: SINCE },
  };
  await world.ctx.db.entity.create({ data: { id: newId<'Entity'>(), versions: { create: version } } });
  return unitId;
}

/** A batch of a county with a township, whose people the rules admit, and who puts somebody on its list. */
async function aList() {
  const { ctx } = world;
  const { bureau, regionId } = await aBureau(ctx);
  const townshipId = await aRegion(ctx, { level: 'township', parentId: regionId });
  const unitId = await anAdmittedUnit(regionId, '甲县城市管理局');
  const townUnitId = await anAdmittedUnit(townshipId, '甲镇人民政府');
  forgetTree(ctx);
  const hall = await aBatchSitting(ctx, { bureau, regionId });
  const put = async (over: Row = {}, at = unitId): Promise<string> => {
    const id = await hall.register({ personId: await aPerson(ctx, { unitId: at }), unitId: at });
    const clean = { status: 'registered', verdict: 'eligible' };
    await ctx.db.examRegistration.update({ where: { id }, data: { ...clean, ...over } });
    return id;
  };
  return { ...hall, bureau, regionId, unitId, townUnitId, put };
}
type List = Awaited<ReturnType<typeof aList>>;

const page = async ({ bureau, batchId }: List, search = '') => {
  const query = parseTableQuery(new URLSearchParams(search), REGISTRATIONS_TABLE);
  return value(await viewBatch(bureau, batchId, query));
};

function overAllPages(actor: ActorCtx, batchId: string, query = '', commandId: string = newId()) {
  const form = new FormData();
  const fields = { intent: 'approve_clean', scope: 'matching', query, commandId };
  for (const [name, text] of Object.entries(fields)) form.set(name, text);
  return actOnBatch(actor, batchId, form);
}

const approvedOf = async (batchId: string): Promise<string[]> =>
  (await world.ctx.db.examRegistration.findMany({ where: { batchId, status: 'approved' } })).map(
    (row) => row.id,
  );

describe('the bulk approval over all pages', () => {
  it('counts whom the list has a tick for, on whichever page, and takes just these', async () => {
    const list = await aList();
    const { bureau, townUnitId, put } = list;
    const mine = { registeredBy: bureau.actorId };
    const left = [
      await put({ verdict: 'refused' }),
      await put({ verdict: 'needs_look' }),
      await put({ verdict: null }),
      await put({ asked: 'defer', askedNote: '因病', askedPerson: newId() }),
      await put(mine),
      await put({}, townUnitId),
      await put({ status: 'returned' }),
    ];
    const clean = [await put(), await put(), await put({ status: 'first_checked' }, townUnitId)];
    const offered = await page(list, 'size=100');
    expect(offered.total).toBe(left.length + clean.length);
    expect(offered.registrations.filter((row) => row.isClean).map((row) => row.id)).toEqual(
      expect.arrayContaining(clean),
    );
    expect(offered.registrations.filter((row) => row.isClean)).toHaveLength(offered.forBulk);
    expect(offered.forBulk).toBe(clean.length);
    expect(await overAllPages(bureau, list.batchId)).toHaveProperty('to');
    expect((await approvedOf(list.batchId)).sort()).toEqual([...clean].sort());
    expect((await page(list)).forBulk).toBe(0);
  });

  it('takes those of the list as it is filtered', async () => {
    const list = await aList();
    const { bureau, batchId, townUnitId, put } = list;
    await put();
    const inTown = await put({ status: 'first_checked' }, townUnitId);
    const query = `?f.unit=${encodeURIComponent('甲镇')}`;
    expect((await page(list, query)).forBulk).toBe(1);
    expect(await overAllPages(bureau, batchId, query)).toHaveProperty('to');
    expect(await approvedOf(batchId)).toEqual([inTown]);
  });

  it('sent twice acts once and answers the same, though by then nobody is left for it', async () => {
    const list = await aList();
    await list.put();
    const commandId = newId();
    const first = await overAllPages(list.bureau, list.batchId, '', commandId);
    expect(first).toHaveProperty('to');
    await list.put();
    expect(await overAllPages(list.bureau, list.batchId, '', commandId)).toEqual(first);
    expect(await approvedOf(list.batchId)).toHaveLength(1);
  });

  it('says that nobody is left when somebody else was faster, and finds no other bureau’s batch', async () => {
    const [list, other] = [await aList(), await aList()];
    await list.put();
    expect(await overAllPages(other.bureau, list.batchId)).toMatchObject({ status: 404 });
    expect(await overAllPages(list.bureau, list.batchId)).toHaveProperty('to');
    expect(await overAllPages(list.bureau, list.batchId)).toMatchObject({ status: 409 });
  });
});

describe('whose exam is through', () => {
  it('is asked of those named alone: of nobody, nobody', async () => {
    const list = await aList();
    const { batchId } = list;
    const putIn = (at: List) => at.put({ sittingId: at.sittingId, ticketNo: `T${newId()}` });
    const [held, alsoHeld] = [await putIn(list), await putIn(list)];
    const waiting = await list.put();
    const now = new Date(world.ctx.clock.now().getTime() + AFTER_LATEST_ENTRY_SECONDS * 1_000);
    const among = async (ids?: readonly string[]) => [
      ...(await listThrough(world.ctx.pool, batchId, now, ids)),
    ];
    expect((await among()).sort()).toEqual([held, alsoHeld].sort());
    expect(await among([held, waiting])).toEqual([held]);
    expect(await among([waiting])).toEqual([]);
    expect(await among([])).toEqual([]);
    expect(await among([await putIn(await aList())])).toEqual([]);
  });
});

describe('which registrations somebody else decides on', () => {
  it('is asked in one statement, however many people made them: own by whichever account, and about oneself', async () => {
    const { ctx } = world;
    const list = await aList();
    const personId = await aPerson(ctx, { unitId: list.unitId });
    const account = (of: string | null) => anActor(ctx, { personId: of, grants: [] });
    const [me, myOther, nobody] = [await account(personId), await account(personId), await account(null)];
    const others = await Promise.all([0, 1, 2].map(() => account(null)));
    const made = (by: ActorCtx | null, about: string = newId()) => ({
      ...{ id: newId(), personId: about, registeredBy: by?.actorId ?? null },
    });
    const [mine, byMyOther, aboutMe] = [made(me), made(myOther), made(others[0] ?? null, personId)];
    const all = [mine, byMyOther, aboutMe, made(null), made(nobody), ...others.map((one) => made(one))];
    let statements = 0;
    const counted = ctx.db.$extends({
      query: {
        $queryRaw: ({ args, query }) => {
          statements += 1;
          return query(args);
        },
      },
    });
    const asked = await listOwn(counted, me, all);
    expect([...asked].sort()).toEqual([mine.id, byMyOther.id, aboutMe.id].sort());
    expect(statements).toBe(1);
    expect([...(await listOwn(ctx.db, nobody, all))]).toHaveLength(1);
    expect([...(await listOwn(ctx.db, me, []))]).toEqual([]);
  });
});
