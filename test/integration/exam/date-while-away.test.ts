import { beforeAll, describe, expect, it } from 'vitest';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import { viewRegistration } from '#app/exam/batch/registration/registration-view.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { viewDate } from '#app/exam/seating/date-view.server.ts';
import { layOut } from '#app/exam/seating/lay-out.server.ts';
import { noticeConsumer } from '#app/office/notice/send-notice.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import { drainAll } from '#test/support/organisation.ts';
import { aSeatedHall } from '#test/support/seating.ts';
import { aPerson, aUnit, anActor } from '#test/support/world.ts';

const HOUR_MS = 3_600_000;
const SINCE = dayToDb('2020-01-01');
const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });

/** Somebody in post, seated in a hall, with a paper that was sealed ahead and an account to read notices with. */
async function aSealedPerson() {
  const { ctx } = world;
  const hall = await aSeatedHall(ctx, { people: 1 });
  const unitId = await aUnit(ctx, { regionId: hall.regionId });
  const version = {
    ...{ id: newId(), unitId, name: '某局', entityType: 'organ', confirmationNo: '甲〔2025〕1号' },
    ...{ legalBasis: '《中华人民共和国行政处罚法》第十七条', validFrom: SINCE, recordedAt: SINCE },
  };
  await ctx.db.entity.create({ data: { id: newId<'Entity'>(), versions: { create: version } } });
  const personId = await aPerson(ctx, { unitId });
  const { actorId } = await anActor(ctx, {
    personId,
    grants: [{ role: 'applicant', scopeKind: 'self' }],
  });
  forgetTree(ctx);
  const registrationId = await hall.register({ personId, unitId });
  value(await layOut(hall.bureau, { sittingId: hall.sittingId, commandId: newId() }));
  await ctx.db.paper.create({
    data: {
      ...{ id: newId(), registrationId, attemptNo: 1, seed: 's', content: { items: [] }, itemCount: 1 },
      ...{ contentHash: '0'.repeat(64), fullMarkHundredths: 10_000, passMarkHundredths: 6_000 },
      frozenAt: ctx.clock.now(),
    },
  });
  world.clock.advanceSeconds(1);
  const decide = async (decision: 'return' | 'approve') =>
    value(
      await decideRegistration(hall.bureau, {
        ...{ registrationId, decision, note: '核对材料', commandId: newId() },
        expectedVersion: (await registrationOf(registrationId)).version,
      }),
    );
  const registeredAgain = () =>
    ctx.db.examRegistration.update({ where: { id: registrationId }, data: { status: 'registered' } });
  const postpone = async (hours: number) => {
    world.clock.advanceSeconds(1);
    const sitting = await ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    value(
      await changeDate(hall.bureau, {
        ...{
          sittingId: hall.sittingId,
          reason: '停电',
          expectedVersion: sitting.version,
          commandId: newId(),
        },
        opensAt: new Date(ctx.clock.now().getTime() + hours * HOUR_MS),
      }),
    );
    world.clock.advanceSeconds(1);
  };
  const told = async () => {
    await drainAll(ctx, [taskConsumer, noticeConsumer(ctx)]);
    return ctx.db.noticeReceipt.count({
      where: { accountId: actorId, notice: { kind: 'exam.date_changed' } },
    });
  };
  return { hall, registrationId, decide, registeredAgain, postpone, told };
}

describe('改期 while somebody with a sealed paper is away by 退回', () => {
  it('reaches them with a new ticket and a notice when they are approved again', async () => {
    const { hall, registrationId, decide, registeredAgain, postpone, told } = await aSealedPerson();
    const { ticketNo: old } = await registrationOf(registrationId);
    await decide('return');
    await postpone(48);
    expect((await registrationOf(registrationId)).ticketNo).toBe(old);
    expect(await told()).toBe(0);
    await registeredAgain();
    await decide('approve');
    const now = await registrationOf(registrationId);
    expect(now).toMatchObject({ status: 'approved', sittingId: hall.sittingId });
    expect(now.ticketNo).not.toBe(old);
    expect(await told()).toBe(1);
    const page = value(await viewRegistration(hall.bureau, registrationId));
    expect(page.events.find(({ title }) => title === '更换准考证')?.text).toContain(
      `准考证号 ${old ?? ''} → ${now.ticketNo ?? ''}`,
    );
  });

  it('counts them neither on the page of 改期 before it, nor in its journal after it', async () => {
    const { hall, decide, postpone } = await aSealedPerson();
    const dates = async () => value(await viewDate(hall.bureau, hall.sittingId));
    expect(await dates()).toMatchObject({ ticketCount: 2, changes: [] });
    await decide('return');
    expect((await dates()).ticketCount).toBe(1);
    const { opensAt } = (await dates()).sitting;
    await postpone(48);
    await postpone(72);
    const { changes, sitting } = await dates();
    expect(changes).toMatchObject([
      { reason: '停电', by: hall.bureau.actor.displayName, detail: { to: sitting.opensAt, tickets: 1 } },
      { detail: { from: opensAt, to: changes[0]?.detail.from, tickets: 1 } },
    ]);
  });

  it('gives nothing new to whoever was there when the date moved, or where it has not moved since', async () => {
    const { registrationId, decide, registeredAgain, postpone, told } = await aSealedPerson();
    await postpone(48);
    const { ticketNo } = await registrationOf(registrationId);
    await decide('return');
    await registeredAgain();
    await decide('approve');
    expect((await registrationOf(registrationId)).ticketNo).toBe(ticketNo);
    expect(await told()).toBe(1);
  });
});
