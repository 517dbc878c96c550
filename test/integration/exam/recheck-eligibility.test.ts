import { beforeAll, describe, expect, it } from 'vitest';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { REGISTRATION_PAPERS } from '#app/exam/batch/papers/registration-papers.ts';
import { actOnRecheck } from '#app/exam/batch/registration/recheck-action.server.ts';
import { recheckEligibility, viewRecheck } from '#app/exam/batch/registration/recheck-eligibility.server.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { createJobs } from '#app/platform/jobs/jobs.server.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall, anAttempt } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  const { pool, log } = world.ctx;
  provideDocumentDesk(pool, { papers: REGISTRATION_PAPERS, jobs: createJobs({ pool, log }) });
});

/** Their units no longer name them: nobody of the hall would be approved today. */
const aHallThatLeft = (people = 2): Promise<SeatedHall> => aSeatedHall(world.ctx, { people });

const recheck = (hall: SeatedHall, commandId = newId(), actor = hall.bureau) =>
  recheckEligibility(actor, { batchId: hall.batchId, commandId });

/** Nobody is listed where nobody is asked about. */
const pageOf = async (hall: SeatedHall) => {
  const { people, ...page } = value(await viewRecheck(hall.bureau, hall.batchId));
  return { ...page, isAsked: people !== null, people: people ?? [] };
};

const countOnBatchPage = async (hall: SeatedHall) => {
  const query = parseTableQuery(new URLSearchParams(), REGISTRATIONS_TABLE);
  return value(await viewBatch(hall.bureau, hall.batchId, query)).recheck;
};

async function post(
  hall: SeatedHall,
  intent: 'return' | 'refuse',
  chosen: readonly string[],
  { note = '已调离执法岗位', actor = hall.bureau } = {},
) {
  const { people } = await pageOf(hall);
  const form = new FormData();
  form.set('intent', intent);
  form.set('note', note);
  for (const registrationId of chosen) {
    const one = people.find((person) => person.registrationId === registrationId);
    form.append('ids', registrationId);
    form.set(`version.${registrationId}`, String(one?.version ?? 1));
    form.set(`command.${registrationId}`, one?.commandId ?? newId());
  }
  return () => actOnRecheck(actor, hall.batchId, form);
}

const statusOf = async (id: string): Promise<string> =>
  (await world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } })).status;

describe('重新核对资格 of everybody approved in a batch', () => {
  it('names whom the rules would refuse today, on record and counted on the batch’s page, and decides nothing', async () => {
    const hall = await aHallThatLeft();
    expect(await countOnBatchPage(hall)).toBeNull();
    expect((await pageOf(hall)).isAsked).toBe(false);
    const before = await world.ctx.db.examRegistration.findMany({ where: { batchId: hall.batchId } });
    const commandId = newId();
    const found = await recheck(hall, commandId);
    expect(found).toEqual({ ok: true, value: { asked: 2, refused: 2 } });
    expect(await recheck(hall, commandId)).toEqual(found);
    expect(await world.ctx.db.examRegistration.findMany({ where: { batchId: hall.batchId } })).toEqual(
      before,
    );
    const page = await pageOf(hall);
    expect(page.people.map((one) => one.registrationId).sort()).toEqual(
      hall.people.map((one) => one.registrationId).sort(),
    );
    for (const one of page.people) expect(one.reasons.length).toBeGreaterThan(0);
    expect(await countOnBatchPage(hall)).toMatchObject({ asked: 2, stillApproved: 2 });
    const events = await world.ctx.db.examBatchEvent.findMany({
      where: { batchId: hall.batchId, kind: 'eligibility_rechecked' },
    });
    expect(events).toMatchObject([{ actorId: hall.bureau.actorId, note: '核对 2 人，2 人已不符合报考条件' }]);
  });

  it('the chosen are returned or refused with a reason; the count on the batch’s page falls', async () => {
    const hall = await aHallThatLeft(3);
    value(await recheck(hall));
    const [one, two, three] = hall.people.map((person) => person.registrationId);
    if (one === undefined || two === undefined || three === undefined) throw new Error('three people');
    expect(await (await post(hall, 'return', [one], { note: ' ' }))()).toMatchObject({ status: 422 });
    expect(await (await post(hall, 'return', []))()).toMatchObject({ status: 422 });
    expect(await (await post(hall, 'return', [one]))()).toBeNull();
    expect(await (await post(hall, 'refuse', [two]))()).toBeNull();
    expect(await Promise.all([one, two, three].map(statusOf))).toEqual(['returned', 'refused', 'approved']);
    expect(await countOnBatchPage(hall)).toMatchObject({ asked: 3, stillApproved: 1 });
    expect((await pageOf(hall)).people.map((person) => person.registrationId)).toEqual([three]);
  });

  it('is done once by two at the same moment, and again by nobody on an old page', async () => {
    const hall = await aHallThatLeft(2);
    value(await recheck(hall));
    const ids = hall.people.map((person) => person.registrationId);
    const second = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    const posts = [await post(hall, 'return', ids), await post(hall, 'return', ids, { actor: second })];
    const answers = await Promise.all(posts.map((send) => send()));
    const undone = answers.map((answer) => answer?.left.length ?? 0);
    expect(undone.reduce((sum, count) => sum + count, 0)).toBe(ids.length);
    for (const registrationId of ids)
      expect(
        await world.ctx.db.registrationEvent.count({ where: { registrationId, kind: 'returned' } }),
      ).toBe(1);
  });

  it('asks for the chosen and for the reason at their places, keeps what was given, and decides nothing', async () => {
    const hall = await aHallThatLeft(1);
    value(await recheck(hall));
    const [id] = hall.people.map((person) => person.registrationId);
    if (id === undefined) throw new Error('one who left');
    const nobody = await (await post(hall, 'return', [], { note: '' }))();
    expect(nobody).toMatchObject({ status: 422, refusal: null });
    expect(Object.keys(nobody?.errors ?? {})).toEqual(['ids', 'note']);
    const silent = await (await post(hall, 'return', [id], { note: ' ' }))();
    expect(silent).toMatchObject({ status: 422, refusal: null, chosen: [id] });
    expect(Object.keys(silent?.errors ?? {})).toEqual(['note']);
    expect(await statusOf(id)).toBe('approved');
  });

  it('belongs to the bureau of the batch: others find neither the batch nor its people', async () => {
    const hall = await aHallThatLeft(1);
    const elsewhere = await aHallThatLeft(1);
    expect(await recheck(hall, newId(), elsewhere.bureau)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewRecheck(elsewhere.bureau, hall.batchId)).toMatchObject({ code: 'NOT_FOUND' });
    value(await recheck(elsewhere));
    const stranger = hall.people[0]?.registrationId ?? '';
    const form = new FormData();
    form.set('intent', 'return');
    form.set('note', '已调离');
    form.append('ids', stranger);
    form.set(`version.${stranger}`, '1');
    form.set(`command.${stranger}`, newId());
    expect(await actOnRecheck(elsewhere.bureau, elsewhere.batchId, form)).toMatchObject({ status: 409 });
    expect(await statusOf(stranger)).toBe('approved');
  });

  it('leaves out whose exam is through: 缺考 is not decided on from here', async () => {
    const hall = await aHallThatLeft(2);
    value(await recheck(hall));
    expect(await countOnBatchPage(hall)).toMatchObject({ stillApproved: 2 });
    world.clock.advanceSeconds(31 * 60);
    expect(await countOnBatchPage(hall)).toMatchObject({ stillApproved: 0 });
    expect(await recheck(hall)).toEqual({ ok: true, value: { asked: 0, refused: 0 } });
    expect(await pageOf(hall)).toMatchObject({ isAsked: true, people: [] });
  });

  it('asks again about who is to sit anew after a disturbance, and not about whom misconduct has ended', async () => {
    const hall = await aHallThatLeft(2);
    const [disturbed, cheated] = hall.people;
    if (!disturbed || !cheated) throw new Error('two people');
    await anAttempt(world.ctx, hall, disturbed, 'disturbance');
    await anAttempt(world.ctx, hall, cheated, 'misconduct');
    expect(await recheck(hall)).toEqual({ ok: true, value: { asked: 1, refused: 1 } });
    expect((await pageOf(hall)).people.map((one) => one.registrationId)).toEqual([disturbed.registrationId]);
  });

  it('says nothing of anybody in a batch that was cancelled after it was asked', async () => {
    const hall = await aHallThatLeft(1);
    value(await recheck(hall));
    await world.ctx.db.examBatch.update({ where: { id: hall.batchId }, data: { status: 'cancelled' } });
    expect(await pageOf(hall)).toMatchObject({ mayAsk: false, isAsked: false });
    expect(await recheck(hall)).toMatchObject({ code: 'STEP_NOT_POSSIBLE' });
  });
});
