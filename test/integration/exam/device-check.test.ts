import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { viewDeviceCheck, viewRehearsal } from '#app/exam/device-check/check-view.server.ts';
import type { Measurements } from '#app/exam/device-check/measurement.ts';
import { recordCheck, recordRehearsal } from '#app/exam/device-check/record-check.server.ts';
import { viewSittingChecks } from '#app/exam/device-check/sitting-checks-view.server.ts';
import { forgetTree } from '#app/organization/tree/current-tree.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { useWorld } from '#test/support/database.ts';
import type { Candidate, Hall } from '#test/support/exam.ts';
import { aHall, prepareExam } from '#test/support/exam.ts';
import { GOOD_MACHINE } from '#test/support/measurements.ts';
import { anActor } from '#test/support/world.ts';

const world = useWorld();
const realNow = Date.now();
beforeAll(async () => {
  await prepareExam(world.ctx);
  // Ids carry the real time, and a rehearsal reads its beginning from them.
  world.clock.set(new Date(realNow).toISOString());
});
afterAll(() => forgetTree(world.ctx));

function check(candidate: Candidate, change: Partial<Measurements> = {}, more: object = {}) {
  return recordCheck(candidate.ctx, {
    commandId: newId(),
    registrationId: candidate.registrationId,
    seatLabel: '第一考场 3 号',
    deviceMark: newId(),
    measurements: { ...GOOD_MACHINE, ...change },
    ...more,
  });
}

async function people(count: number): Promise<{ hall: Hall; candidates: readonly Candidate[] }> {
  const hall = await aHall(world.ctx, { candidates: count });
  return { hall, candidates: hall.candidates };
}

async function one(): Promise<Candidate> {
  const [candidate] = (await people(1)).candidates;
  if (!candidate) throw new Error('the hall has one candidate');
  return candidate;
}

describe('a device check', () => {
  it('keeps the verdict the server reads from the measurements; the same form twice is one check', async () => {
    const candidate = await one();
    const commandId = newId();
    const twice = [
      check(candidate, { isPageKept: false }, { commandId }),
      check(candidate, {}, { commandId }),
    ];
    await Promise.all(twice);
    const rows = await world.ctx.db.examDeviceCheck.findMany({ where: { personId: candidate.personId } });
    expect(rows).toHaveLength(1);
    expect(await check(candidate, { storage: { keptMs: null, freeBytes: null } })).toEqual({
      ok: true,
      value: 'not_ready',
    });
    const view = await viewDeviceCheck(candidate.ctx, candidate.registrationId);
    if (!view.ok) throw new Error(view.code);
    expect(view.value).toMatchObject({
      last: { verdict: 'not_ready', seatLabel: '第一考场 3 号' },
      rehearsedAt: null,
    });
    expect(view.value.last?.findings.find(({ point }) => point === 'storage')?.advice).toContain('无痕');
    expect(view.value.seats.map((seat) => seat.registrationId)).toEqual([candidate.registrationId]);
  });

  it('is append-only', async () => {
    const candidate = await one();
    await check(candidate);
    const change = world.ctx.db.examDeviceCheck.updateMany({
      where: { personId: candidate.personId },
      data: { verdict: 'ready' },
    });
    await expect(change).rejects.toThrow();
  });

  it('for somebody else’s registration is not found, and is no business of an official', async () => {
    const [mine, other] = [await one(), await one()];
    const more = { registrationId: other.registrationId };
    expect(await check(mine, {}, more)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewDeviceCheck(mine.ctx, other.registrationId)).toEqual({ ok: false, code: 'NOT_FOUND' });
    const bureau = await anActor(world.ctx, { grants: [] });
    expect(await viewDeviceCheck(bureau, null)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });
});

describe('a rehearsal', () => {
  it('shows the real room without key, watch or messages, and its hand-in is kept once', async () => {
    const candidate = await one();
    const rehearsalId = newId();
    const room = await viewRehearsal(candidate.ctx, {
      rehearsalId,
      personName: '张某',
      leaveTo: '/exams/check',
    });
    expect(room).toMatchObject({ kind: 'room', watch: null, messages: [], leaveTo: '/exams/check' });
    expect(room?.items).toHaveLength(6);
    const input = { rehearsalId, registrationId: candidate.registrationId };
    const outcomes = await Promise.all([
      recordRehearsal(candidate.ctx, input),
      recordRehearsal(candidate.ctx, input),
    ]);
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(await world.ctx.db.examDeviceCheck.count({ where: { personId: candidate.personId } })).toBe(1);
    expect(await world.ctx.db.attempt.count({ where: { registrationId: candidate.registrationId } })).toBe(0);
    const view = await viewDeviceCheck(candidate.ctx, null);
    expect(view.ok && view.value.rehearsedAt).toEqual(world.clock.now());
  });

  it('is over after its time, and none with an id of another kind', async () => {
    const candidate = await one();
    const rehearsalId = newId();
    const before = world.clock.now();
    world.clock.advanceSeconds(16 * 60);
    expect(await viewRehearsal(candidate.ctx, { rehearsalId, personName: '', leaveTo: '/' })).toBeNull();
    world.clock.set(before.toISOString());
    expect(await recordRehearsal(candidate.ctx, { rehearsalId: 'none', registrationId: null })).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
  });
});

describe('the list of a sitting', () => {
  const query = {
    page: 1,
    size: 20 as const,
    sort: { field: 'seat' as const, direction: 'asc' as const },
    q: '',
    filters: {},
    columns: null,
  };

  it('shows its bureau who has not checked, whose machine is not fit, and who has rehearsed', async () => {
    const { hall, candidates } = await people(4);
    const [ready, broken, rehearsed] = candidates;
    if (!ready || !broken || !rehearsed) throw new Error('the hall has four candidates');
    await check(ready);
    await check(broken, {}, { registrationId: null });
    await check(broken, { storage: { keptMs: null, freeBytes: null } });
    await recordRehearsal(rehearsed.ctx, { rehearsalId: newId(), registrationId: null });
    forgetTree(world.ctx);
    const bureau = await anActor(world.ctx, {
      grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }],
    });
    const all = await viewSittingChecks(bureau, hall.sittingId, query);
    if (!all.ok) throw new Error(all.code);
    expect(all.value).toMatchObject({ candidates: 4, unchecked: 2, notReady: 1, total: 4 });
    const byId = new Map(all.value.rows.map((row) => [row.registrationId, row]));
    expect(byId.get(ready.registrationId)).toMatchObject({ verdict: 'ready', seatLabel: '第一考场 3 号' });
    expect(byId.get(broken.registrationId)?.verdict).toBe('not_ready');
    expect(byId.get(rehearsed.registrationId)).toMatchObject({ verdict: null });
    expect(byId.get(rehearsed.registrationId)?.rehearsedAt).toEqual(world.clock.now());
    const missing = await viewSittingChecks(bureau, hall.sittingId, {
      ...query,
      filters: { state: 'unchecked' },
    });
    expect(missing.ok && missing.value.total).toBe(2);
    const elsewhere = await people(1);
    expect(await viewSittingChecks(bureau, elsewhere.hall.sittingId, query)).toEqual({
      ok: false,
      code: 'NOT_FOUND',
    });
    expect(await viewSittingChecks(ready.ctx, hall.sittingId, query)).toEqual({
      ok: false,
      code: 'FORBIDDEN',
    });
  });
});
