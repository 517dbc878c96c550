import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { fileApplication } from '#app/certificate/application/file-application.server.ts';
import { viewApplication } from '#app/certificate/application/application-view.server.ts';
import { loadEligibilityFacts } from '#app/certificate/application/eligibility-facts.store.server.ts';
import { checkEligibility } from '#app/certificate/application/eligibility.ts';
import { settleCardTasks } from '#app/certificate/organisation/settle-card-tasks.server.ts';
import { proofRow } from '#app/certificate/papers/draw-status-proof.server.ts';
import { cardRecords } from '#app/certificate/register/candidate-records.server.ts';
import { viewEntitlement } from '#app/certificate/register/entitlement-view.server.ts';
import { exemptionConsumer } from '#app/certificate/register/exemption-consumer.server.ts';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import type { Decision } from '#app/exam/batch/registration/decision.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { dayToDb } from '#app/platform/db/db.server.ts';
import { inTransaction } from '#app/platform/db/transaction.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import type { OutboxConsumer } from '#app/platform/outbox/outbox.server.ts';
import { appendOutbox } from '#app/platform/outbox/outbox.server.ts';
import { addDays, dayOf, formatDay } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { aCard } from '#test/support/officers.ts';
import { aPerson } from '#test/support/world.ts';
import type { Office } from './certificate-world.ts';
import { aFiling, anOffice, examFinalised, takeResultsIn, valueOf } from './certificate-world.ts';

const DAY_MS = 86_400_000;
const REASON = '持有国家统一法律职业资格证书';
const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

/** Somebody whose unit has asked for 免考. */
async function anAsker(office: Office, blueprintCode = 'P1') {
  const { db, clock } = world.ctx;
  const now = clock.now();
  const personId = await aPerson(world.ctx, { unitId: office.unitId });
  const [batchId, registrationId] = [newId(), newId()];
  const no = (await db.examBatch.count({ where: { regionId: office.regionId } })) + 1;
  await db.examBatch.create({
    data: {
      ...{
        id: batchId,
        regionId: office.regionId,
        year: now.getUTCFullYear(),
        no,
        title: '第一批',
        blueprintCode,
      },
      ...{ registerFrom: now, registerUntil: new Date(now.getTime() + DAY_MS), withdrawUntil: now },
      ...{ status: 'open', createdBy: office.approver.actorId, createdAt: now },
    },
  });
  await db.examRegistration.create({
    data: {
      ...{
        id: registrationId,
        batchId,
        personId,
        unitId: office.unitId,
        status: 'registered',
        registeredAt: now,
      },
      ...{ asked: 'exempt', askedNote: REASON, askedPerson: newId() },
    },
  });
  return { personId, registrationId };
}

async function decide(
  actor: ActorCtx,
  registrationId: string,
  decision: Decision,
  note: string | null = null,
) {
  const { version } = await world.ctx.db.examRegistration.findUniqueOrThrow({
    where: { id: registrationId },
  });
  return decideRegistration(actor, {
    ...{ registrationId, decision, note, expectedVersion: version, commandId: newId() },
  });
}

/** Hands every fact a consumer follows over in order, however often it was handed over before. */
async function handOver(consumer: OutboxConsumer): Promise<void> {
  const facts = await world.ctx.db.outboxEvent.findMany({
    where: { topic: { in: [...consumer.topics] } },
    orderBy: { id: 'asc' },
  });
  for (const fact of facts) await inTransaction(world.ctx, 'test', (tx) => consumer.handle(tx, fact));
}
const takeIn = () => handOver(exemptionConsumer(world.ctx));

const today = () => dayOf(world.ctx.clock.now());

async function hasQualification(personId: string, day: string): Promise<boolean> {
  const found = await loadEligibilityFacts(world.ctx.db, [{ personId, fieldCode: 'URBAN' }], day);
  const facts = found.get(personId)?.facts;
  if (facts === undefined) throw new Error('facts of the person');
  return checkEligibility(facts, day).some((one) => one.code === 'NO_QUALIFICATION' && one.isMet);
}

const recordsOf = (personId: string) =>
  world.ctx.db.qualification.findMany({
    where: { personId },
    include: { events: { orderBy: { seq: 'asc' } } },
    orderBy: { id: 'asc' },
  });

const proposalsAbout = async (certificateId: string) => {
  await handOver(taskConsumer);
  return world.ctx.db.task.findMany({ where: { kind: 'card.proposal', originId: certificateId } });
};

/** Somebody with a 免考 and the card that was issued on it, both of today. */
async function anExemptedHolder(office: Office) {
  const { personId, registrationId } = await anAsker(office);
  valueOf(await decide(office.approver, registrationId, 'exempt'));
  await takeIn();
  const place = { unitId: office.unitId, regionId: office.regionId };
  const certificateId = await aCard(world.ctx, { personId, ...place, fromDay: today() });
  return { personId, registrationId, certificateId };
}

const proofOn = async (office: Office, personId: string, day: string) =>
  proofRow(valueOf(await viewEntitlement(office.approver, personId, day)));

describe('a card that was issued on a 免考', () => {
  it('proves nothing from the day the 免考 is taken back, and the bureau is asked about it once (AJ1, AJ7)', async () => {
    const office = await anOffice(world.ctx);
    const { personId, registrationId, certificateId } = await anExemptedHolder(office);
    const issued = today();
    world.clock.advanceSeconds(10 * 86_400);
    valueOf(await decide(office.third, registrationId, 'reopen', '证书核验未通过'));
    await takeIn();
    await takeIn();
    expect(await proofOn(office, personId, issued)).toMatchObject({ 执法资格: '具备' });
    const proof = await proofOn(office, personId, today());
    expect(proof).toMatchObject({ 执法资格: '不具备', 结论: '当日不具备持证执法的全部条件' });
    expect(await proposalsAbout(certificateId)).toMatchObject([
      { state: 'open', role: 'justice_bureau', regionId: office.regionId },
    ]);
    const card = await world.ctx.db.certificate.findUniqueOrThrow({ where: { id: certificateId } });
    expect(card.state).toBe('active');
    await inTransaction(world.ctx, 'test', (tx) =>
      settleCardTasks(world.ctx).handle(tx, {
        ...{
          id: newId(),
          topic: 'certificate.state_changed',
          key: newId(),
          occurredAt: world.ctx.clock.now(),
        },
        payload: { certificateId, personId, state: 'revoked' },
      }),
    );
    expect(await proposalsAbout(certificateId)).toMatchObject([{ state: 'done' }]);
    world.clock.advanceSeconds(-10 * 86_400);
  });

  it('stays proven by a pass of the exam; a pass that comes later withdraws the question', async () => {
    const office = await anOffice(world.ctx);
    const passed = await anExemptedHolder(office);
    await examFinalised(world.ctx, { personId: passed.personId, unitId: office.unitId });
    await takeResultsIn(world.ctx, passed.personId);
    const late = await anExemptedHolder(office);
    for (const { registrationId } of [passed, late])
      valueOf(await decide(office.third, registrationId, 'reopen', '证书核验未通过'));
    await takeIn();
    expect(await proposalsAbout(passed.certificateId)).toEqual([]);
    expect(await proposalsAbout(late.certificateId)).toMatchObject([{ state: 'open' }]);
    await examFinalised(world.ctx, { personId: late.personId, unitId: office.unitId });
    await takeResultsIn(world.ctx, late.personId);
    expect(await proposalsAbout(late.certificateId)).toMatchObject([{ state: 'withdrawn' }]);
    expect(await proofOn(office, late.personId, today())).toMatchObject({ 执法资格: '具备' });
  });

  it('its register says who granted and who took back, and of which request', async () => {
    const office = await anOffice(world.ctx);
    const { personId, registrationId } = await anExemptedHolder(office);
    valueOf(await decide(office.third, registrationId, 'reopen', '证书核验未通过'));
    await takeIn();
    const [record] = await recordsOf(personId);
    const detail = { exemptionId: record?.sourceId, registrationId };
    expect(record?.events).toMatchObject([
      { kind: 'granted', actorId: office.approver.actorId, detail },
      { kind: 'voided', actorId: office.third.actorId, detail },
    ]);
  });

  it('is taken in also from facts that do not name who decided', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aPerson(world.ctx, { unitId: office.unitId });
    const exemptionId = newId();
    const common = { exemptionId, unitId: office.unitId, subject: 'public_law', reason: REASON };
    const granted = {
      ...common,
      personId,
      registrationId: newId(),
      batchTitle: '第一批',
      approvedDay: today(),
    };
    const occurredAt = world.ctx.clock.now();
    await inTransaction(world.ctx, 'test', (tx) =>
      appendOutbox(tx, [
        { topic: 'exam.exempted', key: exemptionId, payload: granted, occurredAt },
        {
          topic: 'exam.exemption_ended',
          key: exemptionId,
          payload: { ...common, endedDay: today() },
          occurredAt,
        },
      ]),
    );
    await takeIn();
    const [record] = await recordsOf(personId);
    expect(record?.events.map((one) => [one.kind, one.actorId])).toEqual([
      ['granted', null],
      ['voided', null],
    ]);
  });
});

describe('several passes of one person', () => {
  it('count with the last day of the one that may be claimed on for longest', async () => {
    const office = await anOffice(world.ctx);
    const personId = await aPerson(world.ctx, { unitId: office.unitId });
    const now = today();
    const lastDays = [addDays(now, 300), addDays(now, 600), addDays(now, 30)];
    await world.ctx.db.qualification.createMany({
      data: lastDays.map((lastDay, index) => ({
        ...{ id: newId(), personId, subject: 'public_law', status: 'valid', sourceKind: 'exam' },
        ...{ sourceId: newId(), obtainedDay: dayToDb(addDays(now, -index)), validUntilDay: dayToDb(lastDay) },
      })),
    });
    const standings = await cardRecords.cardsOf(world.ctx, [personId], now);
    expect(standings.get(personId)?.qualificationUntil).toBe(addDays(now, 600));
  });
});

describe('a 免考 stands for the exam it spares (domain.md §5.5)', () => {
  it('the card is applied for on it, and the application says why and since when', async () => {
    const office = await anOffice(world.ctx);
    const { personId, registrationId } = await anAsker(office);
    const other = await anOffice(world.ctx);
    expect(await fileApplication(office.liaison, aFiling(personId))).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await decide(other.approver, registrationId, 'exempt')).toMatchObject({ code: 'NOT_FOUND' });
    valueOf(await decide(office.approver, registrationId, 'exempt'));
    await takeIn();
    await takeIn();
    expect(await fileApplication(other.liaison, aFiling(personId))).toMatchObject({ code: 'NOT_FOUND' });
    const { applicationId } = valueOf(await fileApplication(office.liaison, aFiling(personId)));
    const page = valueOf(await viewApplication(office.reviewer, applicationId));
    const check = page.checks.find((one) => one.code === 'NO_QUALIFICATION');
    expect(check).toMatchObject({ isMet: true });
    expect(check?.reason).toContain(`免考：${REASON}，${formatDay(today())}批准`);
    const records = await recordsOf(personId);
    expect(records).toHaveLength(1);
    expect(records[0]?.events.map((one) => one.kind)).toEqual(['granted']);
  });

  it('from the day of approval until the day it is taken back; granted anew it is another record', async () => {
    const office = await anOffice(world.ctx);
    const { personId, registrationId } = await anAsker(office);
    valueOf(await decide(office.approver, registrationId, 'exempt'));
    const approved = today();
    world.clock.advanceSeconds(10 * 86_400);
    valueOf(await decide(office.approver, registrationId, 'reopen', '证书核验未通过'));
    await takeIn();
    const ended = today();
    expect(await hasQualification(personId, addDays(approved, -1))).toBe(false);
    expect(await hasQualification(personId, approved)).toBe(true);
    expect(await hasQualification(personId, addDays(ended, -1))).toBe(true);
    expect(await hasQualification(personId, ended)).toBe(false);
    expect(await fileApplication(office.liaison, aFiling(personId))).toMatchObject({ code: 'NOT_ELIGIBLE' });
    await world.ctx.db.examRegistration.update({
      where: { id: registrationId },
      data: { asked: 'exempt', askedNote: REASON, askedPerson: newId() },
    });
    world.clock.advanceSeconds(86_400);
    valueOf(await decide(office.approver, registrationId, 'exempt'));
    await takeIn();
    expect(await hasQualification(personId, ended)).toBe(false);
    expect(await hasQualification(personId, today())).toBe(true);
    const records = await recordsOf(personId);
    expect(records.map((one) => one.events.map((event) => event.kind))).toEqual([
      ['granted', 'voided'],
      ['granted'],
    ]);
    world.clock.advanceSeconds(-11 * 86_400);
  });

  it('is granted once by two who decide at the same moment, and gives nothing to who renews a card', async () => {
    const office = await anOffice(world.ctx);
    const { personId, registrationId } = await anAsker(office);
    const both = await Promise.all(
      [office.approver, office.third].map((actor) => decide(actor, registrationId, 'exempt')),
    );
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    const renewal = await anAsker(office, 'P2');
    valueOf(await decide(office.approver, renewal.registrationId, 'exempt'));
    await takeIn();
    expect(await recordsOf(personId)).toHaveLength(1);
    expect(await recordsOf(renewal.personId)).toHaveLength(0);
  });
});
