import { beforeAll, describe, expect, it } from 'vitest';
import type { ActorCtx } from '#app/accounts/actor.server.ts';
import { changeSettings } from '#app/exam/seating/change-settings.server.ts';
import { actOnSettings } from '#app/exam/seating/settings-action.server.ts';
import { viewSettings } from '#app/exam/seating/settings-view.server.ts';
import { findSettings } from '#app/exam/seating/settings.store.server.ts';
import type { ChangeableSettings } from '#app/exam/seating/sitting-change.ts';
import { sealSitting } from '#app/exam/release/seal-sitting.server.ts';
import { startAttempt } from '#app/exam/sitting/start-attempt.server.ts';
import { newId } from '#app/platform/ids/id.ts';
import { toLocalInput } from '#app/platform/time/day.ts';
import { useWorld } from '#test/support/database.ts';
import { prepareExam } from '#test/support/exam.ts';
import type { SeatedHall } from '#test/support/seating.ts';
import { aSeatedHall } from '#test/support/seating.ts';
import { anActor } from '#test/support/world.ts';

const MINUTE_MS = 60_000;
const world = useWorld();
beforeAll(() => prepareExam(world.ctx));

const laterBy = (instant: Date, minutes: number): Date => new Date(instant.getTime() + minutes * MINUTE_MS);

async function storedOf(hall: SeatedHall) {
  const stored = await findSettings(world.ctx.db, hall.sittingId);
  if (stored === null) throw new Error('the sitting is there');
  return stored;
}

async function change(
  actor: ActorCtx,
  hall: SeatedHall,
  over: Partial<ChangeableSettings>,
  { expectedVersion, commandId = newId() }: { expectedVersion?: number; commandId?: string } = {},
) {
  const { settings, version } = await storedOf(hall);
  const { opensAt: _, placeMode: __, ipRanges: ___, ...now } = settings;
  return changeSettings(actor, {
    ...{ sittingId: hall.sittingId, settings: { ...now, ...over }, reason: '考点交通管制' },
    ...{ expectedVersion: expectedVersion ?? version, commandId },
  });
}

const journalOf = (hall: SeatedHall) =>
  world.ctx.db.examSeatingEvent.findMany({ where: { sittingId: hall.sittingId, kind: 'settings_changed' } });

async function noticesOf(hall: SeatedHall): Promise<string[]> {
  const asked = await world.ctx.db.outboxEvent.findMany({ where: { topic: 'office.notices_asked' } });
  return asked
    .map((row) => JSON.stringify(row.payload))
    .filter((text) => text.includes(`${hall.sittingId}:settings:`));
}

const secondOf = (hall: SeatedHall) =>
  anActor(world.ctx, { grants: [{ role: 'justice_bureau', scopeKind: 'region', regionId: hall.regionId }] });

describe('修改场次设置', () => {
  it('is kept with who, when, from what into what and why; ticket holders and units are told once', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 3 });
    const { settings } = await storedOf(hall);
    const latestEntryAt = laterBy(settings.latestEntryAt, 15);
    const commandId = newId();
    const once = { commandId, expectedVersion: 1 };
    const changed = await change(hall.bureau, hall, { latestEntryAt, needsDeviceRelease: true }, once);
    expect(changed).toEqual({ ok: true, value: { changed: 2, told: 3 } });
    expect(await change(hall.bureau, hall, { latestEntryAt, needsDeviceRelease: true }, once)).toEqual(
      changed,
    );
    expect((await storedOf(hall)).settings).toMatchObject({ latestEntryAt, needsDeviceRelease: true });
    const journal = await journalOf(hall);
    expect(journal).toMatchObject([
      {
        note: '考点交通管制',
        actorId: hall.bureau.actorId,
        occurredAt: world.clock.now(),
        detail: {
          changes: [{ setting: 'latestEntryAt' }, { setting: 'needsDeviceRelease', to: '须经监考人员允许' }],
        },
      },
    ]);
    const told = (await noticesOf(hall)).join();
    expect(told).toContain('最迟入场由');
    expect(told).not.toContain('换机由');
    for (const one of hall.people) {
      expect(told).toContain(one.personId);
      expect(told).toContain(one.unitId);
    }
    const page = await viewSettings(hall.bureau, hall.sittingId);
    expect(page).toMatchObject({
      value: { stands: null, ticketCount: 3, journal: [{ reason: '考点交通管制' }] },
    });
  });

  it('that concerns no candidate is told to nobody', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    expect(await change(hall.bureau, hall, { resultRelease: 'by_bureau' })).toMatchObject({
      value: { changed: 1, told: 0 },
    });
    expect(await noticesOf(hall)).toEqual([]);
  });

  it('of two at once one wins; the other reads what stands now, with everything typed kept', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const { settings, version: expectedVersion } = await storedOf(hall);
    const second = await secondOf(hall);
    const later = { hardEndAt: laterBy(settings.hardEndAt, 60) };
    const both = await Promise.all([
      change(hall.bureau, hall, { ...later, durationSeconds: 130 * 60 }, { expectedVersion }),
      change(second, hall, { ...later, durationSeconds: 140 * 60 }, { expectedVersion }),
    ]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.find((one) => !one.ok)).toMatchObject({ code: 'CHANGED_MEANWHILE' });
    expect(await journalOf(hall)).toHaveLength(1);
    const typed = new FormData();
    const fields = {
      ...{ commandId: newId(), expectedVersion: String(expectedVersion), reason: '延长作答时间' },
      ...{ durationMinutes: '75', earliestHandInMinutes: '0', startMode: 'own', focusPolicy: 'note' },
      ...{ latestEntryAt: toLocalInput(settings.latestEntryAt), hardEndAt: toLocalInput(settings.hardEndAt) },
      ...{ resultRelease: settings.resultRelease, needsAccessCode: 'on' },
    };
    for (const [name, value] of Object.entries(fields)) typed.set(name, value);
    const refused = await actOnSettings(second, hall.sittingId, typed);
    expect(refused).toMatchObject({ status: 409, version: expectedVersion + 1 });
    expect(refused?.lastResult.initialValue).toMatchObject({ durationMinutes: '75', reason: '延长作答时间' });
    expect(refused?.meanwhile).toContainEqual({
      ...{ setting: 'durationSeconds', to: '75 分钟' },
      from: expect.stringMatching(/^(130|140) 分钟$/) as string,
    });
  });

  it('takes nothing from people who may sit there already', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const { settings } = await storedOf(hall);
    const shorter = { durationSeconds: settings.durationSeconds - 600 };
    expect(await change(hall.bureau, hall, shorter)).toMatchObject({ code: 'SITTING_OPENED' });
    expect(await journalOf(hall)).toEqual([]);
  });

  it('belongs to the bureau of the sitting: another’s is not found, an invigilator may not', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1 });
    const elsewhere = await aSeatedHall(world.ctx, { people: 1 });
    const over = { durationSeconds: 60 * 60 };
    expect(await change(elsewhere.bureau, hall, over)).toEqual({ ok: false, code: 'NOT_FOUND' });
    expect(await viewSettings(elsewhere.bureau, hall.sittingId)).toMatchObject({ code: 'NOT_FOUND' });
    const watcher = await anActor(world.ctx, {
      grants: [{ role: 'invigilator', scopeKind: 'region', regionId: hall.regionId }],
    });
    expect(await change(watcher, hall, over)).toEqual({ ok: false, code: 'FORBIDDEN' });
  });

  it('ends with the seal, and with the first who begins', async () => {
    const hall = await aSeatedHall(world.ctx, { people: 1, needsAccessCode: false });
    const over = { durationSeconds: 60 * 60 };
    const sealed = await sealSitting(world.ctx, { sittingId: hall.sittingId, mode: 'each' });
    expect(sealed).toMatchObject({ ok: true });
    expect(await change(hall.bureau, hall, over)).toMatchObject({ code: 'SITTING_SEALED' });
    const other = await aSeatedHall(world.ctx, { people: 1, needsAccessCode: false });
    const [one] = other.people;
    if (!one) throw new Error('somebody who has a seat');
    const candidate = await anActor(world.ctx, {
      personId: one.personId,
      grants: [{ role: 'applicant', scopeKind: 'self' }],
    });
    const started = await startAttempt(candidate, { registrationId: one.registrationId, commandId: newId() });
    expect(started).toMatchObject({ ok: true });
    expect(await change(other.bureau, other, over)).toMatchObject({ code: 'SITTING_STARTED' });
  });
});
