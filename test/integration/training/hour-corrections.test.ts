import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { taskConsumer } from '#app/office/task/ask-task.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { drainConsumer, registerConsumers } from '#app/platform/outbox/dispatcher.server.ts';
import type { Proof } from '#app/training/claim/proof.ts';
import {
  viewCorrection,
  viewNewCorrection,
  viewObjections,
} from '#app/training/correction/correction-view.server.ts';
import { answerCorrection } from '#app/training/correction/decide-correction.server.ts';
import {
  raiseObjection,
  requestCorrection,
  takeUpObjection,
} from '#app/training/correction/request-correction.server.ts';
import { useWorld } from '#test/support/database.ts';
import { classSteps, MORNING_START, value } from '#test/support/office.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld(MORNING_START);
const { anOffice, aClass, enrol, allPresent, close, entriesOf, sumOf } = classSteps(world);

beforeAll(async () => {
  await registerConsumers(world.ctx, [taskConsumer]);
});

const PDF: Proof = {
  mediaType: 'application/pdf',
  fileName: '签到表.pdf',
  bytes: new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d, 1]),
};
const codeOf = (outcome: { ok: true } | { ok: false; code: string }) => (outcome.ok ? 'ok' : outcome.code);

async function aCreditedOfficer() {
  const office = await anOffice(1);
  const sessionId = await aClass(office);
  value(await enrol(office, sessionId));
  await allPresent(office, sessionId);
  value(await close(office.liaison, sessionId));
  const personId = office.personIds[0] ?? '';
  const [entry] = await entriesOf(personId);
  const officer = await anActor(world.ctx, { personId, grants: [{ role: 'officer', scopeKind: 'self' }] });
  const bureau = await anActor(world.ctx, {
    grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: office.regionId }],
  });
  return { ...office, personId, officer, bureau, entryId: entry?.id ?? '' };
}

const wanted = (wantedSeconds = 9000) => ({
  wantedSeconds,
  reasonCode: 'wrong_attendance' as const,
  reason: '签到表核对有误',
  proofs: [PDF],
  commandId: newId(),
});
const ask = (ctx: ActorCtx, entryId: string, seconds?: number) =>
  requestCorrection(ctx, entryId, wanted(seconds));
const answer = (
  ctx: ActorCtx,
  correctionId: string,
  act: 'apply' | 'decline' | 'withdraw',
  over: { version?: number; note?: string | null } = {},
) => answerCorrection(ctx, { correctionId, version: 1, act, note: null, commandId: newId(), ...over });

async function stateOfTask(kind: string, correctionId: string) {
  await drainConsumer(world.ctx, taskConsumer);
  const task = await world.ctx.db.task.findUnique({ where: { kind_key: { kind, key: correctionId } } });
  return [task?.role, task?.state];
}

describe('a correction (domain.md §4.2 case 13)', () => {
  it('waits for a second person; then both entries stand, naming reason, maker and approver', async () => {
    const { liaison, leader, entryId, personId } = await aCreditedOfficer();
    const { correctionId } = value(await ask(liaison, entryId));
    expect(await sumOf(personId)).toBe(18_000);
    await expect.poll(() => stateOfTask('hours.correction', correctionId)).toEqual(['unit_leader', 'open']);
    value(await answer(leader, correctionId, 'apply'));
    const entries = (await entriesOf(personId)).reverse();
    expect(entries.map((entry) => [entry.kind, entry.creditSeconds])).toEqual([
      ['session', 18_000],
      ['reversal', -18_000],
      ['correction', 9000],
    ]);
    expect(entries[2]).toMatchObject({ recordedBy: liaison.actorId, approvedBy: leader.actorId });
    await expect.poll(() => stateOfTask('hours.correction', correctionId)).toEqual(['unit_leader', 'done']);
  });

  it('asked for by two at once waits once; decided by two at once has one winner', async () => {
    const { liaison, leader, bureau, entryId, personId } = await aCreditedOfficer();
    const asked = await Promise.all([1000, 2000, 3000].map((seconds) => ask(liaison, entryId, seconds)));
    expect(asked.map(codeOf).sort()).toEqual(['CORRECTION_OPEN', 'CORRECTION_OPEN', 'ok']);
    const won = asked.find((outcome) => outcome.ok);
    const correctionId = won?.ok ? won.value.correctionId : '';
    const answers = await Promise.all([
      answer(leader, correctionId, 'apply'),
      answer(bureau, correctionId, 'decline', { note: '依据不足' }),
      answer(bureau, correctionId, 'apply'),
    ]);
    expect(answers.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(answers.filter((outcome) => !outcome.ok).map(codeOf)).toEqual([
      'CORRECTION_ANSWERED',
      'CORRECTION_ANSWERED',
    ]);
    const sum = await sumOf(personId);
    expect([1000, 2000, 3000, 18_000]).toContain(sum);
  });

  it('asked for twice by the same command is one request', async () => {
    const { liaison, entryId } = await aCreditedOfficer();
    const once = wanted();
    const first = value(await requestCorrection(liaison, entryId, once));
    expect(value(await requestCorrection(liaison, entryId, once))).toEqual(first);
    expect(codeOf(await requestCorrection(liaison, entryId, { ...once, wantedSeconds: 1 }))).toBe(
      'COMMAND_REUSED',
    );
  });

  it('is never decided by its maker, nor seen from another unit', async () => {
    const { liaison, bureau, entryId, officer } = await aCreditedOfficer();
    const stranger = await aCreditedOfficer();
    expect(codeOf(await ask(stranger.liaison, entryId))).toBe('NOT_FOUND');
    expect(codeOf(await ask(officer, entryId))).toBe('FORBIDDEN');
    const { correctionId } = value(await ask(bureau, entryId));
    expect(codeOf(await answer(bureau, correctionId, 'apply'))).toBe('MAKER_IS_CHECKER');
    expect(codeOf(await answer(liaison, correctionId, 'apply'))).toBe('FORBIDDEN');
    expect(codeOf(await answer(stranger.leader, correctionId, 'apply'))).toBe('NOT_FOUND');
    expect(codeOf(await viewCorrection(stranger.leader, correctionId))).toBe('NOT_FOUND');
    expect(value(await viewCorrection(bureau, correctionId))).toMatchObject({
      mayApply: false,
      mayWithdraw: true,
      whyNot: 'MAKER_IS_CHECKER',
    });
    await expect(
      world.ctx.pool.query(
        `update hour_correction set state = 'applied', decided_by = filed_by where id = $1`,
        [correctionId],
      ),
    ).rejects.toThrow('hour_correction_two_persons');
  });

  it('is never decided by a second account of its maker', async () => {
    const { entryId, unitId, personId } = await aCreditedOfficer();
    const { personIds } = await anOffice(1);
    const twice = { personId: personIds[0] ?? '' };
    const maker = await anActor(world.ctx, {
      ...twice,
      grants: [{ role: 'unit_liaison', scopeKind: 'unit', unitId }],
    });
    const checker = await anActor(world.ctx, {
      ...twice,
      grants: [{ role: 'unit_leader', scopeKind: 'unit', unitId }],
    });
    const { correctionId } = value(await ask(maker, entryId));
    expect(codeOf(await answer(checker, correctionId, 'apply'))).toBe('MAKER_IS_CHECKER');
    expect(await sumOf(personId)).toBe(18_000);
  });

  it('needs proof, another figure, and an entry that stands', async () => {
    const { liaison, leader, entryId } = await aCreditedOfficer();
    expect(codeOf(await requestCorrection(liaison, entryId, { ...wanted(), proofs: [] }))).toBe(
      'PROOF_MISSING',
    );
    expect(codeOf(await ask(liaison, entryId, 18_000))).toBe('CREDIT_UNCHANGED');
    const { correctionId } = value(await ask(liaison, entryId, 0));
    value(await answer(leader, correctionId, 'apply'));
    expect(codeOf(await ask(liaison, entryId, 1))).toBe('ENTRY_ALREADY_CORRECTED');
    expect(codeOf(await viewNewCorrection(leader, { entryId, personId: null, year: null, text: '' }))).toBe(
      'FORBIDDEN',
    );
  });

  it('turned down leaves the entry as it is, and may be asked for again', async () => {
    const { liaison, leader, entryId, personId } = await aCreditedOfficer();
    const { correctionId } = value(await ask(liaison, entryId));
    expect(codeOf(await answer(leader, correctionId, 'decline'))).toBe('REASON_REQUIRED');
    value(await answer(leader, correctionId, 'decline', { note: '依据不足' }));
    expect(await sumOf(personId)).toBe(18_000);
    expect(codeOf(await ask(liaison, entryId))).toBe('ok');
  });
});

describe('an objection (异议)', () => {
  const object = (ctx: ActorCtx, entryId: string) =>
    raiseObjection(ctx, { entryId, objection: '下午也到课了', proofs: [], commandId: newId() });

  it('becomes a request by the liaison, which a third person decides', async () => {
    const { officer, liaison, leader, entryId, personId } = await aCreditedOfficer();
    const { correctionId } = value(await object(officer, entryId));
    await expect.poll(() => stateOfTask('hours.objection', correctionId)).toEqual(['unit_liaison', 'open']);
    expect(codeOf(await answer(leader, correctionId, 'apply'))).toBe('FORBIDDEN');
    value(await takeUpObjection(liaison, { correctionId, version: 1 }, { ...wanted(27_000), proofs: [] }));
    await expect.poll(() => stateOfTask('hours.objection', correctionId)).toEqual(['unit_liaison', 'done']);
    expect(codeOf(await answer(liaison, correctionId, 'apply', { version: 2 }))).toBe('FORBIDDEN');
    expect(codeOf(await answer(leader, correctionId, 'apply', { version: 1 }))).toBe('CHANGED_MEANWHILE');
    value(await answer(leader, correctionId, 'apply', { version: 2 }));
    expect(await sumOf(personId)).toBe(27_000);
    const [own] = value(await viewObjections(officer, null)).corrections;
    expect(own).toMatchObject({ state: 'applied', origin: 'objection' });
  });

  it('is answered with a reason, or taken back by whoever raised it', async () => {
    const { officer, liaison, entryId } = await aCreditedOfficer();
    const first = value(await object(officer, entryId));
    expect(codeOf(await object(officer, entryId))).toBe('CORRECTION_OPEN');
    expect(codeOf(await answer(liaison, first.correctionId, 'withdraw'))).toBe('NOT_YOURS');
    value(await answer(officer, first.correctionId, 'withdraw'));
    const second = value(await object(officer, entryId));
    value(await answer(liaison, second.correctionId, 'decline', { note: '签到表没有下午的记录' }));
  });

  it('is about one’s own entries only', async () => {
    const { entryId } = await aCreditedOfficer();
    const stranger = await aCreditedOfficer();
    expect(codeOf(await object(stranger.officer, entryId))).toBe('NOT_FOUND');
    expect(codeOf(await viewObjections(stranger.officer, entryId))).toBe('NOT_FOUND');
    expect(codeOf(await object(stranger.liaison, entryId))).toBe('FORBIDDEN');
  });
});
