import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { viewOpeningCodes } from '#app/exam/ahead/opening-codes-view.server.ts';
import { openEnvelope, unlockEnvelope } from '#app/exam/ahead/envelope.ts';
import { printOpeningSheets } from '#app/exam/ahead/print-opening-sheets.server.ts';
import { fileCustody } from '#app/exam/release/file-custody.server.ts';
import { printSet } from '#app/exam/release/printed/print-set.server.ts';
import { SEALED_PAPERS } from '#app/exam/release/printed/printed-papers.ts';
import { viewSeal } from '#app/exam/release/seal-view.server.ts';
import { changeDate } from '#app/exam/seating/change-date.server.ts';
import { provideDocumentDesk } from '#app/office/document/desk.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { releaseAs } from '#test/support/custody.ts';
import { useWorld } from '#test/support/database.ts';
import { aRunningAttempt, prepareExam } from '#test/support/exam.ts';
import type { BellHall } from '#test/support/paper-ahead.ts';
import { aBellHall, askAs, waitingPage } from '#test/support/paper-ahead.ts';
import { anActor } from '#test/support/world.ts';

const BEFORE = '2026-11-23T00:50:00.000Z';
const HOUR_MS = 3_600_000;
const REASON = '第1考场口令单提前拆封';
const world = useWorld(BEFORE);
beforeAll(async () => {
  await prepareExam(world.ctx);
  provideDocumentDesk(world.ctx.pool, { papers: SEALED_PAPERS, jobs: { enqueue: () => Promise.resolve() } });
});

async function aFreshHall(): Promise<BellHall> {
  world.clock.set(BEFORE);
  return aBellHall(world.ctx);
}

const askAgain = (hall: BellHall, reason: string | undefined) =>
  fileCustody(hall.bureau, { kind: 'release', sittingId: hall.sittingId, reason, commandId: newId() });

/** Codes of the first room as they are shown at the bell, the last one first. */
async function codesAt(hall: BellHall, bellAt: Date): Promise<string[]> {
  const now = world.clock.now();
  world.clock.set(bellAt.toISOString());
  const page = await viewOpeningCodes(hall.bureau, hall.sittingId);
  world.clock.set(now.toISOString());
  if (!page.ok) throw new Error(page.code);
  return (page.value.codes ?? []).filter(({ roomId }) => roomId === hall.rooms[0]).map(({ code }) => code);
}

describe('换发开卷口令: the same set released once more', () => {
  it('has new codes and the same papers; who waits is told, and the old code opens no page fetched since', async () => {
    const hall = await aFreshHall();
    const { sittingId } = hall;
    const [one] = hall.candidates;
    if (!one) throw new Error('the hall has candidates');
    const sitting = await aRunningAttempt(one);
    const first = await waitingPage(sitting);
    const [leaked = ''] = await codesAt(hall, hall.bellAt);
    const filed = await askAgain(hall, REASON);
    if (!filed.ok) throw new Error(filed.code);
    expect(await viewSeal(hall.bureau2, sittingId)).toMatchObject({
      value: { releaseRequest: { request: { reason: REASON }, mayConfirm: true } },
    });
    // Until the second person agrees, nothing has changed.
    expect((await askAs(sitting)).lockNo).toBe(first.envelope.lock?.no);
    const { requestId } = filed.value;
    expect(await releaseAs(hall.bureau, sittingId, requestId)).toMatchObject({ code: 'MAKER_IS_CHECKER' });
    expect(await releaseAs(hall.bureau2, sittingId, requestId)).toMatchObject({ ok: true });
    expect(await releaseAs(hall.bureau2, sittingId, requestId)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    const bell = await askAs(sitting);
    expect(bell.lockNo).not.toBe(first.envelope.lock?.no);
    const { envelope } = await waitingPage(sitting);
    expect(envelope.lock?.no).toBe(bell.lockNo);
    const [fresh = '', before] = await codesAt(hall, hall.bellAt);
    expect(before).toBe(leaked);
    expect(await unlockEnvelope(envelope, leaked.replaceAll(' ', ''))).toBeNull();
    const key = await unlockEnvelope(envelope, fresh.replaceAll(' ', ''));
    expect(await openEnvelope(envelope, key ?? '')).not.toBeNull();
    expect(await world.ctx.db.examSeal.count({ where: { sittingId } })).toBe(1);
    const page = await viewSeal(hall.bureau, sittingId);
    expect(page).toMatchObject({ value: { isIntact: true, seals: [{ release: { reason: REASON } }] } });
  });

  it('needs a reason, a bell that has not rung, and at most one set at a time', async () => {
    const hall = await aFreshHall();
    for (const reason of [undefined, '', '泄露', '长'.repeat(201)])
      expect(await askAgain(hall, reason)).toMatchObject({ code: 'REASON_REQUIRED' });
    const filed = await askAgain(hall, REASON);
    if (!filed.ok) throw new Error(filed.code);
    world.clock.set(hall.bellAt.toISOString());
    expect(await askAgain(hall, REASON)).toMatchObject({ code: 'BELL_HAS_RUNG' });
    expect(await releaseAs(hall.bureau2, hall.sittingId, filed.value.requestId)).toMatchObject({
      code: 'BELL_HAS_RUNG',
    });
    world.clock.set(BEFORE);
    await world.ctx.db.examSitting.update({ where: { id: hall.sittingId }, data: { startMode: 'own' } });
    expect(await askAgain(hall, REASON)).toMatchObject({ code: 'RELEASED_ALREADY' });
  });
});

describe('a change of date', () => {
  it('makes the sheets of the old date worthless', async () => {
    const hall = await aFreshHall();
    const [old] = await codesAt(hall, hall.bellAt);
    const opensAt = new Date(hall.bellAt.getTime() + 24 * HOUR_MS);
    const { version } = await world.ctx.db.examSitting.findUniqueOrThrow({ where: { id: hall.sittingId } });
    const moved = await changeDate(hall.bureau, {
      ...{ sittingId: hall.sittingId, opensAt, reason: '台风红色预警', expectedVersion: version },
      commandId: newId(),
    });
    expect(moved).toMatchObject({ ok: true });
    const [now] = await codesAt(hall, opensAt);
    expect([typeof old, typeof now]).toEqual(['string', 'string']);
    expect(now).not.toBe(old);
  });
});

describe('who is a candidate of the sitting', () => {
  it('gets neither its codes nor its papers beforehand, under whatever account and role', async () => {
    const hall = await aFreshHall();
    const [one] = hall.candidates;
    const grants = [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }] as const;
    const both = await anActor(world.ctx, { personId: one?.personId ?? null, grants });
    const { sittingId } = hall;
    const print = { sittingId, roomNo: null, commandId: newId() };
    expect(await printOpeningSheets(both, sittingId, null)).toMatchObject({ code: 'OWN_EXAM' });
    expect(await printOpeningSheets(both, sittingId, hall.rooms[1])).toMatchObject({ code: 'OWN_EXAM' });
    expect(await printSet(both, print)).toMatchObject({ code: 'OWN_EXAM' });
    const noted = { subjectId: sittingId, action: 'exam.print_opening_codes' };
    expect(await world.ctx.db.auditEvent.count({ where: noted })).toBe(0);
    expect(await world.ctx.db.documentBatch.count({ where: { subjectId: sittingId } })).toBe(0);
    // The same sheet is their colleague's to print.
    expect(await printOpeningSheets(hall.bureau, sittingId, hall.rooms[1])).toMatchObject({ ok: true });
  }, 60_000);
});

describe('the sheets of all rooms', () => {
  it('are all there, whatever the rooms are called', async () => {
    const hall = await aFreshHall();
    await world.ctx.db.examRoom.updateMany({
      where: { sittingId: hall.sittingId },
      data: { name: '机房A/B' },
    });
    const all = await printOpeningSheets(hall.bureau, hall.sittingId, null);
    if (!all.ok) throw new Error(all.code);
    expect(Object.keys(unzipSync(all.value.bytes)).sort()).toEqual([
      '开卷口令单 01（机房A·B）.pdf',
      '开卷口令单 02（机房A·B）.pdf',
    ]);
  }, 60_000);
});
