import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import { beginAbsence } from '#app/office/change/absences.server.ts';
import { answerExemption } from '#app/training/target/answer-exemption.server.ts';
import { EXEMPTION_TASK } from '#app/training/target/exemption-messages.ts';
import {
  readExemptionScan,
  viewExemption,
  viewExemptions,
} from '#app/training/target/exemption-views.server.ts';
import type { ExemptionAct } from '#app/training/target/exemption.ts';
import type { FileExemption } from '#app/training/target/file-exemption.server.ts';
import { fileExemption } from '#app/training/target/file-exemption.server.ts';
import { yearStandings } from '#app/training/target/year-standing.server.ts';
import { useWorld } from '#test/support/database.ts';
import { value } from '#test/support/office.ts';
import { listTasks } from '#test/support/tasks.ts';
import { aPerson, aRegion, aUnit, anActor } from '#test/support/world.ts';

const world = useWorld();
const HOUR = 2700;
const PDF = new TextEncoder().encode('%PDF-1.7 请假条');

let regionId = '';
let unitId = '';
let liaison: ActorCtx;
let leader: ActorCtx;
let bureau: ActorCtx;
let stranger: ActorCtx;

const actorFor = (role: 'unit_liaison' | 'unit_leader', unit: string, personId?: string): Promise<ActorCtx> =>
  anActor(world.ctx, { personId: personId ?? null, grants: [{ role, scopeKind: 'unit', unitId: unit }] });

beforeAll(async () => {
  const { ctx } = world;
  await registerConsumers(ctx, [taskConsumer, noticeConsumer(ctx)]);
  regionId = await aRegion(ctx);
  unitId = await aUnit(ctx, { regionId });
  const otherUnit = await aUnit(ctx, { regionId });
  forgetTree(ctx);
  liaison = await actorFor('unit_liaison', unitId);
  leader = await actorFor('unit_leader', unitId);
  stranger = await actorFor('unit_leader', otherUnit);
  bureau = await anActor(ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }] });
});

const asking = (personId: string, over: Partial<FileExemption> = {}): FileExemption => ({
  personId,
  year: 2026,
  effect: 'reduce',
  reason: 'maternity',
  fromDay: '2026-03-01',
  toDay: '2026-05-31',
  months: 3,
  documentNo: null,
  remark: '休产假',
  absenceId: null,
  scan: { type: 'application/pdf', name: '请假条.pdf', bytes: PDF },
  commandId: newId(),
  ...over,
});

const filed = async (over: Partial<FileExemption> = {}): Promise<{ personId: string; requestId: string }> => {
  const personId = over.personId ?? (await aPerson(world.ctx, { unitId }));
  return { personId, ...value(await fileExemption(liaison, asking(personId, over))) };
};
const answer = (ctx: ActorCtx, requestId: string, act: ExemptionAct, note: string | null = null) =>
  answerExemption(ctx, { requestId, act, note, commandId: newId() });
const yearlyOf = async (personId: string): Promise<number | undefined> =>
  (await yearStandings(world.ctx, [personId], 2026, '2026-11-23')).get(personId)?.targets[0]?.targetSeconds;

async function deliver(): Promise<void> {
  const consumer = noticeConsumer(world.ctx);
  await expect
    .poll(async () => {
      await drainConsumer(world.ctx, consumer);
      await drainConsumer(world.ctx, taskConsumer);
      return world.ctx.db.notice.count({ where: { kind: 'exemption.answered' } });
    })
    .toBeGreaterThan(0);
}

describe('免训 and 核减 (domain.md §4.2 case 6)', () => {
  it('waits for another person, then lowers the target, settles the task and tells the person', async () => {
    const { personId, requestId } = await filed();
    expect(await yearlyOf(personId)).toBe(60 * HOUR);
    expect(value(await viewExemption(liaison, requestId))).toMatchObject({ mayAnswer: false, hint: 'own' });
    value(await answer(bureau, requestId, 'approve'));
    expect(await yearlyOf(personId)).toBe(45 * HOUR);
    await deliver();
    expect(await listTasks(world.ctx, EXEMPTION_TASK, requestId)).toEqual(['done']);
    const notices = await world.ctx.db.notice.findMany({ where: { key: { startsWith: requestId } } });
    expect(notices.map((notice) => notice.path).sort()).toEqual([
      `/coordinate/exemptions/${requestId}`,
      '/hours?year=2026',
    ]);
  });

  it('is approved by the bureau, or by the leader where the region says so', async () => {
    const { requestId } = await filed();
    expect(await answer(leader, requestId, 'approve')).toMatchObject({ code: 'APPROVER_IS_BUREAU' });
    await world.ctx.pool.query(
      `insert into region_rules (id, region_id, valid_from, values, recorded_at)
       values ($1, $2, '2026-01-01', $3, '2026-01-01')`,
      [
        newId(),
        regionId,
        JSON.stringify({ exemptionApprover: { value: 'unit_leader', basis: 'policy', source: '本县文件' } }),
      ],
    );
    value(await answer(leader, requestId, 'approve'));
    await world.ctx.pool.query(
      `update region_rules set superseded_at = '2026-01-02T00:00:00Z' where region_id = $1 and superseded_at is null`,
      [regionId],
    );
  });

  it('maker and checker are two natural persons, by server and by constraint; nobody approves the own exemption', async () => {
    const { ctx } = world;
    const twin = await aPerson(ctx, { unitId });
    const asLiaison = await actorFor('unit_liaison', unitId, twin);
    const asBureau = await anActor(ctx, {
      personId: twin,
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const personId = await aPerson(ctx, { unitId });
    const { requestId } = value(await fileExemption(asLiaison, asking(personId)));
    expect(await answer(asBureau, requestId, 'approve')).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    const own = await filed({ personId: twin });
    expect(await answer(asBureau, own.requestId, 'approve')).toMatchObject({ code: 'PERSON_IS_CHECKER' });
    await expect(
      ctx.pool.query(
        `update exemption_request set state = 'approved', decided_by = filed_by, decided_at = now() where id = $1`,
        [requestId],
      ),
    ).rejects.toThrow('exemption_request_two_persons');
  });

  it('two who decide at once: one decision stands, and the other is told', async () => {
    const { personId, requestId } = await filed();
    const second = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId }],
    });
    const outcomes = await Promise.all([
      answer(bureau, requestId, 'approve'),
      answer(second, requestId, 'decline', '材料不全'),
    ]);
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.find((outcome) => !outcome.ok)).toMatchObject({ code: 'EXEMPTION_ANSWERED' });
    expect([45 * HOUR, 60 * HOUR]).toContain(await yearlyOf(personId));
  });

  it('the same request sent twice is one; over the same days there is no second one, also when both come at once', async () => {
    const personId = await aPerson(world.ctx, { unitId });
    const twice = asking(personId);
    const first = value(await fileExemption(liaison, twice));
    expect(value(await fileExemption(liaison, twice))).toEqual(first);
    const later = { fromDay: '2026-07-01', toDay: '2026-08-31', months: 2 };
    const both = await Promise.all([
      fileExemption(liaison, asking(personId, later)),
      fileExemption(liaison, asking(personId, later)),
    ]);
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(both.find((outcome) => !outcome.ok)).toMatchObject({ code: 'EXEMPTION_OVERLAPS' });
  });

  it('ended by a second person with a reason, the target is back; what was known before stays known', async () => {
    const { personId, requestId } = await filed();
    value(await answer(bureau, requestId, 'approve'));
    expect(await answer(bureau, requestId, 'end')).toMatchObject({ code: 'NOTE_REQUIRED' });
    value(await answer(bureau, requestId, 'end', '提前返岗'));
    expect(await yearlyOf(personId)).toBe(60 * HOUR);
    const rows = await world.ctx.db.exemption.findMany({ where: { requestId } });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.supersededAt).not.toBeNull();
    await expect(
      world.ctx.pool.query(`update exemption set months = 1 where request_id = $1`, [requestId]),
    ).rejects.toThrow('DATED');
  });

  it("another unit's request does not exist for a leader, nor its scan; the scan is kept sealed", async () => {
    const { personId, requestId } = await filed();
    expect(await viewExemption(stranger, requestId)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await answer(stranger, requestId, 'approve')).toMatchObject({ code: 'NOT_FOUND' });
    expect(await readExemptionScan(stranger, requestId)).toMatchObject({ code: 'NOT_FOUND' });
    const foreign = await actorFor('unit_liaison', await aUnit(world.ctx, { regionId }));
    expect(await fileExemption(foreign, asking(personId))).toMatchObject({ code: 'NOT_FOUND' });
    const scan = value(await readExemptionScan(bureau, requestId));
    expect(new TextDecoder().decode(scan.bytes)).toContain('请假条');
    const payload = await world.ctx.db.exemptionRequestPayload.findUniqueOrThrow({ where: { requestId } });
    expect(Buffer.from(payload.scanCipher).includes(Buffer.from('%PDF'))).toBe(false);
  });

  it('takes proof, and days of one year', async () => {
    const personId = await aPerson(world.ctx, { unitId });
    expect(await fileExemption(liaison, asking(personId, { scan: null }))).toMatchObject({
      code: 'SCAN_REQUIRED',
    });
    expect(await fileExemption(liaison, asking(personId, { toDay: '2027-01-31' }))).toMatchObject({
      code: 'EXEMPTION_DAYS',
    });
    expect(await fileExemption(leader, asking(personId))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('an absence proposes one, with its days inside the year, until one is asked for', async () => {
    const personId = await aPerson(world.ctx, { unitId, name: '李某' });
    const absent = value(
      await beginAbsence(liaison, {
        personId,
        kind: 'maternity',
        destination: null,
        documentNo: '请字〔2026〕3号',
        cardKeeper: null,
        expectedReturnDay: '2027-02-11',
        validFrom: '2026-09-10',
        commandId: newId(),
      }),
    );
    const proposed = value(await viewExemptions(liaison, 2026)).proposals.find(
      (one) => one.personId === personId,
    );
    expect(proposed).toMatchObject({
      fromDay: '2026-09-10',
      toDay: '2026-12-31',
      months: 4,
      reason: 'maternity',
    });
    await filed({
      personId,
      fromDay: '2026-09-10',
      toDay: '2026-12-31',
      months: 4,
      absenceId: absent.absenceId,
    });
    const left = value(await viewExemptions(liaison, 2026)).proposals.map((one) => one.personId);
    expect(left).not.toContain(personId);
  });
});
