import { beforeAll, describe, expect, it } from 'vitest';
import { issueRegistration } from '#app/exam/batch/campaign/issue-registration.server.ts';
import { registrationWork } from '#app/exam/batch/campaign/registration-work.server.ts';
import { createBatch } from '#app/exam/batch/create-batch.server.ts';
import { registerPeople } from '#app/exam/batch/registration/register-people.server.ts';
import { changeWindows, stepBatch } from '#app/exam/batch/step-batch.server.ts';
import { submitAnswer } from '#app/office/campaign/answer-target.server.ts';
import { reviewAnswer } from '#app/office/campaign/review-answer.server.ts';
import { reopenCampaign } from '#app/office/campaign/step-campaign.server.ts';
import { provideCampaignKinds } from '#app/office/campaign/work.server.ts';
import { noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { dayOf } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { confirmAs, filed } from '#test/support/custody.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { drainAll } from '#test/support/organisation.ts';
import { aSeatedHall } from '#test/support/seating.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideCampaignKinds(world.ctx.pool, [registrationWork]);
});

const days = (n: number): Date => new Date(world.clock.now().getTime() + n * 86_400_000);
const windows = () => ({
  ...{ registerFrom: days(-1), registerUntil: days(5), lateUntil: days(8), withdrawUntil: days(9) },
});

/** A county with an open batch that was issued to its unit, which has registered one person. */
async function anIssuedBatch() {
  const { ctx } = world;
  const regionId = await aRegion(ctx, { level: 'county' });
  const unitId = await aUnit(ctx, { regionId });
  const since = dayToDb('2020-01-01');
  const version = {
    ...{ id: newId(), unitId, name: '某局', entityType: 'organ', confirmationNo: '甲〔2025〕1号' },
    ...{ legalBasis: '《中华人民共和国行政处罚法》第十七条', validFrom: since, recordedAt: since },
  };
  await ctx.db.entity.create({ data: { id: newId<'Entity'>(), versions: { create: version } } });
  const personId = await aPerson(ctx, { unitId });
  const bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
  const liaison = await anActor(ctx, { grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }] });
  const candidate = await anActor(ctx, { personId, grants: [{ role: 'applicant', scopeKind: 'self' }] });
  forgetTree(ctx);
  const { batchId } = value(
    await createBatch(bureau, {
      ...{ regionId, title: '第二次行政执法资格考试', blueprintCode: 'P1', preconditionCourse: null },
      ...{ ...windows(), commandId: newId() },
    }),
  );
  const versionOf = async () =>
    (await ctx.db.examBatch.findUniqueOrThrow({ where: { id: batchId } })).version;
  const step = async (what: 'open' | 'close' | 'reopen' | 'cancel', reason: string | null = null) =>
    value(
      await stepBatch(bureau, {
        ...{ batchId, step: what, reason, expectedVersion: await versionOf(), commandId: newId() },
      }),
    );
  await step('open');
  const asked = { batchId, expectedVersion: await versionOf(), commandId: newId() };
  const { campaignId } = value(await issueRegistration(bureau, asked));
  const people = [{ personId, sanction: null }];
  value(await registerPeople(liaison, { batchId, people, note: null, commandId: newId() }));
  await drain();
  return { batchId, campaignId, bureau, liaison, candidate, step, versionOf };
}

const drain = () => drainAll(world.ctx, [taskConsumer, noticeConsumer(world.ctx)]);

const openTasks = async (ids: readonly string[]) =>
  (await world.ctx.db.task.findMany({ where: { originId: { in: [...ids] }, state: 'open' } })).map(
    (task) => task.kind,
  );

async function readBy(accountId: string, title: string): Promise<string[]> {
  const { rows } = await world.ctx.pool.query<{ body: string }>(
    `select n.body from notice n join notice_receipt r on r.notice_id = n.id
     where r.account_id = $1 and n.title like $2 || '%'`,
    [accountId, title],
  );
  return rows.map((row) => row.body);
}

describe('a batch that is called off', () => {
  it('is told to people and units with the reason, and takes back what the desks were asked for', async () => {
    const { batchId, campaignId, liaison, candidate, step } = await anIssuedBatch();
    const { id: targetId } = await world.ctx.db.campaignTarget.findFirstOrThrow({ where: { campaignId } });
    const origins = [batchId, campaignId, targetId];
    expect(await openTasks(origins)).toContain('registration.review');
    expect(await openTasks(origins)).toContain('campaign.answer');
    await step('cancel', '考点停电检修');
    await drain();
    expect(await openTasks(origins)).toEqual([]);
    for (const { actorId } of [liaison, candidate]) {
      const [told] = await readBy(actorId, '考试取消');
      expect(told).toContain('考点停电检修');
    }
  });
});

describe('the papers of a batch that is called off', () => {
  it('are confirmed by nobody any more: what the second persons were asked for is taken back', async () => {
    const { ctx } = world;
    const hall = await aSeatedHall(ctx, { people: 1 });
    const checker = await anActor(ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    const requestId = await filed(hall.bureau, hall.sittingId, 'seal');
    expect(await openTasks([hall.sittingId])).toEqual(['exam.custody']);
    const { version: expectedVersion } = await ctx.db.examBatch.findUniqueOrThrow({
      where: { id: hall.batchId },
    });
    const called = { batchId: hall.batchId, step: 'cancel', reason: '考点停电检修' } as const;
    value(await stepBatch(hall.bureau, { ...called, expectedVersion, commandId: newId() }));
    await drain();
    expect(await openTasks([hall.sittingId])).toEqual([]);
    expect(await confirmAs(checker, hall.sittingId, requestId)).toMatchObject({ code: 'SITTING_IS_OFF' });
  });
});

describe('the campaign of a batch that is called off', () => {
  it('leaves its trace, and nobody is asked again', async () => {
    const { batchId, campaignId, bureau, liaison, step } = await anIssuedBatch();
    const targetOf = () => world.ctx.db.campaignTarget.findFirstOrThrow({ where: { campaignId } });
    const { unitId, version: expectedVersion } = await targetOf();
    const list = { mode: 'filled_in', values: { batchId, preparer: '王某' } } as const;
    value(await submitAnswer(liaison, { campaignId, unitId, ...list, expectedVersion, commandId: newId() }));
    await step('cancel', '考点停电检修');
    const { version, state } = await world.ctx.db.campaign.findUniqueOrThrow({ where: { id: campaignId } });
    expect(state).toBe('closed');
    const over = { ok: false, code: 'CALLED_OFF' };
    const again = { campaignId, expectedVersion: version, reason: '继续填报', commandId: newId() };
    expect(await reopenCampaign(bureau, again)).toEqual(over);
    const back = { campaignId, unitId, verdict: 'returned', reason: '请补充', commandId: newId() } as const;
    const { version: answered } = await targetOf();
    expect(await reviewAnswer(bureau, { ...back, expectedVersion: answered })).toEqual(over);
    const audit = await world.ctx.db.auditEvent.findFirst({
      where: { subjectId: campaignId, action: 'campaign.call_off' },
    });
    expect(audit).toMatchObject({ actorId: bureau.actorId });
  });
});

describe('other dates of an open batch', () => {
  it('are told to the units, and the last day of the campaign that asks them follows a later end', async () => {
    const { batchId, campaignId, bureau, liaison, versionOf } = await anIssuedBatch();
    const later = { ...windows(), registerUntil: days(12), lateUntil: days(14), withdrawUntil: days(14) };
    const expectedVersion = await versionOf();
    const commandId = newId();
    const change = { batchId, ...later, reason: '报名单位较多', expectedVersion, commandId };
    value(await changeWindows(bureau, change));
    // The same click again tells nobody twice.
    value(await changeWindows(bureau, change));
    await drain();
    const told = await readBy(liaison.actorId, '报名时间调整');
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('报名单位较多');
    const due = async () => {
      const campaign = await world.ctx.db.campaign.findUniqueOrThrow({ where: { id: campaignId } });
      const target = await world.ctx.db.campaignTarget.findFirstOrThrow({ where: { campaignId } });
      return [campaign.dueDay, target.dueDay];
    };
    const day = dayToDb(dayOf(days(12)));
    expect(await due()).toEqual([day, day]);
    // An earlier end leaves the units the day they were given.
    const earlier = {
      ...change,
      registerUntil: days(11),
      expectedVersion: await versionOf(),
      commandId: newId(),
    };
    value(await changeWindows(bureau, earlier));
    expect(await due()).toEqual([day, day]);
  });

  it('are told when a closed batch is opened again for 补报', async () => {
    const { step, liaison } = await anIssuedBatch();
    await step('close');
    await step('reopen', '补报');
    await drain();
    expect(await readBy(liaison.actorId, '报名时间调整')).toHaveLength(1);
  });
});
