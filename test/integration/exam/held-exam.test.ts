import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { viewBatch } from '#app/exam/batch/batch-view.server.ts';
import { approveClean } from '#app/exam/batch/registration/approve-clean.server.ts';
import { decideRegistration } from '#app/exam/batch/registration/decide-registration.server.ts';
import type { Decision } from '#app/exam/batch/registration/decision.ts';
import { registerPeople } from '#app/exam/batch/registration/register-people.server.ts';
import { viewRegistration } from '#app/exam/batch/registration/registration-view.server.ts';
import { REGISTRATIONS_TABLE } from '#app/exam/batch/registration/registrations-table-spec.ts';
import { listPaperCandidates } from '#app/exam/sitting/papers/candidates.store.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { parseTableQuery } from '#app/platform/ui/table/table-query.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import { value } from '#test/support/office.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSealedPaper, aSeatedHall } from '#test/support/seating.ts';
import { aPerson, aUnit, anActor } from '#test/support/world.ts';

const AFTER_LATEST_ENTRY_SECONDS = 31 * 60;
const DAY_MS = 86_400_000;
const SINCE = new Date('2020-01-01T00:00:00Z');
const world = useWorld();
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: [], jobs: { enqueue: () => Promise.resolve() } });
});

interface Sealed {
  readonly hall: SeatedHall;
  readonly unitId: string;
  readonly personId: string;
  readonly id: string;
}

/** Somebody the rules admit whose paper is sealed for the hall's sitting: whatever is decided, they belong to it. */
async function aSealedCandidate(): Promise<Sealed> {
  const { ctx } = world;
  const hall = await aSeatedHall(ctx, { people: 1 });
  const unitId = await aUnit(ctx, { regionId: hall.regionId });
  const name = { name: '某局', entityType: 'organ', legalBasis: '《中华人民共和国行政处罚法》第十七条' };
  const version = { id: newId(), unitId, ...name, confirmationNo: '甲〔2025〕1号' };
  await ctx.db.entity.create({
    data: {
      id: newId<'Entity'>(),
      versions: { create: { ...version, validFrom: SINCE, recordedAt: SINCE } },
    },
  });
  forgetTree(ctx);
  const personId = await aPerson(ctx, { unitId });
  const id = await hall.register({ personId, unitId });
  await ctx.db.examRegistration.update({
    where: { id },
    data: { sittingId: hall.sittingId, ticketNo: `T${newId()}` },
  });
  await aSealedPaper(ctx, id);
  return { hall, unitId, personId, id };
}

const registrationOf = (id: string) => world.ctx.db.examRegistration.findUniqueOrThrow({ where: { id } });

async function decide(
  { hall, id }: Sealed,
  decision: Decision,
  { note = '证书系伪造', actor = hall.bureau, commandId = newId() } = {},
) {
  const { version: expectedVersion } = await registrationOf(id);
  return decideRegistration(actor, { registrationId: id, decision, note, expectedVersion, commandId });
}

const pageOf = async ({ hall, id }: Sealed) => value(await viewRegistration(hall.bureau, id));
const listedIn = async ({ sittingId }: SeatedHall) => listPaperCandidates(world.ctx.pool, sittingId);

/** The unit has asked for 免考 and the bureau grants it. */
async function exempted(): Promise<Sealed> {
  const one = await aSealedCandidate();
  await world.ctx.db.examRegistration.update({
    where: { id: one.id },
    data: { asked: 'exempt', askedNote: '持有法律职业资格证书', askedPerson: newId() },
  });
  value(await decide(one, 'exempt'));
  return one;
}

async function endsOf(registrationId: string): Promise<number> {
  const granted = await world.ctx.db.registrationEvent.findFirstOrThrow({
    where: { registrationId, kind: 'exempt' },
  });
  return world.ctx.db.outboxEvent.count({ where: { topic: 'exam.exemption_ended', key: granted.id } });
}

describe('the list of an exam that was held', () => {
  it('takes in nobody who was not in it: neither approved singly or in bulk, nor excused', async () => {
    const one = await aSealedCandidate();
    const { hall, id } = one;
    await world.ctx.db.examRegistration.update({ where: { id }, data: { status: 'registered' } });
    expect((await pageOf(one)).acts.decisions).toEqual(['approve', 'return', 'refuse', 'defer']);
    world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
    expect(await decide(one, 'approve')).toEqual({ ok: false, code: 'EXAM_HELD' });
    expect(await decide(one, 'defer')).toEqual({ ok: false, code: 'EXAM_HELD' });
    const inBulk = { batchId: hall.batchId, registrationIds: [id], commandId: newId() };
    expect(await approveClean(hall.bureau, inBulk)).toEqual({ ok: false, code: 'NOTHING_TO_APPROVE' });
    expect((await pageOf(one)).acts.decisions).toEqual(['return', 'refuse']);
    expect(await listedIn(hall)).toHaveLength(1);
  });

  it('and before it is held they are approved in bulk as ever', async () => {
    const { hall, id } = await aSealedCandidate();
    await world.ctx.db.examRegistration.update({ where: { id }, data: { status: 'registered' } });
    const inBulk = { batchId: hall.batchId, registrationIds: [id], commandId: newId() };
    expect(await approveClean(hall.bureau, inBulk)).toMatchObject({ ok: true, value: { approved: 1 } });
  });

  it('offers nobody of it for the bulk approval, says why, and counts nobody of it', async () => {
    const { hall, id } = await aSealedCandidate();
    const { ctx } = world;
    await ctx.db.examRegistration.update({
      where: { id },
      data: { status: 'registered', verdict: 'eligible' },
    });
    const elsewhere = await aPerson(ctx, { unitId: hall.people[0]?.unitId ?? '' });
    const next = await hall.register({ personId: elsewhere, unitId: hall.people[0]?.unitId ?? '' });
    await ctx.db.examRegistration.update({
      where: { id: next },
      data: { status: 'registered', verdict: 'eligible' },
    });
    const list = parseTableQuery(new URLSearchParams(), REGISTRATIONS_TABLE);
    const offered = async () => {
      const page = value(await viewBatch(hall.bureau, hall.batchId, list));
      const looks = [id, next].map((one) => page.registrations.find((row) => row.id === one));
      return [page.forBulk, ...looks.map((row) => [row?.isClean, row?.isHeld])];
    };
    expect(await offered()).toEqual([2, [true, false], [true, false]]);
    world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
    expect(await offered()).toEqual([1, [false, true], [true, false]]);
    const filtered = parseTableQuery(new URLSearchParams('f.status=approved'), REGISTRATIONS_TABLE);
    expect(value(await viewBatch(hall.bureau, hall.batchId, filtered)).forBulk).toBe(0);
  });

  it('is no place to register for again', async () => {
    const one = await aSealedCandidate();
    const { hall, unitId, personId } = one;
    const registerUntil = new Date(world.clock.now().getTime() + DAY_MS);
    await world.ctx.db.examBatch.update({
      where: { id: hall.batchId },
      data: { status: 'open', registerUntil },
    });
    const liaison = await anActor(world.ctx, {
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    const again = () =>
      registerPeople(liaison, {
        ...{ batchId: hall.batchId, people: [{ personId, sanction: null }], note: null },
        commandId: newId(),
      });
    const mayRegisterAgain = async () => value(await viewRegistration(liaison, one.id)).acts.registerAgain;
    value(await decide(one, 'return'));
    expect(await mayRegisterAgain()).toBe(true);
    value(await again());
    value(await decide(one, 'return'));
    world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
    expect(await mayRegisterAgain()).toBe(false);
    expect(await again()).toMatchObject({ code: 'EXAM_HELD_FOR', detail: { name: expect.any(String) } });
    expect((await registrationOf(one.id)).status).toBe('returned');
  });
});

describe('撤销免考', () => {
  it('after the exam ends the 免考 with its reason, and gives neither a seat nor a line in the list', async () => {
    const one = await exempted();
    world.clock.advanceSeconds(AFTER_LATEST_ENTRY_SECONDS);
    expect((await pageOf(one)).acts.decisions).toEqual(['revoke']);
    expect(await decide(one, 'reopen')).toEqual({ ok: false, code: 'EXAM_HELD' });
    expect(await decide(one, 'revoke', { note: ' ' })).toEqual({ ok: false, code: 'REASON_REQUIRED' });
    expect(await endsOf(one.id)).toBe(0);
    const commandId = newId();
    const { version: expectedVersion } = await registrationOf(one.id);
    const asked = { registrationId: one.id, decision: 'revoke', note: '证书系伪造' } as const;
    const revoke = () => decideRegistration(one.hall.bureau, { ...asked, expectedVersion, commandId });
    value(await revoke());
    value(await revoke());
    expect(await endsOf(one.id)).toBe(1);
    expect(await registrationOf(one.id)).toMatchObject({
      ...{ status: 'refused', answerNote: '证书系伪造', roomId: null, seatNo: null },
    });
    expect(await listedIn(one.hall)).toHaveLength(1);
    const page = await pageOf(one);
    expect(page.acts.decisions).toEqual([]);
    expect(page.events[0]).toMatchObject({ title: '撤销免考', text: '证书系伪造' });
  });

  it('is all that is still decided in a cancelled batch', async () => {
    const one = await exempted();
    await world.ctx.db.examBatch.update({
      where: { id: one.hall.batchId },
      data: { status: 'cancelled' },
    });
    expect((await pageOf(one)).acts.decisions).toEqual(['revoke']);
    expect(await decide(one, 'reopen')).toEqual({ ok: false, code: 'STEP_NOT_POSSIBLE' });
    value(await decide(one, 'revoke'));
    expect(await endsOf(one.id)).toBe(1);
    expect((await pageOf(one)).acts.decisions).toEqual([]);
  });

  it('before the exam leaves the way open to take the person up again, and ends the 免考 once', async () => {
    const one = await exempted();
    expect((await pageOf(one)).acts.decisions).toEqual(['reopen', 'revoke']);
    value(await decide(one, 'revoke'));
    value(await decide(one, 'reopen'));
    expect(await endsOf(one.id)).toBe(1);
    expect((await registrationOf(one.id)).status).toBe('registered');
  });

  it('is done once by two at the same moment, and by no other bureau', async () => {
    const one = await exempted();
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: one.hall.regionId } as const];
    const second = await anActor(world.ctx, { grants });
    const elsewhere = await aSeatedHall(world.ctx, { people: 1 });
    const revoke = (actor: ActorCtx) => decide(one, 'revoke', { actor });
    expect(await revoke(elsewhere.bureau)).toMatchObject({ code: 'NOT_FOUND' });
    const both = await Promise.all([one.hall.bureau, second].map(revoke));
    expect(both.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(await endsOf(one.id)).toBe(1);
  });
});
