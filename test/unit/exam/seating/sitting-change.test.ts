import { describe, expect, it } from 'vitest';
import type { ChangeableSettings } from '#app/exam/seating/sitting-change.ts';
import {
  changeText,
  decideSettingsChange,
  listChanges,
  settingsStand,
  toldChanges,
} from '#app/exam/seating/sitting-change.ts';
import type { SittingSettings } from '#app/exam/sitting/sitting-settings.ts';

const at = (time: string): Date => new Date(`2026-11-24T${time}:00+08:00`);
const SETTINGS: SittingSettings = {
  opensAt: at('09:00'),
  latestEntryAt: at('09:30'),
  hardEndAt: at('11:00'),
  durationSeconds: 90 * 60,
  earliestHandInSeconds: 30 * 60,
  startMode: 'bell',
  placeMode: 'rooms',
  checkInFrom: at('08:30'),
  needsAccessCode: true,
  needsDeviceRelease: true,
  ipRanges: [],
  focusPolicy: 'note',
  focusLimit: null,
  resultRelease: 'by_bureau',
};
const NOW = new Date('2026-11-23T00:00:00Z');
const sitting = {
  ...{ status: 'published' as const, isSealed: false, hasStarted: false, version: 3 },
  ...{ opensAt: SETTINGS.opensAt, latestEntryAt: SETTINGS.latestEntryAt, settings: SETTINGS },
};
const decide = (change: Partial<ChangeableSettings>, over: Partial<typeof sitting> = {}, now = NOW) =>
  decideSettingsChange(
    { ...sitting, ...over },
    { settings: { ...SETTINGS, ...change }, expectedVersion: 3, now },
  );

describe('changing how a sitting is held (修改场次设置)', () => {
  it('says each change from what into what', () => {
    const decided = decide({ latestEntryAt: at('09:45'), resultRelease: 'at_once' });
    expect(decided).toMatchObject({ ok: true });
    const changes = decided.ok ? decided.value : [];
    expect(changes.map(changeText)).toEqual([
      '最迟入场由“2026年11月24日 09:30”改为“2026年11月24日 09:45”',
      '成绩发布由“由司法局统一发布”改为“交卷后立即可见”',
    ]);
  });

  it('tells candidates what is on their tickets, not how the bureau works', () => {
    const after = { ...SETTINGS, checkInFrom: null, durationSeconds: 80 * 60, needsDeviceRelease: false };
    const changes = listChanges(SETTINGS, after);
    expect(changes.map((one) => one.setting)).toEqual([
      'checkInFrom',
      'durationSeconds',
      'needsDeviceRelease',
    ]);
    expect(toldChanges(changes).map((one) => one.setting)).toEqual(['checkInFrom', 'durationSeconds']);
  });

  it.each([
    ['after the papers are sealed', { isSealed: true }, 'SITTING_SEALED'],
    ['once somebody has begun', { hasStarted: true }, 'SITTING_STARTED'],
    ['of a sitting that was called off', { status: 'cancelled' as const }, 'SITTING_NOT_OPEN'],
    ['when nobody may enter any more', { latestEntryAt: NOW }, 'ENTRY_OVER'],
  ])('is refused %s, and the page knows beforehand', (_, over, code) => {
    const change = { durationSeconds: 60 * 60 };
    expect(decide(change, over as Partial<typeof sitting>)).toMatchObject({ code });
    expect(settingsStand({ ...sitting, ...over }, NOW)).toBe(code);
  });

  it.each<[string, Partial<ChangeableSettings>, string]>([
    ['nothing differs', {}, 'NOTHING_CHANGED'],
    ['the last entry would be past', { latestEntryAt: new Date(NOW.getTime() - 1) }, 'SITTING_IN_THE_PAST'],
    ['the last entry comes before the opening', { latestEntryAt: at('08:59') }, 'TIMES_NOT_IN_ORDER'],
    ['the time does not fit', { hardEndAt: at('10:00') }, 'DURATION_BEYOND_END'],
    ['the door opens after the exam', { checkInFrom: at('09:01') }, 'CHECK_IN_AFTER_OPENING'],
    ['a limit is wanted and missing', { focusPolicy: 'hand_in_after' }, 'FOCUS_LIMIT_MISSING'],
  ])('is refused where %s', (_, change, code) => {
    expect(decide(change)).toMatchObject({ ok: false, code });
  });

  it.each<[string, Partial<ChangeableSettings>]>([
    ['begins otherwise', { startMode: 'own' }],
    ['gives less time', { durationSeconds: 80 * 60 }],
    ['ends entry earlier', { latestEntryAt: at('09:20') }],
    ['ends earlier', { hardEndAt: at('10:55') }],
    ['keeps people longer', { earliestHandInSeconds: 40 * 60 }],
    ['moves the door', { checkInFrom: null }],
  ])('is refused from the opening on where it %s: people sit there', (_, change) => {
    expect(decide(change, {}, SETTINGS.opensAt)).toMatchObject({ code: 'SITTING_OPENED' });
    const justBefore = new Date(SETTINGS.opensAt.getTime() - 1);
    expect(decide(change, {}, justBefore)).not.toMatchObject({ code: 'SITTING_OPENED' });
  });

  it('gives more from the opening on, too', () => {
    const more = { latestEntryAt: at('09:45'), hardEndAt: at('11:30'), durationSeconds: 100 * 60 };
    expect(decide({ ...more, needsAccessCode: false }, {}, SETTINGS.opensAt)).toMatchObject({ ok: true });
  });

  it('is refused where the common time would be over before the last entry', () => {
    expect(decide({ durationSeconds: 30 * 60 })).toMatchObject({ code: 'BELL_ENDS_BEFORE_ENTRY' });
    expect(decide({ durationSeconds: 30 * 60, startMode: 'own' })).toMatchObject({ ok: true });
  });

  it('is refused on an old page', () => {
    expect(decide({ durationSeconds: 60 * 60 }, { version: 4 })).toMatchObject({ code: 'CHANGED_MEANWHILE' });
  });
});
